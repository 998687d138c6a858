"""Orders as the tests give them, and the ill bodies that they start from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from functools import cache
from itertools import pairwise
from math import nan
from typing import Any, NamedTuple

from knowthyself_tui.domain.acts import Order
from knowthyself_tui.domain.body import Body, Patient
from knowthyself_tui.domain.body.state import State

Maker = Callable[[], Body]
Row = dict[str, float]

ADULT = Patient(30, 70, 175, "m")
YOUNG_MAN = Patient(24, 72, 176, "m")
TODDLER = Patient(2, 12, 87, "m")


class Case(NamedTuple):
    """An illness at contact."""

    conditions: Mapping[str, float]
    position: str = "supine"
    lead_seconds: int = 0
    patient: Patient = ADULT


ASTHMA = {"bronchospasm": 0.6, "mucus_plugging": 0.39, "bronchospasm_rate_per_min": 0.014, "fatigue": 0.05}
BLEEDING = {"haemorrhage_ml_min": 330, "haemorrhage_limb": 0.97, "pain": 0.4}
HAEMATOMA = {"intracranial_haematoma_ml": 30, "intracranial_haematoma_rate_ml_min": 1.1, "primary_brain_injury": 0.3}
PNEUMOTHORAX = {"pneumothorax": 0.25, "pneumothorax_rate_per_min": 0.035}
CROUP = {"airway_swelling": 0.66, "airway_swelling_rate_per_min": 0.0025}
RIGHT_INFARCT = {"infarct": 0.25, "right_ventricular_infarct": 1.0, "ischaemia": 0.8, "vagal_tone": 0.5}

CASES: dict[str, Case] = {
    "healthy": Case({}),
    "sitting": Case({}, "upright"),
    "asthma": Case(ASTHMA, "upright", 360, Patient(28, 65, 168, "f")),
    "bleeding": Case(BLEEDING, "supine", 180, Patient(34, 80, 180, "m")),
    "fresh bleeding": Case(BLEEDING, "supine", 0, Patient(34, 80, 180, "m")),
    "internal bleeding": Case(
        {"haemorrhage_ml_min": 120, "haemorrhage_limb": 0, "pain": 0.4}, "supine", 0, Patient(34, 80, 180, "m")
    ),
    "anaphylaxis": Case({"mediator": 1.0, "mediator_onset_min": 2.6}, "semi_recumbent", 300),
    "fresh anaphylaxis": Case({"mediator": 1.0, "mediator_onset_min": 5.0}, "supine"),
    "opioid": Case({"taken_heroin_iv_mg": 29}, "supine", 210, YOUNG_MAN),
    "fresh opioid": Case({"taken_heroin_iv_mg": 29}, "supine", 0, YOUNG_MAN),
    "tolerant opioid": Case({"taken_heroin_iv_mg": 29}, "supine", 210, Patient(24, 72, 176, "m", 4.3)),
    "methadone": Case({"taken_methadone_iv_mg": 60}, "supine", 900, YOUNG_MAN),
    "status": Case({"seizure_drive": 1.0}, "supine", 360),
    "fresh status": Case({"seizure_drive": 1.0}),
    "head injury": Case(HAEMATOMA, "supine", 900),
    "fresh head injury": Case(HAEMATOMA, "supine", 300),
    "infarct": Case({"infarct": 0.25, "ischaemia": 0.8, "vf_at_min": 8}, "semi_recumbent", 300),
    "right infarct": Case(RIGHT_INFARCT, "semi_recumbent", 600),
    "pneumothorax": Case(PNEUMOTHORAX, "upright", 900),
    "fresh pneumothorax": Case(PNEUMOTHORAX),
    "hypoglycaemia": Case({"insulin": 0.82, "glucose": 1.5}, "supine", 300),
    "sepsis": Case({"sepsis": 0.95}, "supine", 900),
    "croup": Case(CROUP, "upright", 600, TODDLER),
    "fresh croup": Case(CROUP, "upright", 0, TODDLER),
}


@cache
def _saved(name: str) -> dict[str, Any]:
    case = CASES[name]
    body = Body.new(case.patient, case.conditions, position=case.position, lead_seconds=case.lead_seconds)
    return stored(body)


def body_of(name: str) -> Body:
    """A fresh copy of the named case at contact."""
    return Body.from_json(_saved(name))


def drug(name: str, dose: float, unit: str, route: str, **more: Any) -> Order:
    return Order("give_drug", {"drug": name, "dose": dose, "unit": unit, "route": route, **more})


def bag(rate: float = 12, **more: Any) -> Order:
    return Order("ventilate_bvm", {"rate": rate, **more})


def position(name: str) -> Order:
    return Order("position_patient", {"position": name})


def fluid(ml: float, minutes: float, name: str = "sodium_chloride_0.9") -> Order:
    return Order("give_fluids", {"fluid": name, "volume": ml, "volume_unit": "mL", "over_minutes": minutes})


OXYGEN = Order("give_oxygen", {"device": "non_rebreather", "flow": 15})
SALBUTAMOL = drug("salbutamol", 5, "mg", "NEB")
ADRENALINE = drug("adrenaline", 0.5, "mg", "IM")
TOURNIQUET = Order("control_bleeding", {"device": "tourniquet"})
PRESSURE = Order("control_bleeding", {"device": "direct_pressure"})
NEEDLE = Order("chest_procedure", {"device": "needle_decompression"})
COMPRESSIONS = Order("defib_cpr", {"device": "cpr"})
KETAMINE = drug("ketamine", 150, "mg", "IV")


def give(body: Body, *orders: Order) -> Body:
    """The body after orders that must be carried out."""
    for order in orders:
        applied = body.apply(order)
        assert applied.done, applied.note
    return body


def after(body: Body, orders: Sequence[Order], minutes: float) -> Row:
    """Values `minutes` after the orders."""
    give(body, *orders).step(round(60 * minutes))
    return body.values()


def change(case: str, orders: Sequence[Order], minutes: float, name: str, against: Sequence[Order] = ()) -> float:
    """A value with the orders minus the same value with `against`, at the same time."""
    return after(body_of(case), orders, minutes)[name] - after(body_of(case), against, minutes)[name]


Timed = Sequence[tuple[float, Order]]


class Course(NamedTuple):
    """A patient watched from minute 0, every `every` seconds; stops when the heart does."""

    rows: list[Row]
    findings: list[dict[str, str | float]]
    every: int
    arrest_minute: float

    def at(self, minute: float, name: str) -> float:
        return self.rows[round(60 * minute / self.every)].get(name, nan)

    def finding(self, minute: float, name: str) -> str | float:
        return self.findings[round(60 * minute / self.every)][name]

    def series(self, name: str) -> list[float]:
        """Values in time; what does not exist is left out."""
        return [row[name] for row in self.rows if name in row]

    def minute_when(self, holds: Callable[[Row], bool]) -> float:
        """The first minute at which it holds, infinite when never."""
        return next((index * self.every / 60 for index, row in enumerate(self.rows) if holds(row)), float("inf"))


def watch(body: Body, minutes: float, orders: Timed = (), every: int = 15) -> Course:
    """Play orders at their minutes and write everything down."""
    rows: list[Row] = []
    findings: list[dict[str, str | float]] = []
    due = sorted(orders, key=lambda pair: pair[0])
    arrest = float("inf")
    for second in range(round(60 * minutes) + 1):
        while due and due[0][0] * 60 <= second:
            give(body, due.pop(0)[1])
        if second % every == 0:
            rows.append(body.values())
            findings.append(dict(body.findings()))
        if body.arrested:
            arrest = second / 60
            break
        body.step()
    return Course(rows, findings, every, arrest)


def stored(body: Body) -> dict[str, Any]:
    """Everything the body remembers, with the fields that a saved body leaves out because they are as usual."""
    usual = {item.name: item.default for item in fields(State) if item.default is not MISSING}
    return usual | body.to_json()


def rises(values: Sequence[float], slack: float) -> bool:
    """Whether each value is at least the one before it, but for the slack."""
    return all(high >= low - slack for low, high in pairwise(values))
