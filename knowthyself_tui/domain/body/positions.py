"""Positions of the patient: blood that pools, hydrostatic pull, lung volume and room for the muscles of breathing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Position:
    """What lying, sitting or standing so does to the body."""

    pooling: float
    """Blood that pools in the legs, mL per 4.9 L; McGee 1999 [F]."""
    hydrostatic: float
    """Fall of pressure at the carotid sinus, mmHg [H]."""
    frc: float
    """Functional residual capacity relative to supine [S: about a quarter more upright]."""
    flat: float
    """1 flat, 0 upright: loss of accessory muscles and ventilation of the bases [H]."""
    tongue: float
    """How far the tongue falls back, 1 supine [H]."""
    seepage: float
    """Plasma that has seeped into the legs after half an hour, mL per 4.9 L [F: Hagan 1978]."""
    icp: float
    """Shift of the intracranial pressure, mmHg [S: head-up 30 degrees about -4; Feldman 1992]."""


POSITIONS: dict[str, Position] = {
    "supine": Position(0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0),
    "supine_legs_raised": Position(-190.0, 0.0, 0.97, 1.0, 1.0, 0.0, 2.0),
    "leg_elevated": Position(-60.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0),
    "lateral_log_roll": Position(20.0, 0.0, 1.05, 0.9, 0.6, 0.0, 1.0),
    "recovery": Position(40.0, 0.0, 1.05, 0.8, 0.55, 0.0, 1.0),
    "head_up_30": Position(90.0, 1.5, 1.08, 0.5, 0.9, 0.0, -4.5),
    "semi_recumbent": Position(120.0, 2.0, 1.09, 0.3, 0.85, 0.0, -5.0),
    "semi_recumbent_legs_raised": Position(0.0, 2.0, 1.07, 0.35, 0.85, 0.0, -4.0),
    "upright": Position(250.0, 4.0, 1.12, 0.0, 0.7, 0.0, -8.0),
    "tripod": Position(250.0, 4.0, 1.12, 0.0, 0.7, 0.0, -8.0),
    "standing": Position(900.0, 13.0, 1.13, 0.0, 0.7, 600.0, -9.0),
}

POSITION_SYNONYMS = {
    "sitting": "upright",
    "sitting_up": "upright",
    "flat": "supine",
    "left_lateral": "recovery",
    "lateral": "recovery",
    "legs_raised": "supine_legs_raised",
    "head_up": "head_up_30",
    "prone": "supine",
}
