"""Slots of acts that treat nothing: what an impression names, what a question is about, how long to wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowthyself_tui.domain.acts import Act, SlotValue
from knowthyself_tui.language.grammar import Match, grammar
from knowthyself_tui.language.resources import load_yaml
from knowthyself_tui.language.slots import quantity, spo2_target

Slots = dict[str, SlotValue]

_RESOURCES: dict[str, tuple[str, ...]] = {
    "hems": ("hems", "helimed", "helicopter", "air"),
    "critical_care": ("critical", "ccp", "mert", "basics", "doctor", "sev:severe"),
    "police": ("police",),
    "fire": ("fire",),
    "als": ("als", "advanced", "ap", "senior", "paramedic"),
    "crew": ("crew", "backup", "back", "hands", "help", "ambulance", "assistance", "vehicle", "support"),
}


_SIMPLER = {"calf": "leg", "knee": "leg", "ankle": "foot"}
"""Part of a limb to the region under which an examination tells it."""

_AIRWAY = {
    "swallow": {"swallow", "swallowing", "gag", "drool", "drooling", "dribbling", "sip", "sips", "mouthful"},
    "uvula": {"uvula", "tonsils"},
    "voice": {"voice", "hoarse", "hoarseness", "croaky"},
    "tongue": {"tongue"},
    "throat": {"throat", "sym:throat"},
    "mouth": {"mouth", "oropharynx", "teeth"},
}
"""Part of the airway to the words that ask for it, the more exact first."""

_AIMS = {
    "permissive_hypotension": {"permissive"},
    "radial_pulse": {"obs:radial", "radial"},
    "systolic": {"obs:bp", "systolic", "sbp", "pressure"},
    "etco2": {"obs:etco2", "co2", "kpa"},
    "spo2": {"obs:spo2"},
    "rr": {"obs:rr"},
}
_FOCUS = {
    "seizure": {"cond:seizure", "fitting", "seizing", "jerking", "convulsing", "twitching", "jerks", "shaking"},
    "tourniquet": {"device:tourniquet", "strap", "windlass"},
    "wound": {"wound", "bleeding", "bleed", "dressing", "device:dressing"},
    "airway": {"airway"},
    "breathing": {"breathing", "breaths"},
    "pupils": {"pupils", "pupil", "pearl"},
    "pain": {"pain", "pains"},
    "bgl": {"sugar", "sugars", "drug:glucose_iv", "glucose"},
    "pulse": {"pulse"},
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
            return _named(clause, condition="cond", severity="sev") | _both(clause)
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
            return _named(own, test="test") or _examined(own)
        case "check_airway":
            return _kind("region", _AIRWAY, own) or _kind("region", _AIRWAY, clause)
        case "safety_net_advice":
            return _topics(clause)
        case "instruct_patient":
            return _addressee(clause)
        case "ask_radiation":
            return _named(own, region="region")
        case "ask_collateral" | "greet_introduce" | "reassure":
            return _addressee(clause)
        case "explain_plan":
            return {"topic": "re_sedation"} if {"wear", "wears", "wearing"} & set(clause) and "off" in clause else {}
        case "state_plan":
            aim = _kind("target", _AIMS, clause)
            return aim | _named(clause, drug="drug") | (spo2_target(clause) if aim.get("target") == "spo2" else {})
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
    named = {"hr": "pulse", "radial": "pulse", "carotid": "pulse"}
    observed = [token.removeprefix("obs:") for token in tokens if token.startswith("obs:")]
    if observed:
        also = _kind("focus", _FOCUS, tokens)
        found = dict.fromkeys([*(named.get(one, one) for one in observed), *map(str, also.values())])
        return {"focus": ",".join(found)}
    if "region:chest" in tokens or "air" in tokens:
        return {"focus": "air_entry"}
    return _kind("focus", _FOCUS, tokens)


def _both(tokens: Sequence[str]) -> Slots:
    """The infarct and the right ventricle that it has reached are named together."""
    named = dict.fromkeys(token.removeprefix("cond:") for token in tokens if token.startswith("cond:"))
    reached = len(named) > 1 and "right_ventricular_infarct" in named
    return {"condition": ",".join(name for name in named if name in _INFARCTS)} if reached else {}


_INFARCTS = frozenset({"stemi", "right_ventricular_infarct"})


def _kind(slot: str, kinds: Mapping[str, set[str]], tokens: Sequence[str]) -> Slots:
    """The first kind of which a word is there."""
    found = next((kind for kind, words in kinds.items() if words & set(tokens)), None)
    return {} if found is None else {slot: found}


def _examined(tokens: Sequence[str]) -> Slots:
    region = _first(tokens, "region")
    return {} if region is None else {"region": _SIMPLER.get(region, region)}


_BY_PERMISSION = frozenset({"need", "have"})
_LEAVES_OUT = frozenset({"skip", "miss", "omit", "leave", "forget", "stop", "withhold", "drop"})
_PUTS_OFF = frozenset({"after", "once", "when", "if", "until", "till", "unless", "later", "tomorrow", "only", "before"})
_REFUSES = frozenset({"not", "no", "never", "avoid"})


def _topics(tokens: Sequence[str]) -> Slots:
    """What advice is about, in the order in which it is said; leave to drive that is put off is advice on driving."""
    found = sorted(grammar("topics").matches(tokens), key=lambda match: match.start)
    topics = list(dict.fromkeys(match.intent for match in found))
    if "driving_allowed" in topics:
        timed = any(token.startswith(("later:", "every:", "q:")) for token in tokens)
        permitted = not timed and not (_PUTS_OFF | _REFUSES) & set(tokens)
        topics = [topic for topic in topics if topic != ("driving" if permitted else "driving_allowed")]
        topics += [] if permitted or "driving" in topics else ["driving"]
    if "discharge" in topics and _REFUSES & set(tokens) and not _BY_PERMISSION & set(tokens):
        topics.remove("discharge")
    if "insulin_omit" in topics:
        kept = bool(_LEAVES_OUT & set(tokens) and _REFUSES & set(tokens))
        topics = [topic for topic in topics if topic != ("insulin_omit" if kept else "insulin")]
        topics += ["insulin"] if kept and "insulin" not in topics else []
    return {"topic": ",".join(topics)} if topics else {}


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
