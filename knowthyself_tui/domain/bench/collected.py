"""Three sets of published cases collected by people who had not seen the engine, beside the physiology page.

The engine was mended with their misses in view, and some constants are fitted to papers that are read here too, so that
these rows are no unseen test of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowthyself_tui.domain.bench import (
    collected_ages,
    collected_arrest,
    collected_blood,
    collected_brain,
    collected_breathing,
    collected_circulation,
    collected_drugs,
    collected_illness,
    collected_levels,
    collected_sugar,
)
from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.tables import repeat_lines
from knowthyself_tui.domain.bench.validation import Result

ENOUGH_INSIDE = 0.80
"""Share of the cases that must be inside their windows."""

COLLECTED: tuple[Case, ...] = (
    *collected_breathing.CASES,
    *collected_ages.CASES,
    *collected_circulation.CASES,
    *collected_drugs.CASES,
    *collected_levels.CASES,
    *collected_blood.CASES,
    *collected_sugar.CASES,
    *collected_brain.CASES,
    *collected_illness.CASES,
    *collected_arrest.CASES,
)

SAME_MEASUREMENT: Mapping[str, str] = {
    "apnoea-1y-preox": "b-apnoea-toddler",
    "apnoea-4y-preox": "b-apnoea-4y",
    "b-icp-standing": "sit-icp",
    "adrenaline-inf-co": "b-adrenaline-infusion-co",
    "salbutamol-inf-hr": "b-salbutamol-iv-hr",
    "gtn-sl-hr": "b-gtn-sl-hr",
    "b-d50-5min": "d50-glucose-5min",
    "b-seizure-lactate": "seizure-lactate",
}
"""Collected twice from the same paper: the row left out to the row kept, the one with the narrower window."""

ALSO_ON_THE_PAGE: Mapping[str, str] = {
    "bleed-1l-hr": "C1",
    "b-bleed-1000-cvp": "C4",
    "b-naloxone-in-2mg": "N-in2000",
    "b-anaphylaxis-volume": "AN-leak",
    "c-o2-pao2": "G-FiO2 1.0",
    "c-apnoea-paco2-1min": "A3",
    "c-altitude-30000": "ALT30-64",
    "c-asthma-pao2": "AS-O2",
    "c-asthma-paco2": "AS-FEV1 38%",
}
"""Rows that read the same measurement as a row of the physiology page."""

KNOWN_MISSES: Mapping[str, str] = {
    "b-apnoea-toddler": (
        "The oxygen in the toddler's lung lasts nearly a minute longer than was measured, a few seconds past the "
        "window."
    ),
    "b-breathhold-frc": (
        "Arterial oxygen falls half as far in 35 seconds: the arterial pool delays the fall by some ten seconds, and "
        "the oxygen in the lung lasts longer than in the eight people measured."
    ),
    "b-adrenaline-im-child": (
        "The injected dose is fitted to later series in adults, whose levels are a fraction of those of this one in "
        "children."
    ),
}
"""Rows outside their windows, and why."""


def enough_inside(results: Sequence[Result]) -> bool:
    """Whether the share of the cases that are inside suffices."""
    return sum(result.inside for result in results) >= ENOUGH_INSIDE * len(results)


def miss_lines(results: Sequence[Result]) -> tuple[list[str], list[str]]:
    """Rows that are not inside: the known misses with their reasons, and how to see the others."""
    outside = [result for result in results if not result.inside]
    known = [f"{each.case.id}: {KNOWN_MISSES[each.case.id]}" for each in outside if each.case.id in KNOWN_MISSES]
    return known, repeat_lines([each for each in outside if each.case.id not in KNOWN_MISSES])
