"""Slots of an order without a drug, out of the tokens around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from knowthyself_tui.domain.acts import SlotValue
from knowthyself_tui.language.numbers import is_number
from knowthyself_tui.language.resources import load_yaml

Slots = dict[str, SlotValue]
Tokens = Sequence[str]

CORRECTIONS = frozenset({"sorry", "actually", "correction", "mean", "meant", "make", "rather"})
REPEATING = frozenset({"repeat", "another", "again", "further", "second", "2nd", "third", "more", "keep", "repeating"})
_FULL_FLOW = 25
"""Litres a minute at the end of a flow meter's scale."""
_WITH_A_FLOW = (["device:non_rebreather"], ["device:simple_mask"], ["device:nasal_cannula"], ["device:mask"])

_AFTER_NO_DOSE = frozenset({"year", "years", "yo", "lead", "person", "minutes", "times", "x", "of:", "hours"})
_BEFORE_NO_DOSE = frozenset(
    {"size", "every", "gcs", "sats", "over", "under", "below", "above", "x", "times", "age", "aged", "for", "in"}
)


def number(text: str) -> int | float:
    value = float(text)
    return int(value) if value.is_integer() else value


def quantity(token: str) -> tuple[int | float, str] | None:
    """`q:5:mg` as (5, "mg")."""
    if not token.startswith("q:"):
        return None
    _, value, unit = token.split(":")
    return number(value), unit


def quantities_of(tokens: Tokens, units: Sequence[str]) -> list[tuple[int, int | float, str]]:
    """Position, number and unit of the quantities in these units."""
    return [
        (at, *found) for at, token in enumerate(tokens) if (found := quantity(token)) is not None and found[1] in units
    ]


def bare_numbers(tokens: Tokens) -> list[tuple[int, int | float]]:
    """Numbers without a unit that could be a dose, a flow or a rate."""
    found: list[tuple[int, int | float]] = []
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if not is_number(token) or after in _AFTER_NO_DOSE:
            continue
        if before in _BEFORE_NO_DOSE and after != "of":
            continue
        if before.startswith("obs:") or after == "over" or before == "over":
            continue
        found.append((at, number(token)))
    return found


def in_range(tokens: Tokens, at: int) -> bool:
    """The number is an end of "5 to 10"."""
    ends = at >= 2 and tokens[at - 1] == "to" and tokens[at - 2][:1].isdigit()
    begins = at + 2 < len(tokens) and tokens[at + 1] == "to"
    return ends or (begins and (is_number(tokens[at + 2]) or tokens[at + 2].startswith("q:")))


def oxygen_slots(tokens: Tokens) -> Slots:
    """Device, flow and target of an oxygen order; after a swap word the last device counts."""
    slots: Slots = {}
    devices = [
        token.removeprefix("device:")
        for token in tokens
        if token.startswith("device:") and token not in ("device:mask", "device:bvm")
    ]
    if devices:
        slots["device"] = devices[-1]
    percents = [token.removeprefix("pct:") for token in tokens if token.startswith("pct:")]
    if slots.get("device") == "venturi" and percents:
        slots["device"] = f"venturi_{percents[0]}"
    rest = _target(tokens, slots)
    _flow(rest, slots)
    return slots


def spo2_target(tokens: Tokens) -> Slots:
    """The saturation that is aimed at, where two ends of it are said."""
    slots: Slots = {}
    _target(tokens, slots)
    return slots


def _target(tokens: Tokens, slots: Slots) -> list[str]:
    """Takes "94 to 98" out of the tokens as the target."""
    for at in range(len(tokens) - 2):
        low, to, high = tokens[at : at + 3]
        high_number = high.removeprefix("pct:")
        if is_number(low) and to == "to" and is_number(high_number) and 80 <= float(low) <= 100:
            slots["target_spo2_min"], slots["target_spo2_max"] = number(low), number(high_number)
            return [*tokens[:at], *tokens[at + 3 :]]
    return list(tokens)


def _flow(tokens: Tokens, slots: Slots) -> None:
    litres = quantities_of(tokens, ("l",))
    values = [value for at, value, _ in litres if not in_range(tokens, at)]
    if not litres:
        values = [value for at, value in bare_numbers(tokens) if _is_flow(tokens, at) and not in_range(tokens, at)]
    if len(set(values)) == 1 or (values and CORRECTIONS & set(tokens)):
        slots["flow"], slots["flow_unit"] = values[-1], "L/min"


def _is_flow(tokens: Tokens, at: int) -> bool:
    """A bare number is a flow when a flow meter shows it, or right behind the device: "NRB at 60"."""
    before = [token for token in tokens[max(0, at - 2) : at] if token != "at"]
    return number(tokens[at]) <= _FULL_FLOW or before[-1:] in _WITH_A_FLOW


def fluid_slots(tokens: Tokens) -> Slots:
    """Fluid, volume and rate."""
    slots: Slots = {}
    fluids = [token.removeprefix("fluid:") for token in tokens if token.startswith("fluid:")]
    if fluids:
        slots["fluid"] = fluids[0]
    volumes = [(value, unit) for _, value, unit in quantities_of(tokens, ("ml", "l"))]
    if not volumes:
        volumes = [(value, "ml") for _, value in bare_numbers(tokens) if value >= 50]
        if volumes:
            slots["unit_inferred"] = True
    if len(set(volumes)) == 1:
        slots["volume"], unit = volumes[0]
        slots["volume_unit"] = "L" if unit == "l" else "mL"
    if {"stat", "fast", "wide", "quickly", "squeeze", "squeezed", "rapid"} & set(tokens):
        slots["rate"] = "fast"
    elif "kvo" in tokens or "tkvo" in tokens:
        slots["rate"] = "kvo"
    if any(token in REPEATING for token in tokens):
        slots["repeat"] = True
    return slots


_LEAST_RATE = 6.0
"""Nobody asks for fewer breaths a minute with a bag."""


def _is_a_pressure(tokens: Tokens, at: int) -> bool:
    """The range aims at a carbon dioxide: "keep co2 4.7 to 5.3", "aim for 4.7 to 5.3 kPa"."""
    near = {*tokens[max(0, at - 3) : at], *tokens[at + 3 : at + 5]}
    return float(tokens[at]) < _LEAST_RATE or bool(near & {"co2", "obs:etco2", "kpa", "etco2"})


def bvm_slots(tokens: Tokens) -> Slots:
    """Rate a minute and oxygen flow."""
    slots: Slots = {}
    flows = quantities_of(tokens, ("l",))
    if flows:
        slots["flow"], slots["flow_unit"] = flows[0][1], "L/min"
    for at in range(len(tokens) - 2):
        low, to, high = tokens[at : at + 3]
        if is_number(low) and to == "to" and is_number(high) and not _is_a_pressure(tokens, at):
            slots["rate_min"], slots["rate_max"] = number(low), number(high)
            slots["rate"] = number(str((float(low) + float(high)) / 2))
            return slots
    every = [token.removeprefix("every:") for token in tokens if token.startswith("every:")]
    seconds = [value for at, value, _ in quantities_of(tokens, ("sec",)) if at and tokens[at - 1] == "every"]
    if seconds:
        slots["rate"] = number(f"{60 / float(seconds[0]):.3g}")
    elif not every:
        numbers = [value for at, value in bare_numbers(tokens) if not in_range(tokens, at)]
        oxygen = "drug:oxygen" in tokens and not flows
        if numbers and oxygen and numbers[-1] >= 10:
            slots["flow"], slots["flow_unit"] = numbers.pop(), "L/min"
        if numbers and 4 <= numbers[-1] <= 40:
            slots["rate"] = numbers[-1]
    if "rate" not in slots and {"fast", "faster", "quickly"} & set(tokens):
        slots["rate"] = "fast"
    return slots


def device_slots(tokens: Tokens) -> Slots:
    """Side, region and size around a device."""
    slots: Slots = {}
    sides = [side for side in ("left", "right", "both") if side in tokens]
    if len(sides) == 1:
        slots["side"] = sides[0]
    regions = [token.removeprefix("region:") for token in tokens if token.startswith("region:")]
    if regions:
        slots["region"] = regions[0]
    elif "device:tourniquet" in tokens and _is_on_the_wound(tokens):
        slots["region"] = "wound"
    for at, token in enumerate(tokens[:-1]):
        if token == "size" and is_number(tokens[at + 1]):
            slots["size"] = number(tokens[at + 1])
    if {"time", "write", "note", "timed"} & set(tokens):
        slots["note_time"] = True
    return slots


_FROM_ON_TO_WOUND = 3
"""Words from "on" to "the open wound"."""


def _is_on_the_wound(tokens: Tokens) -> bool:
    at = next((at for at, token in enumerate(tokens) if token in ("wound", "hole", "bleed", "cut")), 0)
    before = tokens[max(0, at - _FROM_ON_TO_WOUND) : at]
    return bool({"on", "over", "onto", "across"} & set(before)) and not {"above", "below"} & set(before)


def access_slots(tokens: Tokens) -> Slots:
    """Gauge and site of a cannula or intraosseous needle."""
    slots: Slots = {}
    colours: dict[str, int] = load_yaml("words.yaml")["cannula_colours"]
    gauges = [value for _, value, unit in quantities_of(tokens, ("gauge", "g")) if 12 <= value <= 26]
    gauges = gauges or [colours[token] for token in tokens if token in colours]
    if gauges:
        slots["gauge"] = gauges[0]
    side = next((side for side in ("left", "right") if side in tokens), None)
    places = {"ac": "acf", "acf": "acf", "antecubital": "acf", "region:hand": "hand", "region:arm": "arm"}
    place = next((places[token] for token in tokens if token in places), None)
    bones = {"tibia": "tibia", "tibial": "tibia", "humerus": "humerus", "humeral": "humerus"}
    bone = next((bones[token] for token in tokens if token in bones), None)
    if bone:
        slots["site"] = bone
    elif place:
        slots["site"] = f"{side}_{place}" if side else place
    if side:
        slots["side"] = side
    return slots


def shock_slots(tokens: Tokens) -> Slots:
    """Energy in joules."""
    joules = [value for _, value, _ in quantities_of(tokens, ("joules",))]
    joules = joules or [value for _, value in bare_numbers(tokens) if 50 <= value <= 400]
    return {"energy": joules[0]} if joules else {}


def transport_slots(tokens: Tokens) -> Slots:
    """Destination."""
    places: dict[str, str] = load_yaml("words.yaml")["destinations"]
    text = f" {' '.join(tokens)} "
    found = next((place for words, place in places.items() if f" {words} " in text), None)
    return {"destination": found} if found else {}


SLOTS_BY_INTENT: dict[str, Callable[[Tokens], Slots]] = {
    "give_oxygen": oxygen_slots,
    "give_fluids": fluid_slots,
    "ventilate_bvm": bvm_slots,
    "vascular_access": access_slots,
    "defib_cpr": shock_slots,
    "move_transport": transport_slots,
    "control_bleeding": device_slots,
    "manage_airway": device_slots,
    "apply_splint_binder": device_slots,
    "chest_procedure": device_slots,
}
