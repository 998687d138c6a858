"""What events look like in words: the conversation, the findings and the notes come from the log and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from knowthyself_tui.domain.describe import clock, describe
from knowthyself_tui.domain.events import Event
from knowthyself_tui.domain.text import clean_text

Voice = Literal["student", "patient", "bystander", "crewmate", "narrator", "receipt"]
SPEAKERS: Mapping[str, tuple[Voice, str]] = {
    "student": ("student", "You"),
    "patient": ("patient", "Patient"),
    "bystander": ("bystander", "Bystander"),
    "crewmate": ("crewmate", "Crewmate"),
    "narrator": ("narrator", ""),
}
ENDINGS: Mapping[str, str] = {
    "finished": "You finished the case.",
    "left": "You left the patient.",
    "time": "Time is up: the case ends here.",
    "arrest": "The patient has died. The case ends here.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the conversation."""

    voice: Voice
    at_ms: int
    """Scenario clock."""
    name: str
    """Who speaks, in words; empty for the narrator."""
    text: str

    def __str__(self) -> str:
        prefix = f"{self.name}: " if self.name else ""
        return f"{clock(self.at_ms / 1000)} {prefix}{self.text}"


def orders_of(events: Iterable[Event]) -> dict[str, str]:
    """Act id to the order in words, for every act that was understood."""
    return {
        act["id"]: describe(act["intent"], act["slots"])
        for event in events
        if event.kind == "understood"
        for act in event.body["acts"]
    }


def lines_of(event: Event, orders: Mapping[str, str] | None = None) -> list[Line]:
    """The lines that one event adds to the conversation; most kinds add none.

    Args:
        event: an entry of the log.
        orders: from `orders_of`, so that a cancelled order can be named.
    """
    body = event.body
    if event.kind in ("said", "replied"):
        voice, name = SPEAKERS.get(body["speaker"], ("narrator", ""))
        return [Line(voice, event.at_ms, clean_text(body.get("name", "")) or name, clean_text(body["text"]))]
    if event.kind in ("revealed", "measured"):
        return [Line("narrator", event.at_ms, "", clean_text(body["text"]))]
    if event.kind == "carried_out":
        return [Line("receipt", event.at_ms, "", f"✓ {_done(body)}")]
    if event.kind == "cancelled":
        order = (orders or {}).get(body["act_id"], "the order")
        outcome = "not done" if body.get("status") == "refused" else "cancelled"
        return [Line("receipt", event.at_ms, "", f"✗ {outcome}: {clean_text(order)}")]
    if event.kind == "encounter_ended":
        return [Line("narrator", event.at_ms, "", ENDINGS.get(body["reason"], "The case has ended."))]
    return []


def finding_of(event: Event) -> str | None:
    """The line that an event adds to the findings, or None."""
    if event.kind not in ("revealed", "measured"):
        return None
    return f"{clock(event.at_ms / 1000)} {clean_text(event.body['text'])}"


def note_of(event: Event) -> str | None:
    """The line that an event adds to the student's notes, or None."""
    if event.kind != "note_written":
        return None
    return f"{clock(event.at_ms / 1000)} {clean_text(event.body['text'])}"


def _done(body: Mapping[str, Any]) -> str:
    if body["intent"] == "hold_or_cancel":
        target = body["slots"].get("drug") or body["slots"].get("target_intent") or "treatment"
        return f"stopped: {describe(str(target), {})}"
    return clean_text(describe(body["intent"], body["slots"]))
