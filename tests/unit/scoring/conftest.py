"""The asthma scenario's judgement and hand-made runs of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
import yaml

from knowthyself_tui.domain.acts import SlotValue
from knowthyself_tui.domain.records import EncounterResult
from knowthyself_tui.domain.scenario.judgement import Judgement
from knowthyself_tui.domain.timeline import LoggedAct, LoggedFinding, LoggedTurn, Sample, Timeline
from knowthyself_tui.scoring import score

Step = TypeVar("Step")

HANDOVER = (
    "This is Maya, 28 year old female with life-threatening asthma, 2 days, worse in the last hour.",
    "Sats were 88 on air, peak flow 30 percent, quiet at the bases. ICU and ventilated two years ago,",
    "out of her preventer, twenty puffs of her blue inhaler. Sats now up to 95. Oxygen 15 litres non-rebreather,",
    "salbutamol 5 mg twice, ipratropium and hydrocortisone, carried down in the chair. May need resus, she is tiring.",
)


class Run:
    """An asthma encounter put together act by act; times are minutes."""

    def __init__(self, minutes: float = 15.0, end_reason: str = "finished") -> None:
        self.minutes = minutes
        self.end_reason = end_reason
        self.acts: list[LoggedAct] = []
        self.turns: list[LoggedTurn] = []
        self.findings: list[LoggedFinding] = []
        self.states: list[tuple[float, str]] = [(0.0, "initial")]
        self.values: list[tuple[float, dict[str, float | None]]] = [(0.0, {"spo2": 88.0, "rr": 32.0, "gcs": 15.0})]
        self.running: list[tuple[float, frozenset[str]]] = [(0.0, frozenset())]

    def act(self, minute: float, intent: str, **slots: SlotValue) -> Run:
        name = f"a{len(self.acts) + 1}"
        state = self._at(self.states, minute * 60)
        self.acts.append(LoggedAct(name, f"t{name}", intent, "request", slots, "executed", minute * 60, state))
        return self

    def drug(self, minute: float, drug: str, dose: float, unit: str, route: str) -> Run:
        return self.act(minute, "give_drug", drug=drug, dose=dose, unit=unit, route=route)

    def without(self, unwanted: Callable[[LoggedAct], bool]) -> Run:
        self.acts = [act for act in self.acts if not unwanted(act)]
        return self

    def told(self, minute: float, **values: str | float | None) -> Run:
        name = f"f{len(self.findings) + 1}"
        self.findings.append(LoggedFinding(name, None, "told", "", minute * 60, values))
        return self

    def says(self, text: str, phase: str = "handover") -> Run:
        self.turns.append(LoggedTurn(f"h{len(self.turns) + 1}", "student", text, self.minutes * 60, phase))
        return self

    def becomes(self, minute: float, state: str) -> Run:
        self.states.append((minute * 60, state))
        return self

    def body(self, minute: float, **values: float | None) -> Run:
        """From this minute on."""
        self.values.append((minute * 60, {**self.values[-1][1], **values}))
        return self

    def runs(self, minute: float, *treatments: str) -> Run:
        """From this minute on exactly these run."""
        self.running.append((minute * 60, frozenset(treatments)))
        return self

    @staticmethod
    def _at(steps: Sequence[tuple[float, Step]], second: float) -> Step:
        return [step for since, step in steps if since <= second][-1]

    def timeline(self) -> Timeline:
        samples = tuple(
            Sample(
                float(second),
                self._at(self.values, second),
                self._at(self.states, second),
                self._at(self.running, second),
            )
            for second in range(int(self.minutes * 60) + 1)
        )
        return Timeline(
            tuple(self.acts),
            tuple(self.turns),
            tuple(self.findings),
            samples,
            self.minutes * 60,
            self.end_reason,
        )


def optimal_run() -> Run:
    """Everything that earns credit, in time."""
    run = Run()
    run.act(0.2, "scene_safety").act(0.4, "greet_introduce").act(0.6, "seek_consent")
    run.act(0.8, "explain_plan").act(0.9, "reassure")
    run.act(1, "give_oxygen", device="non_rebreather", flow=15, target_spo2_min=94, target_spo2_max=98)
    run.act(1.5, "vitals_all").told(2.2, rr=32, spo2=91.0, hr=128, sbp=138, avpu="A")
    run.act(2, "primary_survey").act(2.5, "auscultate_chest").told(2.8, air_entry="poor")
    run.drug(3, "salbutamol", 5, "mg", "NEB")
    run.act(4, "state_impression", condition="asthma", severity="life_threatening")
    run.act(4.5, "ask_pmh").act(4.7, "ask_medications").act(4.9, "ask_self_treatment").act(5, "ask_allergies")
    run.act(5.2, "ask_collateral")
    run.act(7, "auscultate_chest").told(7.2, air_entry="poor")
    run.drug(8, "salbutamol", 5, "mg", "NEB").drug(8, "ipratropium", 500, "mcg", "NEB")
    run.act(9, "call_backup", resource="crew").act(10, "vascular_access", device="IV")
    run.drug(11, "hydrocortisone", 100, "mg", "IV")
    run.act(12, "prealert", destination="ed_resus").act(14, "move_transport", mode="carry_chair")
    run.act(14.5, "handover")
    for line in HANDOVER:
        run.says(line)
    run.runs(1, "oxygen").runs(3, "oxygen", "nebuliser").body(2, spo2=91.0).body(10, spo2=95.0)
    return run.becomes(9, "improving")


@pytest.fixture(scope="session")
def judgement() -> Judgement:
    file = Path(__file__).parents[3] / "scenarios" / "asthma" / "scenario.yaml"
    text = file.read_text(encoding="utf-8")
    return Judgement.model_validate(yaml.safe_load(text)["judgement"])


@pytest.fixture
def optimal() -> Callable[[], Run]:
    return optimal_run


@pytest.fixture
def empty() -> Callable[..., Run]:
    return Run


@pytest.fixture
def judged(judgement: Judgement) -> Callable[[Run], EncounterResult]:
    """Scores a run."""

    def judge(run: Run) -> EncounterResult:
        return score(judgement, run.timeline(), encounter_id="e1", rule_version="1", complete=True)

    return judge
