"""Many students write at the same time: every row is there afterwards, every chain is whole, nobody waits for ever.

`python -m tests.e2e.writers --seconds 20` runs each of `CLASSES`; `--db postgresql://…` the shared ones on a server;
`--count N --pace S [--own]` one class of N students who write every S seconds.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import BrokenBarrierError
from typing import Any

from knowthyself_tui.config import database_place
from knowthyself_tui.domain.events import verify_chain
from knowthyself_tui.domain.records import Batch
from knowthyself_tui.errors import StoreError
from knowthyself_tui.store.place import Place
from knowthyself_tui.store.reader import StoredSitting, open_reader
from knowthyself_tui.store.recorder import Recorder
from knowthyself_tui.store.server import close_pools
from tests.unit.store.conftest import Sitting

TRIES = 20
"""How often a batch that could not be stored is appended again."""
START_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Class:
    """Students at work at the same time."""

    students: int
    pace_seconds: float
    """From the beginning of one write to that of the next, at least."""
    shared: bool
    """All in one place; otherwise each has a file."""

    def __str__(self) -> str:
        place = "one shared place" if self.shared else "own files"
        return f"{self.students} students, a write in {self.pace_seconds:g} s each, {place}"


CLASSES = (Class(20, 0.05, False), Class(200, 0.05, False), Class(50, 0.05, True), Class(200, 2.0, True))


@dataclass(frozen=True, slots=True)
class Work:
    """What one student's process did."""

    session_id: str
    acknowledged: int
    """The last event that was acknowledged."""
    texts: tuple[str, ...]
    """Of the turns that were acknowledged."""
    seconds: tuple[float, ...]
    """From handing a turn over to its acknowledgement."""
    errors: tuple[str, ...]


@dataclass
class Report:
    """What one class came to."""

    students: Class
    works: list[Work] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    lasted_seconds: float = 0.0

    @property
    def errors(self) -> int:
        return sum(len(work.errors) for work in self.works)

    @property
    def is_fine(self) -> bool:
        return not self.findings and not self.errors

    def lines(self) -> list[str]:
        times = sorted(seconds for work in self.works for seconds in work.seconds)
        if not times:
            return [*self.findings[:20], f"{self.students}: nobody wrote"]
        p50, p99 = (1000 * times[int(share * (len(times) - 1))] for share in (0.5, 0.99))
        kinds = sorted({error for work in self.works for error in work.errors})
        return [
            *self.findings[:20],
            *kinds[:5],
            f"{self.students}: {len(times)} turns, errors {self.errors}, findings {len(self.findings)},"
            f" p50 {p50:.0f} ms, p99 {p99:.0f} ms, longest {1000 * times[-1]:.0f} ms,"
            f" {len(times) / self.lasted_seconds:.0f} commits/s",
        ]


def student(place: Place, code: str, students: Class, seconds: float, ready: Any, answers: Any) -> None:
    """One process: registers, waits for the others, writes turns."""
    try:
        answers.put(_work(place, code, students, seconds, ready))
    except BaseException:
        ready.abort()
        answers.put(Work("", 0, (), (), (traceback.format_exc(),)))


def _work(place: Place, code: str, students: Class, seconds: float, ready: Any) -> Work:
    sitting, errors = Sitting(code), list[str]()
    recorder = Recorder.open(place, student=code) if students.shared else Recorder.open(place)
    recorder.enrol(sitting.student).result()
    for batch in (sitting.started(), sitting.encounter_started()):
        _store(recorder, batch, errors)
    ready.wait(START_SECONDS)
    texts, times, end = list[str](), list[float](), time.monotonic() + seconds
    time.sleep(random.Random(code).uniform(0, students.pace_seconds))
    while (began := time.monotonic()) < end:
        texts.append(f"{code} says {len(texts)}")
        _store(recorder, sitting.turn(texts[-1], at_ms=1000 * len(texts)), errors)
        times.append(time.monotonic() - began)
        time.sleep(max(0.0, began + students.pace_seconds - time.monotonic()))
    recorder.let_go()
    return Work(sitting.session_id, sitting.seq, tuple(texts), tuple(times), tuple(errors))


def _store(recorder: Recorder, batch: Batch, errors: list[str]) -> None:
    for _ in range(TRIES):
        try:
            return recorder.append(batch).result()
        except StoreError as error:
            errors.append(f"{type(error).__name__}: {error}")
            time.sleep(0.1)
    raise AssertionError(f"not stored in {TRIES} tries: {errors[-1]}")


def run(students: Class, seconds: float, folder: Path, place: Place | None = None) -> Report:
    """Lets a class work for some seconds and looks at what is stored."""
    context = _context()
    ready, answers = context.Barrier(students.students + 1), context.Queue()
    codes = [f"w{number:03d}" for number in range(students.students)]
    places = [(place or folder / "class.db") if students.shared else folder / f"{code}.db" for code in codes]
    if students.shared:
        Recorder.open(places[0], student="teacher").let_go()
        close_pools()  # a forked process must not inherit a connection
    processes = [
        context.Process(target=student, args=(where, code, students, seconds, ready, answers), daemon=True)
        for where, code in zip(places, codes, strict=True)
    ]
    for process in processes:
        process.start()
    with suppress(BrokenBarrierError):  # the process that failed says why
        ready.wait(START_SECONDS)
    began = time.monotonic()
    report = Report(students, [answers.get() for _ in processes], lasted_seconds=time.monotonic() - began)
    for process in processes:
        process.join()
    _check(report, places)
    return report


def _check(report: Report, places: Sequence[Place]) -> None:
    """Every acknowledged row is there, and nothing else."""
    stored: dict[str, tuple[StoredSitting, list[str]]] = {}
    for place in dict.fromkeys(places):
        with open_reader(place) as reader:
            for session in reader.sessions():
                rows = reader.rows("SELECT text FROM turn WHERE session_id = ? ORDER BY seq", (session.id,))
                stored[session.id] = reader.sitting(session.id), [row["text"] for row in rows]
    if len(stored) != len(report.works):
        report.findings.append(f"{len(stored)} sittings are stored, {len(report.works)} were begun")
    for work in report.works:
        if work.session_id not in stored:
            report.findings.append(f"sitting {work.session_id} is not stored {' '.join(work.errors)[-300:]}")
            continue
        sitting, texts = stored[work.session_id]
        if len(sitting.events) != work.acknowledged or texts != list(work.texts):
            report.findings.append(f"{len(sitting.events)} of {work.acknowledged} events, {len(texts)} turns stored")
        if verify_chain(sitting.events, sitting.hashes) is not None:
            report.findings.append(f"the chain of {work.session_id} is broken")


def _context() -> Any:
    """Forked processes share what is loaded; where there are none, each loads it again."""
    return multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, help="students of one class; all of CLASSES without it")
    parser.add_argument("--seed", type=int, default=1, help="not used: the machine draws the order")
    parser.add_argument("--pace", type=float, default=0.05, help="seconds between the writes of a student")
    parser.add_argument("--own", action="store_true", help="a file for each")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long a class works")
    parser.add_argument("--db", help="a path or URL for the shared ones")
    options = parser.parse_args(arguments)
    place = database_place(options.db) if options.db else None
    classes = [Class(options.count, options.pace, not options.own)] if options.count else CLASSES
    fine = []
    for students in classes:
        if place is not None and not students.shared:
            continue
        with tempfile.TemporaryDirectory(prefix="writers-") as folder:
            report = run(students, options.seconds, Path(folder), place)
        fine.append(report.is_fine)
        print("\n".join(report.lines()), flush=True)
    print(f"classes {len(fine)}, fine {sum(fine)}")
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
