"""A whole cohort: one database a student in a folder, by as many processes as are allowed."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from knowthyself_tui.content import Library
from knowthyself_tui.errors import KnowThyselfError, UsageError
from knowthyself_tui.simulation.case import Case, check_case, load_case
from knowthyself_tui.simulation.play import Played, play_student
from knowthyself_tui.simulation.study import Study, person
from knowthyself_tui.store.faults import told
from knowthyself_tui.store.files import make_folder
from knowthyself_tui.store.reproducible import PART

ENDING = ".db"
MOST_PROCESSES = 61
"""Windows waits for no more."""


def simulate(study: Study, students: int, folder: Path, jobs: int) -> Generator[Played]:
    """Plays students 1 to `students` and yields each as its database is complete, in any order.

    When it is stopped or fails, the databases that it wrote are removed again: a cohort is whole or not there.

    Args:
        folder: is made; may hold no database.
        jobs: processes at most; with 1 everything happens in this one.

    Raises:
        UsageError: `folder` is a file, or holds databases.
        ContentError: a case cannot be played.
        StoreError: `folder` cannot be written.
    """
    for case in study.cases:
        check_case(library_of(study), case)
    _prepare(folder)
    try:
        with TemporaryDirectory(prefix="knowthyself-simulate-") as work:
            play = partial(_one, study, folder, Path(work))
            yield from _all(play, range(1, students + 1), min(jobs, students, MOST_PROCESSES))
    except BaseException:
        _remove(study, students, folder)
        raise


def _prepare(folder: Path) -> None:
    with told(folder):
        is_file = folder.exists() and not folder.is_dir()
        is_used = any(path.name.casefold().endswith(ENDING) for path in folder.rglob("*"))
    if is_file:
        raise UsageError(f"{folder} is not a folder. Choose a new folder for the simulated databases.")
    if is_used:
        raise UsageError(f"{folder} holds databases already, which simulated ones must not join. Choose a new folder.")
    with told(folder):
        make_folder(folder)


def _remove(study: Study, students: int, folder: Path) -> None:
    for number in range(1, students + 1):
        target = _target(study, number, folder)
        for path in (target, target.with_name(target.name + PART)):
            path.unlink(missing_ok=True)


def _all(play: Callable[[int], Played], numbers: Iterable[int], jobs: int) -> Iterator[Played]:
    if jobs == 1:
        yield from map(play, numbers)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_leave_stopping_to_the_parent) as pool:
        futures = [pool.submit(play, number) for number in numbers]
        try:
            yield from _finished(futures)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _finished(futures: list[Future[Played]]) -> Iterator[Played]:
    try:
        for future in as_completed(futures):
            yield future.result()
    except BrokenProcessPool as error:
        raise KnowThyselfError("A process was stopped from outside. Try again with fewer --jobs.") from error


def _leave_stopping_to_the_parent() -> None:
    """Ctrl+C reaches every process of a terminal; a worker finishes its student instead."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _one(study: Study, folder: Path, work: Path, number: int) -> Played:
    target = _target(study, number, folder)
    return play_student(study, person(study, number), library_of(study), partial(_case, study), work, target)


def _target(study: Study, number: int, folder: Path) -> Path:
    return folder / f"{person(study, number).code}{ENDING}"


@cache
def library_of(study: Study) -> Library:
    """The cases of a study."""
    return Library(study.folders, study.protocol)


@cache
def _case(study: Study, scenario_id: str) -> Case:
    return load_case(library_of(study), scenario_id)
