"""Tails and quantiles of the usual distributions, as plain floats."""

from __future__ import annotations

from scipy import special


def upper_point(level: float) -> float:
    """Where a two-sided interval of this level ends: .975 for .95."""
    if not 0 < level < 1:
        raise ValueError("A confidence level lies between 0 and 1.")
    return (1 + level) / 2


def t_two_sided(t: float, df: float) -> float:
    """The two-sided p-value of Student's t."""
    return min(1.0, 2 * float(special.stdtr(df, -abs(t))))


def t_upper(t: float, df: float) -> float:
    """The chance of a larger t."""
    return float(special.stdtr(df, -t))


def t_quantile(probability: float, df: float) -> float:
    return float(special.stdtrit(df, probability))


def normal_two_sided(z: float) -> float:
    """The two-sided p-value of a standard normal deviate."""
    return min(1.0, 2 * float(special.ndtr(-abs(z))))


def normal_quantile(probability: float) -> float:
    return float(special.ndtri(probability))


def chi2_upper(chi2: float, df: int) -> float:
    """The chance of a larger chi-squared."""
    return float(special.chdtrc(df, chi2))


def f_upper(f: float, df_1: float, df_2: float) -> float:
    """The chance of a larger F."""
    return float(special.fdtrc(df_1, df_2, f))


def f_quantile(probability: float, df_1: float, df_2: float) -> float:
    return float(special.fdtri(df_1, df_2, probability))
