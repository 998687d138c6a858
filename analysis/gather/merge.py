"""Makes one set of databases out of a pile of files, with an account of what became of each.

Rules: a file that cannot be trusted is excluded; of several copies of one database the fullest counts;
synthetic sittings never stand beside real ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from knowthyself_tui.errors import StoreError

from .database import CheckedDatabase, event_ids
from .reading import read_all
from .rows import Contents
from .sources import candidates

Scope = Literal["file", "sitting", "encounter", "student"]
Status = Literal["analysed", "duplicate", "excluded"]


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What became of a file, sitting, encounter or student."""

    scope: Scope
    status: Status
    """`duplicate`: nothing is lost by leaving it out; `excluded`: something is."""
    reason: str
    file: str
    """The number of its file, F001 and so on; file names may hold student codes."""
    student: str = ""
    encounter: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A database that can be trusted."""

    number: str
    path: Path
    database: CheckedDatabase

    @property
    def contents(self) -> Contents:
        return self.database.contents


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is to be analysed, and the fate of every file that was found."""

    files: list[SourceFile]
    log: list[LogEntry]
    paths: dict[str, Path]
    """Where each file number was found."""
    hashes: dict[str, str]
    """SHA-256 of each file that could be read."""
    synthetic: bool
    """Every sitting was played by a program."""

    def with_acts_only(self) -> Gathered:
        """The same without the rows that tables have been made of."""
        files = [
            replace(file, database=file.database._replace(contents=file.contents.acts_only())) for file in self.files
        ]
        return replace(self, files=files)


Progress = Callable[[int, int], None]
"""Is told how many files of how many have been read."""


def gather(sources: Sequence[Path], progress: Progress = lambda done, of: None) -> Gathered:
    """Reads every database in `sources`, each by a copy."""
    found = candidates(sources)
    width = max(3, len(str(len(found))))
    paths = {f"F{index:0{width}}": path for index, path in enumerate(found, start=1)}
    log: list[LogEntry] = []
    readable = _read_all(paths, log, progress)
    distinct = _without_copies(_without_withdrawn(readable, log), log)
    real, synthetic = _without_synthetic(distinct, log)
    files = _without_repeated_sittings(real, log)
    log.extend(LogEntry("file", "analysed", "", file.number) for file in files)
    hashes = {file.number: file.database.sha256 for file in readable}
    return Gathered(files, log, paths, hashes, synthetic)


def _read_all(paths: dict[str, Path], log: list[LogEntry], progress: Progress) -> list[SourceFile]:
    readable = []
    progress(0, len(paths))
    answers = read_all(list(paths.values()))
    for done, ((number, path), answer) in enumerate(zip(paths.items(), answers, strict=True), start=1):
        progress(done, len(paths))
        if isinstance(answer, str):
            log.append(LogEntry("file", "excluded", answer, number))
        else:
            readable.append(SourceFile(number, path, answer))
    return readable


def _without_withdrawn(files: list[SourceFile], log: list[LogEntry]) -> list[SourceFile]:
    """A student's own part of a class's database that was handed in before the student withdrew."""
    withdrawn = {uuid for file in files for uuid in file.database.withdrawn}
    gone = {file.number for file in files if file.database.uuid in withdrawn}
    log.extend(LogEntry("file", "duplicate", "Its student has withdrawn.", number) for number in sorted(gone))
    return [file for file in files if file.number not in gone]


def _without_copies(files: list[SourceFile], log: list[LogEntry]) -> list[SourceFile]:
    """Of the files with one database_uuid (a live file and its hand-in copies), the one that holds most.

    A copy from before somebody withdrew never counts, whatever it holds.
    """
    by_uuid: defaultdict[str, list[SourceFile]] = defaultdict(list)
    for file in files:
        by_uuid[file.database.uuid].append(file)
    kept = []
    for copies in by_uuid.values():
        fullest = max(copies, key=_fullness)
        kept.append(fullest)
        log.extend(_copy_entry(file, fullest) for file in copies if file is not fullest)
    return _without_extracts(kept, log)


def _without_extracts(files: list[SourceFile], log: list[LogEntry]) -> list[SourceFile]:
    """One student's part of a class's database is a database of its own; beside the whole it adds nothing."""
    kept: set[str] = set()
    holders: defaultdict[str, list[SourceFile]] = defaultdict(list)
    for file in sorted(files, key=lambda file: -file.database.event_count):
        sessions = [session.id for session in file.contents.sessions]
        likely = holders[sessions[0]] if sessions else []
        whole = next((other for other in likely if _holds_all(other, file)), None)
        if whole is None:
            kept.add(file.number)
            for session in sessions:
                holders[session].append(file)
        else:
            log.append(LogEntry("file", "duplicate", f"A part of {whole.number}, which holds all of it.", file.number))
    return [file for file in files if file.number in kept]


def _holds_all(whole: SourceFile, part: SourceFile) -> bool:
    sessions = {session.id for session in part.contents.sessions}
    if not sessions <= {session.id for session in whole.contents.sessions}:
        return False
    try:
        return _record_ids(part) <= _record_ids(whole)
    except StoreError:
        return False


def _fullness(file: SourceFile) -> tuple[int, int, int]:
    return len(file.database.withdrawn), file.database.event_count, len(file.contents.students)


def _copy_entry(file: SourceFile, fullest: SourceFile) -> LogEntry:
    if fullest.database.withdrawn - file.database.withdrawn:
        reason = f"A copy of {fullest.number} from before somebody withdrew."
        return LogEntry("file", "duplicate", reason, file.number)
    try:
        lacking = len(_record_ids(file) - _record_ids(fullest))
    except StoreError:
        reason = f"It or {fullest.number}, of which it is a copy, changed meanwhile: close the application first."
        return LogEntry("file", "excluded", reason, file.number)
    if not lacking and file.database.sha256 == fullest.database.sha256:
        return LogEntry("file", "duplicate", f"The same file as {fullest.number}.", file.number)
    if not lacking:
        return LogEntry("file", "duplicate", f"A copy of {fullest.number}, which holds all of it.", file.number)
    reason = f"It parted from {fullest.number}, which holds more, but lacks {lacking} entries of this one."
    return LogEntry("file", "excluded", reason, file.number)


def _record_ids(file: SourceFile) -> set[str]:
    return event_ids(file.path) | {student.id for student in file.contents.students}


def _without_synthetic(files: list[SourceFile], log: list[LogEntry]) -> tuple[list[SourceFile], bool]:
    """The real sittings where there are any; whether all that is left is synthetic."""
    kinds = {file.number: {bool(session.synthetic) for session in file.contents.sessions} for file in files}
    if files and all(kind == {True} for kind in kinds.values()):
        return files, True
    kept = []
    for file in files:
        if kinds[file.number] == {True}:
            log.append(LogEntry("file", "excluded", "Synthetic, and real sittings were given too.", file.number))
            continue
        kept.append(_real_part(file, log) if True in kinds[file.number] else file)
    return kept, False


def _real_part(file: SourceFile, log: list[LogEntry]) -> SourceFile:
    contents = file.contents
    synthetic = [session for session in contents.sessions if session.synthetic]
    reason = f"{len(synthetic)} synthetic sitting(s) beside real ones."
    log.append(LogEntry("sitting", "excluded", reason, file.number))
    real = contents.without_sessions({session.id for session in synthetic})
    only_synthetic = {session.student_id for session in synthetic} - {session.student_id for session in real.sessions}
    students = [student for student in real.students if student.id not in only_synthetic]
    return replace(file, database=file.database._replace(contents=real._replace(students=students)))


def _without_repeated_sittings(files: list[SourceFile], log: list[LogEntry]) -> list[SourceFile]:
    """A sitting has one id everywhere: should two different databases hold it, the first one counts."""
    seen: set[str] = set()
    kept = []
    for file in files:
        sessions = {session.id for session in file.contents.sessions}
        if repeated := sessions & seen:
            reason = f"{len(repeated)} sitting(s) that an earlier file holds too."
            log.append(LogEntry("sitting", "excluded", reason, file.number))
            contents = file.contents.without_sessions(repeated)
            file = replace(file, database=file.database._replace(contents=contents))
        seen |= sessions
        kept.append(file)
    return kept
