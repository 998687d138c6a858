"""Figures are read from a trace as their names say, and are None when they are never reached."""

from __future__ import annotations

import pytest

from knowthyself_tui.domain.bench import Figure, Trace
from knowthyself_tui.domain.bench import figures as f

# Two minutes: a rises by 1 a second to 60 and stays, b falls from 100 by half a unit a second, c begins after 30 s.
TRACE = Trace(
    {
        "a": [float(min(second, 60)) for second in range(121)],
        "b": [100.0 - second / 2 for second in range(121)],
        "c": [None if second < 30 else 5.0 for second in range(121)],
        "rhythm": ["sinus_rhythm"] * 121,
    }
)


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        (f.at("a", "00:10"), 10),
        (f.at("b", "a>59.5"), 70),
        (f.at("b", "a>59.5+00:10"), 65),
        (f.when("b", "a>9.5"), 95),
        (f.change("a", "00:10", "00:30"), 20),
        (f.percent_change("b", "00:00", "00:20"), -10),
        (f.percent_of("a", "00:30", "b", "00:00"), 30),
        (f.highest("a", "00:10", "00:50"), 50),
        (f.lowest("b", "00:10", "00:50"), 75),
        (f.highest_change("a", "00:05", "00:10", "00:50"), 45),
        (f.lowest_change("b", "00:10", "00:00", "02:00"), -55),
        (f.minutes_until("b", below=70.1, since="00:30"), 0.5),
        (f.minutes_until("a", above=29.5), 0.5),
        (f.minutes_to_peak("a", "00:30", "02:00"), 0.5),
        (f.per_minute("b", "00:00", "00:20"), -30),
        (f.slope("b", "a", "00:00", "00:40"), -0.5),
        (f.percent_of_figure(f.at("a", "00:30"), f.at("a", "00:20")), 50),
        (f.times(f.at("a", "00:30"), -2), -60),
        (f.computed(lambda: 7.0, "seven"), 7),
        (f.lowest("c", "00:00", "02:00"), 5),
    ],
)
def test_a_figure_is_read_as_it_says(figure: Figure, value: float) -> None:
    assert figure.read(TRACE) == pytest.approx(value)
    assert figure.words
    assert figure.columns <= set(TRACE.columns)


@pytest.mark.parametrize(
    "figure",
    [
        f.at("a", "03:00"),
        f.at("c", "00:10"),
        f.at("rhythm", "00:10"),
        f.at("b", "a>100"),
        f.change("c", "00:10", "00:40"),
        f.percent_change("a", "00:00", "00:20"),
        f.highest("c", "00:00", "00:20"),
        f.highest("a", "01:00", "03:00"),
        f.highest_change("c", "00:10", "00:30", "00:50"),
        f.minutes_until("b", below=10),
        f.minutes_until("b", below=90, since="a>100"),
        f.minutes_to_peak("c", "00:00", "00:10"),
        f.per_minute("a", "00:10", "00:10"),
        f.slope("b", "a", "01:10", "01:20"),
        f.percent_of_figure(f.at("a", "00:30"), f.at("a", "00:00")),
        f.times(f.at("a", "03:00"), 2),
    ],
)
def test_what_is_never_reached_is_none(figure: Figure) -> None:
    assert figure.read(TRACE) is None


def test_a_shorter_play_ends_the_trace() -> None:
    short = TRACE.until(0.5)
    assert short.seconds == 30
    assert f.at("a", "00:30").read(short) == 30
    assert f.at("a", "00:31").read(short) is None


def test_minutes_until_takes_one_limit() -> None:
    with pytest.raises(ValueError, match="either"):
        f.minutes_until("a")
    with pytest.raises(ValueError, match="either"):
        f.minutes_until("a", below=1, above=2)
