"""How well the labelled lines are read: `python -m tests.language_scores [FILE…]` prints one row a set.

The measures are those of the labelling rules: exact is the share of lines whose intents are all found and none besides,
optional ones apart; a false execution is a treatment carried out that the line does not order, a false cancel one that
is stopped or left out although the line refuses nothing.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from knowthyself_tui.domain.acts import TREATMENT_INTENTS, Act
from knowthyself_tui.domain.dosing import dose_mg
from knowthyself_tui.language import Context, read

DATA = Path(__file__).parent / "unit" / "language" / "data"
COMPARED = ("drug", "class", "route", "device", "flow", "fluid", "volume", "position")
UNUSUAL = frozenset({"wrong_order", "underdose", "not_indicated", "vague_order", "vague_dose"})
NEEDED = {"give_drug": ("drug", "dose", "route"), "give_oxygen": ("device", "flow")}
SIMPLE = frozenset({"ventilate_bvm", "control_bleeding", "position_patient", "keep_warm", "suction"})

Wanted = dict[str, Any]
"""A labelled act."""


@dataclass(frozen=True)
class Line:
    """A labelled line with what it is read as."""

    text: str
    required: list[Wanted]
    optional: list[Wanted]
    allowed: frozenset[str]
    tags: frozenset[str]
    acts: tuple[Act, ...]

    @property
    def is_exact(self) -> bool:
        wanted, got = {act["intent"] for act in self.required}, {act.intent for act in self.acts}
        return wanted <= got <= wanted | self.allowed

    @cached_property
    def orders(self) -> list[Wanted]:
        return [act for act in self.required if _is_order(act)]

    @property
    def falsely_executed(self) -> list[Act]:
        """Treatments carried out that the line neither orders nor may order."""
        ordered = [*self.orders, *(act for act in self.optional if act["intent"] in TREATMENT_INTENTS)]
        return [
            act
            for act in self.acts
            if act.executes and act.is_treatment and not any(same_thing(wanted, act) for wanted in ordered)
        ]

    @property
    def is_falsely_cancelled(self) -> bool:
        """Something is stopped or left out, and no label has it so."""
        may = self.allowed | {act["intent"] for act in self.required}
        return any(act.intent == "hold_or_cancel" for act in self.acts) and "hold_or_cancel" not in may

    def matched(self) -> Iterator[tuple[Wanted, Act | None]]:
        """Every labelled order with the act that it was read as."""
        free = list(self.acts)
        for wanted in self.orders:
            found = [act for act in free if same_thing(wanted, act)]
            best = max(found, key=lambda act: _agreement(wanted, act), default=None)
            if best is not None:
                free.remove(best)
            yield wanted, best

    def must_be_carried_out(self, wanted: Wanted) -> bool:
        if UNUSUAL & self.tags:
            return False
        needed = NEEDED.get(wanted["intent"])
        return wanted["intent"] in SIMPLE if needed is None else all(wanted["slots"].get(name) for name in needed)


def _is_order(act: Wanted) -> bool:
    ordered = act["intent"] in TREATMENT_INTENTS and act["modality"] == "request"
    return ordered and not act["slots"].get("conditional")


def same_thing(wanted: Wanted, act: Act) -> bool:
    slots = wanted["slots"]
    return wanted["intent"] == act.intent and all(
        slots.get(name) is None or slots.get(f"{name}_inferred") or act.slots.get(name) == slots[name]
        for name in ("drug", "class")
    )


def _agreement(wanted: Wanted, act: Act) -> int:
    return sum(wanted["slots"].get(name) == act.slots.get(name) for name in COMPARED)


def labelled_dose(slots: dict[str, Any]) -> float | None:
    """Milligrams of a labelled dose whose unit is a mass."""
    return dose_mg({"drug": slots.get("drug", ""), **slots}) if "dose" in slots and "unit" in slots else None


@dataclass(frozen=True)
class Scores:
    """Measures of one set; shares 0 to 1, counts as they are."""

    lines: int
    exact: float
    f1: float
    slots: float
    orders: int
    missed: int
    complete: int
    not_carried_out: int
    false_executions: int
    false_cancels: int
    wrong_doses: int


def read_lines(path: Path) -> list[Line]:
    """The labelled lines of a file, each read by itself."""
    return [_line(json.loads(row)) for row in path.read_text("utf-8").splitlines()]


def _line(row: dict[str, Any]) -> Line:
    optional = [act for act in row["acts"] if act.get("optional")]
    scenario = row["scenario"] if row["scenario"] != "general" else None
    return Line(
        row["text"],
        [act for act in row["acts"] if not act.get("optional")],
        optional,
        frozenset({act["intent"] for act in optional} | set(row.get("optional_intents", []))),
        frozenset(row["tags"]),
        read(row["text"], Context(scenario_id=scenario)).acts,
    )


def scores(lines: Sequence[Line]) -> Scores:
    pairs = [(line, wanted, act) for line in lines for wanted, act in line.matched()]
    slots = [agrees for _, wanted, act in pairs if act is not None for agrees in _slots(wanted, act)]
    complete = [act for line, wanted, act in pairs if act is not None and line.must_be_carried_out(wanted)]
    return Scores(
        len(lines),
        sum(line.is_exact for line in lines) / len(lines),
        _f1(lines),
        sum(slots) / len(slots),
        len(pairs),
        sum(act is None for _, _, act in pairs),
        len(complete),
        sum(not act.executes for act in complete),
        sum(bool(line.falsely_executed) for line in lines),
        sum(line.is_falsely_cancelled for line in lines),
        sum(has_wrong_dose(wanted, act) for _, wanted, act in pairs),
    )


def _slots(wanted: Wanted, act: Act) -> Iterator[bool]:
    said = wanted["slots"]
    for name in COMPARED:
        if said.get(name) is not None and not said.get(f"{name}_inferred"):
            yield act.slots.get(name) == said[name]


def has_wrong_dose(wanted: Wanted, act: Act | None) -> bool:
    """The order is carried out with another mass than the line says."""
    expected = labelled_dose(wanted["slots"])
    if act is None or not act.executes or expected is None:
        return False
    given = dose_mg(act.slots)
    return given is None or abs(given - expected) > 1e-6 * max(1.0, expected)


def _f1(lines: Sequence[Line]) -> float:
    hits = false = missed = 0
    for line in lines:
        wanted, got = {act["intent"] for act in line.required}, {act.intent for act in line.acts}
        hits += len(wanted & got)
        missed += len(wanted - got)
        false += len(got - wanted - line.allowed)
    return 2 * hits / (2 * hits + false + missed)


def main() -> None:
    """Print the table."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted(DATA.glob("utterances_*.jsonl"))
    print("| set | lines | exact | F1 | slots | missed | not carried out | false | false cancels | wrong doses | ms |")
    print("| --- " * 11 + "|")
    for path in paths:
        read("warm up")
        started = time.perf_counter()
        lines = read_lines(path)
        each = 1000 * (time.perf_counter() - started) / len(lines)
        s = scores(lines)
        print(
            f"| {path.stem.removeprefix('utterances_')} | {s.lines} | {s.exact:.3f} | {s.f1:.3f} | {s.slots:.3f} "
            f"| {s.missed} of {s.orders} | {s.not_carried_out} of {s.complete} | {s.false_executions} "
            f"| {s.false_cancels} | {s.wrong_doses} | {each:.1f} |"
        )


if __name__ == "__main__":
    main()
