"""Hand-made timelines for rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from knowthyself_tui.domain.acts import Modality, SlotValue, Status
from knowthyself_tui.domain.timeline import LoggedAct, LoggedFinding, LoggedTurn, Sample, Timeline

Values = Mapping[str, float | None]
WELL: Values = {"spo2": 97.0, "rr": 16.0, "hr": 80.0, "gcs": 15.0}


class Story:
    """Builds a timeline step by step; times are given in minutes."""

    def __init__(self, minutes: float = 20.0, end_reason: str = "finished") -> None:
        self.minutes = minutes
        self.end_reason = end_reason
        self.acts: list[LoggedAct] = []
        self.turns: list[LoggedTurn] = []
        self.findings: list[LoggedFinding] = []
        self.spells: list[tuple[float, float, Values, str | None, frozenset[str]]] = []

    def act(
        self,
        minute: float,
        intent: str,
        *,
        name: str = "",
        status: Status = "executed",
        modality: Modality = "request",
        state: str = "initial",
        **slots: SlotValue,
    ) -> Story:
        act_id = name or f"a{len(self.acts) + 1}"
        seconds = minute * 60
        self.acts.append(LoggedAct(act_id, f"t-{act_id}", intent, modality, slots, status, seconds, state))
        return self

    def drug(
        self,
        minute: float,
        drug: str,
        dose: float,
        unit: str,
        route: str,
        *,
        state: str = "initial",
        concentration: str = "",
    ) -> Story:
        slots: dict[str, SlotValue] = {"drug": drug, "dose": dose, "unit": unit, "route": route}
        if concentration:
            slots["concentration"] = concentration
        act_id = f"a{len(self.acts) + 1}"
        self.acts.append(
            LoggedAct(act_id, f"t-{act_id}", "give_drug", "request", slots, "executed", minute * 60, state)
        )
        return self

    def told(self, minute: float, topic: str, **values: str | float | None) -> Story:
        name = f"f{len(self.findings) + 1}"
        self.findings.append(LoggedFinding(name, None, topic, "", minute * 60, values))
        return self

    def says(self, minute: float, text: str, *, turn: str = "", phase: str = "encounter") -> Story:
        name = turn or f"s{len(self.turns) + 1}"
        self.turns.append(LoggedTurn(name, "student", text, minute * 60, phase))
        return self

    def spell(
        self, start: float, stop: float, *running: str, state: str | None = None, **values: float | None
    ) -> Story:
        """From `start` up to but not including `stop`, these values, state and treatments hold."""
        self.spells.append((start * 60, stop * 60, values, state, frozenset(running)))
        return self

    def timeline(self) -> Timeline:
        samples = tuple(self._sample(second) for second in range(int(self.minutes * 60) + 1))
        return Timeline(
            tuple(self.acts),
            tuple(self.turns),
            tuple(self.findings),
            samples,
            self.minutes * 60.0,
            self.end_reason,
        )

    def _sample(self, second: int) -> Sample:
        values, state, running = dict(WELL), "initial", frozenset[str]()
        for start, stop, some, named, treatments in self.spells:
            if start <= second < stop:
                values.update(some)
                state = named or state
                running |= treatments
        return Sample(float(second), values, state, running)


@pytest.fixture
def story() -> Callable[..., Story]:
    """Makes a story of some minutes."""
    return Story
