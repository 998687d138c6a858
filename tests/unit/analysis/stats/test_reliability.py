"""The checklist as a test, with section 6 of the Law School Admission Test."""

from __future__ import annotations

import pytest

from knowthyself_tui.analysis.stats.estimable import NotEstimable
from knowthyself_tui.analysis.stats.reliability import cronbach_alpha, item_statistics

LSAT_6 = """00000:3 00001:6 00010:2 00011:11 00100:1 00101:1 00110:3 00111:4 01000:1 01001:8 01011:16 01101:3 01110:2
01111:15 10000:10 10001:29 10010:14 10011:81 10100:3 10101:28 10110:15 10111:80 11000:16 11001:56 11010:21 11011:173
11100:11 11101:61 11110:28 11111:298"""
ROWS = [
    [int(answer) for answer in pattern]
    for pattern, count in (entry.split(":") for entry in LSAT_6.split())
    for _ in range(int(count))
]


def test_alpha_of_lsat_6_with_its_interval() -> None:
    result = cronbach_alpha(ROWS)
    assert (result.items, result.n) == (5, 1000)
    assert result.alpha == pytest.approx(0.29499719, abs=5e-9)
    assert (result.low, result.high) == pytest.approx((0.223474, 0.361803), abs=5e-7)
    assert result.kr21 == pytest.approx(0.1964412, abs=5e-8)


def test_the_items_of_lsat_6() -> None:
    items = item_statistics(ROWS)
    assert [item.difficulty for item in items] == pytest.approx([0.924, 0.709, 0.553, 0.763, 0.870])
    rest = [0.1128327, 0.1531781, 0.1727789, 0.1444281, 0.1215964]
    assert [item.item_rest_r for item in items] == pytest.approx(rest, abs=5e-8)
    assert items[1].alpha_if_dropped == pytest.approx(cronbach_alpha([[*row[:1], *row[2:]] for row in ROWS]).alpha)
    assert all(item.low < item.difficulty < item.high for item in items)


def test_discrimination_is_best_less_worst() -> None:
    rows = [[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert [item.discrimination_27 for item in item_statistics(rows)] == [1, 1, 1]
    tied = [[1, 1, 1], [1, 1, 1], [0, 1, 0], [0, 1, 0], [0, 0, 0], [1, 0, 0]]
    assert [item.discrimination_27 for item in item_statistics(tied)] == [0.75, 0.5, 1]


def test_items_that_are_the_same_in_all_students() -> None:
    rows = [[*row, 1] for row in ROWS]
    assert cronbach_alpha(rows) == cronbach_alpha(ROWS), "as SPSS and psych: left out"
    constant = item_statistics(rows)[-1]
    assert constant.item_rest_r == NotEstimable("the item is the same in all students")
    assert (constant.difficulty, constant.high) == (1, 1)
    assert constant.alpha_if_dropped == pytest.approx(0.29499719, abs=5e-9)


def test_partial_credit_has_no_interval_of_a_share() -> None:
    rows = [[0.5, 1], [1, 0.25], [0, 0], [0.75, 1]]
    item = item_statistics(rows)[0]
    assert (item.difficulty, item.low, item.high) == (0.5625, None, None)
    assert cronbach_alpha(rows).kr21 is None


def test_what_cannot_be_estimated() -> None:
    assert cronbach_alpha([]) == NotEstimable("fewer than 2 students")
    assert cronbach_alpha([[1, 0]]) == NotEstimable("fewer than 2 students")
    assert cronbach_alpha([[1, 0], [1, 1]]) == NotEstimable("fewer than 2 items that vary")
    assert cronbach_alpha([[1, 0], [0, 1]]) == NotEstimable("no variance of the sums")
    assert item_statistics([]) == NotEstimable("fewer than 1 value")
    alone = item_statistics([[1], [0], [1]])[0]
    assert alone.item_rest_r == NotEstimable("the other items are the same in all students")
    assert alone.discrimination_27 == NotEstimable("the best and the worst students cannot be told apart")
    with pytest.raises(ValueError, match="missing or infinite"):
        cronbach_alpha([[1, float("nan")], [0, 1]])
