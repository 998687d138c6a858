"""Whether a case goes as its author expects: the untreated course, skilled and unskilled students, every harm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowthyself_tui.authoring.course import Course
from knowthyself_tui.domain.formulary import DRUGS
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.domain.scenario.bots import TOLERANCE_MINUTES, TOLERANCES, Bots, Play
from knowthyself_tui.domain.scenario.judgement import WrongOrder

Courses = Mapping[str, Course]
"""Name of a bot to what it played."""

RANGES: Mapping[str, tuple[float, float]] = {
    "hr": (0, 250),
    "rr": (0, 80),
    "spo2": (0, 100),
    "sbp": (0, 320),
    "dbp": (0, 220),
    "etco2_kpa": (0, 26),
    "gcs": (3, 15),
    "temp_c": (24, 44),
    "glucose_mmol_l": (0.1, 60),
}
"""What a living or dying body can show."""
USELESS = ("contraindicated", "not_indicated")
"""Kinds of wrong order that must better nothing; the right drug by a wrong route or dose still acts."""
BETTER_BY: Mapping[str, float] = {"spo2": 2.0, "sbp": 8.0, "gcs": 1.0}
"""By how much a value must differ to count as better or worse."""


def problems_of(scenario: Scenario, expected: Bots, courses: Courses) -> Iterator[str]:
    """Everything that goes otherwise than the case's files say, in sentences."""
    orders = {order.id for order in scenario.judgement.wrong_orders}
    yield from (f"helps names {name!r}, which is no wrong order" for name in sorted(set(expected.helps) - orders))
    yield from _untreated(expected, courses["idle"])
    yield from _skilled(expected, courses)
    yield from _reached(scenario, courses)
    yield from _harms(scenario, expected, courses)
    yield from _talks(courses)
    for name, course in courses.items():
        yield from (f"{name}: {problem}" for problem in _out_of_range(course))


def _untreated(expected: Bots, idle: Course) -> Iterator[str]:
    for name, seen, wanted, tolerance in _expectations(expected, idle):
        excused = name in expected.physiology_wins
        kept = seen is not None and abs(seen - wanted) <= tolerance + 1e-9
        if kept and excused:
            yield f"idle: {name} is {_shown(seen)}, within its tolerance; take it out of physiology_wins"
        elif not kept and not excused:
            yield f"idle: {name} is {_shown(seen)}, expected {wanted:g} ± {tolerance:g}"


def _expectations(expected: Bots, idle: Course) -> Iterator[tuple[str, float | None, float, float]]:
    """(name, value seen, value wanted, tolerance) of every keyframe and every change of state."""
    for minute, row in {0: expected.initial, **expected.untreated}.items():
        values: Mapping[str, float | None] = idle.at(minute) or {}
        yield from ((f"{minute} {name}", values.get(name), wanted, TOLERANCES[name]) for name, wanted in row.items())
    for state, at in expected.states.items():
        yield state, idle.reached(state), at, TOLERANCE_MINUTES


def _skilled(expected: Bots, courses: Courses) -> Iterator[str]:
    yield from _ends("optimal", expected.optimal, courses["optimal"])
    errors = courses["optimal"].result.medication_errors
    yield from (f"optimal: {error.drug} counts as a medication error: {error.reason}" for error in errors)
    if expected.late is not None and expected.late.ends:
        yield from _ends("late", Play(script="-", ends=expected.late.ends), courses["late"])
    for extra in expected.plays:
        yield from _ends(f"play:{extra.id}", extra, courses[f"play:{extra.id}"])
    yield from _ends("badly", expected.badly, courses["badly"])
    best, worst = courses["optimal"].result.total, courses["badly"].result.total
    if best is not None and worst is not None and worst >= best:
        yield f"badly: scores {worst:.0f}, no less than the optimal {best:.0f}"


def _ends(name: str, play: Play, course: Course) -> Iterator[str]:
    if play.ends and course.end_state not in play.ends:
        yield f"{name}: ends {course.end_state}, expected {' or '.join(play.ends)}"
    total = course.result.total
    if play.least_total is not None and (total is None or total < play.least_total):
        yield f"{name}: scores {_shown(total)}, expected at least {play.least_total:g}"
    if play.most_total is not None and (total is None or total > play.most_total):
        yield f"{name}: scores {_shown(total)}, expected at most {play.most_total:g}"


def _reached(scenario: Scenario, courses: Courses) -> Iterator[str]:
    """Every row can be earned, every decision can go well and badly, every gate can fail and be passed."""
    results = {name: course.result for name, course in courses.items()}
    earned = {row.id for one in results.values() for row in one.checklist if row.weight and row.credit >= row.weight}
    for item in scenario.judgement.checklist:
        if item.id not in earned:
            yield f"checklist {item.id}: no bot earns it in full; give a play that does"
    ratings = {(point.id, point.rating) for one in results.values() for point in one.decisions}
    for decision in scenario.judgement.decisions:
        if (decision.id, "optimal") not in ratings:
            yield f"decision {decision.id}: no bot is rated optimal"
        if not ratings & {(decision.id, "dangerous"), (decision.id, "suboptimal")}:
            yield f"decision {decision.id}: no bot decides it badly"
    gates = {(gate.id, gate.failed) for one in results.values() for gate in one.gates}
    for gate in scenario.judgement.gates:
        if (gate.id, True) not in gates:
            yield f"gate {gate.id}: no bot fails it; give a wrong order or a play that does"
    yield from (f"optimal: fails gate {gate.id}" for gate in results["optimal"].gates if gate.failed)
    for milestone in results["optimal"].milestones:
        if milestone.reached_at is None:
            yield f"optimal: does not reach the milestone {milestone.id}"


def _harms(scenario: Scenario, expected: Bots, courses: Courses) -> Iterator[str]:
    idle = courses["idle"]
    worsening = _worsening(idle)
    for order in scenario.judgement.wrong_orders:
        course = courses.get(f"harmful:{order.id}")
        if course is None:
            yield f"wrong order {order.id}: give it an example, so that a bot can play it"
            continue
        if not any(error.reason == order.reason for error in course.result.medication_errors):
            yield f"wrong order {order.id}: {_how_it_went(course, order)}"
        elif order.id not in expected.helps and order.kind in USELESS:
            yield from (f"wrong order {order.id}: {better}" for better in _better(course, idle, worsening))
    yield from _gates_fail(scenario, courses)


def _how_it_went(course: Course, order: WrongOrder) -> str:
    said = ", ".join(f"{intent} {status}" for intent, status in course.statuses) or "nothing was understood"
    return f"its example {order.example[-1]!r} is no such error ({said})"


def _worsening(idle: Course) -> dict[str, int]:
    """Values that get worse untreated, with the direction in which they do."""
    first, found = idle.samples[0].values, dict[str, int]()
    for name, margin in BETTER_BY.items():
        later = [value for sample in idle.samples if (value := sample.values.get(name)) is not None]
        start = first.get(name)
        if start is None or not later:
            continue
        drop, rise = start - min(later), max(later) - start
        if max(drop, rise) > 2 * margin:
            found[name] = -1 if drop >= rise else 1
    return found


def _better(course: Course, idle: Course, worsening: Mapping[str, int]) -> Iterator[str]:
    """Values that are better than untreated minutes after the order was carried out."""
    minute = course.minutes
    ours, theirs = course.at(minute), idle.at(minute)
    if ours is None or theirs is None:
        return
    for name, direction in worsening.items():
        mine, untreated = ours.get(name), theirs.get(name)
        if mine is not None and untreated is not None and direction * (untreated - mine) > BETTER_BY[name]:
            yield f"{name} is {mine:g} at {minute:.0f} min, better than {untreated:g} untreated; explain it under helps"


def _gates_fail(scenario: Scenario, courses: Courses) -> Iterator[str]:
    """A critical order, or a drug that the column calls a gate, fails one that the untreated case does not fail."""
    open_already = {gate.id for gate in courses["idle"].result.gates if gate.failed}
    for order in scenario.judgement.wrong_orders:
        course = courses.get(f"harmful:{order.id}")
        if course is None or not (order.severity == "critical" or _is_a_gate(scenario, course)):
            continue
        failed = {gate.id for gate in course.result.gates if gate.failed}
        # What harms by leaving undone what is needed fails the gates of doing nothing.
        if not (failed if order.kind == "not_indicated" else failed - open_already):
            yield f"wrong order {order.id}: it is critical or a gate's drug, but its example fails no gate"


def _is_a_gate(scenario: Scenario, course: Course) -> bool:
    column = scenario.judgement.drugs
    given = [error.drug for error in course.result.medication_errors if error.drug in DRUGS]
    return column is not None and any(column.kind_of(drug) == "gate" for drug in given)


def _talks(courses: Courses) -> Iterator[str]:
    """Words alone treat nobody."""
    if courses["talk"].result.medication_errors:
        yield "talk: talking counts as a medication error"
    carried = [intent for intent, status in courses["talk"].statuses if status == "executed"]
    yield from (f"talk: {intent} was carried out, but nothing was ordered" for intent in carried)


def _out_of_range(course: Course) -> Iterator[str]:
    for name, (low, high) in RANGES.items():
        values = [value for sample in course.samples if (value := sample.values.get(name)) is not None]
        if values and not (low <= min(values) and max(values) <= high):
            yield f"{name} runs from {min(values):g} to {max(values):g}, outside {low:g} to {high:g}"


def _shown(value: float | None) -> str:
    return "never" if value is None else f"{value:.1f}"
