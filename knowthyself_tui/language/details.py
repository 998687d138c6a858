"""Slots of acts that treat nothing: what an impression names, what a question is about, how long to wait."""

from __future__ import annotations

from collections.abc import Sequence

from knowthyself_tui.domain.acts import Act, SlotValue
from knowthyself_tui.language.grammar import Match
from knowthyself_tui.language.resources import load_yaml
from knowthyself_tui.language.slots import quantity

Slots = dict[str, SlotValue]

_RESOURCES: dict[str, tuple[str, ...]] = {
    "hems": ("hems", "helimed", "helicopter", "air"),
    "critical_care": ("critical", "ccp", "mert", "basics", "doctor", "sev:severe"),
    "police": ("police",),
    "fire": ("fire",),
    "als": ("als", "advanced", "ap", "senior", "paramedic"),
    "crew": ("crew", "backup", "back", "hands", "help", "ambulance", "assistance", "vehicle", "support"),
}


_MEASURED_BY = {
    "spo2": ("measure_spo2", {}),
    "bp": ("measure_bp", {}),
    "temp": ("measure_temp", {}),
    "bgl": ("measure_bgl", {}),
    "etco2": ("measure_etco2", {}),
    "pef": ("measure_peak_flow", {}),
    "hr": ("check_circulation", {"metric": "hr"}),
    "rr": ("check_breathing", {"metric": "rr"}),
    "gcs": ("check_consciousness", {"scale": "gcs"}),
}


def measurement_of(token: str) -> Act | None:
    """The act that measures an observation: `obs:bp` is `measure_bp`."""
    found = _MEASURED_BY.get(token.removeprefix("obs:"))
    return None if found is None else Act(found[0], "request", found[1])


def _first(tokens: Sequence[str], kind: str) -> str | None:
    return next((t.split(":", 1)[1] for t in tokens if t.startswith(f"{kind}:")), None)


def _named(tokens: Sequence[str], **kinds: str) -> Slots:
    found = {slot: _first(tokens, kind) for slot, kind in kinds.items()}
    return {slot: value for slot, value in found.items() if value is not None}


def details_of(intent: str, clause: Sequence[str], match: Match) -> Slots:
    """Slots that the words of the match, or of its clause, name."""
    own = clause[match.start : match.end]
    match intent:
        case "state_impression":
            return _named(clause, condition="cond", severity="sev")
        case "ask_medications":
            classes = [t.removeprefix("class:") for t in own if t.startswith("class:")]
            return ({"class": ",".join(dict.fromkeys(classes))} if classes else {}) | _named(own, drug="drug")
        case "ask_self_treatment":
            return _self_treatment(own)
        case "ask_pmh":
            condition = _first(own, "cond")
            return {"topic": condition} if condition else {}
        case "ask_symptoms":
            return _named(own, symptom="sym")
        case "check_circulation":
            metrics = {"hr": "hr", "radial": "radial_pulse", "carotid": "carotid", "crt": "crt"}
            observed = _first(own, "obs")
            return {"metric": metrics[observed]} if observed in metrics else {}
        case "examine_region":
            return _named(own, test="test") or _named(own, region="region")
        case "ask_radiation":
            return _named(own, region="region")
        case "ask_collateral" | "greet_introduce" | "reassure":
            return _addressee(clause)
        case "state_plan":
            return _named(clause, drug="drug")
        case "prepare_equipment":
            item = _first(clause[match.start :], "drug") or _first(clause[match.start :], "device")
            return {"item": item} if item else {}
        case "call_backup":
            return _resource(own)
        case "session_control":
            return _minutes(own)
        case "prealert":
            return _destination(clause)
        case "handover":
            formats = {"atmist": "ATMIST", "sbar": "SBAR", "imist": "IMIST", "isbar": "ISBAR"}
            found = next((formats[t] for t in clause if t in formats), None)
            return {"format": found} if found else {}
        case "reassess":
            return _focus(clause)
        case "hold_or_cancel":
            return _held(own)
    return {}


def _self_treatment(tokens: Sequence[str]) -> Slots:
    slots = _named(tokens, drug="drug")
    return slots or ({"drug": "salbutamol"} if "class:inhaler" in tokens or "puffs" in tokens else {})


def _addressee(tokens: Sequence[str]) -> Slots:
    roles = (t.split(":", 1)[1] for t in tokens if t.startswith(("role:", "name:")))
    found = next((role for role in roles if role != "patient"), None)
    return {"addressee": found} if found else {}


def _resource(tokens: Sequence[str]) -> Slots:
    for resource, words in _RESOURCES.items():
        if any(word in tokens for word in words):
            return {"resource": resource}
    return {}


def _minutes(tokens: Sequence[str]) -> Slots:
    per_unit = {"min": 1.0, "sec": 1 / 60, "hour": 60.0}
    for token in tokens:
        found = quantity(token)
        if found is not None and found[1] in per_unit:
            minutes = found[0] * per_unit[found[1]]
            return {"minutes": int(minutes) if float(minutes).is_integer() else round(minutes, 2)}
        if token.startswith("later:"):
            return {"minutes": int(float(token.removeprefix("later:")))}
    return {}


def _destination(tokens: Sequence[str]) -> Slots:
    places: dict[str, str] = load_yaml("words.yaml")["destinations"]
    text = f" {' '.join(tokens)} "
    found = next((place for words, place in places.items() if f" {words} " in text), None)
    return {"destination": "ed_resus" if found == "hospital" else found} if found else {}


def _focus(tokens: Sequence[str]) -> Slots:
    observation = _first(tokens, "obs")
    if observation:
        return {"focus": observation}
    if "region:chest" in tokens or "air" in tokens:
        return {"focus": "air_entry"}
    return {"focus": "tourniquet"} if "device:tourniquet" in tokens else {}


def _held(tokens: Sequence[str]) -> Slots:
    device, drug = _first(tokens, "device"), _first(tokens, "drug")
    intents = {"tourniquet": "control_bleeding", "collar": "spinal_restriction"}
    if device in intents:
        return {"target_intent": intents[device], "device": device}
    if drug == "oxygen" or device is not None or "mask" in tokens:
        slots: Slots = {"target_intent": "give_oxygen"}
        return slots | ({"device": device} if device and device != "mask" else {})
    if drug is not None or "route:NEB" in tokens:
        return {"target_intent": "give_drug", "drug": drug or "salbutamol"}
    return {}
