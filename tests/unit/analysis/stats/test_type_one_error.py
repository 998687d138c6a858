"""The unit of analysis is the student: how often Welch finds a difference where there is none."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

from knowthyself_tui.analysis.stats.means import welch

REPEATS, STUDENTS, ENCOUNTERS = 20_000, 20, 6
"""At 5,000 repeats the standard error is .0031, and one seed in twenty misses .05 by more than .006 by chance alone;
at 20,000 it is .0015."""


def welch_p(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Welch's p for each row of two tables, as `welch` gives it for one."""
    error_a, error_b = a.var(axis=1, ddof=1) / a.shape[1], b.var(axis=1, ddof=1) / b.shape[1]
    t = (a.mean(axis=1) - b.mean(axis=1)) / np.sqrt(error_a + error_b)
    df = (error_a + error_b) ** 2 / (error_a**2 / (a.shape[1] - 1) + error_b**2 / (b.shape[1] - 1))
    return np.asarray(2 * special.stdtr(df, -np.abs(t)))


def arm(icc: float, generator: np.random.Generator) -> np.ndarray:
    """Scores of many arms: repeats x students x encounters, with no effect of anything."""
    students = generator.normal(0, np.sqrt(icc), (REPEATS, STUDENTS, 1))
    return np.asarray(students + generator.normal(0, np.sqrt(1 - icc), (REPEATS, STUDENTS, ENCOUNTERS)))


@pytest.mark.slow
@pytest.mark.parametrize("icc", [0.2, 0.4])
def test_on_means_of_students_the_error_is_what_it_claims_to_be(icc: float) -> None:
    generator = np.random.default_rng(20_260_301)
    a, b = arm(icc, generator), arm(icc, generator)
    of_students = welch_p(a.mean(axis=2), b.mean(axis=2))
    assert (of_students < 0.05).mean() == pytest.approx(0.05, abs=0.006)
    of_encounters = welch_p(a.reshape(REPEATS, -1), b.reshape(REPEATS, -1))
    assert (of_encounters < 0.05).mean() > 0.12, "encounters are no units"
    for row in range(0, REPEATS, 400):
        assert of_students[row] == pytest.approx(welch(a[row].mean(axis=1), b[row].mean(axis=1)).p)


@pytest.mark.slow
def test_unequal_spread_and_size_do_not_raise_the_error() -> None:
    generator = np.random.default_rng(20_260_302)
    p = welch_p(generator.normal(70, 4, (REPEATS, 30)), generator.normal(70, 8, (REPEATS, 10)))
    assert (p < 0.05).mean() == pytest.approx(0.0518, abs=0.006)
