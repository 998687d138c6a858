"""Whether a treatment order can be carried out: what it lacks, what is read back, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from knowthyself_tui.domain.acts import Act, SlotValue
from knowthyself_tui.domain.dosing import amount, infer_unit, mg_per_ml, range_complaint
from knowthyself_tui.domain.formulary import DEVICES, DRUGS, FLUIDS, Drug

MutableSlots = dict[str, SlotValue]

_PORTION_GRAMS = 20
"""One portion of starch (fact sheet S8.6)."""

_PIECE_GRAMS, _MOST_PIECES = 10, 6
"""Starch of a slice of toast or two biscuits [S], and the largest bare number that counts such pieces."""

_USUAL_ROUTE = {"glucose_oral": "PO"}

_DEFAULT_DEVICE = {
    "control_bleeding": "direct_pressure",
    "apply_splint_binder": "splint",
    "spinal_restriction": "mils",
    "vascular_access": "IV",
}

_LARGEST_BOLUS_ML = 2000.0

_LARGEST_FLOW_L_MIN = 30.0
"""Beyond any flowmeter of an ambulance [S]; flows that only the device cannot give are corrected by the device."""

_BREATHED_TO_EFFECT = frozenset({"inhaled_analgesic"})
"""Classes that patients give themselves through a mouthpiece, without a dose."""

OXYGEN_ACTIONS = frozenset({"increase", "reduce", "titrate", "stop"})
"""Values of the slot `action` of `give_oxygen`: what happens to the oxygen that is running."""


def decide(act: Act) -> Act:
    """The order with inferred slots and its standing; what is no ordered treatment never executes."""
    if not act.is_treatment or act.modality not in ("request", "statement"):
        return replace(act, executes=False)
    slots: MutableSlots = dict(act.slots)
    refusal, missing, read_back = _RULES.get(act.intent, _needs_device)(act.intent, slots)
    if refusal:
        missing, read_back = (), None
    elif missing:
        read_back = None
    executes = not (refusal or missing or read_back)
    return replace(act, slots=slots, executes=executes, missing=missing, read_back=read_back, refusal=refusal)


def confirm(act: Act) -> Act:
    """A read-back order that the student has confirmed: it is carried out with whatever harm it does."""
    decided = decide(act)
    return replace(decided, read_back=None, executes=not (decided.missing or decided.refusal))


_Standing = tuple[str | None, tuple[str, ...], str | None]
_DONE: _Standing = (None, (), None)


def _lacks(*names: str) -> _Standing:
    return None, names, None


def _infer(slots: MutableSlots, name: str, value: SlotValue) -> None:
    slots[name] = value
    slots[f"{name}_inferred"] = True


def _drug(_intent: str, slots: MutableSlots) -> _Standing:
    drug_id = slots.get("drug")
    if drug_id is None:
        return _lacks("drug", *(name for name in ("dose", "route") if name not in slots))
    drug = DRUGS.get(str(drug_id))
    if drug is None or not drug.carried:
        return f"{str(drug_id).replace('_', ' ')} is not carried", (), None
    _complete_drug_slots(drug, slots)
    route = slots.get("route")
    if route is not None and route not in drug.routes:
        return f"{drug.id.replace('_', ' ')} cannot be given {route}", (), None
    missing = _missing_of_drug(drug, slots)
    if missing:
        return _lacks(*missing)
    return None, (), _dose_complaint(drug, slots)


def _complete_drug_slots(drug: Drug, slots: MutableSlots) -> None:
    unit = slots.get("unit")
    if "route" not in slots and unit in ("puffs", "sprays"):
        routes = {row.route for row in drug.doses if row.unit == unit}
        if len(routes) == 1:
            _infer(slots, "route", routes.pop())
    if "route" not in slots:
        routes = {row.route for row in drug.doses}
        usual = routes.pop() if len(routes) == 1 else _USUAL_ROUTE.get(drug.id)
        if usual is not None:
            _infer(slots, "route", usual)
    dose, route = slots.get("dose"), slots.get("route")
    if isinstance(dose, int | float) and "unit" not in slots:
        inferred = infer_unit(drug, dose, None if route is None else str(route))
        if inferred is not None:
            _infer(slots, "unit", inferred)
    if drug.id == "complex_carbohydrate" and (dose is None or _counts_pieces(slots)):
        _infer(slots, "dose", max(_PORTION_GRAMS, _PIECE_GRAMS * (dose or 1)))
        slots["unit"] = "g"
        slots.pop("unit_inferred", None)


def _counts_pieces(slots: MutableSlots) -> bool:
    """A bare small number counts slices or biscuits, not grams."""
    dose = slots.get("dose")
    said = "unit" in slots and not slots.get("unit_inferred")
    return isinstance(dose, int | float) and not said and dose <= _MOST_PIECES


def _missing_of_drug(drug: Drug, slots: MutableSlots) -> tuple[str, ...]:
    needed = ("route",) if drug.drug_class in _BREATHED_TO_EFFECT else ("dose", "route")
    missing = [name for name in needed if name not in slots]
    if "dose" in slots and "unit" not in slots:
        missing.insert(0, "unit")
    if slots.get("unit") == "mL" and _amount_of(drug, slots) is None:
        missing.append("concentration")
    return tuple(missing)


def _amount_of(drug: Drug, slots: MutableSlots) -> tuple[float, str] | None:
    concentration = slots.get("concentration")
    said = None if concentration is None else str(concentration)
    return amount(drug, float(slots["dose"]), str(slots["unit"]), said)


def _dose_complaint(drug: Drug, slots: MutableSlots) -> str | None:
    if "dose" not in slots:
        return None
    concentration = slots.get("concentration")
    if concentration is not None and slots["unit"] == "mL" and mg_per_ml(drug, str(concentration)) is None:
        return f"There is no {concentration} strength of {drug.id.replace('_', ' ')}."
    found = amount(
        drug,
        float(slots["dose"]),
        str(slots["unit"]),
        None if concentration is None else str(concentration),
    )
    return None if found is None else range_complaint(drug, str(slots["route"]), found)


def _oxygen(_intent: str, slots: MutableSlots) -> _Standing:
    if slots.get("action") in OXYGEN_ACTIONS:
        return _DONE
    device, flow = slots.get("device"), slots.get("flow")
    if device is None and isinstance(flow, int | float) and flow >= 10:
        _infer(slots, "device", "non_rebreather")
    elif device is not None and flow is None:
        row = DEVICES.get(str(device))
        if row is not None and row.default_flow_l_min is not None:
            _infer(slots, "flow", row.default_flow_l_min)
            slots["flow_unit"] = "L/min"
    missing = tuple(name for name in ("device", "flow") if name not in slots)
    if not missing and float(slots["flow"]) > _LARGEST_FLOW_L_MIN:
        return None, (), f"{float(slots['flow']):g} litres a minute is more than the cylinder gives."
    return _lacks(*missing) if missing else _DONE


def _fluids(_intent: str, slots: MutableSlots) -> _Standing:
    fluid = slots.get("fluid")
    if fluid is None:
        _infer(slots, "fluid", "sodium_chloride_0.9")
    elif str(fluid) not in FLUIDS or not FLUIDS[str(fluid)].carried:
        return f"{str(fluid).replace('_', ' ')} is not carried", (), None
    volume = slots.get("volume")
    if volume is None:
        return _DONE if slots.get("rate") == "kvo" else _lacks("volume")
    millilitres = float(volume) * (1000 if slots.get("volume_unit") == "L" else 1)
    if millilitres > _LARGEST_BOLUS_ML or millilitres < 20:
        return None, (), f"A bolus of {millilitres:g} mL is unusual."
    return _DONE


def _needs_device(intent: str, slots: MutableSlots) -> _Standing:
    if "device" not in slots:
        if intent not in _DEFAULT_DEVICE:
            return _lacks("device")
        _infer(slots, "device", _DEFAULT_DEVICE[intent])
    return _DONE


def _needs_position(_intent: str, slots: MutableSlots) -> _Standing:
    return _DONE if "position" in slots else _lacks("position")


def _transport(_intent: str, slots: MutableSlots) -> _Standing:
    return _DONE if "mode" in slots or "destination" in slots else _lacks("mode")


def _complete(_intent: str, _slots: MutableSlots) -> _Standing:
    return _DONE


_RULES: dict[str, Callable[[str, MutableSlots], _Standing]] = {
    "give_drug": _drug,
    "give_oxygen": _oxygen,
    "give_fluids": _fluids,
    "position_patient": _needs_position,
    "move_transport": _transport,
    "ventilate_bvm": _complete,
    "suction": _complete,
    "keep_warm": _complete,
}
