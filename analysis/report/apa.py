"""Numbers and sentences in the style of APA 7: rounding happens here, at printing, and nowhere else.

Sentences are made from the same row of results as the tables, never computed a second time.
"""

from __future__ import annotations

from ..results.row import Result

MINUS = "\u2212"


def decimal(value: float | None, places: int = 2) -> str:
    """A number with a true minus sign; an empty text for none. Half goes to the even digit."""
    if value is None:
        return ""
    shown = f"{value:.{places}f}"
    if float(shown) == 0:
        shown = shown.lstrip("-")
    return shown.replace("-", MINUS)


def bounded(value: float | None, places: int = 2) -> str:
    """A number that cannot exceed 1, without its leading zero."""
    shown = decimal(value, places)
    return shown.replace("0.", ".", 1) if shown.startswith(("0.", f"{MINUS}0.")) else shown


def p_value(p: float | None) -> str:
    """`.079`; `< .001` or `> .999` beyond that; empty for none."""
    if p is None:
        return ""
    return "< .001" if p < 0.001 else "> .999" if p > 0.999 else bounded(p, 3)


def p_clause(p: float) -> str:
    shown = p_value(p)
    return f"p {shown}" if shown.startswith(("<", ">")) else f"p = {shown}"


def interval(low: float | None, high: float | None, places: int = 2, *, share: bool = False) -> str:
    """`[−3.37, 0.21]`, of a share `[.57, .98]`; a side without a bound is open; empty when both are missing."""
    if low is None and high is None:
        return ""
    shown = bounded if share else decimal
    left = f"({MINUS}\u221e" if low is None else f"[{shown(low, places)}"
    right = "\u221e)" if high is None else f"{shown(high, places)}]"
    return f"{left}, {right}"


def level(percent: float) -> str:
    return f"{percent:g}% CI"


def percentage(part: int, whole: int) -> str:
    """Whole percent below a hundred, one decimal from there on; empty for nothing of nothing."""
    if not whole:
        return ""
    return f"{100 * part / whole:.{0 if whole < 100 else 1}f}%"


def test_sentence(row: Result) -> str:
    """`t(17.78) = −1.86, p = .079, Mdiff = −1.58, 95% CI [−3.37, 0.21], g = −0.80, 95% CI [−1.67, 0.09]`."""
    if row.estimate is None or row.ci_level is None:
        return row.note or "not estimable"
    parts = []
    if row.statistic is not None and row.statistic_name and row.df is not None:
        parts.append(f"{row.statistic_name}({decimal(row.df)}) = {decimal(row.statistic)}")
    if row.p is not None:
        parts.append(p_clause(row.p))
    parts.append(f"Mdiff = {decimal(row.estimate)}, {level(row.ci_level)} {interval(row.ci_low, row.ci_high)}")
    if row.g is not None:
        parts.append(f"g = {decimal(row.g)}, {level(row.ci_level)} {interval(row.g_low, row.g_high)}")
    return ", ".join(parts)
