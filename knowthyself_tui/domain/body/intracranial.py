"""Pressure in the skull: what fills it, how steeply the pressure rises, and the Cushing response."""

from __future__ import annotations

from knowthyself_tui.domain.body.effects import Effects
from knowthyself_tui.domain.body.maths import approach, clamp
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.positions import POSITIONS
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

RESTING_ICP = constant("resting_icp", 10.0, "mmHg", "S", "supine adult")
FLAT_SLOPE = constant("icp_flat_slope", 0.06, "mmHg/mL", "F", "spatial compensation")
SPARE = constant("icp_spare", 42.0, "mL", "F", "volume that is compensated")
PRESSURE_VOLUME_INDEX = constant("pressure_volume_index", 42.0, "mL", "F", "Marmarou 25 mL, softened")
BLOOD_POOL = constant("cerebral_blood_pool", 14.0, "mL", "F", "volume per unit of relative cerebral flow")
POOL_SLOPE = constant("icp_pool_slope", 0.6, "mmHg/mL", "H", "fast change of blood in the skull; -4 at PaCO2 25")
OSMOTIC = constant("osmotic_brain", 11.0, "mL", "H", "brain water that a full osmotic dose draws")
ICP_SECONDS = constant("icp_seconds", 15.0, "s", "H", "redistribution of fluid and blood")
ICP_CEILING = 95.0
CUSHING_ICP = constant("cushing_icp", 22.0, "mmHg", "F", "pressure at which the response starts")
REFERENCE_MAP = constant(
    "cushing_map", 95.0, "mmHg", "S", "usual mean; autoregulation shifts with it, Strandgaard 1973"
)
NERVE_FROM = constant("third_nerve_from", 26.0, "mmHg", "H", "pressure that presses the third nerve of the side")
NERVE_SPAN = constant("third_nerve_span", 22.0, "mmHg", "H", "until it is paralysed")
NERVE_RECOVERY = constant("third_nerve_recovery", 60.0, "min", "H", "a pressed nerve does not recover in minutes")
CUSHING_CPP = constant("cushing_cpp", 72.0, "mmHg", "F", "perfusion pressure below which it starts")


def perfusion_pressure(s: State, mean: float) -> float:
    """Cerebral perfusion pressure at the level of the brain, mmHg."""
    return mean - POSITIONS[s.position].hydrostatic - s.icp


def advance(s: State, mean: float, relative_flow: float, fx: Effects, dt: float) -> None:
    """`dt` seconds of bleeding into the skull, swelling and pressure."""
    cpp = perfusion_pressure(s, mean)
    if s.intracranial_haematoma_rate_ml_min > 0.0:
        s.intracranial_haematoma_ml += s.intracranial_haematoma_rate_ml_min * clamp(cpp / 70.0, 0.0, 1.4) * dt / 60.0
    if s.primary_brain_injury > 0.0:
        insult = clamp((0.90 - s.sao2) / 0.2, 0.0, 1.0) + clamp((55.0 - cpp) / 25.0, 0.0, 1.0)
        s.brain_oedema_ml += 0.5 * insult * s.primary_brain_injury * dt / 60.0
    ceiling = max(RESTING_ICP, mean + 5.0)
    pressed = clamp((s.icp - NERVE_FROM) / NERVE_SPAN, 0.0, 1.0)
    s.third_nerve = max(pressed, approach(s.third_nerve, 0.0, 60.0 * NERVE_RECOVERY, dt))
    s.icp = approach(s.icp, min(ceiling, _target(s, relative_flow, fx)), ICP_SECONDS, dt)


def cushing(n: Norms, s: State, mean: float) -> float:
    """Sympathetic storm of a brainstem short of blood, 0 to about 2.9; the hypertensive feel it earlier."""
    rising = clamp((s.icp - CUSHING_ICP) / 22.0, 0.0, 1.6)
    wanted = CUSHING_CPP * max(1.0, n.map / REFERENCE_MAP)
    return rising * clamp((wanted - perfusion_pressure(s, mean)) / 24.0, 0.0, 1.8)


def _target(s: State, relative_flow: float, fx: Effects) -> float:
    volume = s.intracranial_haematoma_ml + s.brain_oedema_ml
    volume -= OSMOTIC * fx.osmosis * (volume > 0.0)
    pool = BLOOD_POOL * (relative_flow - 1.0)
    pressure = RESTING_ICP + POOL_SLOPE * pool * clamp(1.0 - volume / SPARE, 0.0, 1.0)
    volume += pool
    pressure += FLAT_SLOPE * min(volume, SPARE)
    if volume > SPARE:
        pressure *= 10.0 ** min(2.0, (volume - SPARE) / PRESSURE_VOLUME_INDEX)
    return clamp(pressure + POSITIONS[s.position].icp, 2.0, ICP_CEILING)
