"""Oxygen and airway devices: what each can deliver, which flows it accepts, and the inspired oxygen that results."""

from __future__ import annotations

from dataclasses import dataclass

from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

ROOM_AIR = constant("room_air", 0.21, "fraction", "S", "inspired oxygen without a device")
PEAK_FLOW_RATIO = constant("peak_flow_ratio", 3.0, "", "S", "peak inspiratory flow over minute ventilation")
PEAK_FLOW_FLOOR = constant("peak_flow_floor", 9.0, "L/min", "F", "OpenCriticalCare FiO2 table 2023")
NASAL_LIMIT = constant("nasal_limit", 0.42, "share", "F", "OpenCriticalCare FiO2 table 2023; BTS 2017")
MASK_LIMIT = constant("mask_limit", 0.62, "share", "F", "OpenCriticalCare FiO2 table 2023; BTS 2017")
RESERVOIR_SHARE = constant("reservoir_share", 0.75, "share", "F", "leak of a reservoir mask, BTS 2017")
RESERVOIR_FLOW = constant("reservoir_flow", 2.2, "", "F", "flow over ventilation that keeps the reservoir full")
BAG_LIMIT = constant("bag_limit", 0.96, "fraction", "S", "bag with reservoir")


@dataclass(frozen=True, slots=True)
class OxygenDevice:
    """Flows (L/min) that a device takes, and the usual one."""

    low: float
    high: float
    usual: float


OXYGEN_DEVICES: dict[str, OxygenDevice] = {
    "nasal_cannula": OxygenDevice(1.0, 6.0, 2.0),
    "simple_mask": OxygenDevice(5.0, 10.0, 6.0),
    "venturi": OxygenDevice(2.0, 15.0, 4.0),
    "nebuliser_mask": OxygenDevice(6.0, 8.0, 8.0),
    "non_rebreather": OxygenDevice(10.0, 15.0, 15.0),
    "bvm": OxygenDevice(10.0, 15.0, 15.0),
}

VENTURI_FLOWS: dict[float, float] = {0.24: 2.0, 0.28: 4.0, 0.31: 6.0, 0.35: 8.0, 0.40: 10.0, 0.60: 15.0}
"""Printed on the valves: inspired fraction to flow in L/min."""

STEPS: tuple[tuple[str, float], ...] = (
    ("nasal_cannula", 2.0),
    ("nasal_cannula", 4.0),
    ("simple_mask", 6.0),
    ("simple_mask", 10.0),
    ("non_rebreather", 15.0),
)
"""The ladder that oxygen is turned down and up on when only a direction is ordered."""


@dataclass(frozen=True, slots=True)
class AirwayDevice:
    """How much of the obstruction by the tongue it relieves [H], and whether it replaces the upper airway."""

    relief: float
    definitive: bool
    needs_gcs_below: int
    """An awake patient does not take it: it is refused at this GCS or above."""


AIRWAY_DEVICES: dict[str, AirwayDevice] = {
    "opa": AirwayDevice(0.75, False, 9),
    "npa": AirwayDevice(0.65, False, 14),
    "igel": AirwayDevice(0.96, True, 6),
    "ett": AirwayDevice(1.0, True, 6),
}

MANOEUVRES: dict[str, float] = {"jaw_thrust": 0.75, "head_tilt_chin_lift": 0.65}
"""Relief of obstruction by the tongue, 0 to 1 [H]."""


def inspired_oxygen(n: Norms, s: State, ve: float, bagged: bool) -> float:
    """Inspired oxygen fraction at this minute ventilation (L/min)."""
    if s.forced_fio2 >= 0.0:
        return s.forced_fio2
    if bagged:
        return min(BAG_LIMIT, ROOM_AIR + 0.79 * min(1.0, s.bag_flow / max(ve, 0.5)))
    if s.nebuliser_seconds > 0:
        return _mask(s.nebuliser_flow, _peak_flow(n, ve), MASK_LIMIT)
    if not s.oxygen_device:
        return ROOM_AIR
    if s.oxygen_device == "venturi":
        return s.venturi_fraction
    if s.oxygen_device in ("non_rebreather", "bvm"):
        return ROOM_AIR + 0.79 * RESERVOIR_SHARE * min(1.0, s.oxygen_flow / (RESERVOIR_FLOW * max(ve, 0.5)))
    limit = NASAL_LIMIT if s.oxygen_device == "nasal_cannula" else MASK_LIMIT
    return _mask(s.oxygen_flow, _peak_flow(n, ve), limit)


def _peak_flow(n: Norms, ve: float) -> float:
    return max(PEAK_FLOW_RATIO * ve, PEAK_FLOW_FLOOR * n.size)


def _mask(flow: float, peak_flow: float, limit: float) -> float:
    return ROOM_AIR + 0.79 * min(limit, flow / peak_flow)
