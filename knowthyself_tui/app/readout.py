"""What the monitor shows: a vital sign only once it was measured or its sensor is on; the rest stays unknown.

A readout is taken after a batch is stored and drawn until the next one, so the screen never runs ahead of the store.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowthyself_tui.domain.describe import describe, words
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.tasks import Task
from knowthyself_tui.domain.vitals import DECIMALS, Vitals, round_channel

UNKNOWN = "--"
NO_READING = "-?-"
"""Measured, but there was nothing to read, as monitors show it."""
LIVE = "live"

PROCEDURE_NAMES = {
    "measure_spo2": "oximeter",
    "monitor_ecg": "ECG leads",
    "measure_etco2": "capnography",
    "measure_bp": "cuff",
    "measure_temp": "temperature",
    "measure_bgl": "glucose",
    "measure_peak_flow": "peak flow",
    "ecg_12lead": "12-lead",
    "check_breathing": "breathing",
    "auscultate_chest": "listening to the chest",
    "check_circulation": "circulation",
    "check_consciousness": "level of consciousness",
    "survey_scene": "looking round",
    "scene_safety": "scene safety",
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One numeric of the monitor, in words."""

    label: str
    value: str
    unit: str
    age: str
    """How old the value is; `live` while a sensor gives it, empty while nothing is known."""

    @property
    def is_known(self) -> bool:
        return bool(self.age)


@dataclass(frozen=True, slots=True)
class Readout:
    """Everything on the encounter screen that moves with time."""

    at_ms: int
    tiles: tuple[Tile, ...]
    under_way: tuple[str, ...]
    """What is being done, with the seconds that it still takes."""


TILES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("HR", ("hr",), "/min"),
    ("RR", ("rr",), "/min"),
    ("SpO2", ("spo2",), "%"),
    ("BP", ("sbp", "dbp"), "mmHg"),
    ("EtCO2", ("etco2_kpa",), "kPa"),
    ("Temp", ("temp_c",), "°C"),
    ("Gluc", ("glucose_mmol_l",), "mmol/L"),
    ("GCS", ("gcs",), ""),
)
"""Label, channels and unit of each tile, in the order of the screen."""


def readout_of(state: EncounterState) -> Readout:
    """The encounter as a student may see it at this moment."""
    vitals = state.body.displayed()
    tiles = tuple(_tile(state, vitals, label, channels, unit) for label, channels, unit in TILES)
    return Readout(state.at_ms, tiles, tuple(_task(task, state.at_ms) for task in state.tasks))


def age_words(age_ms: int) -> str:
    """How long ago something was measured."""
    seconds = age_ms // 1000
    if seconds < 60:
        return f"{seconds} s ago"
    return f"{seconds // 60} min ago"


def _tile(state: EncounterState, vitals: Vitals, label: str, channels: tuple[str, ...], unit: str) -> Tile:
    if all(state.is_live(channel) for channel in channels):
        values = [round_channel(channel, getattr(vitals, channel)) for channel in channels]
        return Tile(label, _number(channels, values), unit, LIVE)
    if not all(channel in state.readings for channel in channels):
        return Tile(label, UNKNOWN, "", "")
    readings = [state.readings[channel] for channel in channels]
    age = age_words(state.at_ms - min(at_ms for _, at_ms in readings))
    return Tile(label, _number(channels, [value for value, _ in readings]), unit, age)


def _number(channels: tuple[str, ...], values: list[float | int | None] | list[float | None]) -> str:
    if any(value is None for value in values):
        return NO_READING
    return "/".join(f"{value:.{DECIMALS.get(channel, 0)}f}" for channel, value in zip(channels, values, strict=True))


def _task(task: Task, at_ms: int) -> str:
    name = describe(task.step, task.slots) if task.is_treatment else _procedure(task.step)
    return f"{name}… {max(0, -(-(task.due_ms - at_ms) // 1000))} s"


def _procedure(step: str) -> str:
    return PROCEDURE_NAMES.get(step, words(step))
