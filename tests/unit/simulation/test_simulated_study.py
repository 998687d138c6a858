"""Arms, skill, cases and fate of students who do not exist; nothing is played."""

from __future__ import annotations

from collections import Counter
from statistics import mean, stdev

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.simulation.chance import stream
from knowthyself_tui.simulation.clock import FIRST_DAY, appointment
from knowthyself_tui.simulation.study import (
    FORM_SD,
    ONLY_REGISTERS,
    PRACTICE,
    STOPS,
    Study,
    ability,
    arm_of,
    handed_out,
    person,
)

EIGHT = tuple(Library().ids())
MANY = 2000


def study_of(*, effect: float = 0.0, seed: int = 1) -> Study:
    return Study(seed, effect, handed_out(EIGHT, seed), 3)


@pytest.mark.parametrize("seed", [1, 2, 99])
def test_every_four_students_are_two_of_each_arm(seed: int) -> None:
    arms = [arm_of(seed, number) for number in range(1, 41)]
    assert all(Counter(arms[at : at + 4]) == {"A": 2, "B": 2} for at in range(0, 40, 4))
    assert len({tuple(arms[at : at + 4]) for at in range(0, 40, 4)}) > 1


def test_the_effect_is_added_to_the_skill_of_arm_a_alone() -> None:
    before = [person(study_of(), number) for number in range(1, 41)]
    after = [person(study_of(effect=0.5), number) for number in range(1, 41)]
    gained = {(one.arm, round(two.skill - one.skill, 9)) for one, two in zip(before, after, strict=True)}
    assert gained == {("A", 0.5), ("B", 0.0)}


def test_skill_is_standard_normal_and_the_form_of_the_day_and_practice_come_on_top() -> None:
    study = study_of()
    people = [person(study, number) for number in range(1, MANY + 1)]
    skills = [one.skill for one in people]
    assert abs(mean(skills)) < 0.07
    assert stdev(skills) == pytest.approx(1.0, abs=0.05)
    added = [ability(study, one, 2) - one.skill for one in people]
    assert mean(added) == pytest.approx(2 * PRACTICE, abs=0.03)
    assert stdev(added) == pytest.approx(FORM_SD, abs=0.03)


def test_each_student_begins_one_case_later_so_that_every_case_is_played_in_every_place() -> None:
    people = [person(study_of(), number) for number in range(1, 9)]
    for place in range(3):
        assert sorted(one.cases[place] for one in people) == sorted(EIGHT)
    assert all(len(set(one.cases)) == 3 for one in people)


def test_a_few_only_register_or_stop_and_most_finish() -> None:
    people = [person(study_of(), number) for number in range(1, MANY + 1)]
    assert mean(one.registers_only for one in people) == pytest.approx(ONLY_REGISTERS, abs=0.015)
    assert mean(one.stops_in is not None for one in people) == pytest.approx(STOPS, abs=0.02)
    assert {one.leaving for one in people} == {"paused", "closed", "abandoned"}
    assert any(one.leaves_early for one in people)
    assert not any(one.registers_only and one.stops_in is not None for one in people)


def test_students_come_on_working_days_and_never_earlier_than_the_one_before_them() -> None:
    times = [appointment(number, stream(number)) for number in range(1, 101)]
    assert times == sorted(times)
    assert times[0] >= FIRST_DAY
    assert {time.weekday() for time in times} == {0, 1, 2, 3, 4}


def test_a_student_is_the_same_whoever_else_takes_part() -> None:
    """Nothing of a person depends on how many there are, or on the order in which they are made."""
    forwards = [person(study_of(), number) for number in range(1, 13)]
    backwards = [person(study_of(), number) for number in range(12, 0, -1)]
    assert forwards == backwards[::-1]
    assert forwards != [person(study_of(seed=2), number) for number in range(1, 13)]
