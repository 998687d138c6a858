"""The crewmate: takes orders, asks for what is missing, reads back what is unusual, never does what was not ordered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from knowthyself_tui.domain.acts import Act, Status
from knowthyself_tui.domain.describe import describe, words
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.scenario.narration import Narration
from knowthyself_tui.domain.tasks import Task, needs_line

STOPPABLE: Mapping[str, tuple[str, ...]] = {
    "give_oxygen": ("oxygen",),
    "ventilate_bvm": ("ventilation",),
    "give_drug": ("nebuliser", "infusion"),
    "give_fluids": ("infusion",),
    "defib_cpr": ("cpr",),
}
"""What can be stopped while it runs: target intent to the names of running treatments."""


def status_of(act: Act) -> Status:
    """What becomes of an act as it was read."""
    if act.modality == "negated" or act.intent == "hold_or_cancel" or not act.is_treatment:
        return "noted"
    if act.refusal:
        return "refused"
    if act.executes:
        return "executed"
    return "clarify" if act.missing or act.read_back else "noted"


def with_line(acts: Sequence[Act], state: EncounterState) -> list[Act]:
    """The acts with a cannula put in first where an order needs a line and there is none."""
    has_line = "iv_access" in state.body.running()
    coming = any(task.step == "vascular_access" for task in state.tasks)
    out: list[Act] = []
    for act in acts:
        if act.executes and act.intent == "vascular_access":
            coming = True
        if act.executes and needs_line(act.intent, act.slots) and not (has_line or coming):
            device = "IO" if act.slots.get("route") == "IO" else "IV"
            out.append(Act("vascular_access", slots={"device": device}, executes=True, route="implied"))
            coming = True
        out.append(act)
    return out


def mark_answered(act: Act, open_order: Mapping[str, Any] | None) -> Act:
    """Note on an order that was read back whether the student confirmed or amended it."""
    if not act.completes_open or open_order is None or open_order["kind"] != "read_back":
        return act
    same = all(act.slots.get(name) == value for name, value in open_order["act"]["slots"].items())
    return replace(act, slots={**act.slots, ("read_back_confirmed" if same else "amended"): True})


def question(act: Act, narration: Narration) -> str:
    """What the crewmate asks, or says, about an order that cannot be carried out yet."""
    said = narration.crewmate
    if act.refusal:
        return act.refusal
    if act.read_back:
        return said["read_back"].format(order=describe(act.intent, act.slots), reason=act.read_back)
    missing = act.missing[0]
    name = words(str(act.slots.get("drug") or act.slots.get("device") or words(act.intent)))
    return said.get(f"ask_{missing}", said["ask_other"]).format(name=name, slot=words(missing))


def pending_for(act: Act, tasks: Sequence[Task]) -> list[Task]:
    """Treatments under way that a "hold" or "cancel" means."""
    target, drug = act.slots.get("target_intent"), act.slots.get("drug")
    return [
        task
        for task in tasks
        if task.is_treatment
        and (target is None or task.step == target)
        and (drug is None or task.slots.get("drug") == drug)
    ]


def stops_running(act: Act, state: EncounterState) -> bool:
    """Whether a "stop" means a treatment that runs now."""
    names = STOPPABLE.get(str(act.slots.get("target_intent", "")), ())
    return any(running.split(":")[0] in names for running in state.body.running())


def acknowledgement(acts: Sequence[Act], statuses: Sequence[Status], narration: Narration) -> str:
    """One short answer to all orders of a line that are on their way, and to requests made to the crew."""
    orders = [
        describe(act.intent, act.slots)
        for act, status in zip(acts, statuses, strict=True)
        if status == "executed" and act.intent != "hold_or_cancel"
    ]
    said = [_capital(narration.crewmate["on_its_way"].format(orders=" and ".join(orders)))] if orders else []
    said += [
        narration.crewmate[act.intent] for act in acts if act.intent in narration.crewmate and act.modality != "negated"
    ]
    return " ".join(dict.fromkeys(said))


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
