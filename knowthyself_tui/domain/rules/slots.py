"""The slots of an act as rules see them: the logged ones and those worked out from them."""

from __future__ import annotations

from knowthyself_tui.domain.acts import Slots, SlotValue
from knowthyself_tui.domain.dosing import dose_mg
from knowthyself_tui.domain.formulary import DRUGS
from knowthyself_tui.domain.timeline import LoggedAct

_ML_PER = {"mL": 1.0, "L": 1000.0}


def slot_of(act: LoggedAct, slot: str) -> SlotValue | None:
    """The value of `slot`, logged or derived; None when the act does not say."""
    if slot == "state":
        return act.patient_state
    if slot == "class" and act.intent == "give_drug":
        return _drug_class(act.slots)
    if slot == "dose_mg":
        return dose_mg(act.slots)
    if slot == "puffs":
        return _number(act.slots, "dose") if act.slots.get("unit") == "puffs" else None
    if slot == "volume_ml":
        return volume_ml(act.slots)
    return act.slots.get(slot)


def volume_ml(slots: Slots) -> float | None:
    """The volume in millilitres; None when none is said."""
    volume = _number(slots, "volume")
    factor = _ML_PER.get(str(slots.get("volume_unit", "mL")))
    return None if volume is None or factor is None else volume * factor


def amount_of(act: LoggedAct) -> float | None:
    """What was given: milligrams of a drug, millilitres of a fluid."""
    return volume_ml(act.slots) if act.intent == "give_fluids" else dose_mg(act.slots)


def _drug_class(slots: Slots) -> SlotValue | None:
    drug = DRUGS.get(str(slots.get("drug")))
    return drug.drug_class if drug else slots.get("class")


def _number(slots: Slots, name: str) -> float | None:
    value = slots.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
