"""What disease makes of the lungs: obstruction, resistance, unequal ventilation, shunt, upper airway."""

from __future__ import annotations

from dataclasses import dataclass

from knowthyself_tui.domain.body.devices import AIRWAY_DEVICES, MANOEUVRES
from knowthyself_tui.domain.body.effects import Effects
from knowthyself_tui.domain.body.maths import clamp
from knowthyself_tui.domain.body.mediator import Mediation, mediation_of
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.positions import POSITIONS
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

DILATION = constant("dilation", 0.80, "share", "F", "spasm that full bronchodilation relieves, Besbes-Ouanes 2000")
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
SLOW_AGE = constant("slow_age", 0.11, "share", "F", "airways that close at rest with age, Sorbini 1968")
AGE_VENTILATION = constant("age_ventilation", 0.86, "share", "F", "Sorbini 1968: PaO2 falls 0.43 mmHg a year")
WATER_SLOW = constant("water_slow", 0.25, "share", "F", "badly ventilated lung at full oedema")
WATER_VENTILATION = constant("water_ventilation", 0.5, "share", "F", "ventilation lost by flooded units")
WATER_SHUNT = constant("water_shunt", 0.38, "share of flow", "F", "flooded alveoli")
PRESSED_WATER = constant("pressed_water", 0.4, "share", "H", "positive pressure opens flooded lung")
WATER_VOLUME = constant("water_volume", 0.3, "share", "H", "lung volume lost to oedema")
SEIZURE_SHUNT = constant("seizure_shunt", 0.09, "share of flow", "F", "S5 initial saturation")
SEPTIC_SHUNT = constant("septic_shunt", 0.05, "share of flow", "F", "sepsis")
MEDIATOR_SHUNT = constant("mediator_shunt", 0.13, "share of flow", "F", "anaphylaxis")
SPASTIC_THROAT = constant("spastic_throat", 0.30, "share", "H", "upper airway in a convulsion")
SWELLING_TOPICAL = constant("swelling_topical", 0.60, "share", "F", "nebulised adrenaline in croup")
SWELLING_STEROID = constant("swelling_steroid", 0.35, "share", "F", "dexamethasone in croup, Geelhoed 1996")
THROAT_RESISTANCE = constant("throat_resistance", 1.2, "", "H", "airway resistance of a narrow upper airway")
SLACK_PARALYSIS = 0.9
SLACK_DRIVE = constant("slack_drive", 0.5, "L/min", "H", "no tone left in the throat of a paralysed patient")
REACTIVITY = constant("reactivity", 0.25, "share", "H", "spasm per unit of trigger in an irritable airway")


@dataclass(slots=True)
class Lungs:
    """Mechanics of one second."""

    obstruction: float
    """0 open to 1 shut."""
    fev1: float
    """Litres, in the present position."""
    fev1_percent: float
    """Percent predicted, whatever the position and the upper airway."""
    resistance: float
    """Airway resistance relative to healthy."""
    slow_share: float
    """Share of perfusion and volume that is badly ventilated."""
    slow_ventilation: float
    """Ventilation of that share relative to its size."""
    shunt: float
    patency: float
    """Upper airway, 0 shut to 1 open."""
    swelling: float
    """Upper airway lost to swelling, 0 to 1, after treatment."""
    closed: bool
    """No gas moves at all."""
    frc: float
    """mL, in the present position."""


def lungs_of(n: Norms, s: State, fx: Effects) -> Lungs:
    """The lungs as disease, drugs, position and airway devices make them."""
    position, m = POSITIONS[s.position], mediation_of(n, s, fx)
    obstruction = _obstruction(s, fx, m)
    fev1_share = (1.0 - obstruction) * (1.0 - 0.45 * s.pneumothorax) * (1.0 - WATER_VOLUME * s.lung_water)
    swelling = _swelling(n, s, fx, m)
    patency = _patency(s, swelling)
    slow_share = SLOW_BASE + SLOW_GAIN * obstruction + WATER_SLOW * s.lung_water + SLOW_AGE * n.uneven
    slow_share = min(0.66, slow_share)
    slow_ventilation = 1.0 - SLOW_VENTILATION * obstruction - WATER_VENTILATION * s.lung_water
    slow_ventilation *= 1.0 - AGE_VENTILATION * n.uneven
    shut = obstruction >= CLOSURE or patency <= 0.03 or s.forced_airway == "closed" or _slack(s)
    resistance = (1.0 - min(obstruction, 0.97)) ** RESISTANCE_POWER
    resistance += THROAT_RESISTANCE * (max(0.15, patency) ** -2.0 - 1.0)
    return Lungs(
        obstruction=obstruction,
        fev1=n.fev1 * fev1_share * (1.0 - FLAT_MECHANICS * position.flat * obstruction),
        fev1_percent=100.0 * fev1_share * n.fev1 / n.fev1_predicted,
        resistance=min(60.0, resistance),
        slow_share=slow_share,
        slow_ventilation=max(SLOW_FLOOR, slow_ventilation),
        shunt=min(0.65, _shunt(n, s, m, obstruction, slow_share)),
        patency=patency,
        swelling=swelling,
        closed=shut,
        frc=n.frc * position.frc * (1.0 - 0.55 * s.pneumothorax) * (1.0 - WATER_VOLUME * s.lung_water),
    )


def _shunt(n: Norms, s: State, m: Mediation, obstruction: float, slow_share: float) -> float:
    shunt = n.shunt + PLUG_SHUNT * s.mucus_plugging + SHUNT_PNEUMOTHORAX * s.pneumothorax
    shunt += SHUNT_FLAT * obstruction * POSITIONS[s.position].flat
    shunt += SHUNT_EXTREME * max(0.0, obstruction - 0.82) / 0.18 + ABSORPTION * slow_share * _nitrogen_lost(s)
    shunt += (
        WATER_SHUNT
        * s.lung_water
        * (0.75 + 0.25 * POSITIONS[s.position].flat)
        * (1.0 - PRESSED_WATER * (s.bag_rate > 0.0))
        + SEPTIC_SHUNT * s.sepsis
        + SEIZURE_SHUNT * s.seizure
    )
    return shunt + MEDIATOR_SHUNT * m.skin * (m.spasm + m.dilatation) / 1.83


def _obstruction(s: State, fx: Effects, m: Mediation) -> float:
    irritable = min(1.0, 4.0 * s.bronchospasm)
    spasm = min(0.97, s.bronchospasm + REACTIVITY * fx.airway_trigger * irritable)
    spasm = 1.0 - (1.0 - spasm) * (1.0 - m.spasm)
    spasm *= 1.0 - DILATION * fx.bronchodilation
    return 1.0 - (1.0 - spasm) * (1.0 - s.mucus_plugging) * (1.0 - m.plugging)


def _slack(s: State) -> bool:
    """Nobody breathes and nobody holds the airway: the throat falls shut and lets no gas follow."""
    held = bool(s.forced_airway or s.airway_device or s.manoeuvre)
    return (s.drive < SLACK_DRIVE or s.paralysis > SLACK_PARALYSIS) and not held


def _swelling(n: Norms, s: State, fx: Effects, m: Mediation) -> float:
    relief = (1.0 - SWELLING_TOPICAL * fx.decongestion) * (1.0 - SWELLING_STEROID * fx.steroid)
    local = s.airway_swelling * relief * (1.0 - 0.4 * fx.given_beta)
    return 1.0 - (1.0 - local) * (1.0 - m.swelling)


def _nitrogen_lost(s: State) -> float:
    """How far oxygen has replaced nitrogen in the slow unit, 0 to 1."""
    nitrogen = s.n2_slow / (s.o2_slow + s.co2_slow + s.n2_slow)
    return clamp((0.70 - nitrogen) / 0.5, 0.0, 1.0)


def _patency(s: State, swelling: float) -> float:
    if s.airway_device == "ett":
        return 1.0
    if s.airway_device and AIRWAY_DEVICES[s.airway_device].definitive:
        return 1.0 - 0.7 * swelling
    adjunct = AIRWAY_DEVICES[s.airway_device].relief if s.airway_device else 0.0
    adjunct = max(adjunct, MANOEUVRES.get(s.manoeuvre, 0.0))
    if s.airway_device and s.manoeuvre:
        adjunct = min(0.92, adjunct + 0.15)
    asleep = (1.0 - s.consciousness) ** 2 * (1.0 - 0.6 * s.seizure)
    tongue = TONGUE * asleep * (1.0 - adjunct) * POSITIONS[s.position].tongue
    soiled = s.airway_soiling * (1.0 - 0.7 * s.consciousness) * (0.5 if s.position == "recovery" else 1.0)
    return clamp((1.0 - tongue) * (1.0 - swelling) * (1.0 - soiled) * (1.0 - SPASTIC_THROAT * s.seizure), 0.0, 1.0)
