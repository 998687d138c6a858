"""The program whose power is cut: stores turns, snapshots, steps and copies, and says what was acknowledged."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from knowthyself_tui.store.recorder import Recorder
from tests.unit.store.conftest import Sitting

CODE = "p001"


def main(folder: Path, runs: int, turns: int) -> None:
    """Says `seq N` when every event up to N is acknowledged, `copied_seq N` when a copy with them is."""
    sitting = Sitting(CODE)
    for run in range(runs):
        recorder = Recorder.open(folder / f"{CODE}.db")
        if run == 0:
            sitting.begin(recorder)
            _say("session_id", sitting.session_id)
            _say("encounter_id", sitting.encounter_id)
        _say("seq", sitting.seq)
        _store_turns(recorder, sitting, run, turns)
        recorder.handin().result()
        _say("copied_seq", sitting.seq)
        recorder.append(sitting.turn("after the copy", at_ms=100_000 * (run + 1))).result()
        _say("seq", sitting.seq)
        recorder.close()
        _say("copied_seq", sitting.seq)


def _store_turns(recorder: Recorder, sitting: Sitting, run: int, turns: int) -> None:
    for number in range(turns):
        at_ms = 50_000 * run + 5000 * number
        text = f"line {number} " + "long " * (700 * (number % 4 == 1))
        recorder.append(sitting.turn(text, at_ms=at_ms)).result()
        _say("seq", sitting.seq)
        recorder.append(sitting.tick(at_ms)).result()


def _say(what: str, value: object) -> None:
    os.write(1, f"{what} {value}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
