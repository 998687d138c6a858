"""The collected cases: most are inside, the others are named, and the command says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from knowthyself_tui.cli import cli
from knowthyself_tui.commands import body as command
from knowthyself_tui.domain.bench import COLLECTED, KNOWN_MISSES, SECTION_2, Case, Result
from knowthyself_tui.domain.bench.collected import (
    ALSO_ON_THE_PAGE,
    ENOUGH_INSIDE,
    SAME_MEASUREMENT,
    enough_inside,
    miss_lines,
)
from knowthyself_tui.domain.bench.figures import at
from knowthyself_tui.domain.bench.tables import markdown_table, recalled_lines

if TYPE_CHECKING:
    from tests.unit.bench.conftest import Played

WINDOWS: Mapping[str, tuple[float, float]] = {
    "stand-sv": (-50, -20),
    "sit-icp": (-14, -3),
    "apnoea-adult-preox": (5.3, 11.5),
    "apnoea-obese-preox": (1.6, 4.5),
    "alt-14000-spo2": (76, 90),
    "hypervent-ph": (-0.013, -0.0065),
    "co2-slope": (0.9, 3.4),
    "midaz-fent-spo2": (60, 91),
    "fent-naloxone-ve": (15, 120),
    "naloxone-in-4mg-peak": (2.5, 9.5),
    "adrenaline-im-peak": (0.2, 1.2),
    "atropine-hr": (28, 65),
    "ketamine-map": (7, 45),
    "saline-1l-bv": (180, 520),
    "donation-sv": (-32, -8),
    "bleed-1l-hr": (0, 20),
    "class4-sbp": (35, 95),
    "cpr-etco2": (8, 36),
    "d50-glucose-5min": (5.5, 12.5),
    "insulin-itt": (-2.8, -0.9),
    "seizure-lactate": (6, 17),
    "anaphylaxis-map": (-60, -15),
    "asthma-salbutamol-fev1": (6, 30),
    "elderly-pao2": (65, 92),
    "rest-1y-rr": (25, 45),
    "b-apnoea-toddler": (1.3, 2.8),
    "b-apnoea-4y": (1.7, 3.7),
    "b-apnoeic-oxygenation-child-co2": (12, 24),
    "b-obese-headup-apnoea": (1.7, 5.2),
    "b-obese-rest-pao2": (66, 95),
    "b-elderly-apnoea": (2.8, 8.2),
    "b-breathhold-frc": (-66, -33),
    "b-co2-6pct": (16, 38),
    "b-elderly-hypoxia-hr": (2, 25),
    "b-altitude-8000ft": (-7.5, -2),
    "b-fentanyl-2mcgkg-spo2": (80, 94.5),
    "b-naloxone-in-2mg": (1.5, 4.8),
    "b-midazolam-im-child": (125, 480),
    "b-ketamine-in-child": (240, 850),
    "b-adrenaline-im-child": (0.8, 4.2),
    "b-adrenaline-infusion-co": (35, 110),
    "b-atropine-elderly": (17, 47),
    "b-gtn-sl-hr": (5, 28),
    "b-salbutamol-iv-hr": (7, 30),
    "b-child-stand-hr": (8, 38),
    "b-bleed-900-co": (-32, -8),
    "b-bleed-1000-cvp": (-7.5, -2),
    "b-bleed-25pct-map": (-20, 8),
    "b-bleed-elderly-500": (-22, 6),
    "b-trauma-class4-hr": (80, 145),
    "b-saline-bolus-retained": (330, 950),
    "b-asphyxial-arrest-etco2": (35, 115),
    "b-vf-arrest-etco2": (12, 52),
    "b-glucagon-child": (0.6, 3.4),
    "b-anaphylaxis-volume": (-40, -8),
    "b-asthma-salbutamol-fev1": (4, 30),
    "b-rest-rr-2y": (20, 34),
    "c-o2-pao2": (560, 680),
    "c-apnoea-fio2-60": (1.9, 5.4),
    "c-apnoea-14y": (4.2, 9),
    "c-apnoea-paco2-1min": (6, 14),
    "c-altitude-30000": (0.5, 2.5),
    "c-co2-recovery": (-25, 25),
    "c-hcvr-elderly": (0.7, 3),
    "c-ventilated-paco2": (30, 46),
    "c-asthma-pao2": (50, 80),
    "c-asthma-paco2": (28, 39.5),
    "c-fentanyl-tpeak": (2.5, 16),
    "c-midazolam-in": (35, 100),
    "c-midazolam-buccal-7y": (60, 230),
    "c-morphine-im": (35, 85),
    "c-fentanyl-in": (0.25, 1.2),
    "c-txa-1h": (11000, 27000),
    "c-gtn-plasma": (0.9, 4.5),
    "c-adrenaline-washout": (-97, -50),
    "c-propofol-tpeak": (0.7, 2.8),
    "c-noradrenaline-plasma": (4, 11.5),
    "c-plr-sv": (-2, 14),
    "c-standing-blood-volume": (-850, -200),
    "c-bleed-667-hr": (-2, 13),
    "c-bleed-1000-standing": (20, 65),
    "c-donation-refill": (-390, -130),
    "c-plasma-250": (140, 270),
    "c-glucose5-recovery": (-250, 250),
    "c-vf-consciousness": (0.08, 0.42),
    "c-asystole-adrenaline-etco2": (-9, -0.5),
    "c-sepsis-hr": (80, 140),
    "c-itt-nadir": (0.8, 2.4),
    "c-itt-recovery": (0.5, 3.3),
    "c-d10-hypoglycaemia": (1.8, 5),
    "c-glucagon-im-adult": (1.3, 5.5),
    "c-headup-tbi": (-50, -10),
    "c-hyperventilation-icp": (0.25, 1.6),
    "c-mannitol-icp": (-72, -15),
    "c-seizure-spo2": (56, 90),
    "c-seizure-lactate-recovery": (-80, -30),
    "c-fever-child-hr": (5, 18),
}
RECALLED = {
    "apnoea-adult-preox",
    "hypervent-ph",
    "naloxone-in-4mg-peak",
    "ketamine-map",
    "class4-sbp",
    "cpr-etco2",
    "asthma-salbutamol-fev1",
    "rest-1y-rr",
    "b-apnoea-toddler",
    "b-anaphylaxis-volume",
    "c-o2-pao2",
    "c-hcvr-elderly",
    "c-ventilated-paco2",
    "c-asthma-pao2",
    "c-asthma-paco2",
    "c-midazolam-buccal-7y",
    "c-txa-1h",
    "c-adrenaline-washout",
    "c-bleed-1000-standing",
    "c-itt-nadir",
    "c-itt-recovery",
    "c-glucagon-im-adult",
}

REST = Case("rest", "resting heart rate", "/min", 70, 60, 80, "textbook", at("hr", "00:05"), minutes=1)
FAST = replace(REST, id="fast", low=150.0, high=170.0, published=160)


@pytest.mark.parametrize("case", [case for case in COLLECTED if case.id not in KNOWN_MISSES], ids=lambda case: case.id)
def test_the_body_is_inside_the_collected_window(case: Case, played: Played) -> None:
    result = played.result(case)
    assert result.inside, f"{result.verdict} {result.value} {result.problem}; {case.figure.words}; {case.command}"


def test_exactly_the_known_misses_are_outside(played: Played) -> None:
    outside = {result.case.id: result.verdict for result in played.results(COLLECTED) if not result.inside}
    assert outside == dict.fromkeys(KNOWN_MISSES, "outside")


def test_enough_of_the_collected_cases_are_inside(played: Played) -> None:
    inside = [result for result in played.results(COLLECTED) if result.inside]
    assert len(inside) >= 0.8 * len(COLLECTED)
    assert ENOUGH_INSIDE == 0.8


def test_no_collected_window_has_moved() -> None:
    assert {case.id: (case.low, case.high) for case in COLLECTED} == WINDOWS
    assert {case.id for case in COLLECTED if case.recalled} == RECALLED
    assert len(COLLECTED) == len(WINDOWS)


def test_collected_values_lie_in_their_windows() -> None:
    for case in COLLECTED:
        assert case.low < case.high, case.id
        assert case.published is None or case.low <= case.published <= case.high, case.id


def test_a_measurement_collected_twice_is_kept_once() -> None:
    ids = {case.id for case in COLLECTED}
    assert ids >= set(SAME_MEASUREMENT.values())
    assert ids.isdisjoint(SAME_MEASUREMENT)
    assert ids >= set(ALSO_ON_THE_PAGE)
    assert {case.id for case in SECTION_2} >= set(ALSO_ON_THE_PAGE.values())
    assert ids.isdisjoint(case.id for case in SECTION_2)


def test_the_table_marks_what_was_recalled() -> None:
    results = [Result(REST, 70.0), Result(replace(REST, id="heard", recalled=True), 70.0)]
    checked, heard = markdown_table(results)[2:]
    assert checked.endswith("| textbook |")
    assert heard.endswith("| textbook (recalled, not checked) |")
    assert recalled_lines(results) == ["Recalled, not checked: heard"]
    assert recalled_lines(results[:1]) == []


def test_misses_are_named_with_their_reason_or_with_the_way_to_see_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowthyself_tui.domain.bench.collected.KNOWN_MISSES", {"fast": "It beats slowly."})
    other = replace(FAST, id="other")
    known, unknown = miss_lines([Result(REST, 70.0), Result(FAST, 70.0), Result(other, 70.0)])
    assert known == ["fast: It beats slowly."]
    assert unknown[0] == "other: hr at 00:05"
    assert "--columns t,hr" in unknown[1]


@pytest.mark.parametrize(("inside", "fine"), [(5, True), (4, True), (3, False)])
def test_four_of_five_suffice(inside: int, fine: bool) -> None:
    assert enough_inside([Result(REST, 70.0 if i < inside else 90.0) for i in range(5)]) == fine


@pytest.mark.parametrize(
    ("cases", "fine"),
    [([REST] * 4 + [FAST], True), ([REST] * 3 + [FAST] * 2, False)],
)
def test_the_command_passes_while_enough_are_inside(
    cases: Sequence[Case], fine: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "COLLECTED", tuple(cases))
    monkeypatch.setattr("knowthyself_tui.domain.bench.collected.KNOWN_MISSES", {"fast": "It beats slowly."})
    lines, passed = command.validation_lines(None, markdown=False, collected=True)
    assert passed == fine
    assert "Known misses:" in lines
    assert "fast: It beats slowly." in lines
    assert "Not inside, and how to see it:" not in lines


def test_the_command_shows_the_physiology_page_when_nothing_else_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "SECTION_2", (REST,) * 4 + (FAST,))
    lines, passed = command.validation_lines(None, markdown=False)
    assert not passed
    assert "4 of 5 inside" in lines
    assert "Known misses:" not in lines


def test_collected_rows_are_chosen_on_the_command_line() -> None:
    result = CliRunner().invoke(cli, ["body", "validate", "--collected", "--only", "fleming"])
    assert result.exit_code == 0, result.output
    assert [line.split()[0] for line in result.output.splitlines()[1:3]] == ["rest-1y-rr", "b-rest-rr-2y"]
    assert "2 of 2 inside" in result.output
    assert "Recalled, not checked: rest-1y-rr" in result.output
