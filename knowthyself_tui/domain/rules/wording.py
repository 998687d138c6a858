"""The words in which rules are explained: acts, slots, values of the body."""

from __future__ import annotations

from collections.abc import Sequence

from knowthyself_tui.domain.acts import SlotValue
from knowthyself_tui.domain.rules.nodes import Acts, SlotTest, Term

_ACTS: dict[str, str] = {
    "ask_pmh": "asking about past illness",
    "auscultate_chest": "listening to the chest",
    "call_backup": "calling for backup",
    "check_consciousness": "checking consciousness",
    "defib_cpr": "defibrillation or CPR",
    "ecg_12lead": "12-lead ECG",
    "explain_plan": "explaining the plan",
    "give_drug": "a drug",
    "give_fluids": "fluids",
    "give_oxygen": "oxygen",
    "greet_introduce": "introducing oneself",
    "hold_or_cancel": "holding back or stopping",
    "iv": "intravenous access",
    "magnesium_sulfate": "magnesium",
    "measure_bgl": "measuring blood glucose",
    "measure_bp": "measuring blood pressure",
    "measure_spo2": "measuring SpO2",
    "move_transport": "moving the patient",
    "position_patient": "positioning",
    "prealert": "pre-alerting the hospital",
    "reassess": "reassessment",
    "reassure": "reassurance",
    "scene_safety": "checking scene safety",
    "seek_consent": "asking for consent",
    "spinal_restriction": "spinal restriction",
    "state_impression": "stating an impression",
    "state_plan": "stating a plan",
    "vascular_access": "vascular access",
    "ventilate_bvm": "bag-valve-mask ventilation",
    "vitals_all": "a full set of observations",
}

_VALUES: dict[str, str] = {
    "hr": "heart rate",
    "rr": "respiratory rate",
    "spo2": "SpO2",
    "sbp": "systolic pressure",
    "dbp": "diastolic pressure",
    "map": "mean arterial pressure",
    "etco2_kpa": "end-tidal CO2",
    "gcs": "GCS",
    "temp_c": "temperature",
    "glucose_mmol_l": "blood glucose",
    "fev1_percent": "FEV1 (% of predicted)",
    "paco2_mmhg": "arterial CO2",
}

_ROUTES: dict[str, str] = {
    "BUCCAL": "into the cheek",
    "IM": "into a muscle",
    "IN": "into the nose",
    "INH": "by inhaler",
    "IO": "into a bone",
    "IV": "into a vein",
    "NEB": "by nebuliser",
    "PO": "by mouth",
    "PR": "rectally",
    "SC": "under the skin",
    "SL": "under the tongue",
}

_SLOTS: dict[str, str] = {
    "class": "of the class {}",
    "device": "by {}",
    "dose_mg": "of {} mg",
    "drug": "({})",
    "flow": "at {} L/min",
    "mode": "by {}",
    "puffs": "of {} puffs",
    "rate": "at {} a minute",
    "route": "{}",
    "state": "in the state {}",
    "volume_ml": "of {} mL",
}

_TESTS: dict[str, str] = {
    "=": "{}",
    "in": "{}",
    "!=": "not {}",
    ">=": "{} or more",
    "<=": "{} or less",
    ">": "more than {}",
    "<": "less than {}",
}


def number_words(value: float) -> str:
    """A number without needless digits."""
    return f"{value:g}"


def value_words(name: str) -> str:
    """A value of the body or a finding."""
    return _VALUES.get(name, plain(name))


def plain(code: str) -> str:
    """A code as words."""
    return "non-rebreather" if code == "non_rebreather" else code.replace("_", " ")


def any_of(words: Sequence[str], joint: str = "or") -> str:
    """`a, b or c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"


def set_words(values: Sequence[SlotValue]) -> str:
    """The values of a set, joined by `or`."""
    return any_of([_code(value) for value in values])


def _code(value: SlotValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_words(value)
    return _ROUTES.get(value, plain(value))


def tests_words(tests: Sequence[SlotTest]) -> list[str]:
    """Tests of slots; a lower and an upper limit that stand together are said as a range."""
    words: list[str] = []
    rest = list(tests)
    while rest:
        test = rest.pop(0)
        if test.operator == ">=" and rest and (rest[0].slot, rest[0].operator) == (test.slot, "<="):
            upper = rest.pop(0)
            words.append(_shape(test.slot).format(f"{_code(test.values[0])} to {_code(upper.values[0])}"))
        else:
            words.append(_test_words(test))
    return words


def _shape(slot: str) -> str:
    return _SLOTS.get(slot, f"with {plain(slot)} {{}}")


def _test_words(test: SlotTest) -> str:
    """One test of a slot: `at 10 L/min or more`."""
    shape = _shape(test.slot)
    said = set_words(test.values)
    unit = shape.partition("{}")[2]
    if test.operator in (">=", "<=") and unit and unit != ")":
        return f"{shape.format(said)}{_TESTS[test.operator].format('')}"
    return shape.format(_TESTS[test.operator].format(said))


def term_words(term: Term, during: str | None) -> str:
    """One kind of act with its tests; `during` is its `while` condition in words."""
    parts = [_ACTS.get(term.name.lower(), plain(term.name)), *tests_words(term.tests)]
    return " ".join(parts if during is None else [*parts, f"while {during}"])


def acts_words(acts: Acts, during: Sequence[str | None]) -> str:
    """Kinds of act joined by `or`."""
    return any_of([term_words(term, one) for term, one in zip(acts.terms, during, strict=True)])
