"""A line in its conversation: answers to an open order, "another one", "cancel that"."""

from __future__ import annotations

import pytest

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.language import Context, read
from knowthyself_tui.language.reading import OpenKind


def order(text: str) -> Act:
    return read(text).acts[0]


def answered(open_text: str, kind: OpenKind, line: str) -> tuple[Act, ...]:
    return read(line, Context(scenario_id="asthma", open_order=order(open_text), open_kind=kind)).acts


@pytest.mark.parametrize(
    "line", ["5 mg neb", "5 nebulised", "make it 5mg through a neb", "salbutamol 5mg neb", "5mg via nebuliser please"]
)
def test_the_missing_slots_complete_the_order(line: str) -> None:
    (act,) = answered("give salbutamol", "missing", line)
    assert act.completes_open
    assert act.executes
    assert (act.slots["drug"], act.slots["dose"], act.slots["route"]) == ("salbutamol", 5, "NEB")


def test_one_answer_may_leave_another_slot_missing() -> None:
    (act,) = answered("give salbutamol", "missing", "five")
    assert act.completes_open
    assert act.missing == ("route",)
    (act,) = answered("give salbutamol", "missing", "neb")
    assert act.missing == ("dose",)


@pytest.mark.parametrize("line", ["yes", "yeah go on", "go ahead please", "50 mg", "yes, 50"])
def test_a_confirmed_read_back_is_carried_out(line: str) -> None:
    (act,) = answered("salbutamol 50mg neb", "read_back", line)
    assert act.completes_open
    assert act.executes
    assert act.read_back is None
    assert act.slots["dose"] == 50


@pytest.mark.parametrize(
    "line", ["no, 5 not 50", "5", "sorry 5mg", "I meant 5", "not 50, 5", "no five", "make it 5 mg"]
)
def test_an_amended_read_back_is_carried_out_as_amended(line: str) -> None:
    (act,) = answered("salbutamol 50mg neb", "read_back", line)
    assert act.completes_open
    assert act.executes
    assert (act.slots["dose"], act.slots["unit"]) == (5, "mg")


@pytest.mark.parametrize("line", ["no", "cancel", "never mind", "stop", "no leave it"])
def test_no_cancels_the_open_order(line: str) -> None:
    (act,) = answered("salbutamol 50mg neb", "read_back", line)
    assert act.intent == "hold_or_cancel"
    assert act.completes_open
    assert dict(act.slots) == {"target_intent": "give_drug", "drug": "salbutamol"}


def test_no_with_another_drug_cancels_and_orders_that() -> None:
    held, given = answered("salbutamol 50mg neb", "read_back", "no, ipratropium 0.5mg neb")
    assert held.intent == "hold_or_cancel"
    assert (given.slots["drug"], given.executes) == ("ipratropium", True)


@pytest.mark.parametrize(
    ("line", "intent"),
    [
        ("what's her bp", "measure_bp"),
        ("listen to the chest", "auscultate_chest"),
        ("does she smoke", "ask_social_family"),
        ("how much should I give?", "ask_treatment_question"),
        ("wait 2 minutes", "session_control"),
    ],
)
def test_another_line_leaves_the_open_order_alone(line: str, intent: str) -> None:
    acts = answered("give salbutamol", "missing", line)
    assert [act.intent for act in acts] == [intent]
    assert not any(act.completes_open for act in acts)


def test_an_answer_and_something_else_are_both_heard() -> None:
    given, measured = answered("give salbutamol", "missing", "5 mg neb and what are her sats")
    assert given.executes
    assert measured.intent == "measure_spo2"
    given, moved = answered("salbutamol 50mg neb", "read_back", "yes and sit her up")
    assert given.executes
    assert moved.intent == "position_patient"


@pytest.mark.parametrize(
    ("line", "device", "flow"),
    [
        ("15 litres", "non_rebreather", 15),
        ("nrb", "non_rebreather", 15),
        ("nasal cannula at 2", "nasal_cannula", 2),
        ("high flow", "non_rebreather", 15),
    ],
)
def test_oxygen_is_completed_by_device_or_flow(line: str, device: str, flow: int) -> None:
    (act,) = answered("give oxygen", "missing", line)
    assert act.executes
    assert (act.slots["device"], act.slots["flow"]) == (device, flow)


@pytest.mark.parametrize("line", ["another one", "repeat that", "same again", "another neb", "repeat the salbutamol"])
def test_another_one_repeats_the_last_dose(line: str) -> None:
    recent = (order("salbutamol 5mg neb"), order("listen to the chest"))
    (act,) = read(line, Context(recent=recent)).acts
    assert act.executes
    assert (act.slots["drug"], act.slots["dose"], act.slots["route"]) == ("salbutamol", 5, "NEB")
    assert act.slots["repeat"] is True


def test_another_one_without_anything_before_asks() -> None:
    (act,) = read("another one").acts
    assert act.missing == ("drug", "dose", "route")


def test_cancel_that_names_what_was_last_ordered() -> None:
    (act,) = read("cancel that", Context(recent=(order("NRB at 15"),))).acts
    assert act.intent == "hold_or_cancel"
    assert act.slots["target_intent"] == "give_oxygen"


def test_a_question_to_a_bystander_is_collateral_too() -> None:
    acts = read("Dan, has she ever been in intensive care?", Context(names={"Dan": "housemate"})).acts
    collateral = next(act for act in acts if act.intent == "ask_collateral")
    assert dict(collateral.slots) == {"addressee": "housemate", "topic": "ask_pmh"}
    assert any(act.intent == "ask_pmh" and act.slots["topic"] == "icu_ventilation" for act in acts)


@pytest.mark.parametrize("kind", ["missing", "read_back"])
@pytest.mark.parametrize(
    "line",
    [
        "sure, Maya, tell me when it started",
        "right Maya, I am going to listen to your chest",
        "ok Maya, try to slow your breathing down",
        "right so tell me about your asthma",
        "yes Maya",
        "no problem Maya, you're doing great",
        "don't talk Maya",
        "ok, let's get a BP",
        "yes, listen to her chest",
        "oxygen 15 L NRB",
    ],
)
def test_an_opening_word_of_another_sentence_answers_nothing(line: str, kind: OpenKind) -> None:
    acts = answered("salbutamol 50mg neb" if kind == "read_back" else "give salbutamol", kind, line)
    assert not any(act.completes_open or act.intent == "give_drug" for act in acts)


def test_oxygen_typed_while_a_dose_is_open_is_the_oxygen_alone() -> None:
    (act,) = answered("give salbutamol", "missing", "oxygen 15 L NRB")
    assert (act.intent, act.slots["device"], act.slots["flow"], act.executes) == (
        "give_oxygen",
        "non_rebreather",
        15,
        True,
    )


@pytest.mark.parametrize("line", ["yes and sit her up", "yes go ahead, then sit her up", "go ahead, and sit her up"])
def test_a_yes_that_is_joined_to_another_order_answers(line: str) -> None:
    given, moved = answered("salbutamol 50mg neb", "read_back", line)
    assert (given.completes_open, given.executes, moved.intent) == (True, True, "position_patient")


def test_a_yes_may_be_joined_to_another_drug() -> None:
    given, other = answered("salbutamol 50mg neb", "read_back", "yes and ipratropium 0.5mg neb")
    assert (given.slots["drug"], given.executes) == ("salbutamol", True)
    assert (other.slots["drug"], other.executes) == ("ipratropium", True)
