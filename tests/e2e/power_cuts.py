"""Cuts the power of a writing program at every moment and opens what the disk can hold then with the real reader.

`python -m tests.e2e.power_cuts --count 2000 --seed 1`. Needs strace, which records every write, sync and change of a
name together with the moments of acknowledgement.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from knowthyself_tui.domain.events import verify_chain
from knowthyself_tui.errors import StoreError
from knowthyself_tui.store.reader import StoredSitting, open_copy, open_reader
from knowthyself_tui.store.recorder import Recorder
from tests.e2e import traced
from tests.e2e.disk import Files
from tests.e2e.disk_trace import CALLS, Trace
from tests.e2e.power_writer import CODE
from tests.unit.store.conftest import Sitting

ROOT = Path(__file__).parent.parent.parent
State = tuple[Files, "Promise"]


@dataclass(frozen=True, slots=True)
class Promise:
    """What the program had acknowledged."""

    session_id: str = ""
    encounter_id: str = ""
    seq: int = 0
    copied_seq: int = 0

    def after(self, said: str) -> Promise:
        what, _, value = said.strip().partition(" ")
        if not what:
            return self
        changed: dict[str, Any] = {what: value if what.endswith("_id") else int(value)}
        return replace(self, **changed)


@dataclass
class Report:
    """What was found."""

    moments: int = 0
    possible: int = 0
    tried: int = 0
    lost: int = 0
    unreadable: int = 0
    broken: int = 0
    findings: list[str] = field(default_factory=list)

    @property
    def is_fine(self) -> bool:
        return self.tried > 0 and not (self.lost or self.unreadable or self.broken)

    def lines(self) -> list[str]:
        return [
            *self.findings[:20],
            f"moments {self.moments}, possible states {self.possible}, tried {self.tried},"
            f" lost {self.lost}, unreadable {self.unreadable}, broken chain {self.broken}",
        ]


def record(folder: Path, runs: int, turns: int) -> tuple[Path, Path]:
    """Runs the writer under strace; gives its data folder and the recording."""
    data, recording = folder / "data", folder / "recording"
    data.mkdir()
    subprocess.run(
        [
            *traced.recording(CALLS, recording),
            sys.executable,
            "-m",
            "tests.e2e.power_writer",
            str(data),
            str(runs),
            str(turns),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    return data, recording


def states(data: Path, recording: Path, count: int, chance: random.Random, report: Report) -> Iterator[State]:
    """About `count` different states of the disk, spread over all moments, with what was acknowledged by then."""
    moments = sum(1 for _ in Trace(data).replay(recording))
    trace, promise, seen = Trace(data), Promise(), set[bytes]()
    for said in trace.replay(recording):
        promise = promise.after(said)
        report.moments += 1
        cuts = list(trace.disk.cuts())
        report.possible += len(cuts)
        wanted = int(count / moments + chance.random())
        for cut in chance.sample(cuts, min(wanted, len(cuts))):
            files = trace.disk.after(cut)
            key = _digest(files, promise)
            if key not in seen:
                seen.add(key)
                yield files, promise


def _digest(files: Files, promise: Promise) -> bytes:
    digest = hashlib.blake2b(repr(promise).encode())
    for path in sorted(files):
        digest.update(path.encode() + b"\0" + hashlib.blake2b(files[path]).digest())
    return digest.digest()


def check(files: Files, promise: Promise, folder: Path, report: Report) -> None:
    """Opens one state as the program and as an instructor would, and goes on writing."""
    report.tried += 1
    path = _laid_out(files, folder)
    try:
        if path.exists():
            for opened in (open_copy, open_reader):
                with opened(path) as reader:
                    _check_sitting(reader.sitting(promise.session_id) if promise.seq else None, promise.seq, report)
        _go_on(path, promise, report)
        _check_copies(path, promise, report)
    except StoreError as error:
        report.unreadable += 1
        report.findings.append(f"unreadable after {promise}: {error}; files {_sizes(files)}")


def _go_on(path: Path, promise: Promise, report: Report) -> None:
    """The next run stores another turn behind everything that was acknowledged."""
    recorder = Recorder.open(path)
    try:
        if not promise.seq:
            return
        with open_reader(path) as reader:
            stored = reader.sitting(promise.session_id)
        _check_sitting(stored, promise.seq, report)
        sitting = Sitting(CODE)
        sitting.session_id, sitting.encounter_id = promise.session_id, promise.encounter_id
        sitting.seq = len(stored.events)
        recorder.append(sitting.turn("and on", at_ms=900_000)).result()
        with open_reader(path) as reader:
            _check_sitting(reader.sitting(promise.session_id), sitting.seq, report)
    finally:
        recorder.let_go()


def _check_copies(path: Path, promise: Promise, report: Report) -> None:
    """A copy that is there under its name is whole; one that was acknowledged is there."""
    most = 0
    for copy in (path.parent / "handin").glob("*.db"):
        with open_copy(copy) as reader:
            for session in reader.sessions():
                stored = reader.sitting(session.id)
                _check_sitting(stored, 0, report)
                most = max(most, len(stored.events))
    if most < promise.copied_seq:
        report.lost += 1
        report.findings.append(f"the copy holds {most} of {promise.copied_seq} events")


def _check_sitting(stored: StoredSitting | None, wanted: int, report: Report) -> None:
    events = stored.events if stored else ()
    if len(events) < wanted:
        report.lost += 1
        report.findings.append(f"{len(events)} of {wanted} acknowledged events are there")
    if stored and verify_chain(stored.events, stored.hashes) is not None:
        report.broken += 1
        report.findings.append(f"the chain of {len(events)} events is broken")


def _laid_out(files: Files, folder: Path) -> Path:
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder / f"{CODE}.db"


def _sizes(files: Files) -> dict[str, int]:
    return {name: len(content) for name, content in files.items()}


def run(count: int, seed: int, folder: Path, *, runs: int = 2, turns: int = 5) -> Report:
    """Tries about `count` of the possible states."""
    report = Report()
    data, recording = record(folder, runs, turns)
    for files, promise in states(data, recording, count, random.Random(seed), report):
        with tempfile.TemporaryDirectory(dir=folder) as laid_out:
            check(files, promise, Path(laid_out), report)
    return report


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    if not traced.is_available():
        print(f"SKIPPED: {traced.MISSING}")
        return 1
    with tempfile.TemporaryDirectory(prefix="power-") as folder:
        report = run(options.count, options.seed, Path(folder))
    print("\n".join(report.lines()))
    return 0 if report.is_fine else 1


if __name__ == "__main__":
    sys.exit(main())
