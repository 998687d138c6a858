"""Small parts of the report: numbers in APA style, small cells, pseudonyms."""

from __future__ import annotations

import hmac

import pytest

from knowthyself_tui.analysis.gather.pseudonyms import pseudonym
from knowthyself_tui.analysis.report import apa
from knowthyself_tui.analysis.report.small_cells import suppressed
from knowthyself_tui.analysis.results.row import Result
from knowthyself_tui.analysis.text import for_markdown


def test_the_golden_line_of_the_sleep_data() -> None:
    row = Result(
        family="primary",
        outcome="score_mean",
        method="Welch t",
        estimate=-1.58,
        ci_low=-3.365483,
        ci_high=0.205483,
        ci_level=95.0,
        statistic_name="t",
        statistic=-1.860813,
        df=17.776474,
        p=0.07939414,
        g=-0.796935,
        g_low=-1.665172,
        g_high=0.091408,
    )
    expected = "t(17.78) = −1.86, p = .079, Mdiff = −1.58, 95% CI [−3.37, 0.21], g = −0.80, 95% CI [−1.67, 0.09]"
    assert apa.test_sentence(row) == expected


@pytest.mark.parametrize(
    ("p", "shown"), [(0.0004, "< .001"), (0.001, ".001"), (0.0796, ".080"), (0.9996, "> .999"), (None, "")]
)
def test_a_p_value_is_exact_and_never_zero(p: float | None, shown: str) -> None:
    assert apa.p_value(p) == shown


def test_numbers_lose_the_zero_that_cannot_be_another_digit_and_keep_a_true_minus() -> None:
    assert (apa.bounded(0.57), apa.bounded(-0.25), apa.bounded(1.0)) == (".57", "−.25", "1.00")
    assert (apa.decimal(-0.001), apa.decimal(-2.5, 0), apa.decimal(None)) == ("0.00", "−2", "")
    assert apa.interval(0.5, None) == "[0.50, ∞)"
    assert apa.interval(-0.25, 1.0, share=True) == "[−.25, 1.00]"
    assert (apa.percentage(1, 3), apa.percentage(100, 300), apa.percentage(0, 0)) == ("33%", "33.3%", "")


def test_a_single_small_cell_takes_a_second_one_with_it() -> None:
    """Without it the sum of its row or column would give it away."""
    assert suppressed([[20, 3, 40], [30, 25, 50]], 10) == [["–", "<10", "40"], ["–", "–", "50"]]
    assert suppressed([[20, 30], [40, 50]], 10) == [["20", "30"], ["40", "50"]]
    assert suppressed([[0, 12]], 10) == [["0", "12"]]
    assert suppressed([], 10) == []


def test_pseudonyms_are_those_of_the_published_vectors() -> None:
    """RFC 4231, case 2, and two of our own for other programs to check themselves against."""
    digest = hmac.digest(b"Jefe", b"what do ya want for nothing?", "sha256").hex()
    assert digest == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    key = bytes(range(32))
    assert pseudonym(key, "fall26", "novak@uni.sk") == "P-46BQ2A5HS4"
    assert pseudonym(key, "spring27", "novak@uni.sk") == "P-DFPRW9DY3D"


@pytest.mark.parametrize("text", ["[−3.37, 0.21]", "[200, ∞)", "(−∞, .57]"])
def test_intervals_stand_in_markdown_as_they_are(text: str) -> None:
    assert for_markdown(text) == text


@pytest.mark.parametrize("text", ["[1, 2](http://x)", "[1, 2]: http://x", "[1](http://x)"])
def test_what_could_be_a_link_stays_escaped(text: str) -> None:
    assert "](" not in for_markdown(text).replace("\\](", "")
    assert not for_markdown(text).startswith("[")
