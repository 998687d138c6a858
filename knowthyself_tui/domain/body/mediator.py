"""Anaphylaxis: mast cell mediators rise towards the exposure, and adrenaline stands against each of their effects."""

from __future__ import annotations

from dataclasses import dataclass

from knowthyself_tui.domain.body.effects import Effects
from knowthyself_tui.domain.body.maths import approach
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

EXPOSURE_MINUTES = constant("exposure_minutes", 90.0, "min", "H", "time constant of the exposure: late relapses happen")
WASHOUT_MINUTES = constant("washout_minutes", 15.0, "min", "H", "time constant of mediators once the exposure fades")
STABILISED = constant("stabilised", 0.80, "share", "F", "adrenaline on mast cells and vessels, Brown 2004")
LEAK_STOPPED = constant("leak_stopped", 0.75, "share", "F", "adrenaline on capillary leak, Fisher 1986")
SWELLING_STOPPED = constant("swelling_stopped", 0.6, "share", "F", "adrenaline on laryngeal swelling")
LEAK = constant("leak", 0.023, "blood volumes/min", "F", "Fisher 1986: a third of the plasma in 10 to 15 min")
LEAKS_AT_MOST = constant("leaks_at_most", 0.46, "blood volumes", "H", "plasma that anaphylaxis takes out at most")
DILATED = constant("mediator_dilated", 1.05, "", "F", "vasodilatation at full mediators")
DEPRESSED = constant("mediator_depressed", 0.35, "share", "F", "myocardial depression, Turner 2017")
SPASM = constant("mediator_spasm", 0.78, "share", "F", "calibre lost to spasm, Pumphrey 2000")
PLUGS = constant("mediator_plugs", 0.36, "share", "F", "calibre lost to mucus and oedema")
SWOLLEN = constant("mediator_swollen", 0.72, "share", "F", "larynx lost to swelling")


@dataclass(frozen=True, slots=True)
class Mediation:
    """What mediators do at this second, after adrenaline; shares from 0 to 1 unless a unit is named."""

    dilatation: float
    depression: float
    spasm: float
    plugging: float
    swelling: float
    leak: float
    """Blood volumes a minute."""
    skin: float


NONE = Mediation(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def mediation_of(n: Norms, s: State, fx: Effects) -> Mediation:
    """The mediators' effects."""
    level = s.mediator_level
    if level <= 0.0:
        return NONE
    relief = fx.given_beta
    held = level * (1.0 - STABILISED * relief)
    swelling = held * (1.0 - SWELLING_STOPPED * relief * (1.0 - n.kinin)) * (1.0 - 0.3 * fx.decongestion)
    return Mediation(
        dilatation=min(1.4, DILATED * held * s.mediator_vascular),
        depression=DEPRESSED * held * s.mediator_vascular,
        spasm=SPASM * held * s.mediator_bronchial,
        plugging=PLUGS * held * s.mediator_bronchial,
        swelling=SWOLLEN * swelling * s.mediator_laryngeal,
        leak=_open(n, s) * LEAK * held * (1.0 - LEAK_STOPPED * relief) * s.mediator_vascular,
        skin=level,
    )


def _open(n: Norms, s: State) -> float:
    """What can leak has leaked in the end."""
    return max(0.0, 1.0 - (s.plasma_leaked / (LEAKS_AT_MOST * n.blood)) ** 3)


def advance(s: State) -> None:
    """One second of exposure and washout."""
    if s.mediator <= 0.0 and s.mediator_level <= 0.0:
        return
    s.mediator = approach(s.mediator, 0.0, EXPOSURE_MINUTES * 60.0, 1.0)
    minutes = s.mediator_onset_min if s.mediator > s.mediator_level else WASHOUT_MINUTES
    s.mediator_level = approach(s.mediator_level, s.mediator, minutes * 60.0, 1.0)
