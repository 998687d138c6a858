"""What holds for any order of any drug that is carried: units convert, names are names, no slip changes the drug."""

from __future__ import annotations

import string
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.domain.dosing import dose_mg
from knowthyself_tui.domain.formulary import DRUGS
from knowthyself_tui.language import read
from knowthyself_tui.language.lexicon import drug_words
from knowthyself_tui.language.spelling import DOUBT, corrected, is_known

ROUTE_WORDS = {"NEB": "nebulised", "SL": "sublingual", "PO": "by mouth", "BUCCAL": "buccal", "PR": "rectally"}
ROUTE_WORDS |= {"IN": "intranasally", "IM": "IM", "IV": "IV", "IO": "IO", "SC": "subcut"}
MILLIGRAMS = {"mg": 1.0, "mcg": 0.001, "g": 1000.0}
UNIT_WORDS = {"mg": ("mg", " mg", " milligrams"), "mcg": ("mcg", " micrograms", " mics"), "g": ("g", " grams")}
TEMPLATES = (
    "{drug} {dose} {route}",
    "{dose} of {drug} {route}",
    "give {dose} {drug} {route}",
    "{route} {drug} {dose} please",
    "Sam can you give her {dose} of {drug} {route}",
    "right, let's get {drug} {dose} {route} in now",
)
REFUSALS = (
    "don't give {}",
    "no {}",
    "hold the {}",
    "not the {}",
    "cancel {}",
    "{} is not needed",
    "please do not give {}",
)
SINGLE_NAMES = sorted(word for word in drug_words() if word.isalpha() and word != "oxygen")


class Dose(NamedTuple):
    """A usual dose of a drug that is carried."""

    drug: str
    milligrams: float
    route: str


USUAL = [
    Dose(drug.id, row.low * MILLIGRAMS[row.unit], row.route)
    for drug in DRUGS.values()
    for row in drug.doses
    if drug.carried and row.unit in MILLIGRAMS and row.route in ROUTE_WORDS
]


def names_of(drug: str) -> list[str]:
    """Single words that name the drug and imply no route."""
    return [word for word in SINGLE_NAMES if drug_words()[word] == drug]


@st.composite
def orders(draw: st.DrawFn) -> tuple[Dose, str]:
    """A complete order in words, with what it must be read as."""
    dose = draw(st.sampled_from([dose for dose in USUAL if names_of(dose.drug)]))
    unit = draw(st.sampled_from([unit for unit in MILLIGRAMS if 0.1 <= dose.milligrams / MILLIGRAMS[unit] <= 5000]))
    number = f"{dose.milligrams / MILLIGRAMS[unit]:g}"
    assume("e" not in number)
    amount = number + draw(st.sampled_from(UNIT_WORDS[unit]))
    name = draw(st.sampled_from(names_of(dose.drug)))
    template = draw(st.sampled_from(TEMPLATES))
    return dose, template.format(drug=name, dose=amount, route=ROUTE_WORDS[dose.route])


def drugs_given(line: str) -> list[Act]:
    return [act for act in read(line).acts if act.intent == "give_drug" and act.executes]


@settings(max_examples=1500)
@given(order=orders())
def test_a_usual_dose_in_any_unit_by_any_name_is_given_as_said(order: tuple[Dose, str]) -> None:
    dose, line = order
    acts = drugs_given(line)
    assert [(act.slots["drug"], act.slots["route"]) for act in acts] == [(dose.drug, dose.route)], line
    assert dose_mg(acts[0].slots) == pytest.approx(dose.milligrams), line


@given(order=orders(), refusal=st.sampled_from(REFUSALS))
def test_the_same_order_refused_is_never_given(order: tuple[Dose, str], refusal: str) -> None:
    assume("let's" not in order[1])
    assert drugs_given(refusal.format(order[1].removeprefix("give "))) == []


@given(order=orders(), factor=st.sampled_from([10.0, 0.1]))
def test_ten_times_and_a_tenth_of_the_usual_dose_are_read_back(order: tuple[Dose, str], factor: float) -> None:
    dose, _ = order
    wrong = dose.milligrams * factor
    ranges = [row for row in DRUGS[dose.drug].doses if row.route == dose.route and row.unit in MILLIGRAMS]
    usual = [(row.low * MILLIGRAMS[row.unit], row.high * MILLIGRAMS[row.unit]) for row in ranges]
    assume(not any(0.85 * low <= wrong <= 1.15 * high for low, high in usual))
    line = f"{names_of(dose.drug)[0]} {wrong:g}mg {ROUTE_WORDS[dose.route]}"
    assume("e" not in f"{wrong:g}")
    (act,) = read(line).acts
    assert (act.executes, bool(act.read_back)) == (False, True), line


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A drug's name with one slip of the finger in it."""
    word = draw(st.sampled_from(SINGLE_NAMES))
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(string.ascii_lowercase))
    kind = draw(st.sampled_from(["swap", "drop", "double", "replace", "insert"]))
    slipped = {
        "swap": word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        "drop": word[:at] + word[at + 1 :],
        "double": word[: at + 1] + word[at:],
        "replace": word[:at] + letter + word[at + 1 :],
        "insert": word[:at] + letter + word[at:],
    }[kind]
    return word, slipped


@given(slip=slips())
def test_a_slip_never_turns_one_drug_into_another(slip: tuple[str, str]) -> None:
    word, slipped = slip
    assume(slipped not in drug_words() and not is_known(slipped))
    meant = drug_words()[word]
    found = corrected(slipped)
    assert found.startswith(DOUBT) or drug_words().get(found, meant) == meant, (word, slipped, found)


@given(slip=slips(), dose=st.sampled_from(["5mg IV", "1 mg IM", "10 mg"]))
def test_what_a_slip_gives_is_the_drug_that_was_meant(slip: tuple[str, str], dose: str) -> None:
    word, slipped = slip
    assume(slipped not in drug_words())
    assert {act.slots["drug"] for act in drugs_given(f"give {slipped} {dose}")} <= {drug_words()[word]}
