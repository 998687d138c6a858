"""Fluids of the body: infusions, their way into the tissues and back, refill, leak and diuresis."""

from __future__ import annotations

from knowthyself_tui.domain.body.effects import Effects
from knowthyself_tui.domain.body.haemorrhage import EMPTY
from knowthyself_tui.domain.body.maths import approach
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.pharmacology import GLUCOSE_MOLAR, GLUCOSE_SPACE
from knowthyself_tui.domain.body.positions import POSITIONS
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

CRYSTALLOID_OUT = constant("crystalloid_out", 0.065, "/min", "F", "Hahn 2020 two-volume kinetics")
CRYSTALLOID_BACK = constant("crystalloid_back", 0.012, "/min", "F", "Hahn 2020 two-volume kinetics")
REFILL = constant("refill", 0.006, "/min of the deficit", "S", "transcapillary refill, about 1 L an hour early")
SEPTIC_LEAK = constant("septic_leak", 0.001, "blood volumes/min", "H", "capillary leak of sepsis")
LINE_ML_PER_MIN = constant("line_ml_per_min", 200.0, "mL/min", "S", "14 G cannula with pressure, all bags together")
DIURESIS_ML = constant("diuresis_ml", 12.0, "mL/min", "H", "urine of a full diuretic effect")
SEEPAGE_SECONDS = constant("seepage_seconds", 600.0, "s", "F", "plasma into the legs on standing, Hagan 1978")
INTO_CELLS = constant("into_cells", 0.5, "share", "H", "water of glucose solutions goes into cells")
COLD_FLUID = constant("cold_fluid", 0.0003, "degC per mL", "H", "half a litre at room temperature: 0.15 degC")

CELLS: dict[str, float] = {"blood": 120.0, "plasma": 0.0}
"""Haemoglobin of blood products, g/L [S: red cells with additive]; they stay in the vessels."""


def advance(n: Norms, s: State, leak: float, fx: Effects) -> None:
    """One second; `leak` is what mediators let out, blood volumes a minute."""
    minutes = 1.0 / 60.0
    wide = min(1.0, LINE_ML_PER_MIN / 60.0 / max(1e-9, sum(fluid[1] for fluid in s.fluids)))
    for fluid in s.fluids:
        given = min(fluid[1] * wide, fluid[2])
        fluid[2] -= given
        _pour(n, s, fluid[0], given)
    s.fluids = [fluid for fluid in s.fluids if fluid[2] > 0.0]
    moved = (CRYSTALLOID_OUT * s.crystalloid_in - CRYSTALLOID_BACK * s.crystalloid_out) * minutes
    s.crystalloid_in -= moved
    s.crystalloid_out += moved
    refill = REFILL * max(0.0, n.blood - s.blood) * minutes * (leak == 0.0 and not s.arrest)
    lost = (leak + SEPTIC_LEAK * s.sepsis) * n.blood * minutes
    s.blood += refill - moved - lost - DIURESIS_ML * fx.diuresis * minutes
    seeped = approach(s.seeped, POSITIONS[s.position].seepage * n.size, SEEPAGE_SECONDS, 1.0)
    s.blood -= seeped - s.seeped
    s.seeped = seeped
    s.blood = max(EMPTY * n.blood, s.blood)
    s.plasma_leaked += lost


def _pour(n: Norms, s: State, fluid: str, ml: float) -> None:
    s.blood += ml
    s.temp_c -= COLD_FLUID * ml * 70.0 / n.weight
    if fluid in CELLS:
        s.haemoglobin_g += ml / 1000.0 * CELLS[fluid]
        return
    s.crystalloid_in += ml
    if fluid.startswith("glucose"):
        s.blood -= INTO_CELLS * ml
        s.crystalloid_in -= INTO_CELLS * ml
        grams = ml * float(fluid.removeprefix("glucose_")) / 100.0
        s.glucose += 1000.0 * grams / GLUCOSE_MOLAR / (GLUCOSE_SPACE * n.weight)
