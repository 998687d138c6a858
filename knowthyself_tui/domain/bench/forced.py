"""What a protocol may set from outside the body: unit, range and meaning of each name, and the reading of a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite

from knowthyself_tui.domain.bench.wrong_names import quoted, unknown
from knowthyself_tui.domain.body import FORCED_NAMES
from knowthyself_tui.domain.body.diseases import CONDITIONS
from knowthyself_tui.domain.body.drugs import DRUGS
from knowthyself_tui.domain.body.positions import POSITION_SYNONYMS, POSITIONS
from knowthyself_tui.errors import UsageError

DRUG_SLOT = "<drug>"


@dataclass(frozen=True, slots=True)
class Forced:
    """One name that can be set: a number within limits, or one of a few words."""

    name: str
    unit: str
    low: float
    high: float
    meaning: str
    words: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """The values that it takes, in words."""
        if self.words:
            return "|".join(self.words)
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.low:g} to {self.high:.10g}{unit}"


_ROWS: tuple[Forced, ...] = (
    Forced("airway", "", 0, 0, "the upper airway, past all manoeuvres", ("open", "closed")),
    Forced("breathing", "", 0, 0, "whether the patient makes efforts to breathe", ("own", "apnoea")),
    Forced("position", "", 0, 0, "how the patient lies, sits or stands", (*POSITIONS, *POSITION_SYNONYMS)),
    Forced("rhythm", "", 0, 0, "the heart's rhythm, at once", ("sinus", "vf", "pea", "asystole")),
    Forced("fio2", "fraction", 0.0, 1.0, "inspired oxygen, past all devices"),
    Forced("fico2", "fraction", 0.0, 0.2, "inspired carbon dioxide"),
    Forced("altitude_ft", "ft", 0.0, 40000.0, "altitude of the standard atmosphere"),
    Forced("bleed_ml_min", "mL/min", 0.0, 2000.0, "blood withdrawn at a constant rate, until it is set to 0"),
    Forced("blood_removed_ml", "mL", 0.0, 10000.0, "blood taken at once"),
    Forced("infusion_<drug>_mcg_min", "mcg/min", 0.0, 1.0e6, "an intravenous infusion, until it is set to 0"),
    Forced("taken_<drug>_iv_mg", "mg", 0.0, 1.0e5, "a dose that is in the blood already"),
)
_UNITS = (
    ("_rate_per_min", "per minute"),
    ("_rate_ml_min", "mL/min"),
    ("_ml_min", "mL/min"),
    ("_ml", "mL"),
    ("_min", "min"),
    ("_c", "degC"),
)
_BY_NAME = {row.name: row for row in _ROWS}
_UNIT_OF = {"glucose": "mmol/L", "av_block": "degree"}


def forced_names() -> tuple[Forced, ...]:
    """Everything that this body lets be set, in its order."""
    return tuple(_row(name) for name in FORCED_NAMES)


def _row(name: str) -> Forced:
    if name in _BY_NAME:
        return _BY_NAME[name]
    condition = CONDITIONS[name]
    unit = _UNIT_OF.get(name) or next((unit for end, unit in _UNITS if name.endswith(end)), "")
    unit = unit or ("(severity)" if condition.high <= 1.0 else "")
    return Forced(name, unit, condition.low, condition.high, condition.meaning)


def forced_row(name: str) -> Forced:
    """What is known of `name`, a drug's name put in where a pattern has one.

    Raises:
        UsageError: the body has no such name, or the pattern's drug is none.
    """
    if name in FORCED_NAMES and DRUG_SLOT not in name:
        return _row(name)
    for pattern in (each for each in FORCED_NAMES if DRUG_SLOT in each):
        start, end = pattern.split(DRUG_SLOT)
        if match := re.fullmatch(f"{re.escape(start)}(.+){re.escape(end)}", name):
            if match[1] not in DRUGS:
                raise unknown(f"The body has no drug {quoted(match[1])}", match[1], DRUGS)
            return _row(pattern)
    raise unknown(f"{quoted(name)} cannot be set (body play --names lists what can)", name, FORCED_NAMES)


def drug_in(name: str) -> str | None:
    """The drug that a name such as infusion_<drug>_mcg_min speaks of."""
    for pattern in (each for each in FORCED_NAMES if DRUG_SLOT in each):
        start, end = pattern.split(DRUG_SLOT)
        if name.startswith(start) and name.endswith(end) and len(name) > len(start) + len(end):
            return name.removeprefix(start).removesuffix(end)
    return None


def parse_forced(name: str, text: str) -> float | str:
    """The value that `text` gives to `name`.

    Raises:
        UsageError: the name is unknown, or the value is none that it takes.
    """
    row = forced_row(name)
    if row.words:
        if text not in row.words:
            raise UsageError(f"{name} is one of {row.allowed}, not {quoted(text)}.")
        return text
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not (isfinite(value) and row.low <= value <= row.high):
        raise UsageError(f"{name} takes {row.allowed}, not {quoted(text)}.")
    return value
