"""How well labelled lines are read: floors a little under what is reached, and two hard zeros."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from knowthyself_tui.domain.acts import TREATMENT_INTENTS, Act
from knowthyself_tui.domain.dosing import dose_mg
from knowthyself_tui.language import Context, read, understand_jsonl
from knowthyself_tui.language.resources import load_yaml

DATA = Path(__file__).parent / "data"
COMPARED = ("drug", "class", "route", "device", "flow", "fluid", "volume", "position")
UNUSUAL = {"wrong_order", "underdose", "not_indicated", "vague_order", "vague_dose"}


class Floors(NamedTuple):
    """Least shares of a labelled set that must be right."""

    exact: float
    found: float
    slots: float
    carried_out: float


FLOORS = {
    "utterances_dev.jsonl": Floors(exact=0.98, found=1.0, slots=0.99, carried_out=0.97),
    "utterances_second.jsonl": Floors(exact=0.94, found=0.96, slots=0.98, carried_out=0.95),
}
"""The second set is by someone who had not read the grammar; before it was seen, 0.73 of its lines were exact."""


class Labelled(NamedTuple):
    """A line with its labels."""

    text: str
    scenario: str | None
    required: list[dict[str, Any]]
    allowed: set[str]
    tags: set[str]

    @property
    def orders(self) -> list[dict[str, Any]]:
        return [
            act
            for act in self.required
            if act["intent"] in TREATMENT_INTENTS
            and act["modality"] == "request"
            and not act["slots"].get("conditional")
        ]


def labelled_lines(name: str) -> list[Labelled]:
    rows = [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]
    return [
        Labelled(
            row["text"],
            row["scenario"] if row["scenario"] != "general" else None,
            [act for act in row["acts"] if not act.get("optional")],
            {act["intent"] for act in row["acts"] if act.get("optional")} | set(row.get("optional_intents", [])),
            set(row["tags"]),
        )
        for row in rows
    ]


SETS = {name: labelled_lines(name) for name in FLOORS}
LINES = [line for lines in SETS.values() for line in lines]
each_set = pytest.mark.parametrize("name", FLOORS)
EVERYBODY = Context(
    scenario_id="asthma",
    names={name: role for people in load_yaml("people.yaml").values() for name, role in people.items()},
)


def acts_of(line: Labelled) -> tuple[Act, ...]:
    return read(line.text, Context(scenario_id=line.scenario)).acts


def is_exact(line: Labelled, acts: tuple[Act, ...]) -> bool:
    wanted, got = {act["intent"] for act in line.required}, {act.intent for act in acts}
    return wanted <= got <= wanted | line.allowed


def same_thing(wanted: dict[str, Any], act: Act) -> bool:
    slots = wanted["slots"]
    return wanted["intent"] == act.intent and all(
        slots.get(name) is None or slots.get(f"{name}_inferred") or act.slots.get(name) == slots[name]
        for name in ("drug", "class")
    )


def matched(name: str) -> Iterator[tuple[Labelled, dict[str, Any], Act | None]]:
    """Every labelled order with the act that it was read as."""
    for line in SETS[name]:
        free = list(acts_of(line))
        for wanted in line.orders:
            found = [act for act in free if same_thing(wanted, act)]
            best = max(found, key=lambda act: _agreement(wanted, act), default=None)
            if best is not None:
                free.remove(best)
            yield line, wanted, best


def _agreement(wanted: dict[str, Any], act: Act) -> int:
    return sum(wanted["slots"].get(name) == act.slots.get(name) for name in COMPARED)


def _labelled_dose(slots: dict[str, Any]) -> float | None:
    return dose_mg({"drug": slots.get("drug", ""), **slots}) if "dose" in slots and "unit" in slots else None


@each_set
def test_intents_are_exact_on_most_lines(name: str) -> None:
    assert statistics.mean(is_exact(line, acts_of(line)) for line in SETS[name]) >= FLOORS[name].exact


@each_set
def test_orders_are_not_missed(name: str) -> None:
    assert statistics.mean(act is not None for _, _, act in matched(name)) >= FLOORS[name].found


@each_set
def test_slots_of_orders_agree_with_the_labels(name: str) -> None:
    agreed = [
        act.slots.get(slot) == wanted["slots"][slot]
        for _, wanted, act in matched(name)
        if act is not None
        for slot in COMPARED
        if wanted["slots"].get(slot) is not None and not wanted["slots"].get(f"{slot}_inferred")
    ]
    assert statistics.mean(agreed) >= FLOORS[name].slots


@each_set
def test_no_dose_is_read_wrongly(name: str) -> None:
    doses = [
        (line.text, expected, dose_mg(act.slots))
        for line, wanted, act in matched(name)
        if act is not None and act.executes and (expected := _labelled_dose(wanted["slots"])) is not None
    ]
    assert len(doses) > 15
    assert [row for row in doses if row[1] != pytest.approx(row[2])] == []


@each_set
def test_nothing_is_carried_out_that_was_not_ordered(name: str) -> None:
    wrong = []
    for line in SETS[name]:
        optional = [{"intent": intent, "slots": {}} for intent in line.allowed]
        for act in acts_of(line):
            ordered = any(same_thing(wanted, act) for wanted in [*line.orders, *optional])
            if act.executes and act.is_treatment and not ordered:
                wrong.append((line.text, act))
    assert wrong == []


@each_set
def test_complete_orders_are_carried_out(name: str) -> None:
    complete = [
        (line.text, act.executes)
        for line, wanted, act in matched(name)
        if act is not None and not UNUSUAL & line.tags and _is_complete(wanted)
    ]
    assert len(complete) > 30
    assert statistics.mean(executes for _, executes in complete) >= FLOORS[name].carried_out


def _is_complete(wanted: dict[str, Any]) -> bool:
    slots = wanted["slots"]
    needed = {"give_drug": ("drug", "dose", "route"), "give_oxygen": ("device", "flow")}
    simple = {"ventilate_bvm", "control_bleeding", "position_patient", "keep_warm", "suction"}
    if wanted["intent"] in needed:
        return all(slots.get(name) for name in needed[wanted["intent"]])
    return wanted["intent"] in simple


def own_lines() -> list[tuple[str, set[str], set[str], str]]:
    rows = [
        [part.strip() for part in line.split("|")]
        for line in (DATA / "lines.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    return [
        (
            text,
            {intent for intent in intents.split() if not intent.endswith("?")},
            {intent.rstrip("?") for intent in intents.split() if intent.endswith("?")},
            carried_out,
        )
        for text, intents, carried_out in rows
    ]


def test_own_lines_are_read_exactly_nearly_always() -> None:
    exact = []
    for text, required, optional, _ in own_lines():
        got = {act.intent for act in read(text, EVERYBODY).acts}
        exact.append(required <= got <= required | optional)
    assert len(exact) > 800
    assert statistics.mean(exact) >= 0.97


def test_own_lines_treat_exactly_when_they_should() -> None:
    wrong = []
    for text, _, _, carried_out in own_lines():
        acts = read(text, EVERYBODY).acts
        treats = any(act.executes and act.is_treatment for act in acts)
        if carried_out and treats != (carried_out == "X"):
            wrong.append((text, [(act.intent, dict(act.slots)) for act in acts]))
    assert wrong == []


def test_the_json_lines_contract_holds_for_every_line() -> None:
    asked = [
        json.dumps({"id": str(index), "text": line.text, "scenario": "general"}) for index, line in enumerate(LINES)
    ]
    answers = [json.loads(line) for line in understand_jsonl(asked)]
    assert [answer["id"] for answer in answers] == [str(index) for index in range(len(LINES))]
    keys = {"intent", "modality", "slots", "executes"}
    assert all(set(act) == keys for answer in answers for act in answer["acts"])
    assert all(answer["acts"] for answer in answers)


def test_a_line_is_read_in_milliseconds() -> None:
    for line in LINES:
        acts_of(line)
    seconds = []
    for line in LINES:
        start = time.perf_counter()
        acts_of(line)
        seconds.append(time.perf_counter() - start)
    assert statistics.median(seconds) < 0.005
