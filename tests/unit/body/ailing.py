"""Patients in health and a while after something struck, and the orders that tests of mechanisms give them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from knowthyself_tui.domain.acts import Order
from knowthyself_tui.domain.body import Body, Patient
from tests.unit.body.bedside import (
    ADULT,
    COMPRESSIONS,
    Row,
    bag,
    drug,
    stored,
)

EXPECTING = Patient(30, 75, 168, "f", comorbidities=("pregnancy",))
CHILD = Patient(6, 20, 116, "m")
AT_FORTY = Patient(40, 70, 175, "m")
AT_EIGHTY = Patient(80, 70, 175, "m")
SHOCK = Order("defib_cpr", {"device": "shock"})
BLANKET = Order("keep_warm", {})
LET_GO = Order("hold_or_cancel", {"target_intent": "ventilate_bvm"})
ADRENALINE_IV = drug("adrenaline", 1, "mg", "IV")
INTUBATING_MIDAZOLAM = drug("midazolam", 14, "mg", "IV")
RESUSCITATION = (COMPRESSIONS, bag(10))


@cache
def _settled(patient: Patient, lies: str) -> dict[str, Any]:
    return Body.new(patient, {}, position=lies).to_json()


def well(patient: Patient = ADULT, lies: str = "supine") -> Body:
    """A fresh copy of this patient in health."""
    return Body.from_json(_settled(patient, lies))


def ill(conditions: Mapping[str, float], patient: Patient = ADULT, lies: str = "supine", minutes: float = 0) -> Body:
    """A patient some minutes after an illness struck."""
    body = well(patient, lies)
    for name, severity in conditions.items():
        body.force(name, severity)
    body.step(round(60 * minutes))
    return body


def bled(share: float, patient: Patient = ADULT, minutes: float = 3) -> tuple[Row, Row]:
    """Values before and after a share of the blood is lost at once."""
    body = well(patient)
    before = body.values()
    body.force("blood_removed_ml", share * before["blood_volume_ml"])
    body.step(round(60 * minutes))
    return before, body.values()


def arrested(rhythm: str, untouched_minutes: float = 0, **changed: float) -> Body:
    """A heart that stopped some minutes ago, with nobody there."""
    body = Body.from_json(stored(well()) | changed)
    body.force("rhythm", rhythm)
    body.step(round(60 * untouched_minutes))
    return body
