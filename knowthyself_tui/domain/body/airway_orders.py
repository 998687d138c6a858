"""Orders for oxygen, the bag and the airway: which device at which flow, and what had to be corrected."""

from __future__ import annotations

from knowthyself_tui.domain.acts import SlotValue
from knowthyself_tui.domain.body.applied import DONE, NO_EFFECT, STOP_ACTIONS, Applied, Slots, impossible
from knowthyself_tui.domain.body.brain import gcs_of
from knowthyself_tui.domain.body.devices import (
    AIRWAY_DEVICES,
    MANOEUVRES,
    OXYGEN_DEVICES,
    STEPS,
    VENTURI_FLOWS,
)
from knowthyself_tui.domain.body.doses import number
from knowthyself_tui.domain.body.maths import clamp
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

BAG_VOLUME = constant("bag_volume", 1.1, "tidal volumes", "H", "squeezed until the chest just rises")
BAG_LARGEST = constant("bag_largest", 20.0, "mL/kg", "H", "no bag gives more to a patient of that size")
BAG_SEAL = constant("bag_seal", 0.85, "share", "H", "one trained rescuer")
STEP_ACTIONS = frozenset({"increase", "reduce", "titrate"})
USUAL_TARGET_PERCENT = (94.0, 98.0)
"""BTS oxygen guideline 2017: target saturation of most acutely ill adults."""
SPOKEN_RATES = {"fast": 26.0, "slow": 8.0, "hyperventilate": 26.0}


def start_nebuliser(s: State, slots: Slots) -> Applied:
    device = OXYGEN_DEVICES["nebuliser_mask"]
    flow = number(slots.get("flow"))
    s.nebuliser_flow = device.usual if flow is None else clamp(flow, device.low, device.high)
    if flow is not None and flow != s.nebuliser_flow:
        return _corrected_flow("nebuliser_mask", s.nebuliser_flow)
    return DONE


def give_oxygen(n: Norms, s: State, slots: Slots) -> Applied:
    action = str(slots.get("action", ""))
    if action in STOP_ACTIONS:
        return stop_bag(s) if slots.get("device") == "bvm" else stop_oxygen(s)
    device, flow = str(slots.get("device", "")), number(slots.get("flow"))
    if not device and flow is None and action in STEP_ACTIONS:
        return _step_oxygen(s, _direction(s, action, slots))
    percent = _percent(slots)
    if percent is not None and percent > max(VENTURI_FLOWS) and not device.startswith("venturi"):
        device = device or "non_rebreather"
    elif device.startswith("venturi") or (not device and percent is not None):
        return _venturi(s, flow, percent)
    if not device:
        device = s.oxygen_device if s.oxygen_device and flow is not None else _device_for(flow)
    if device == "bvm":
        return ventilate(n, s, slots)
    if flow is not None and flow <= 0.0:
        return stop_oxygen(s)
    if device not in OXYGEN_DEVICES:
        return impossible(f"Oxygen cannot be given through {device.replace('_', ' ')}.")
    row = OXYGEN_DEVICES[device]
    wanted = row.usual if flow is None else flow
    given = clamp(wanted, row.low, row.high)
    if device == "nebuliser_mask":
        s.nebuliser_flow = given
        if s.nebuliser_seconds == 0:
            s.oxygen_device, s.oxygen_flow = device, given
    else:
        s.oxygen_device, s.oxygen_flow = device, given
    if given != wanted:
        return _corrected_flow(device, given)
    return Applied(True, "done", {"device": device, "flow": given})


def _corrected_flow(device: str, flow: float) -> Applied:
    return Applied(
        True,
        "corrected",
        {"device": device, "flow": flow},
        f"A {device.replace('_', ' ')} does not run at that flow; it is set to {flow:g} L/min.",
    )


def _device_for(flow: float | None) -> str:
    if flow is None or flow >= 10.0:
        return "non_rebreather"
    return "simple_mask" if flow >= 5.0 else "nasal_cannula"


def _percent(slots: Slots) -> float | None:
    for key in ("percent", "fio2", "concentration", "device"):
        text = str(slots.get(key, "")).lower().removeprefix("venturi").strip("_% ")
        value = number(text) if text else None
        if value is not None:
            return value / 100.0 if value > 1.0 else value
    return None


def _venturi(s: State, flow: float | None, percent: float | None) -> Applied:
    if percent is None:
        percent = min(VENTURI_FLOWS, key=lambda valve: abs(VENTURI_FLOWS[valve] - (flow or 4.0)))
    valve = min(VENTURI_FLOWS, key=lambda printed: abs(printed - percent))
    s.oxygen_device, s.oxygen_flow, s.venturi_fraction = "venturi", VENTURI_FLOWS[valve], valve
    slots: dict[str, SlotValue] = {"device": "venturi", "flow": VENTURI_FLOWS[valve], "percent": round(100 * valve)}
    if flow is not None and flow != VENTURI_FLOWS[valve]:
        note = f"The {100 * valve:.0f} % valve runs at {VENTURI_FLOWS[valve]:g} L/min."
        return Applied(True, "corrected", slots, note)
    return Applied(True, "done", slots)


def _direction(s: State, action: str, slots: Slots) -> int:
    """Up, down or neither; a titration looks at the oximeter and its target."""
    if action != "titrate":
        return 1 if action == "increase" else -1
    low = _given(slots, "target_spo2_min", USUAL_TARGET_PERCENT[0])
    high = _given(slots, "target_spo2_max", USUAL_TARGET_PERCENT[1])
    return int(s.spo2 < low) - int(s.spo2 > high)


def _step_oxygen(s: State, direction: int) -> Applied:
    """One rung of the ladder up or down; turning down never turns off."""
    if not s.oxygen_device and direction <= 0:
        return NO_EFFECT
    now = (s.oxygen_device, s.oxygen_flow)
    rank = sum(1 for device, flow in STEPS if _strength(device, flow) < _strength(*now)) if now[0] else -1
    if direction:
        s.oxygen_device, s.oxygen_flow = STEPS[min(max(rank + direction, 0), len(STEPS) - 1)]
    return Applied(True, "done", {"device": s.oxygen_device, "flow": s.oxygen_flow})


def _strength(device: str, flow: float) -> float:
    if device == "non_rebreather":
        return 100.0 + flow
    return flow if device == "nasal_cannula" else 5.0 + flow


def stop_oxygen(s: State) -> Applied:
    s.oxygen_device, s.oxygen_flow = "", 0.0
    return DONE


def ventilate(n: Norms, s: State, slots: Slots) -> Applied:
    if str(slots.get("action", "")) in STOP_ACTIONS:
        return stop_bag(s)
    rate = number(slots.get("rate"))
    wanted = SPOKEN_RATES.get(str(slots.get("rate", "")).lower(), 10.0) if rate is None else rate
    s.bag_rate = clamp(wanted, 4.0, 40.0)
    squeezed = _given(slots, "volume", BAG_VOLUME * n.tidal)
    s.bag_volume = clamp(squeezed, 10.0, min(1200.0, BAG_LARGEST * n.weight))
    s.bag_seal = clamp(_given(slots, "seal", 1.0 if "volume" in slots else BAG_SEAL), 0.0, 1.0)
    s.bag_flow = clamp(_given(slots, "flow", 15.0), 0.0, 15.0)
    adjunct = str(slots.get("adjunct", ""))
    placed = DONE
    if adjunct in AIRWAY_DEVICES or adjunct in MANOEUVRES:
        placed = manage_airway(n, s, {"device": adjunct})
    if not s.airway_device and not s.manoeuvre:
        s.manoeuvre = "head_tilt_chin_lift"
    if s.bag_rate != wanted or s.bag_volume != squeezed:
        note = f"The bag is squeezed {s.bag_rate:g} times a minute with {s.bag_volume:.0f} mL."
        return Applied(True, "corrected", {"rate": s.bag_rate, "volume": round(s.bag_volume)}, note)
    if not placed.done:
        return Applied(True, "corrected", {"rate": s.bag_rate}, placed.note)
    return Applied(True, "done", {"rate": s.bag_rate})


def _given(slots: Slots, name: str, usual: float) -> float:
    value = number(slots.get(name))
    return usual if value is None else value


def stop_bag(s: State) -> Applied:
    s.bag_rate = s.bag_volume = s.bag_seal = 0.0
    if s.manoeuvre == "head_tilt_chin_lift":
        s.manoeuvre = ""
    return DONE


NO_AIRWAYS = frozenset({"bite_block"})
"""What is put between teeth and opens nothing."""


def manage_airway(n: Norms, s: State, slots: Slots) -> Applied:
    device = str(slots.get("device", "head_tilt_chin_lift"))
    if str(slots.get("action", "")) in STOP_ACTIONS:
        s.manoeuvre = "" if device in MANOEUVRES else s.manoeuvre
        s.airway_device = "" if device not in MANOEUVRES else s.airway_device
        return DONE
    if device in MANOEUVRES:
        s.manoeuvre = device
        return DONE
    if device in NO_AIRWAYS:
        return Applied(True, "no_effect", {}, "The jaw cannot be forced open.")
    if device not in AIRWAY_DEVICES:
        return NO_EFFECT
    if gcs_of(s) >= AIRWAY_DEVICES[device].needs_gcs_below:
        return impossible("The patient is too awake for that airway and gags on it.")
    if s.seizure > 0.5 and device != "npa":
        return Applied(True, "no_effect", {}, "The jaw is clenched; it does not go in.")
    s.airway_device = device
    return DONE
