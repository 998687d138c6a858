"""A random intercept per student: score ~ arm + scenario + order + (1 | student), by restricted maximum likelihood."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from .distributions import t_quantile, t_two_sided, upper_point
from .estimable import NotEstimable
from .samples import Numbers, Values, matrix, numbers, unusable

_GRID = np.linspace(-12.0, 14.0, 53)
"""Logarithms of the variance ratio that are tried first."""


@dataclass(frozen=True, slots=True)
class RandomIntercept:
    """The fitted model; the first coefficient is the intercept, the others follow the columns of x."""

    coefficients: tuple[float, ...]
    standard_errors: tuple[float, ...]
    group_variance: float
    """Between students; 0 when the students differ no more than their encounters explain."""
    residual_variance: float
    groups: int
    n: int


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One effect of the model with its t interval."""

    estimate: float
    standard_error: float
    low: float
    high: float
    statistic: float
    df: float
    p: float
    """Two-sided."""


def random_intercept(
    y: Values, x: Sequence[Values] | Numbers, groups: Sequence[Hashable]
) -> RandomIntercept | NotEstimable:
    """Fit the model with the ratio of the two variances profiled out (Bates et al. 2015 for one grouping).

    x has one row per value of y and needs no column of ones: the intercept is added.
    """
    outcome, design = numbers(y), matrix(x)
    if not outcome.size == len(design) == len(groups):
        raise ValueError("y, x and groups need one entry for each observation.")
    if reason := unusable(outcome, least=1) or unusable(design.ravel(), least=0):
        return reason
    design = np.column_stack((np.ones(outcome.size), design))
    if reason := _unfit(outcome, design, len(set(groups))):
        return reason
    problem = _Problem.of(outcome, design, groups)
    if problem.residual_squares <= 1e-24 * float(outcome @ outcome):
        return NotEstimable("no variance left to explain")
    ratio = problem.best_ratio()
    return ratio if isinstance(ratio, NotEstimable) else problem.fit(ratio)


def _unfit(outcome: Numbers, design: Numbers, groups: int) -> NotEstimable | None:
    """Why the model has no unique answer."""
    if outcome.size <= design.shape[1]:
        return NotEstimable("no more observations than coefficients")
    if groups < 2:
        return NotEstimable("fewer than 2 groups")
    if outcome.size == groups:
        return NotEstimable("no group with 2 values")
    lengths = np.linalg.norm(design, axis=0)
    if not lengths.all() or np.linalg.matrix_rank(design / lengths, tol=1e-10) < design.shape[1]:
        return NotEstimable("a column of x follows from the others")
    return None


def coefficient(model: RandomIntercept, place: int, df: float, level: float = 0.95) -> Coefficient | NotEstimable:
    """One coefficient by its place; for the arm df is the number of students less 2."""
    if df <= 0:
        return NotEstimable("no degrees of freedom")
    estimate, error = model.coefficients[place], model.standard_errors[place]
    reach = t_quantile(upper_point(level), df) * error
    t = estimate / error
    return Coefficient(estimate, error, estimate - reach, estimate + reach, t, df, t_two_sided(t, df))


@dataclass(frozen=True, slots=True)
class _Problem:
    """The data in orthonormal columns, with the sums of each group; a ratio is group over residual variance."""

    triangle: Numbers
    """R of the design: coefficients are R⁻¹ times those of Q."""
    start: Numbers
    """Coefficients of Q without any grouping."""
    residual_squares: float
    """What these leave, so that large scores lose no digits."""
    sizes: Numbers
    basis_sums: Numbers
    residual_sums: Numbers
    n: int

    @classmethod
    def of(cls, outcome: Numbers, design: Numbers, groups: Sequence[Hashable]) -> _Problem:
        basis, triangle = np.linalg.qr(design)
        start = basis.T @ outcome
        residuals = outcome - basis @ start
        codes = {group: code for code, group in enumerate(dict.fromkeys(groups))}
        places = np.array([codes[group] for group in groups])
        sizes = np.bincount(places).astype(np.float64)
        basis_sums, residual_sums = (_sums(places, table) for table in (basis, residuals[:, None]))
        squares = float(residuals @ residuals)
        return cls(triangle, start, squares, sizes, basis_sums, residual_sums[:, 0], outcome.size)

    def best_ratio(self) -> float | NotEstimable:
        """The ratio of the smallest deviance, 0 when no other is better."""
        heights = [self.deviance(math.exp(log_ratio)) for log_ratio in _GRID]
        if max(heights) - min(heights) < 1e-7:
            return NotEstimable("too few groups")
        best = int(np.argmin(heights))
        if best == len(heights) - 1:
            return NotEstimable("no variance within the groups")
        found = optimize.minimize_scalar(
            lambda log_ratio: self.deviance(math.exp(log_ratio)),
            bounds=(_GRID[max(best - 1, 0)], _GRID[best + 1]),
            method="bounded",
            options={"xatol": 1e-10},
        )
        ratio = math.exp(found.x) if found.fun < self.deviance(0.0) - 1e-9 else 0.0
        if self._solve(ratio)[2] <= 2 * self._least_squares():
            return NotEstimable("no variance within the groups")
        return ratio

    def deviance(self, ratio: float) -> float:
        """-2 times the restricted log likelihood, but for a constant."""
        information, _, squares = self._solve(ratio)
        freedom = self.n - len(self.start)
        logarithms = float(np.log1p(ratio * self.sizes).sum() + np.linalg.slogdet(information)[1])
        return freedom * math.log(squares) + logarithms

    def fit(self, ratio: float) -> RandomIntercept:
        information, shift, squares = self._solve(ratio)
        residual = squares / (self.n - len(self.start))
        inverse = np.linalg.inv(self.triangle)
        covariance = residual * inverse @ np.linalg.inv(information) @ inverse.T
        return RandomIntercept(
            coefficients=tuple((inverse @ (self.start + shift)).tolist()),
            standard_errors=tuple(np.sqrt(np.diag(covariance)).tolist()),
            group_variance=ratio * residual,
            residual_variance=residual,
            groups=len(self.sizes),
            n=self.n,
        )

    def _solve(self, ratio: float) -> tuple[Numbers, Numbers, float]:
        """Information and coefficients (as a shift from the start) at this ratio, and the weighted squares left."""
        weights = ratio / (1 + ratio * self.sizes)
        information = np.eye(len(self.start)) - self.basis_sums.T @ (weights[:, None] * self.basis_sums)
        score = -self.basis_sums.T @ (weights * self.residual_sums)
        shift = np.asarray(np.linalg.solve(information, score), dtype=np.float64)
        squares = self.residual_squares - float(weights @ self.residual_sums**2) - float(score @ shift)
        return information, shift, max(squares, self._least_squares())

    def _least_squares(self) -> float:
        """Below this what is left is rounding."""
        return 1e-12 * self.residual_squares


def _sums(places: NDArray[np.intp], table: Numbers) -> Numbers:
    """The sum of each column within each group."""
    columns = [np.bincount(places, weights=column) for column in table.T]
    return np.column_stack(columns).astype(np.float64)
