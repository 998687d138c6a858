"""What a line of the student's was understood as: acts with typed slots, and the orders that they carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

SlotValue = str | int | float | bool
Slots = Mapping[str, SlotValue]

Modality = Literal["request", "question", "statement", "negated", "none"]
Status = Literal["executed", "clarify", "refused", "cancelled", "noted"]

TREATMENT_INTENTS = frozenset(
    {
        "give_drug",
        "give_oxygen",
        "give_fluids",
        "ventilate_bvm",
        "manage_airway",
        "suction",
        "control_bleeding",
        "apply_splint_binder",
        "chest_procedure",
        "defib_cpr",
        "vascular_access",
        "position_patient",
        "keep_warm",
        "spinal_restriction",
        "move_transport",
    }
)
"""Intents that do something to the patient when they are carried out."""


@dataclass(frozen=True, slots=True)
class Order:
    """A treatment or procedure for the body: an intent with its slots, as in the taxonomy."""

    intent: str
    slots: Slots = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"intent": self.intent, "slots": dict(self.slots)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Order:
        return cls(str(data["intent"]), dict(data["slots"]))


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a line does: an order, a question, an examination, a statement."""

    intent: str
    """An intent of the taxonomy."""
    modality: Modality = "request"
    slots: Slots = field(default_factory=dict)
    executes: bool = False
    """A complete treatment order that would be carried out now."""
    missing: tuple[str, ...] = ()
    """Slots that the crewmate must ask for before this order can be carried out."""
    read_back: str | None = None
    """Why the crewmate reads this order back once before carrying it out."""
    refusal: str | None = None
    """Why this order cannot be carried out at all."""
    confidence: float = 1.0
    """0 to 1: how sure the reading is."""
    route: str = "grammar"
    """Which part of the reading decided: grammar, rule, context, back-off, implied."""
    completes_open: bool = False
    """The act is the open question's order with the student's answer put in."""

    @property
    def is_treatment(self) -> bool:
        return self.intent in TREATMENT_INTENTS

    @property
    def order(self) -> Order:
        return Order(self.intent, self.slots)

    def to_json(self) -> dict[str, Any]:
        return {
            "intent": self.intent,
            "modality": self.modality,
            "slots": dict(self.slots),
            "executes": self.executes,
            "confidence": self.confidence,
            "route": self.route,
        }
