"""What ability makes of a script; nothing is played."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import mean

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.errors import ContentError
from knowthyself_tui.session.script import parse_script
from knowthyself_tui.simulation.case import Case, load_case, timed
from knowthyself_tui.simulation.chance import poisson
from knowthyself_tui.simulation.performance import Performance, perform

NAMES = [f"test/{number}" for number in range(60)]


def performances(case: Case, ability: float) -> list[Performance]:
    return [perform(case, ability, name) for name in NAMES]


def right_lines(case: Case, performance: Performance) -> set[str]:
    return {line.full for line in performance.lines} & {line.text for line in case.lines}


def share_said(case: Case, ability: float, lines: Iterable[str]) -> float:
    wanted = set(lines)
    return mean(len(right_lines(case, one) & wanted) / len(wanted) for one in performances(case, ability))


def test_the_better_student_says_more_of_what_is_right_and_less_of_what_is_wrong(asthma: Case) -> None:
    everything = [line.text for line in asthma.lines]
    assert share_said(asthma, -1.5, everything) + 0.1 < share_said(asthma, 1.5, everything) < 1.0
    wrong = [
        mean(len({line.full for line in one.lines} - set(everything)) for one in performances(asthma, ability))
        for ability in (-1.5, 1.5)
    ]
    assert wrong[0] > 2 * wrong[1] > 0


def test_a_treatment_is_left_out_less_often_than_a_question(asthma: Case) -> None:
    treatments = [line.text for line in asthma.lines if line.is_treatment]
    others = [line.text for line in asthma.lines if not line.is_treatment]
    assert "NRB at 15 litres" in treatments
    assert "any allergies?" in others
    assert share_said(asthma, 0.0, treatments) > share_said(asthma, 0.0, others) + 0.1


def test_the_better_student_is_sooner_with_the_same_line(asthma: Case) -> None:
    def when(ability: float) -> float:
        return mean(
            line.seconds
            for one in performances(asthma, ability)
            for line in one.lines
            if line.full == "NRB at 15 litres"
        )

    assert 20 < when(1.5) < when(0.0) < when(-1.5)


def test_orders_may_lack_their_amount_and_handovers_come_in_part(asthma: Case) -> None:
    said = [line for one in performances(asthma, -1.0) for line in one.lines]
    assert "salbutamol neb" in {line.text for line in said if line.full == "salbutamol 5mg neb"}
    handovers = {len(line.text) for line in said if line.full.startswith("handover")}
    assert len(handovers) > 5


def test_a_performance_is_in_order_and_lasts_the_minimum_time(asthma: Case) -> None:
    for one in performances(asthma, 0.0):
        assert [line.seconds for line in one.lines] == sorted(line.seconds for line in one.lines)
        assert one.end_seconds > max(asthma.minimum_seconds, one.lines[-1].seconds)


def test_the_same_name_gives_the_same_performance_and_another_name_another(asthma: Case) -> None:
    assert perform(asthma, 0.3, "a") == perform(asthma, 0.3, "a") != perform(asthma, 0.3, "b")


def test_counts_of_wrong_orders_follow_their_mean() -> None:
    uniforms = [(index + 0.5) / 1000 for index in range(1000)]
    assert mean(poisson(0.4, uniform) for uniform in uniforms) == pytest.approx(0.4, abs=0.01)
    assert all(poisson(0.2, uniform) <= poisson(0.6, uniform) for uniform in uniforms)


def test_lines_without_a_time_follow_the_one_before(asthma: Case) -> None:
    lines = timed(parse_script(["01:00 one", "+20 two", "three", "!end"]))
    assert [(line.seconds, line.text) for line in lines] == [(60, "one"), (80, "two"), (83, "three")]


def test_a_case_of_which_nobody_says_how_it_is_played_well_is_refused(
    monkeypatch: pytest.MonkeyPatch, asthma: Case
) -> None:
    monkeypatch.setattr("knowthyself_tui.simulation.case.load_bots", lambda path: None)
    with pytest.raises(ContentError, match=r"bots\.yaml"):
        load_case(Library(), "asthma")
