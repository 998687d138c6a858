"""Every directional relation of the physiology page, section 6, each under its own name."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from knowthyself_tui.domain.acts import Order
from tests.unit.body.bedside import (
    ADRENALINE,
    COMPRESSIONS,
    KETAMINE,
    NEEDLE,
    OXYGEN,
    PRESSURE,
    SALBUTAMOL,
    TOURNIQUET,
    after,
    bag,
    body_of,
    change,
    drug,
    fluid,
    give,
    position,
)

UP, DOWN, SAME = "up", "down", "same"


class Relation(NamedTuple):
    """A value with orders against the same value without them (or with others) at one time."""

    line: str
    case: str
    orders: tuple[Order, ...]
    minutes: float
    value: str
    direction: str
    least: float
    """By how much at least; for `same` by how much at most."""
    against: tuple[Order, ...] = ()


MORPHINE = drug("morphine", 10, "mg", "IV")
GTN = drug("gtn", 0.8, "mg", "SL")
NALOXONE = drug("naloxone", 400, "mcg", "IV")
MIDAZOLAM = drug("midazolam", 5, "mg", "IV")
TXA = drug("tranexamic_acid", 1, "g", "IV")
GLUCOSE = drug("glucose_iv", 10, "g", "IV")
LITRE = fluid(1000, 10, "hartmanns")
SIGN = {UP: 1.0, DOWN: -1.0}

RELATIONS = [
    Relation("healthy + O2: SpO2 up", "sitting", (OXYGEN,), 3, "spo2", UP, 1),
    Relation("healthy + naloxone: RR unchanged", "sitting", (NALOXONE,), 5, "rr", SAME, 0.2),
    Relation("healthy + morphine: RR down", "sitting", (MORPHINE,), 10, "rr", DOWN, 1),
    Relation("healthy + adrenaline IM: HR up", "sitting", (ADRENALINE,), 8, "hr", UP, 4),
    Relation("healthy + adrenaline IM: SBP up", "sitting", (ADRENALINE,), 8, "sbp", UP, 4),
    Relation("healthy + salbutamol: HR up", "sitting", (SALBUTAMOL,), 15, "hr", UP, 3),
    Relation("healthy + GTN: SBP down", "sitting", (drug("gtn", 0.4, "mg", "SL"),), 6, "sbp", DOWN, 6),
    Relation("healthy + glucose: GCS unchanged", "sitting", (GLUCOSE,), 6, "gcs", SAME, 0),
    Relation("healthy + glucose: glucose up", "sitting", (GLUCOSE,), 6, "glucose_mmol_l", UP, 2),
    Relation("healthy + tourniquet: MAP unchanged", "sitting", (TOURNIQUET,), 5, "map", SAME, 0.5),
    Relation("healthy + needle: SpO2 unchanged", "sitting", (NEEDLE,), 5, "spo2", SAME, 3),
    Relation("healthy + standing: HR up", "sitting", (position("standing"),), 3, "hr", UP, 3),
    Relation("healthy + midazolam: GCS down", "sitting", (MIDAZOLAM,), 5, "gcs", DOWN, 1),
    Relation("healthy + fast BVM: EtCO2 down", "sitting", (bag(26),), 3, "etco2_mmhg", DOWN, 3),
    Relation("healthy + atropine: HR up", "sitting", (drug("atropine", 600, "mcg", "IV"),), 3, "hr", UP, 5),
    Relation("asthma + salbutamol: FEV1 up", "asthma", (SALBUTAMOL,), 10, "fev1_percent", UP, 5),
    # Read before the untreated patient tires: from minute 7 her rate falls because she is failing.
    Relation("asthma + salbutamol: RR down", "asthma", (SALBUTAMOL,), 5, "rr", DOWN, 2),
    Relation(
        "asthma + salb+ipratropium > salb", "asthma", (SALBUTAMOL, drug("ipratropium", 0.5, "mg", "NEB")), 20,
        "fev1_percent", UP, 1, (SALBUTAMOL,),
    ),
    Relation(
        "asthma + magnesium: FEV1 up", "asthma", (drug("magnesium_sulfate", 2, "g", "IV", over_minutes=20),), 20,
        "fev1_percent", UP, 1,
    ),
    Relation("asthma + adrenaline IM: FEV1 up", "asthma", (ADRENALINE,), 8, "fev1_percent", UP, 4),
    Relation("asthma + supine: SpO2 down", "asthma", (position("supine"),), 4, "spo2", DOWN, 1),
    # Read at the peak of an intravenous dose: later the sedated muscles have tired less and the curves cross.
    Relation("asthma + midazolam: PaCO2 up", "asthma", (MIDAZOLAM,), 3, "paco2_mmhg", UP, 1),
    Relation("severe asthma + morphine: PaCO2 up", "asthma", (MORPHINE,), 8, "paco2_mmhg", UP, 1),
    Relation(
        "asthma ventilated 26 vs 8/min: SBP down", "asthma", (KETAMINE, bag(26)), 4, "sbp", DOWN, 5, (KETAMINE, bag(8))
    ),
    Relation("bleed + tourniquet: MAP up", "bleeding", (TOURNIQUET,), 5, "map", UP, 8),
    Relation("bleed + pressure: loss down", "bleeding", (PRESSURE,), 5, "blood_lost_ml", DOWN, 300),
    # Read while the heart still beats: it stops near minute 10.
    Relation("bleed + TXA: loss down", "bleeding", (TXA,), 8, "blood_lost_ml", DOWN, 1),
    Relation("bleed + fluid: MAP up", "bleeding", (LITRE,), 5, "map", UP, 3),
    Relation("bleed + fluid w/o haemostasis: loss up", "bleeding", (LITRE,), 8, "blood_lost_ml", UP, 50),
    Relation("bleed + legs up: MAP up", "bleeding", (position("supine_legs_raised"),), 2, "map", UP, 1),
    Relation("bleed + sitting: MAP down", "bleeding", (position("upright"),), 2, "map", DOWN, 1),
    Relation("bleed + GTN: MAP down", "bleeding", (GTN,), 5, "map", DOWN, 5),
    Relation("bleed + morphine: RR down", "bleeding", (MORPHINE,), 4, "rr", DOWN, 1),
    Relation("anaphylaxis + adrenaline: MAP up", "anaphylaxis", (ADRENALINE,), 6, "map", UP, 10),
    Relation("anaphylaxis + fluid: MAP up", "anaphylaxis", (LITRE,), 6, "map", UP, 3),
    # Read at once: within ten seconds the patient faints and lies flat.
    Relation("anaphylaxis + standing: MAP down", "anaphylaxis", (position("standing"),), 0.1, "map", DOWN, 10),
    Relation("opioid + naloxone: RR up", "opioid", (NALOXONE,), 4, "rr", UP, 4),
    Relation("opioid + O2 only: SpO2 up", "opioid", (OXYGEN,), 5, "spo2", UP, 10),
    Relation("opioid + O2 only: PaCO2 up", "opioid", (OXYGEN,), 5, "paco2_mmhg", UP, 2),
    Relation("opioid + BVM: PaCO2 down", "opioid", (bag(),), 4, "paco2_mmhg", DOWN, 3),
    Relation(
        "opioid + BVM poor seal: worse than good seal", "opioid", (bag(seal=0.3),), 4, "paco2_mmhg", UP, 3, (bag(),)
    ),
    Relation("opioid + OPA: SpO2 up", "opioid", (Order("manage_airway", {"device": "opa"}),), 3, "spo2", UP, 2),
    Relation("opioid + midazolam: SpO2 down", "opioid", (MIDAZOLAM,), 3, "spo2", DOWN, 2),
    Relation("opioid + irrelevant drug (TXA): unchanged (SpO2)", "opioid", (TXA,), 5, "spo2", SAME, 0.1),
    Relation("opioid + irrelevant drug (TXA): unchanged (RR)", "opioid", (TXA,), 5, "rr", SAME, 0.1),
    Relation(
        "seizure + midazolam IM: stops (HR down)", "status", (drug("midazolam", 10, "mg", "IM"),), 10, "hr", DOWN, 25
    ),
    Relation("seizure + midazolam IM: stops", "status", (drug("midazolam", 10, "mg", "IM"),), 10, "seizing", DOWN, 0.9),
    Relation("seizure + morphine: does not stop", "status", (MORPHINE,), 8, "seizing", SAME, 0.02),
    Relation("seizure + morphine: does not stop (HR)", "status", (MORPHINE,), 8, "hr", SAME, 15),
    Relation("TBI + head up: ICP down", "head injury", (position("head_up_30"),), 3, "icp_mmhg", DOWN, 2),
    Relation("TBI + hypoventilation (morphine): ICP up", "head injury", (MORPHINE,), 10, "icp_mmhg", UP, 1),
    Relation(
        "TBI + hypertonic: ICP down", "head injury", (drug("hypertonic_saline", 250, "mL", "IV"),), 15, "icp_mmhg",
        DOWN, 2,
    ),
    Relation("tension PTX + needle: MAP up", "pneumothorax", (NEEDLE,), 5, "map", UP, 2),
    Relation("tension PTX + BVM: MAP down", "pneumothorax", (KETAMINE, bag(14)), 5, "map", DOWN, 10, (KETAMINE,)),
    Relation("hypoglycaemia + glucose: GCS up", "hypoglycaemia", (drug("glucose_iv", 15, "g", "IV"),), 8, "gcs", UP, 4),
    Relation("hypoglycaemia + naloxone: unchanged", "hypoglycaemia", (NALOXONE,), 5, "gcs", SAME, 0),
    Relation("sepsis + fluid: MAP up", "sepsis", (LITRE,), 12, "map", UP, 2),
    Relation("croup + neb adrenaline: PaCO2 down", "croup", (drug("adrenaline", 5, "mg", "NEB"),), 10, "paco2_mmhg",
             DOWN, 5),
]  # fmt: skip


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.line)
def test_the_relation_holds(relation: Relation) -> None:
    found = change(relation.case, relation.orders, relation.minutes, relation.value, relation.against)
    if relation.direction == SAME:
        assert abs(found) <= relation.least
    else:
        assert SIGN[relation.direction] * found >= relation.least


def test_healthy_and_morphine_pupils_smaller() -> None:
    """healthy + morphine: pupils smaller."""
    body = give(body_of("sitting"), MORPHINE)
    before = float(body.findings()["pupils_mm"])
    body.step(600)
    assert float(body.findings()["pupils_mm"]) <= before - 1


def test_asthma_and_salbutamol_rate_falls_below_the_rate_at_contact() -> None:
    contact = body_of("asthma").values()["rr"]
    assert after(body_of("asthma"), [SALBUTAMOL], 10)["rr"] < contact - 3


def test_anaphylaxis_and_salbutamol_only_pressure_not_rescued() -> None:
    """anaphylaxis + salbutamol only: MAP not rescued."""
    alone = change("anaphylaxis", [SALBUTAMOL], 6, "map")
    assert alone < 4
    assert change("anaphylaxis", [ADRENALINE], 6, "map") > alone + 10


def test_opioid_tolerant_rate_higher() -> None:
    """opioid tolerant: RR higher."""
    assert body_of("tolerant opioid").values()["rr"] > body_of("opioid").values()["rr"] + 2


def test_right_infarct_and_gtn_pressure_falls_more_than_in_health() -> None:
    """RV MI + GTN: SBP falls more than healthy."""
    ill = after(body_of("right infarct"), [GTN], 5)["sbp"] - body_of("right infarct").values()["sbp"]
    well = after(body_of("sitting"), [GTN], 5)["sbp"] - body_of("sitting").values()["sbp"]
    assert ill < well - 3
    assert well < -5


def test_fibrillation_and_compressions_end_tidal_up() -> None:
    """VF + CPR: EtCO2 up."""
    compressed, left = body_of("healthy"), body_of("healthy")
    for body in (compressed, left):
        body.force("rhythm", "vf")
        body.step(60)
        give(body, bag(10))
    give(compressed, COMPRESSIONS)
    compressed.step(120)
    left.step(120)
    assert compressed.values()["etco2_mmhg"] > left.values()["etco2_mmhg"] + 5


def test_compressions_stopped_pressure_down() -> None:
    """chest compressions stopped: MAP down."""
    body = body_of("healthy")
    body.force("rhythm", "vf")
    body.step(30)
    give(body, bag(10), COMPRESSIONS)
    body.step(120)
    compressed = body.values()["map"]
    give(body, Order("hold_or_cancel", {"target_intent": "defib_cpr"}))
    body.step(30)
    assert body.values()["map"] < compressed - 8
