"""What the analysis plan leaves out: students and scenarios, each listed, and names that fit nobody said aloud."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from knowthyself_tui.domain.text import code_key

from ..plan import Plan
from .cohort import Cohort, Person
from .merge import LogEntry, SourceFile


def without_excluded(cohort: Cohort, plan: Plan, log: list[LogEntry]) -> Cohort:
    """The cohort with the excluded students in no arm; each of them goes to the log."""
    named = {code_key(name) for name in plan.exclude_students}
    first_file = {pseudonym: file for (file, _), pseudonym in sorted(cohort.pseudonyms.items(), reverse=True)}
    persons = []
    for person in cohort.persons:
        if named & names_of(person):
            reason = "The analysis plan leaves this student out."
            log.append(LogEntry("student", "excluded", reason, first_file[person.pseudonym], person.pseudonym))
            person = replace(person, arm=None, arm_status="excluded")
        persons.append(person)
    return replace(cohort, persons=persons)


def names_of(person: Person) -> set[str]:
    """What a plan may call a student: the code or the pseudonym."""
    return {code_key(person.code), code_key(person.pseudonym)}


def unknown_names(plan: Plan, cohort: Cohort, files: Iterable[SourceFile]) -> list[str]:
    """What the plan excludes that is not there: a slip of the pen, most likely."""
    students = {name for person in cohort.persons for name in names_of(person)}
    scenarios = {row.scenario_id for file in files for row in file.contents.encounters}
    return [name for name in plan.exclude_students if code_key(name) not in students] + [
        name for name in plan.exclude_scenarios if name not in scenarios
    ]
