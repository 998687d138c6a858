"""What a statement rests on: the minute, the patient's values then and the student's own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowthyself_tui.domain.timeline import LoggedAct, LoggedFinding, LoggedTurn, Timeline


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place in the log."""

    turn_id: str
    at_seconds: float
    words: str
    """What the student typed."""
    vitals: str
    """The patient's true values at that moment, in short."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the debrief."""

    id: str
    """The verdict it comes from: a checklist row, gate, decision or error."""
    text: str
    evidence: tuple[Evidence, ...] = ()
    """Empty only for what was not done."""


class EvidenceFinder:
    """Looks up the ids that verdicts rest on."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.turns: dict[str, LoggedTurn] = {turn.id: turn for turn in timeline.turns}
        self.acts: dict[str, LoggedAct] = {act.id: act for act in timeline.acts}
        self.findings: dict[str, LoggedFinding] = {finding.id: finding for finding in timeline.findings}

    def find(self, ids: Iterable[str]) -> tuple[Evidence, ...]:
        """The student's turns behind these act, finding and turn ids, each once, in order of time."""
        turns = {turn.id: turn for turn in map(self._turn, ids) if turn is not None}
        ordered: Sequence[LoggedTurn] = sorted(turns.values(), key=lambda turn: turn.at_seconds)
        return tuple(Evidence(turn.id, turn.at_seconds, turn.text, self._vitals(turn.at_seconds)) for turn in ordered)

    def _turn(self, some_id: str) -> LoggedTurn | None:
        if some_id in self.findings:
            some_id = self.findings[some_id].act_id or ""
        if some_id in self.acts:
            some_id = self.acts[some_id].turn_id
        return self.turns.get(some_id)

    def _vitals(self, at_seconds: float) -> str:
        sample = self.timeline.sample_at(at_seconds)
        if sample is None:
            return ""
        parts = [("SpO2", "spo2", "%"), ("RR", "rr", "/min"), ("HR", "hr", "/min")]
        shown = [
            f"{label} {value:.0f}{'' if unit == '%' else ' '}{unit}"
            for label, name, unit in parts
            if (value := sample.values.get(name)) is not None
        ]
        return ", ".join(shown)
