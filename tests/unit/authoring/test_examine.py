"""Everything that can be wrong with a case is named: with file, line and field, or with the bot that saw it."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowthyself_tui.authoring.bots import bots_of, harmful
from knowthyself_tui.authoring.examine import examine_file, examine_play
from knowthyself_tui.content.bots import load_bots
from knowthyself_tui.content.library import load_file
from knowthyself_tui.errors import ContentError
from tests.unit.authoring.conftest import Changed


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("done: T(any_oxygen)", "done: T(any_oxigen)", "any_oxigen"),
        ("match: sedative,", "match: sedativ,", "sedativ"),
        ("T(neb) <= 8", "T(neb{route=NOSE}) <= 8", "NOSE"),
        ("asked: [ask_onset, ask_timing]", "asked: [ask_onsets]", "ask_onsets"),
        ("bronchospasm: 0.55", "bronchospasms: 0.55", "bronchospasms"),
        ("shows: {skin: {}", "shows: {skins: {}", "skins"),
        ('rash: {none: "No rash."}', 'rash: {nothing: "No rash."}', "nothing"),
        ("weight: 15, source", "weight: 16, source", "not to 100"),
        ("failed: N(sedative) > 0", 'failed: ""', "rule"),
        ("difficulty: 1", "dificulty: 1", "no field is called so"),
        ("call_name: Adam", "", "is missing"),
        ("bronchospasm: 0.55", "bronchospasm: 5", "it goes from 0 to 0.97"),
        ("core: [oxygen, salbutamol]", "core: [oxygen]", "salbutamol"),
        ("core: [oxygen, salbutamol]", "core: [oxygen, salbutamol, salbutomol]", "salbutomol"),
        ("adjunct: [ipratropium,", "adjunct: [salbutamol, ipratropium,", "twice"),
        ("when: V(spo2) < 92", "when: V(spo3) < 92", "spo3"),
        ("by_state:\n        improving", "by_state:\n        better", "better"),
        ('    bystander: "He was', '    others: {Bob: "Hm."}\n    bystander: "He was', "Bob"),
    ],
)
def test_an_unknown_name_or_an_empty_rule_is_an_error_with_its_line(
    changed: Changed, old: str, new: str, named: str
) -> None:
    if old.startswith("when: V"):
        old, new = old.replace("when: ", 'when: "'), new.replace("when: ", 'when: "')
    path = changed(old, new)
    with pytest.raises(ContentError, match=named) as caught:
        load_file(path)
    line = int(str(caught.value).split("line ")[1].split(",")[0].split(":")[0])
    assert line > 1, str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [("nitrate]", "nitrate, furosemide]", "furosemide"), ("steroid,", "steroid, chlorphenamine,", "chlorphenamine")],
)
def test_the_drug_column_is_held_against_the_wrong_orders(changed: Changed, old: str, new: str, named: str) -> None:
    problems = examine_file(changed(old, new)).problems
    assert any(named in problem for problem in problems), problems


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("bots.yaml", "spo2: 96", "spo2: 90", "idle: 0 spo2 is"),
        ("bots.yaml", "states: {} ", "states: {critical: 2} ", "idle: critical is never"),
        ("bots.yaml", "  least_total: 90", "  least_total: 90\n  ends: [arrest]", "optimal: ends"),
        ("scenario.yaml", 'example: "midazolam 5 mg IV"', 'example: "paracetamol 1 g IV"', "wrong order sedative"),
        ("scenario.yaml", "target: T(A3) + 5", "target: T(A3) + 0.1", "checklist A4: no bot earns it"),
        ("scenario.yaml", "failed: N(sedative) > 0", "failed: N(shock) > 0", "gate G1: no bot fails it"),
    ],
)
def test_what_the_bots_see_is_told(changed: Changed, file: str, old: str, new: str, named: str) -> None:
    (verdict,) = examine_play([changed(old, new, file=file)], processes=1)
    assert any(problem.startswith(named) for problem in verdict.problems), verdict.problems


def test_a_case_without_expectations_is_not_called_fine(case: Path) -> None:
    (case.parent / "bots.yaml").unlink()
    (verdict,) = examine_play([case], processes=1)
    assert any("no bots.yaml" in problem for problem in verdict.problems)


def test_an_exception_that_excepts_nothing_is_an_error(changed: Changed) -> None:
    path = changed("untreated: {} ", 'untreated: {}\nphysiology_wins: {"9 hr": "because"} ', file="bots.yaml")
    with pytest.raises(ContentError, match="9 hr"):
        load_bots(path)


def test_a_harmful_line_is_confirmed_when_it_is_read_back(case: Path) -> None:
    scenario = load_file(case).scenario
    script = harmful(scenario.judgement.wrong_orders[0])
    assert [line.text for line in script] == ["midazolam 5 mg IV", "yes"]
    assert script[0].at_seconds == 60


def test_every_kind_of_bot_plays(case: Path) -> None:
    expected = load_bots(case)
    assert expected is not None
    names = [bot.name for bot in bots_of(load_file(case).scenario, expected)]
    assert names == [
        "idle",
        "optimal",
        "badly",
        "talk",
        "harmful:sedative",
        "harmful:useless",
        "contraindicated",
        "random",
    ]
