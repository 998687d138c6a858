"""The random intercept against lme4 and against the likelihood written out in full."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import optimize

from knowthyself_tui.analysis.stats.estimable import NotEstimable
from knowthyself_tui.analysis.stats.means import paired
from knowthyself_tui.analysis.stats.mixed import coefficient, random_intercept
from tests.unit.analysis.stats.reference import SLEEP_1, SLEEP_2

DRUG = [[0.0]] * 10 + [[1.0]] * 10
PERSON = [f"person {number}" for number in range(10)] * 2


def test_the_sleep_data_of_lme4() -> None:
    model = random_intercept(SLEEP_1 + SLEEP_2, DRUG, PERSON)
    assert model.coefficients[1] == pytest.approx(1.58)
    assert model.standard_errors[1] == pytest.approx(0.388959, abs=5e-7)
    assert (model.group_variance, model.residual_variance) == pytest.approx((2.848333, 0.756444), abs=5e-7)
    assert (model.groups, model.n) == (10, 20)


def test_with_two_values_each_it_is_the_paired_test() -> None:
    effect = coefficient(random_intercept(SLEEP_1 + SLEEP_2, DRUG, PERSON), 1, df=9)
    pairs = paired(SLEEP_2, SLEEP_1)
    assert (effect.statistic, effect.p) == pytest.approx((4.062128, 0.00283289), rel=1e-6)
    assert (effect.low, effect.high) == pytest.approx((pairs.low, pairs.high), rel=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_it_is_the_best_of_the_restricted_likelihood(seed: int) -> None:
    generator = np.random.default_rng(seed)
    student = np.repeat(np.arange(14), generator.integers(1, 6, 14))
    columns = np.column_stack((student % 2, generator.integers(0, 3, student.size)))
    y = 70 + generator.normal(0, 3, 14)[student] + generator.normal(0, 5, student.size) + 2 * columns[:, 0]
    model = random_intercept(y, columns, student.tolist())
    design, same = np.column_stack((np.ones(y.size), columns)), student[:, None] == student

    def deviance(between: float, within: float) -> tuple[float, list[float]]:
        inverse = np.linalg.inv(between * same + within * np.eye(y.size))
        information = design.T @ inverse @ design
        left = y - design @ np.linalg.solve(information, design.T @ inverse @ y)
        sizes = np.linalg.slogdet(information)[1] - np.linalg.slogdet(inverse)[1]
        return float(sizes + left @ inverse @ left), np.sqrt(np.diag(np.linalg.inv(information))).tolist()

    def objective(logs: NDArray[np.float64]) -> float:
        return deviance(*np.exp(logs))[0]

    ours, errors = deviance(model.group_variance, model.residual_variance)
    best = optimize.minimize(objective, np.array([1.0, 3.0]), method="Nelder-Mead")
    assert ours <= best.fun + 1e-6
    assert model.standard_errors == pytest.approx(errors)


def test_students_who_do_not_differ_have_no_variance_between_them() -> None:
    model = random_intercept([1, 9, 9, 1, 1, 9, 2, 8], [[0]] * 4 + [[1]] * 4, [1, 1, 2, 2, 3, 3, 4, 4])
    assert model.group_variance == 0
    assert model.coefficients == pytest.approx((5, 0))


def test_thousands_of_students_are_no_burden() -> None:
    generator = np.random.default_rng(2)
    student = np.repeat(np.arange(5_000), 3)
    y = generator.normal(70, 4, 5_000)[student] + generator.normal(0, 6, student.size)
    model = random_intercept(y, (student % 2)[:, None], student.tolist())
    assert (model.group_variance, model.residual_variance) == pytest.approx((16, 36), rel=0.1)


def test_what_has_no_unique_answer() -> None:
    arm = [[0], [0], [1], [1]]
    assert random_intercept([1, 2, 3], arm[:3], [1, 2, 3]) == NotEstimable("no group with 2 values")
    assert random_intercept([1, 2], arm[:2], [1, 1]) == NotEstimable("no more observations than coefficients")
    assert random_intercept([1, 2, 4, 3], [[1]] * 4, [1, 1, 2, 2]) == NotEstimable(
        "a column of x follows from the others"
    )
    assert random_intercept([1, 2, 4, 3], arm, [1, 1, 1, 1]) == NotEstimable("fewer than 2 groups")
    assert random_intercept([1, 2, 4, 3], arm, [1, 1, 2, 2]) == NotEstimable("too few groups")
    alike = random_intercept([1, 1, 2, 2, 3, 3, 5, 5], [[0]] * 4 + [[1]] * 4, [1, 1, 2, 2, 3, 3, 4, 4])
    assert alike == NotEstimable("no variance within the groups")
    assert random_intercept([5] * 4, arm, [1, 2, 1, 2]) == NotEstimable("no variance left to explain")
    with pytest.raises(ValueError, match="one entry"):
        random_intercept([1, 2], arm, [1, 2])


def test_no_degrees_of_freedom_no_interval() -> None:
    model = random_intercept(SLEEP_1 + SLEEP_2, DRUG, PERSON)
    assert coefficient(model, 1, df=0) == NotEstimable("no degrees of freedom")
