"""One simulated student, from registration to the end of the sitting, by the engine and the store that all use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from knowthyself_tui.content import Library
from knowthyself_tui.domain.records import StudentRecord
from knowthyself_tui.session.headless import play_script
from knowthyself_tui.session.sitting import Plan, Sitting
from knowthyself_tui.simulation.case import Case
from knowthyself_tui.simulation.chance import stream
from knowthyself_tui.simulation.clock import SimulatedClock, SimulatedLog, appointment
from knowthyself_tui.simulation.ledger import Ledger
from knowthyself_tui.simulation.performance import Performance, perform
from knowthyself_tui.simulation.student import typed_lines
from knowthyself_tui.simulation.study import NAME, Person, Study, ability
from knowthyself_tui.store.recorder import Recorder
from knowthyself_tui.store.reproducible import write_reproducible

CaseOf = Callable[[str], Case]
"""Gives the case of a scenario id."""

PATIENT_SEED = 1
"""As without a setting: everybody meets the same patients."""
CONSENT_SECONDS = (30.0, 150.0)
BRIEFING_SECONDS = (20.0, 90.0)
REFLECTION_SECONDS = (60.0, 240.0)
DEBRIEF_SECONDS = (120.0, 420.0)
STOPS_SECONDS = (120.0, 540.0)
"""Where in an encounter somebody stops who does not come back."""
LEAVES_SECONDS = (180.0, 480.0)
"""Where in an encounter somebody ends it who does not stay for its minimum time."""
ESTIMATE_ERROR = (4.0, 12.0)
"""How far students' own estimates are off: mean and SD, points of 100."""
WENT_WELL = ("I kept calm.", "Treatment began early.", "I talked to the patient.", "The handover.", "")
WOULD_CHANGE = ("Treat sooner.", "Ask about the history earlier.", "Reassess more often.", "Check my doses.", "")


@dataclass(frozen=True, slots=True)
class Played:
    """What one student left."""

    code: str
    encounters: int
    """How many were begun."""


def play_student(study: Study, someone: Person, library: Library, case_of: CaseOf, work: Path, target: Path) -> Played:
    """Plays one student and writes the database `target`, which is complete or not there.

    Args:
        work: a folder of one's own, for what only lasts while the student plays.
    """
    with TemporaryDirectory(dir=work) as folder:
        place = Path(folder) / target.name
        recorder = Recorder.open(place)
        try:
            attendance = _Attendance(study, someone, library, recorder)
            begun = attendance.attend(case_of)
        finally:
            recorder.let_go()
        write_reproducible(place, target, attendance.clock.new_id)
    return Played(someone.code, begun)


class _Attendance:
    """A student's hours with the program: the sitting, its clock and the chance that is this student's."""

    def __init__(self, study: Study, someone: Person, library: Library, recorder: Recorder) -> None:
        self.study = study
        self.someone = someone
        self.chance = stream(study.seed, someone.number, "hours")
        ids = stream(study.seed, study.effect, someone.number, "ids")
        self.clock = SimulatedClock(appointment(someone.number, self.chance), ids)
        student = _record(someone, self.clock)
        recorder.enrol(student).result()
        self.ledger = Ledger(recorder)
        plan = _plan(study, someone)
        self.sitting = Sitting(student, plan, SimulatedLog(self.clock), library, recording=True)

    def attend(self, case_of: CaseOf) -> int:
        """The whole of it; gives how many encounters were begun."""
        self.ledger.keep(self.sitting.begin())
        begun = 0 if self.someone.registers_only else self._sit(case_of)
        self.ledger.store()
        return begun

    def _sit(self, case_of: CaseOf) -> int:
        self._spend(CONSENT_SECONDS)
        self.ledger.keep(self.sitting.give_consent())
        for position, case_id in enumerate(self.someone.cases):
            self._spend(BRIEFING_SECONDS)
            is_last = position == self.someone.stops_in
            if is_last and self.someone.leaving != "abandoned":
                self._stop_inside(case_of(case_id), position)
                return position + 1
            self._encounter(case_of(case_id), position)
            if is_last:
                self.ledger.keep(self.sitting.close("abandoned"))
                return position + 1
            self.ledger.keep(self.sitting.next_step())
        return len(self.someone.cases)

    def _encounter(self, case: Case, position: int) -> None:
        """One patient to the end, the student's own view of it, and the debrief."""
        self._play(case, position, None)
        self._spend(REFLECTION_SECONDS)
        self.ledger.keep(self.sitting.reflect(*self._own_view()))
        self._spend(DEBRIEF_SECONDS)

    def _stop_inside(self, case: Case, position: int) -> None:
        self._play(case, position, self.chance.uniform(*STOPS_SECONDS))
        if self.someone.leaving == "paused":
            self.ledger.keep(self.sitting.pause())

    def _play(self, case: Case, position: int, stop_seconds: float | None) -> None:
        able = ability(self.study, self.someone, position)
        name = f"{self.study.seed}/{self.someone.number}/{position}"
        performance = perform(case, able, name)
        if position in self.someone.leaves_early:
            performance = _cut(performance, case, self.chance.uniform(*LEAVES_SECONDS))
        script = typed_lines(self.sitting, performance, able, stream(name, "answers"))
        for row in play_script(self.sitting, script, self.ledger.keep):
            if stop_seconds is not None and row["t"] >= stop_seconds:
                break
        self.ledger.store()

    def _own_view(self) -> tuple[str, str, float]:
        result = self.ledger.newest_result
        total = result.total if result and result.total is not None else 50.0
        estimate = min(100.0, max(0.0, total + self.chance.gauss(*ESTIMATE_ERROR)))
        return self.chance.choice(WENT_WELL), self.chance.choice(WOULD_CHANGE), float(round(estimate))

    def _spend(self, seconds: tuple[float, float]) -> None:
        self.clock.wait(self.chance.uniform(*seconds))


def _record(someone: Person, clock: SimulatedClock) -> StudentRecord:
    name = f"Simulated student {someone.number}"
    return StudentRecord(clock.new_id(), someone.code, name, None, NAME, None, None, clock.iso())


def _plan(study: Study, someone: Person) -> Plan:
    return Plan(
        scenarios=someone.cases,
        seed=PATIENT_SEED,
        arm=someone.arm,
        study=NAME,
        arm_source="simulated",
        synthetic=True,
    )


def _cut(performance: Performance, case: Case, seconds: float) -> Performance:
    """The same, ended before the minimum time of the case."""
    end = min(round(seconds), case.minimum_seconds - 1)
    return replace(performance, lines=tuple(line for line in performance.lines if line.seconds < end), end_seconds=end)
