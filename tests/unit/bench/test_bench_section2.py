"""The published cases of the physiology page: one test a row, each experiment played once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowthyself_tui.domain.bench import SECTION_2, Case
from knowthyself_tui.domain.bench.section2_illness import FEV1_11, FEV1_24, FEV1_38
from knowthyself_tui.domain.bench.steps import parse_step
from knowthyself_tui.domain.body import Body, Patient

if TYPE_CHECKING:
    from tests.unit.bench.conftest import Played

IDS = [
    "G27", "G40", "G60", "G100", "B-hr", "B-rr", "B-sbp", "B-spo2", "B-etco2", "B-paco2", "B-pao2", "B-gcs", "B-crt",
    "B-temp", "B-lactate", "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "ALT30-64", "ALT30-56",
    "ALT30-LOC", "V1", "V2", "V3", "F-nasal2", "F-nasal4", "F-nasal6", "F-mask6", "F-mask10", "F-nrb15",
    "F-venturi284", "C1", "C2", "C3", "C4", "ATLS1-hr", "ATLS1-sbp", "ATLS1-rr", "ATLS2-hr", "ATLS2-sbp", "ATLS2-rr",
    "ATLS3-hr", "ATLS3-sbp", "ATLS3-rr", "ATLS4-hr", "ATLS4-sbp", "ATLS4-rr", "ATLS-death", "E50-hr", "E50-sbp",
    "E50-sv", "E50-co", "E-im-t", "E-im-c", "C6", "C7", "C8", "N-im400", "N-in2000", "M-im", "N-kelly", "AS-O2",
    "AS-hyper", "AS-salb", "AN-food", "AN-leak", "SE-hr", "SE-sbp", "SE-mid", "HG-1", "HG-2", "TBI-hr", "TBI-sbp",
    "CA-et", "CA-co", "CA-rosc", "G-FiO2 0.4", "G-FiO2 1.0", "AS-FEV1 38%", "AS-FEV1 24%",
]  # fmt: skip


@pytest.mark.parametrize("case", SECTION_2, ids=lambda case: case.id)
def test_the_body_is_inside_the_published_window(case: Case, played: Played) -> None:
    result = played.result(case)
    assert result.inside, f"{result.verdict} {result.value} {result.problem}; {case.figure.words}; {case.command}"


def test_no_row_of_the_page_is_missing_and_none_comes_twice() -> None:
    assert sorted(case.id for case in SECTION_2) == sorted(IDS)


def test_published_values_lie_in_their_windows() -> None:
    for case in SECTION_2:
        assert case.low <= case.high, case.id
        assert case.published is None or case.low <= case.published <= case.high, case.id


@pytest.mark.parametrize(("fev1", "steps"), [(38, FEV1_38), (24, FEV1_24), (11, FEV1_11)])
def test_the_asthma_cases_start_from_the_obstruction_they_name(fev1: float, steps: tuple[str, ...]) -> None:
    body = Body.new(Patient(30, 70, 175, "m"), {}, position="upright")
    for step in map(parse_step, steps):
        name, value = str(step).split("=")
        body.force(name, float(value))
    assert body.values()["fev1_percent"] == pytest.approx(fev1, abs=1.0)
