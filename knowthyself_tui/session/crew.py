"""The crewmate: takes orders, asks for what is missing, reads back what is unusual, never does what was not ordered."""

from __future__ import annotations

from collections.abc import Sequence

from knowthyself_tui.domain.acts import Act, Slots, Status
from knowthyself_tui.domain.describe import describe, words
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.scenario.narration import Narration
from knowthyself_tui.domain.tasks import Task, needs_line


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
    coming = state.has_line or any(task.step == "vascular_access" for task in state.tasks)
    out: list[Act] = []
    for act in acts:
        coming = coming or (act.executes and act.intent == "vascular_access")
        if act.executes and needs_line(act.intent, act.slots) and not coming:
            device = "IO" if act.slots.get("route") == "IO" else "IV"
            implied: Slots = {"device": device, "implied": True}
            out.append(Act("vascular_access", slots=implied, executes=True, route="implied"))
            coming = True
        out.append(act)
    return out


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


def meant_by(hold: Act, tasks: Sequence[Task]) -> list[Task]:
    """Treatments under way that a "hold" or "cancel" means; without a target, the one ordered last."""
    target, drug, device = (hold.slots.get(name) for name in ("target_intent", "drug", "device"))
    treatments = [task for task in tasks if task.is_treatment]
    if target is None and drug is None:
        return treatments[-1:]
    return [
        task
        for task in treatments
        if target in (None, task.step)
        and drug in (None, task.slots.get("drug"))
        and (device != "bite_block" or task.slots.get("device") == device)
    ]


def falls_with(cancelled: Sequence[Task], tasks: Sequence[Task], *, has_line: bool) -> list[Task]:
    """What cannot or need not go on without the cancelled tasks: drugs without a line, a line without a use."""
    rest = [task for task in tasks if task not in cancelled]
    waiting = [task for task in rest if task.is_treatment and needs_line(task.step, task.slots)]
    access = [task for task in rest if task.step == "vascular_access"]
    if any(task.step == "vascular_access" for task in cancelled) and not has_line and not access:
        return waiting
    needed_one = any(needs_line(task.step, task.slots) for task in cancelled)
    return [task for task in access if task.slots.get("implied")] if needed_one and not waiting else []


def acknowledgement(acts: Sequence[Act], statuses: Sequence[Status], narration: Narration) -> str:
    """One short answer to all orders of a line that are on their way, and to requests made to the crew."""
    orders = [
        describe(act.intent, act.slots)
        for act, status in zip(acts, statuses, strict=True)
        if status == "executed" and act.intent != "hold_or_cancel"
    ]
    said = [_capital(narration.crewmate["on_its_way"].format(orders=" and ".join(orders)))] if orders else []
    said += [
        narration.crewmate[act.intent]
        for act in acts
        if act.intent in narration.crewmate and act.intent != "hold_or_cancel" and act.modality != "negated"
    ]
    if any(act.slots.get("note_time") is True and not act.executes for act in acts if act.modality == "statement"):
        said.append(narration.crewmate["time_noted"])
    return " ".join(dict.fromkeys(said))


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
