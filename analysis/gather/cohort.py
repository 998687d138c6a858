"""Who the students are: one person for each code, however many computers they sat at, with one arm."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from knowthyself_tui.domain.text import code_key
from knowthyself_tui.errors import AnalysisError

from .merge import LogEntry, SourceFile
from .pseudonyms import pseudonym
from .rows import SessionRow, StudentRow

ArmStatus = Literal["allocated", "none", "two_arms", "unknown", "excluded"]
_ARM = re.compile(r"[A-Z0-9]{1,8}")
_ARM_WORD = re.compile(r"^(?:GROUP|ARM)[\s_:-]*(?=\S)")


@dataclass(frozen=True, slots=True)
class Person:
    """A student over all databases."""

    pseudonym: str
    code: str
    name: str
    cohort: str | None
    consented: bool
    registered_at: str
    sittings: int
    sittings_completed: int
    in_progress: bool
    arm_source: str | None
    """None when none is recorded, or several."""
    arm: str | None
    """None unless every sitting that has an arm has the same one."""
    arm_status: ArmStatus


@dataclass(frozen=True, slots=True)
class Cohort:
    """All students, in the order of their pseudonyms."""

    persons: list[Person]
    pseudonyms: dict[tuple[str, str], str]
    """By file number and the student's id in that file."""


class _Enrolment(NamedTuple):
    """A student's row in one database, and the sittings there."""

    file: str
    student: StudentRow
    sessions: list[SessionRow]


def assemble(files: list[SourceFile], key: bytes, log: list[LogEntry]) -> Cohort:
    """Joins the students of all files by code; what was joined or set aside goes to the log."""
    study = _study(files)
    persons: dict[str, Person] = {}
    pseudonyms: dict[tuple[str, str], str] = {}
    for code, enrolments in _enrolments(files).items():
        name = pseudonym(key, study, code)
        if name in persons:
            raise AnalysisError(f"Two students got the pseudonym {name}; analyse with another key file.")
        persons[name] = _person(name, enrolments, log)
        pseudonyms.update(((each.file, each.student.id), name) for each in enrolments)
    return Cohort([persons[name] for name in sorted(persons)], pseudonyms)


def _study(files: list[SourceFile]) -> str:
    """The name of the study when all sittings that name one name the same, else empty."""
    return _only({session.study for file in files for session in file.contents.sessions if session.study}) or ""


def _enrolments(files: Iterable[SourceFile]) -> dict[str, list[_Enrolment]]:
    by_code: defaultdict[str, list[_Enrolment]] = defaultdict(list)
    for file in files:
        sessions: defaultdict[str, list[SessionRow]] = defaultdict(list)
        for session in file.contents.sessions:
            sessions[session.student_id].append(session)
        for student in file.contents.students:
            by_code[code_key(student.code)].append(_Enrolment(file.number, student, sessions[student.id]))
    return by_code


def _person(name: str, enrolments: list[_Enrolment], log: list[LogEntry]) -> Person:
    first = min(enrolments, key=lambda each: (each.student.registered_at, each.file))
    numbers = sorted({each.file for each in enrolments})
    if len(enrolments) > len(numbers):
        reason = "Enrolments whose codes differ by letter case or space only: joined as one student."
        log.append(LogEntry("student", "analysed", reason, numbers[0], name))
    if len(numbers) > 1:
        reason = f"One student in several files, joined by code: {', '.join(numbers)}."
        log.extend(LogEntry("student", "analysed", reason, number, name) for number in numbers)
    sessions = [session for each in enrolments for session in each.sessions]
    arm, status = _arm(sessions)
    if status in ("two_arms", "unknown"):
        reason = "Sittings in two arms" if status == "two_arms" else "An arm label that is no short word"
        log.append(LogEntry("student", "excluded", f"{reason}: not in the table of arms.", numbers[0], name))
    return Person(
        pseudonym=name,
        code=first.student.code,
        name=first.student.name,
        cohort=first.student.cohort,
        consented=any(each.student.consented_at is not None for each in enrolments),
        registered_at=first.student.registered_at,
        sittings=len(sessions),
        sittings_completed=sum(session.status == "completed" for session in sessions),
        in_progress=any(session.status in ("in_progress", "paused") for session in sessions),
        arm_source=_only({session.arm_source for session in sessions if session.arm_source}),
        arm=arm,
        arm_status=status,
    )


def _only(values: set[str]) -> str | None:
    return next(iter(values)) if len(values) == 1 else None


def arm_label(written: str | None) -> str | None:
    """The arm that `a`, `A ` and `Group A` all name; None where none is named."""
    return _ARM_WORD.sub("", (written or "").strip().upper()) or None


def known_arm(written: str | None) -> str | None:
    """The same, but None for what is no short word: somebody's sentence is no arm, and may name anybody."""
    label = arm_label(written)
    return label if label and _ARM.fullmatch(label) else None


def _arm(sessions: list[SessionRow]) -> tuple[str | None, ArmStatus]:
    arms = {arm for session in sessions if (arm := arm_label(session.arm))}
    if not arms:
        return None, "none"
    if not all(_ARM.fullmatch(arm) for arm in arms):
        return None, "unknown"
    return (arms.pop(), "allocated") if len(arms) == 1 else (None, "two_arms")
