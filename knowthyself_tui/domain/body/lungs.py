"""What disease makes of the lungs: obstruction, resistance, unequal ventilation, shunt, upper airway."""

from __future__ import annotations

from dataclasses import dataclass

from knowthyself_tui.domain.body.devices import AIRWAY_DEVICES, MANOEUVRES
from knowthyself_tui.domain.body.maths import clamp
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.pharmacology import Effects
from knowthyself_tui.domain.body.positions import POSITIONS
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

DILATION = constant("dilation", 0.85, "share", "F", "spasm that full bronchodilation relieves, Besbes-Ouanes 2000")
RESISTANCE_POWER = constant("resistance_power", -1.35, "", "F", "airway resistance against open calibre")
SLOW_BASE = constant("slow_base", 0.03, "share", "F", "healthy badly ventilated share")
SLOW_GAIN = constant("slow_gain", 0.40, "share", "F", "McFadden & Lyons 1968: hypoxaemia before CO2 retention")
SLOW_VENTILATION = constant("slow_ventilation", 1.15, "share", "F", "McFadden & Lyons 1968")
SLOW_FLOOR = constant("slow_floor", 0.035, "share", "F", "collateral ventilation")
PLUG_SHUNT = constant("plug_shunt", 0.28, "share of flow", "F", "plugged segments; S1 keyframes on oxygen")
ABSORPTION = constant("absorption", 0.20, "share", "H", "shunt of slow units on high oxygen, Rodriguez-Roisin 1989")
SHUNT_PNEUMOTHORAX = constant("shunt_pneumothorax", 0.32, "share of flow", "F", "collapsed lung")
SHUNT_FLAT = constant("shunt_flat", 0.09, "share of flow", "H", "lying flat with obstruction")
SHUNT_EXTREME = constant("shunt_extreme", 0.1, "share of flow", "F", "near-fatal obstruction")
FLAT_MECHANICS = constant("flat_mechanics", 0.12, "share", "F", "accessory muscles lost lying flat")
CLOSURE = constant("closure", 0.955, "obstruction", "F", "airways shut")
TONGUE = constant("tongue", 0.50, "share", "H", "airway lost to the tongue in coma")
REACTIVITY = constant("reactivity", 0.25, "share", "H", "spasm per unit of trigger in an irritable airway")


@dataclass(slots=True)
class Lungs:
    """Mechanics of one second."""

    obstruction: float
    """0 open to 1 shut."""
    fev1: float
    """Litres, in the present position."""
    fev1_percent: float
    """Percent predicted, whatever the position."""
    resistance: float
    """Airway resistance relative to healthy."""
    slow_share: float
    """Share of perfusion and volume that is badly ventilated."""
    slow_ventilation: float
    """Ventilation of that share relative to its size."""
    shunt: float
    patency: float
    """Upper airway, 0 shut to 1 open."""
    closed: bool
    """No gas moves at all."""
    frc: float
    """mL, in the present position."""


def lungs_of(n: Norms, s: State, fx: Effects) -> Lungs:
    """The lungs as disease, drugs, position and airway devices make them."""
    position = POSITIONS[s.position]
    obstruction = _obstruction(s, fx)
    flat = position.flat
    fev1_share = (1.0 - obstruction) * (1.0 - 0.45 * s.pneumothorax)
    patency = _patency(s)
    slow_share = min(0.66, SLOW_BASE + SLOW_GAIN * obstruction)
    shunt = (
        n.shunt + PLUG_SHUNT * s.mucus_plugging + SHUNT_PNEUMOTHORAX * s.pneumothorax + SHUNT_FLAT * obstruction * flat
    )
    shunt += SHUNT_EXTREME * max(0.0, obstruction - 0.82) / 0.18 + ABSORPTION * slow_share * _nitrogen_lost(s)
    shut = obstruction >= CLOSURE or patency <= 0.03 or s.forced_airway == "closed"
    return Lungs(
        obstruction=obstruction,
        fev1=n.fev1 * fev1_share * (1.0 - FLAT_MECHANICS * flat * obstruction),
        fev1_percent=100.0 * fev1_share,
        resistance=min(60.0, (1.0 - min(obstruction, 0.97)) ** RESISTANCE_POWER),
        slow_share=slow_share,
        slow_ventilation=max(SLOW_FLOOR, 1.0 - SLOW_VENTILATION * obstruction),
        shunt=min(0.6, shunt),
        patency=patency,
        closed=shut,
        frc=n.frc * position.frc * (1.0 - 0.55 * s.pneumothorax),
    )


def _obstruction(s: State, fx: Effects) -> float:
    irritable = min(1.0, 4.0 * s.bronchospasm)
    spasm = min(0.97, s.bronchospasm + REACTIVITY * fx.airway_trigger * irritable)
    spasm *= 1.0 - DILATION * fx.bronchodilation
    return 1.0 - (1.0 - spasm) * (1.0 - s.mucus_plugging)


def _nitrogen_lost(s: State) -> float:
    """How far oxygen has replaced nitrogen in the slow unit, 0 to 1."""
    nitrogen = s.n2_slow / (s.o2_slow + s.co2_slow + s.n2_slow)
    return clamp((0.70 - nitrogen) / 0.5, 0.0, 1.0)


def _patency(s: State) -> float:
    if s.airway_device and AIRWAY_DEVICES[s.airway_device].definitive:
        return 1.0
    adjunct = AIRWAY_DEVICES[s.airway_device].relief if s.airway_device else 0.0
    adjunct = max(adjunct, MANOEUVRES.get(s.manoeuvre, 0.0))
    if s.airway_device and s.manoeuvre:
        adjunct = min(0.92, adjunct + 0.15)
    tongue = TONGUE * (1.0 - s.consciousness) ** 2 * (1.0 - adjunct) * POSITIONS[s.position].tongue
    return clamp(1.0 - tongue, 0.0, 1.0)
