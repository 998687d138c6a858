"""What refers back is no order when it is asked, refused, conditional or taken back."""

from __future__ import annotations

import pytest

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.language import Context, read


def order(text: str) -> Act:
    return read(text).acts[0]


RECENT = Context(
    scenario_id="asthma",
    recent=(order("NRB at 15"), order("adrenaline 0.5mg IM")),
)
PHRASES = ("another one", "same again", "repeat that", "double it", "put it on at 10", "do it again")
FRAMES = ("{}?", "do not {}", "don't {}", "{} if she drops", "if she tires {}", "{}, no wait", "shall we {}?")


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize("frame", FRAMES)
def test_a_reference_that_is_no_order_treats_nothing(phrase: str, frame: str) -> None:
    assert [act for act in read(frame.format(phrase), RECENT).acts if act.executes] == []


@pytest.mark.parametrize(("line", "intent"), [("another one", "give_drug"), ("put it on at 10", "give_oxygen")])
def test_the_plain_reference_does_treat(line: str, intent: str) -> None:
    assert [act.intent for act in read(line, RECENT).acts if act.executes] == [intent]


def test_doubling_is_read_back_and_offers_no_other_reading() -> None:
    reading = read("double it", RECENT)
    assert [(act.slots["dose"], act.executes, bool(act.read_back)) for act in reading.acts] == [(1.0, False, True)]
    assert reading.choices == ()


@pytest.mark.parametrize("line", ["yes please, no wait", "yes no", "go ahead after the neb", "yes but wait"])
def test_a_yes_that_is_taken_back_confirms_nothing(line: str) -> None:
    context = Context(scenario_id="asthma", open_order=order("adrenaline 5mg IM"), open_kind="read_back")
    assert [act for act in read(line, context).acts if act.executes] == []


@pytest.mark.parametrize(
    "line",
    [
        "never give morphine 5 mg IV or give salbutamol 5 mg neb",
        "don't give adrenaline or use the NRB at 15",
        "do not give salbutamol or start 500 ml saline",
    ],
)
def test_an_alternative_to_what_is_refused_is_refused_too(line: str) -> None:
    assert [act for act in read(line).acts if act.executes] == []


@pytest.mark.parametrize(
    ("order_text", "line", "route"), [("hydrocortisone 200mg", "IV", "IV"), ("adrenaline 0.5mg", "im please", "IM")]
)
def test_a_bare_route_answers_which_way(order_text: str, line: str, route: str) -> None:
    context = Context(scenario_id="asthma", open_order=order(order_text), open_kind="missing")
    (act,) = read(line, context).acts
    assert (act.slots["route"], act.executes, act.completes_open) == (route, True, True)


def test_not_yet_is_marked_so_that_nothing_running_is_stopped() -> None:
    (act,) = read("magnesium but not yet", RECENT).acts
    assert act.slots.get("not_yet") is True


def test_a_flow_that_no_cylinder_gives_is_read_back() -> None:
    (act,) = read("oxygen 1000 l/min via non rebreather").acts
    assert (act.executes, bool(act.read_back)) == (False, True)


@pytest.mark.parametrize(
    ("line", "intent"),
    [
        ("if the attack is not over in five minutes, repeat the midazolam", "give_drug"),
        ("if she wont swallow give glucagon 1 mg IM", "give_drug"),
        ("glucagon 1mg im if she wont swallow", "give_drug"),
        ("if sats not above 94, NRB 15 litres", "give_oxygen"),
        ("if he stops breathing again start bagging", "ventilate_bvm"),
    ],
)
def test_a_refusal_within_a_condition_refuses_nothing(line: str, intent: str) -> None:
    (act,) = read(line).acts
    assert (act.intent, act.slots.get("conditional"), act.executes) == (intent, True, False)


@pytest.mark.parametrize(
    "line",
    [
        "if she can't swallow don't give glucose gel",
        "don't give adrenaline if she is not breathless",
        "don't bag him if he's breathing",
        "stop the oxygen if the sats don't drop",
    ],
)
def test_a_refusal_under_a_condition_is_one(line: str) -> None:
    assert [act.intent for act in read(line).acts] == ["hold_or_cancel"]


@pytest.mark.parametrize(
    "line",
    [
        "his mate put pressure on the wound",
        "a passer by did CPR",
        "mum bagging",
        "the fire crew are bagging him",
        "neighbour sat her up",
        "there is suction in the bag",
    ],
)
def test_what_others_did_is_no_order(line: str) -> None:
    assert [act for act in read(line).acts if act.executes] == []


@pytest.mark.parametrize("line", ["take off that hat", "dont be laying her down"])
def test_a_guessed_refusal_of_something_unknown_does_not_mean_the_last_treatment(line: str) -> None:
    (act,) = read(line, RECENT).acts
    assert dict(act.slots) == {"unknown_target": True}


@pytest.mark.parametrize("line", ["stop it", "don't", "leave it alone", "not now"])
def test_a_bare_refusal_means_the_last_treatment(line: str) -> None:
    (act,) = read(line, RECENT).acts
    assert act.slots["target_intent"] == "give_drug"


@pytest.mark.parametrize("line", ["NRB at 60", "nasal cannula 40"])
def test_a_bare_flow_beyond_every_meter_is_read_back(line: str) -> None:
    (act,) = read(line).acts
    assert (act.executes, bool(act.read_back)) == (False, True)
