"""Run as a program that will be killed: stores turns for ever and prints the seq of each acknowledged one."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from knowthyself_tui.store.reader import open_reader
from knowthyself_tui.store.recorder import Recorder
from tests.unit.store.conftest import Sitting


def main(path: Path) -> None:
    sitting = Sitting()
    begun = path.exists()
    if begun:
        with open_reader(path) as reader:
            stored = reader.sitting(reader.unfinished()[0].session_id)
        sitting.session_id, sitting.encounter_id = stored.session.id, stored.encounters[0].record.id
        sitting.seq = stored.events[-1].seq
    recorder = Recorder.open(path)
    if not begun:
        sitting.begin(recorder)
    print("ready", flush=True)
    for at_ms in count(sitting.seq * 1000, 1000):
        recorder.append(sitting.turn(f"line {sitting.seq}", at_ms=at_ms)).result()
        print(sitting.seq, flush=True)
        recorder.append(sitting.tick(at_ms)).result()


main(Path(sys.argv[1]))
