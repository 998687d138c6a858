"""Orders in plain words: read-backs, receipts, debrief and reports say them the same way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ROUTE_WORDS = {
    "NEB": "nebulised",
    "INH": "inhaled",
    "IM": "IM",
    "IV": "IV",
    "IO": "IO",
    "IN": "intranasal",
    "SL": "under the tongue",
    "PO": "by mouth",
    "BUCCAL": "buccal",
    "PR": "rectal",
    "SC": "subcutaneous",
}

DEVICE_WORDS = {
    "non_rebreather": "non-rebreather",
    "nebuliser_mask": "nebuliser mask",
    "bvm": "bag-valve-mask",
    "opa": "OPA",
    "npa": "NPA",
    "igel": "i-gel",
    "ett": "tracheal tube",
    "cpr": "CPR",
    "gtn": "GTN",
    "mils": "manual in-line stabilisation",
    "mtc": "the major trauma centre",
    "ppci": "the cath lab",
    "ed_resus": "resus",
    "stroke_unit": "the stroke unit",
}

ACTION_WORDS = {
    "give_fluids": "fluids",
    "ventilate_bvm": "bag-valve-mask ventilation",
    "manage_airway": "airway",
    "control_bleeding": "bleeding control",
    "apply_splint_binder": "splint",
    "chest_procedure": "chest procedure",
    "defib_cpr": "defibrillator",
    "vascular_access": "IV access",
    "position_patient": "position",
    "keep_warm": "keeping warm",
    "spinal_restriction": "spinal precautions",
    "move_transport": "moving",
    "suction": "suction",
}


def describe(intent: str, slots: Mapping[str, Any]) -> str:
    """An order as a crewmate would read it back, for example "salbutamol 5 mg nebulised"."""
    if intent == "give_drug":
        return _drug(slots)
    if intent == "give_oxygen":
        return _oxygen(slots)
    if intent in ("vascular_access", "move_transport"):
        return _access(slots) if intent == "vascular_access" else _moving(slots)
    details = [
        words(str(slots[name])) for name in ("device", "mode", "position", "fluid", "destination") if slots.get(name)
    ]
    if slots.get("volume"):
        details.append(f"{number(slots['volume'])} {slots.get('volume_unit', 'mL')}")
    if slots.get("rate"):
        details.append(f"{number(slots['rate'])}/min" if intent == "ventilate_bvm" else words(str(slots["rate"])))
    return " ".join([ACTION_WORDS.get(intent, words(intent)), *details])


def _drug(slots: Mapping[str, Any]) -> str:
    parts = [words(str(slots.get("drug") or slots.get("class") or "a drug"))]
    if slots.get("dose") is not None:
        parts.append(f"{number(slots['dose'])} {slots.get('unit', '')}".strip())
    if slots.get("concentration"):
        parts.append(f"of {slots['concentration']}")
    if slots.get("route"):
        parts.append(ROUTE_WORDS.get(str(slots["route"]), str(slots["route"])))
    if slots.get("over_minutes"):
        parts.append(f"over {number(slots['over_minutes'])} min")
    return " ".join(parts)


def _oxygen(slots: Mapping[str, Any]) -> str:
    if slots.get("action") in ("stop", "off"):
        return "oxygen off"
    parts = ["oxygen"]
    if slots.get("flow") is not None:
        parts.append(f"{number(slots['flow'])} L/min")
    if slots.get("device"):
        parts.append(words(str(slots["device"])))
    return " ".join(parts)


def _access(slots: Mapping[str, Any]) -> str:
    return "IO access" if str(slots.get("device", "")).upper() == "IO" else "IV access"


def _moving(slots: Mapping[str, Any]) -> str:
    ways = {"carry_chair": "move by carry chair", "walk": "walk out"}
    where = f" to {words(str(slots['destination']))}" if slots.get("destination") else ""
    return ways.get(str(slots.get("mode", "")), "move off") + where


def words(identifier: str) -> str:
    """An id as people write it."""
    return DEVICE_WORDS.get(identifier, identifier.replace("_", " "))


def number(value: object) -> str:
    """A number without a needless `.0`."""
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def clock(seconds: float) -> str:
    """Scenario time as people read it, `mm:ss`."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes:02d}:{rest:02d}"
