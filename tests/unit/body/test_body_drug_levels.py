"""Plasma levels and half-lives of the drug rows against labels and studies.

Levels are ng/mL in a resting adult of 70 kg. “From memory” marks a source that was not read again.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log, sqrt
from typing import NamedTuple

import pytest

from knowthyself_tui.domain.body import Body, Patient, pharmacology
from knowthyself_tui.domain.body.drugs import DRUGS
from knowthyself_tui.domain.body.norms import norms_of
from knowthyself_tui.domain.body.state import State

Maker = Callable[[], Body]

ADULT = norms_of(Patient(30, 70, 175, "m"))
RESTING_BREATHING = 6.6


class Peak(NamedTuple):
    """A published highest level (ng/mL) and its time (min)."""

    drug: str
    mg: float
    route: str
    low: float
    high: float
    first: float
    last: float
    source: str
    over: float | None = None
    """Minutes that a vein takes."""


class Level(NamedTuple):
    """A published level (ng/mL) at a minute after the start of a dose into a vein."""

    drug: str
    mg: float
    over: float
    minute: float
    low: float
    high: float
    source: str


PEAKS = [
    Peak("morphine", 10, "IM", 50, 80, 5, 20, "51 to 62 within 20 min, Stanski 1978"),
    Peak("morphine", 10, "SC", 55, 95, 8, 20, "75 at 15 min, Stuart-Harris 2000"),
    Peak("morphine", 10, "PO", 7, 20, 25, 75, "solution, 22 % absorbed; from memory"),
    Peak("fentanyl", 0.1, "IN", 0.4, 1.2, 6, 20, "0.6 at 12 to 15 min, nasal spray label, from memory"),
    Peak("methadone", 10, "PO", 18, 60, 100, 300, "2.5 to 4 h, label, from memory"),
    Peak("codeine", 60, "PO", 100, 220, 40, 90, "label, from memory"),
    Peak("tramadol", 100, "PO", 230, 340, 60, 150, "about 290 at 1.6 to 2 h, label, from memory"),
    Peak("oxycodone", 10, "PO", 14, 30, 45, 110, "label, from memory"),
    Peak("midazolam", 5.6, "IM", 60, 129, 10, 35, "M-im of the physiology page"),
    Peak("midazolam", 10, "BUCCAL", 80, 170, 15, 45, "twice Schwagmeier 1998 (56 after 5 mg at 30 min)"),
    Peak("midazolam", 5, "IN", 45, 95, 9, 24, "66 at 14 min, BCP 2017"),
    Peak("diazepam", 10, "PR", 120, 300, 8, 30, "solution, 121 to 200 at 10 to 20 min; tubes 80 % absorbed"),
    Peak("diazepam", 10, "PO", 120, 250, 25, 100, "label, from memory"),
    Peak("diazepam", 10, "IM", 62, 186, 60, 240, "slow and irregular, 62 to 186"),
    Peak("lorazepam", 4, "IM", 36, 55, 30, 180, "48 within 3 h, label"),
    Peak("lorazepam", 2, "IN", 14, 28, 15, 60, "78 % absorbed, Wermeling 2001"),
    Peak("ketamine", 35, "IM", 165, 290, 8, 25, "about 240 at 22 min, Grant 1981"),
    Peak("ketamine", 280, "IM", 1200, 2400, 8, 25, "anaesthesia from 1000, Domino 1984"),
    Peak("ketamine", 50, "IN", 60, 170, 10, 25, "78 (SD factor 2.3) at 16 min, healthy adults 2022"),
    Peak("ketamine", 35, "IV", 140, 260, 39, 41, "0.5 mg/kg in 40 min: 185 (100 to 250), Zarate 2006", 40),
    Peak("naloxone", 0.4, "IM", 0.826, 1.71, 8, 30, "N-im400 of the physiology page"),
    Peak("naloxone", 2, "IN", 1.87, 3.87, 10, 35, "N-in2000 of the physiology page"),
    Peak("adrenaline", 0.5, "IM", 0.25, 0.5, 4, 12, "Dreborg & Kim 2021"),
    Peak("adrenaline", 0.5, "SC", 0.08, 0.4, 5, 45, "lower and later than IM, Simons 2001"),
    Peak("salbutamol", 5, "NEB", 2.5, 4.8, 10, 40, "half of 7.2 after 10 mg, Janson 1991; 2.1 after 3 mg, label"),
    Peak("salbutamol", 0.4, "INH", 0.4, 1.6, 2, 30, "a third of 1.2 mg, from memory"),
    Peak("salbutamol", 0.35, "IV", 10, 18, 9, 11, "14 after 5 mcg/kg, Janson 1991", 10),
    Peak("terbutaline", 0.5, "SC", 6, 13, 14, 45, "9.6 at 30 min, label, from memory"),
    Peak("ipratropium", 0.5, "NEB", 0.04, 0.2, 8, 60, "volume 338 L, 7 % inhaled, Ensing 1989"),
    Peak("magnesium_sulfate", 2000, "IV", 99e3, 172e3, 19, 21, "+0.4 to 0.7 mmol/L of 246.5 mg (heptahydrate)", 20),
    Peak("magnesium_sulfate", 4000, "IV", 197e3, 345e3, 14, 16, "+0.8 mmol/L half an hour later, Okusanya 2016", 15),
    Peak("gtn", 0.4, "SL", 1, 3, 1.5, 7, "2.3 after 0.6 mg, Armstrong 1979"),
    Peak("atropine", 2, "IM", 9, 14, 10, 25, "11 within 20 min, label"),
    Peak("metoprolol", 50, "PO", 40, 100, 60, 150, "label, from memory"),
    Peak("furosemide", 40, "PO", 700, 2500, 40, 100, "AUC 94 to 122 mcg min/mL, Lee 1997"),
    Peak("aspirin", 300, "PO", 3500, 7000, 15, 35, "chewed, from memory"),
    Peak("paracetamol", 1000, "PO", 9e3, 20e3, 20, 80, "label, from memory"),
    Peak("paracetamol", 1000, "IV", 21e3, 32e3, 14, 16, "28 mcg/mL, label, from memory", 15),
    Peak("ibuprofen", 400, "PO", 20e3, 35e3, 45, 120, "label, from memory"),
    Peak("tranexamic_acid", 1000, "IV", 30e3, 65e3, 9, 11, "57 mg/L, Grassin-Delyle 2022"),
    Peak("tranexamic_acid", 1000, "IM", 18e3, 40e3, 20, 90, "34 mg/L in volunteers, 77 % absorbed when injured"),
    Peak("tranexamic_acid", 2000, "PO", 9e3, 17e3, 100, 240, "12.8 mg/L, Grassin-Delyle 2022"),
    Peak("amiodarone", 300, "IV", 5e3, 41e3, 14, 16, "5 mg/kg in 15 min, label, from memory", 15),
    Peak("glucagon", 1, "IM", 4.5, 9, 8, 20, "6.9 at 13 min, label; 2.6 at 10 min, Muehlhauser 1985"),
    Peak("glucagon", 1, "SC", 5.5, 10, 12, 30, "7.9 at 20 min, label"),
    Peak("glucagon", 3, "IN", 4, 8, 8, 25, "6.1 at 15 min, label, from memory"),
    Peak("insulin", 0.364, "SC", 2.2, 3.3, 33, 60, "0.15 units/kg: 82 mU/L at 40 to 50 min, label, from memory"),
    Peak("prednisolone", 40, "PO", 350, 700, 50, 130, "from memory"),
    Peak("levetiracetam", 1500, "IV", 40e3, 65e3, 14, 16, "51 mcg/mL, label, from memory", 15),
    Peak("phenytoin", 1260, "IV", 25e3, 50e3, 24, 27, "18 mg/kg at 50 mg/min, from memory", 25),
    Peak("valproate", 2800, "IV", 150e3, 360e3, 6, 8, "40 mg/kg, from memory", 7),
    Peak("methoxyflurane", 4260, "INH", 13e3, 45e3, 4, 25, "0.1 to 0.3 MAC"),
    Peak("nitrous_oxide", 39e3, "INH", 300e3, 450e3, 1, 20, "50 %: 0.43 mg/mL"),
]

LEVELS = [
    Level("morphine", 10, 1, 5, 60, 120, "81 at 5 min, Stuart-Harris 2000"),
    Level("fentanyl", 0.1, 0.5, 5, 1.2, 3.5, "from memory"),
    Level("alfentanil", 1, 0.5, 5, 40, 110, "Maitre 1987, from memory"),
    Level("midazolam", 2.5, 0.5, 2, 100, 290, "219 (CV 68 %) at 2 min, BCP 2017"),
    Level("diazepam", 10, 2, 15, 200, 420, "from memory"),
    Level("lorazepam", 4, 2, 5, 55, 85, "70 at first, label"),
    Level("ketamine", 10, 0.5, 2, 190, 500, "296 (SD factor 1.7) at 2 min, healthy adults 2022"),
    Level("ketamine", 140, 1, 3, 1200, 3500, "2 mg/kg: 1200 to 2400 or more, Domino 1984"),
    Level("propofol", 140, 0.5, 2, 3500, 8000, "Marsh 1991"),
    Level("naloxone", 0.4, 0.5, 5, 1.5, 6, "McDonald 2018"),
    Level("flumazenil", 0.5, 0.5, 5, 6, 16, "full reversal at 12 to 28, partial at 3 to 6, label"),
    Level("atropine", 0.6, 0.5, 10, 2.5, 8, "from memory"),
    Level("metoprolol", 5, 2, 10, 20, 50, "volume 3.2 L/kg, label"),
    Level("labetalol", 50, 2, 5, 180, 500, "from memory"),
    Level("furosemide", 40, 4, 5, 4000, 9000, "6 to 12 mcg/mL at the highest"),
    Level("hydrocortisone", 100, 2, 10, 2000, 3500, "volume 34 L, from memory"),
    Level("lidocaine", 100, 1, 5, 1000, 3000, "works at 1500 to 5000, label"),
    Level("verapamil", 10, 2, 10, 40, 130, "from memory"),
    Level("tranexamic_acid", 1000, 10, 60, 18e3, 35e3, "above 10 mg/L for hours, Grassin-Delyle 2021"),
]

STEADY = [
    ("adrenaline", 3.5, 0.3, 0.9, "50 ng/kg/min, Stratton 1985; Clutter 1980 from memory"),
    ("noradrenaline", 14.0, 5.5, 8.5, "0.2 mcg/kg/min: +7.3 ng/mL, Ensinger 1992"),
]

HALF_LIVES = [
    ("salbutamol", 3.0, 6.0),
    ("ipratropium", 1.3, 2.0),
    ("magnesium_sulfate", 3.0, 5.0),
    ("hydrocortisone", 1.3, 2.0),
    ("prednisolone", 2.0, 4.0),
    ("midazolam", 1.5, 4.0),
    ("diazepam", 24.0, 48.0),
    ("lorazepam", 11.0, 18.0),
    ("methadone", 15.0, 60.0),
    ("codeine", 2.0, 4.0),
    ("tramadol", 4.0, 7.0),
    ("oxycodone", 2.5, 4.5),
    ("naloxone", 0.5, 1.4),
    ("flumazenil", 0.7, 1.3),
    ("ketamine", 1.2, 3.0),
    ("paracetamol", 1.9, 3.0),
    ("aspirin", 0.25, 0.35),
    ("ibuprofen", 1.8, 2.5),
    ("atropine", 2.0, 5.0),
    ("metoprolol", 2.5, 7.0),
    ("bisoprolol", 9.0, 12.0),
    ("atenolol", 5.0, 7.0),
    ("propranolol", 3.0, 6.0),
    ("labetalol", 3.0, 8.0),
    ("furosemide", 0.5, 1.5),
    ("tranexamic_acid", 2.0, 3.5),
    ("lidocaine", 1.2, 2.2),
    ("verapamil", 2.0, 7.0),
    ("levetiracetam", 6.0, 8.5),
    ("phenytoin", 12.0, 36.0),
    ("valproate", 9.0, 18.0),
    ("glucagon", 0.13, 0.75),
    ("noradrenaline", 0.02, 0.06),
]
"""Hours, from labels; of rows with at most two compartments."""


def course(drug: str, mg: float, route: str, minutes: float, over: float | None = None) -> list[float]:
    """Plasma level of every second in a resting adult."""
    s = State()
    s.co = ADULT.co
    pharmacology.give(s, DRUGS[drug], route, mg * 1000.0, over)
    levels = []
    for _ in range(round(60 * minutes)):
        pharmacology.advance(ADULT, s, RESTING_BREATHING)
        levels.append(pharmacology.plasma_ng_ml(ADULT, s, drug) if drug in s.drugs else 0.0)
    return levels


@pytest.mark.parametrize("row", PEAKS, ids=lambda row: f"{row.drug} {row.mg:g} mg {row.route}")
def test_the_highest_plasma_level_and_its_time_are_the_published_ones(row: Peak) -> None:
    levels = course(row.drug, row.mg, row.route, row.last + 5, row.over)
    highest = max(levels)
    minute = (levels.index(highest) + 1) / 60
    assert row.low <= highest <= row.high, f"{highest:.3g} ng/mL; {row.source}"
    assert row.first <= minute <= row.last, f"{minute:.1f} min; {row.source}"


@pytest.mark.parametrize("row", LEVELS, ids=lambda row: f"{row.drug} {row.mg:g} mg at {row.minute:g} min")
def test_levels_after_an_intravenous_dose_are_the_published_ones(row: Level) -> None:
    found = course(row.drug, row.mg, "IV", row.minute, row.over)[-1]
    assert row.low <= found <= row.high, f"{found:.3g} ng/mL; {row.source}"


@pytest.mark.parametrize(("drug", "mcg_per_min", "low", "high", "source"), STEADY)
def test_infusions_reach_the_published_level(
    drug: str, mcg_per_min: float, low: float, high: float, source: str
) -> None:
    found = course(drug, 0.06 * mcg_per_min, "IV", 30, 60)[-1]
    assert low <= found <= high, f"{found:.3g} ng/mL; {source}"


@pytest.mark.parametrize(("drug", "low", "high"), HALF_LIVES)
def test_half_lives_are_those_of_the_labels(drug: str, low: float, high: float) -> None:
    row = DRUGS[drug]
    assert row.k13 == 0.0
    total = row.k10 + row.k12 + row.k21
    slowest = (total - sqrt(total * total - 4.0 * row.k10 * row.k21)) / 2.0 if row.k12 else row.k10
    assert low <= log(2.0) / slowest / 60.0 <= high
