"""What is under way: examinations, measurements and preparations that take scenario time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowthyself_tui.domain.procedures import DRUG_PREPARATION_SECONDS, PROCEDURES, procedures_of

IV_ACCESS_SECONDS = 60
"""Cannulating, taping and flushing [S]."""


@dataclass(frozen=True, slots=True)
class Task:
    """One step that is done at `due_ms`."""

    act_id: str
    step: str
    """A procedure, or the intent of a treatment that is being prepared."""
    due_ms: int
    slots: Mapping[str, Any]

    @property
    def is_treatment(self) -> bool:
        return self.step not in PROCEDURES

    def to_json(self) -> dict[str, Any]:
        return {"act_id": self.act_id, "step": self.step, "due_ms": self.due_ms, "slots": dict(self.slots)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Task:
        return cls(data["act_id"], data["step"], data["due_ms"], dict(data["slots"]))


def tasks_for(
    act: Mapping[str, Any], at_ms: int, *, sensors: Sequence[str], has_line: bool, pending: Sequence[Task]
) -> list[Task]:
    """The steps that an understood act sets going.

    Args:
        act: the act as logged (`id`, `intent`, `status`, `slots`).
        at_ms: scenario clock of the line.
        sensors: sensors that are on already; their reading is there at once.
        has_line: whether there is intravenous access.
        pending: what is under way; an intravenous drug waits for a line that is being put in.
    """
    if act["status"] not in ("executed", "noted") or act["modality"] == "negated":
        return []
    steps = procedures_of(act["intent"], act["slots"].get("focus"))
    if steps:
        return [Task(act["id"], step, at_ms + 1000 * _procedure_seconds(step, sensors), act["slots"]) for step in steps]
    if act["status"] != "executed":
        return []
    return [Task(act["id"], act["intent"], _treatment_due_ms(act, at_ms, has_line, pending), act["slots"])]


def _procedure_seconds(step: str, sensors: Sequence[str]) -> int:
    procedure = PROCEDURES[step]
    return 0 if procedure.sensor in sensors else procedure.seconds


def _treatment_due_ms(act: Mapping[str, Any], at_ms: int, has_line: bool, pending: Sequence[Task]) -> int:
    if act["intent"] == "vascular_access":
        return at_ms + 1000 * IV_ACCESS_SECONDS
    if act["intent"] != "give_drug" and not needs_line(act["intent"], act["slots"]):
        return at_ms
    ready_ms = at_ms + (1000 * DRUG_PREPARATION_SECONDS if act["intent"] == "give_drug" else 0)
    if not needs_line(act["intent"], act["slots"]) or has_line:
        return ready_ms
    lines = [task.due_ms for task in pending if task.step == "vascular_access"]
    return max(ready_ms, min(lines)) if lines else ready_ms


def needs_line(intent: str, slots: Mapping[str, Any]) -> bool:
    """Whether an order can only be carried out through a vein or bone."""
    return intent == "give_fluids" or (intent == "give_drug" and slots.get("route") in ("IV", "IO"))
