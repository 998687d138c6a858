"""The scored part of a scenario file: what it refuses, and that it names the field."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from knowthyself_tui.domain.rules import moment
from knowthyself_tui.domain.rules.fields import Pattern, Rule, read_pattern, read_rule
from knowthyself_tui.domain.scenario.judgement import Judgement, PatientState
from knowthyself_tui.scoring import score

Change = Callable[[dict[str, Any]], object]


def changed(judgement: Judgement, change: Change) -> dict[str, Any]:
    document = copy.deepcopy(judgement.model_dump(mode="json", exclude_none=True))
    change(document)
    return document


def test_a_judgement_is_written_back_as_it_was_read(judgement: Judgement) -> None:
    document = json.loads(json.dumps(judgement.model_dump(mode="json")))
    assert Judgement.model_validate(document) == judgement
    assert document["checklist"][1]["done"] == "T(high_flow_oxygen)"


def test_the_schema_says_that_rules_are_text(judgement: Judgement) -> None:
    properties = judgement.model_json_schema()["$defs"]["ChecklistItem"]["properties"]
    assert properties["done"]["type"] == ["string", "number"]


@pytest.mark.parametrize(
    ("change", "where", "hint"),
    [
        (lambda d: d["checklist"][1].update(done="T(oxigen)"), "checklist.A2.done", "did you mean 'oxygen'"),
        (lambda d: d["checklist"][1].update(done="N(oxygen)"), "checklist.A2.done", "expected a condition"),
        (lambda d: d["checklist"][1].update(target="T(A99)"), "checklist.A2.target", "no intent, drug"),
        (lambda d: d["checklist"][1].update(late="N(oxygen)"), "checklist.A2.late", "expected a time"),
        (lambda d: d["checklist"][1].update(applies="T(oxygen)"), "checklist.A2.applies", "no condition"),
        (lambda d: d["checklist"][1].update(done="A2 + 1"), "checklist.A2.done", "defined by itself"),
        (lambda d: d["checklist"][1].update(weight=17), "checklist", "add up to 101"),
        (lambda d: d["checklist"][1].update(id="A1"), "checklist", "A1 is used twice"),
        (lambda d: d["decisions"][0].update(optimal="T(oxygen)"), "decisions.D1.optimal", "no condition"),
        (lambda d: d["decisions"][1]["let"].update(oxygen="T(suction)"), "oxygen", "cannot be a name"),
        (lambda d: d["decisions"][1]["let"].update(turned_up="T(x)"), "decisions.D2.let.turned_up", "'x'"),
        (lambda d: d["gates"][0].update(failed="N(salbutamol)"), "gates.G1.failed", "expected a condition"),
        (lambda d: d["gates"][0].update(critical=False), "G1", "is critical"),
        (lambda d: d["milestones"].pop(), "milestones", "response is missing"),
        (lambda d: d["wrong_orders"][0].update(match="sedativ"), "wrong_orders.sedative.match", "'sedative'"),
        (lambda d: d["wrong_orders"][0].update(unless="T(oxygen)"), "wrong_orders.sedative.unless", "no condition"),
        (lambda d: d["communication"][0].update(done="5"), "communication.introduces.done", "a condition"),
        (lambda d: d["communication"][0].update(applies="T(iv)"), "communication.introduces.applies", "iv"),
        (lambda d: d["handover"][0].update(hear=[["…"]]), "person", "every phrase a word"),
        (lambda d: d["handover"][0].update(hear=[[]]), "person", "every group needs phrases"),
        (lambda d: d["acts"].update(escalated="suction"), "acts, let and checklist", "escalated is used twice"),
        (lambda d: d["acts"].update({"two words": "suction"}), "two words", "cannot be a name"),
        (lambda d: d["let"].update(score="STATE(END)"), "let.score", "expected a condition"),
        (lambda d: d.update(pivotal="T(oxygen) < 5"), "pivotal", "expected a time"),
        (lambda d: [row.update(applies="END > 1") for row in d["checklist"]], "checklist", "always apply"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_place(judgement: Judgement, change: Change, where: str, hint: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Judgement.model_validate(changed(judgement, change))
    message = str(caught.value)
    assert where in message
    assert hint in message


def test_a_rule_that_cannot_be_read_names_the_field(judgement: Judgement) -> None:
    def spoil(document: dict[str, Any]) -> None:
        document["gates"][2]["failed"] = ""
        document["acts"]["any_oxygen"] = "give_oxygen OR"
        document["pivotal"] = True
        document["acts"]["critical_care"] = 5

    with pytest.raises(ValidationError) as caught:
        Judgement.model_validate(changed(judgement, spoil))
    problems = {problem["loc"]: problem["msg"] for problem in caught.value.errors()}
    assert "the rule is empty" in problems["gates", 2, "failed"]
    assert "expected an act" in problems["acts", "any_oxygen"]
    assert "written as text" in problems["pivotal",]
    assert "expected an act" in problems["acts", "critical_care"]


def test_unknown_keys_are_refused(judgement: Judgement) -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Judgement.model_validate(changed(judgement, lambda document: document.update(bonus=5)))


def test_rules_and_patterns_that_are_read_already_stay_as_they_are() -> None:
    rule, pattern = read_rule("T(oxygen)"), read_pattern("oxygen")
    assert isinstance(rule, Rule)
    assert isinstance(pattern, Pattern)
    assert read_rule(rule) is rule
    assert read_pattern(pattern) is pattern
    assert read_rule(5) == read_rule("5")


def test_a_state_is_a_condition_over_the_moment() -> None:
    state = PatientState.model_validate({"state": "critical", "when": "gcs < 9 or rr < 10 or spo2 < 75"})
    assert moment(state.rule, {"gcs": 15.0, "rr": 8.0, "spo2": 90.0}, {})
    with pytest.raises(ValidationError, match="critical: 'sats' is no value of the body"):
        PatientState.model_validate({"state": "critical", "when": "sats < 75"})
    with pytest.raises(ValidationError, match="only use the body's values"):
        PatientState.model_validate({"state": "critical", "when": "T(oxygen) < 5"})


@pytest.mark.parametrize(("rule", "credit"), [("N(sedative) = 0", 8.0), ("N(sedative) > 0", 0.0)])
def test_a_row_that_is_judged_once_counts_at_the_end(
    judgement: Judgement, empty: Callable[..., Any], rule: str, credit: float
) -> None:
    def judge_once(document: dict[str, Any]) -> None:
        document["checklist"][3].update(done=rule, target="end")
        del document["checklist"][3]["late"]

    once = Judgement.model_validate(changed(judgement, judge_once))
    result = score(once, empty(12).timeline(), encounter_id="e1", rule_version="1", complete=False)
    row = next(row for row in result.checklist if row.id == "A4")
    assert (row.credit, row.done_at, row.target, row.late) == (credit, 720 if credit else None, 720, None)
    assert not result.complete
