"""The course of the patients by arm: medians and quartiles every half minute, from the samples that SQL picked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..figures.picture import VitalsPanel, VitalsSeries
from ..figures.studio import Order
from ..figures.vitals_by_arm import vitals_by_arm
from ..gather.queries import TRACED
from ..results.findings import Findings
from ..stats.estimable import NotEstimable
from .words import scenario_name

_PANELS = {
    "spo2": ("Oxygen saturation", "%", 90.0, None),
    "hr": ("Heart rate", "1/min", 50.0, 130.0),
    "rr": ("Breathing rate", "1/min", 8.0, 30.0),
    "sbp": ("Systolic pressure", "mmHg", 90.0, None),
}
"""Name, unit and the limits at which a monitor would alarm."""
_FEWEST = 2
"""Fewer patients at a moment are no band."""

Samples = NDArray[np.float64]


def vital_orders(findings: Findings) -> Iterator[Order]:
    """One picture a scenario, of all encounters of the two arms, or of everybody when there are no two."""
    encounters = findings.tables.finished
    arms = findings.study.arms
    groups = encounters["student"].map(findings.study.arm_of)
    if isinstance(arms, NotEstimable):
        groups = pd.Series("all", index=encounters.index)
    else:
        encounters = encounters[groups.isin([arms.first, arms.second])]
        groups = groups[encounters.index]
    for scenario, rows in encounters.groupby("scenario"):
        by_arm = {str(arm): part for arm, part in rows.groupby(groups[rows.index])}
        if panels := _panels(findings, by_arm):
            title = f"{scenario_name(str(scenario))}: what the patients went through"
            yield Order("vitals", vitals_by_arm, (title, panels))


def _panels(findings: Findings, by_arm: Mapping[str, pd.DataFrame]) -> list[VitalsPanel]:
    samples = {arm: _samples(findings, rows) for arm, rows in by_arm.items()}
    ticks = {arm: (rows["pivotal_seconds"].dropna() / 60).tolist() for arm, rows in by_arm.items()}
    panels = []
    for index, channel in enumerate(TRACED, start=1):
        label, unit, low, high = _PANELS[channel]
        series = {
            arm: found
            for arm, values in samples.items()
            if (found := _series(values[:, 0], values[:, index])) is not None
        }
        if series:
            panels.append(VitalsPanel(label, unit, low, high, series, ticks))
    return panels


def _samples(findings: Findings, rows: pd.DataFrame) -> Samples:
    """Rows of seconds and channels."""
    width = 1 + len(TRACED)
    parts = [
        trace
        for key in zip(rows["file"], rows["encounter_id"], strict=True)
        if (trace := findings.traces.get(key)) is not None
    ]
    return np.concatenate(parts).astype(np.float64) if parts else np.empty((0, width))


def _series(seconds: Samples, values: Samples) -> VitalsSeries | None:
    """Quartiles at each moment that at least two patients reached alive or not."""
    known = np.isfinite(values)
    moments = [(moment, values[known & (seconds == moment)]) for moment in np.unique(seconds[known])]
    quartiles = [
        (moment / 60, *np.percentile(found, [50, 25, 75])) for moment, found in moments if len(found) >= _FEWEST
    ]
    if not quartiles:
        return None
    minutes, median, q1, q3 = (list(map(float, column)) for column in zip(*quartiles, strict=True))
    return VitalsSeries(minutes, median, q1, q3)
