"""What a monitor shows: near the truth, the same at the same second, nothing where nothing can be measured."""

from __future__ import annotations

from itertools import pairwise
from statistics import mean

import pytest

from knowthyself_tui.domain.body.display import NOISE, shown
from knowthyself_tui.domain.vitals import Vitals
from tests.unit.body.bedside import body_of

TRUTH = Vitals(
    hr=80.0, rr=14.0, spo2=95.0, sbp=120.0, dbp=75.0, etco2_kpa=5.0, gcs=15.0, temp_c=37.0, glucose_mmol_l=5.4,
    rhythm="sinus_rhythm",
)  # fmt: skip


def test_the_same_second_shows_the_same_digits() -> None:
    for second in (-60, 0, 1, 59, 3600):
        assert shown(TRUTH, 3, second) == shown(TRUTH, 3, second)
    body = body_of("asthma")
    assert body.displayed() == body.displayed()


def test_looking_at_the_monitor_changes_nothing() -> None:
    body = body_of("asthma")
    before = body.to_json()
    body.displayed()
    assert body.to_json() == before


@pytest.mark.parametrize("channel", sorted(NOISE))
def test_what_is_shown_stays_near_the_truth_and_on_average_is_the_truth(channel: str) -> None:
    amplitude = NOISE[channel][0]
    digits = [getattr(shown(TRUTH, seed, second), channel) for seed in range(8) for second in range(0, 3600, 7)]
    truth = getattr(TRUTH, channel)
    assert all(abs(value - truth) <= amplitude + 1e-9 for value in digits)
    assert mean(digits) == pytest.approx(truth, abs=0.06 * amplitude)
    assert max(digits) - min(digits) > amplitude


def test_noise_changes_smoothly_from_second_to_second() -> None:
    for channel, (amplitude, period) in NOISE.items():
        values = [getattr(shown(TRUTH, 1, second), channel) for second in range(600)]
        steps = [abs(later - earlier) for earlier, later in pairwise(values)]
        assert max(steps) <= 2 * amplitude * 1.5 / period + 1e-9


def test_zero_and_nothing_are_shown_as_zero_and_nothing() -> None:
    stopped = Vitals(
        hr=0.0, rr=0.0, spo2=None, sbp=None, dbp=None, etco2_kpa=0.0, gcs=3.0, temp_c=36.0, glucose_mmol_l=6.0,
        rhythm="asystole", reasons={"spo2": "no pulse", "sbp": "no pulse", "dbp": "no pulse"},
    )  # fmt: skip
    for second in range(0, 600, 7):
        monitor = shown(stopped, 1, second)
        assert (monitor.hr, monitor.rr, monitor.etco2_kpa, monitor.gcs) == (0.0, 0.0, 0.0, 3.0)
        assert monitor.spo2 is monitor.sbp is monitor.dbp is None
        assert monitor.reasons == stopped.reasons


def test_a_saturation_never_shows_above_a_hundred_nor_anything_below_zero() -> None:
    full = Vitals(
        hr=1.0, rr=0.3, spo2=100.0, sbp=1.0, dbp=0.5, etco2_kpa=0.02, gcs=15.0, temp_c=37.0, glucose_mmol_l=0.05,
        rhythm="sinus_rhythm",
    )  # fmt: skip
    for second in range(600):
        monitor = shown(full, 2, second)
        assert monitor.spo2 is not None
        assert monitor.spo2 <= 100
        numbers = (monitor.hr, monitor.rr, monitor.sbp, monitor.dbp, monitor.etco2_kpa, monitor.glucose_mmol_l)
        assert all(number is not None and number >= 0 for number in numbers)
