"""Text from people, models and files, made harmless."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowthyself_tui.domain.text import clean_text, code_key

ANYTHING = st.text(alphabet=st.characters(exclude_categories=()), max_size=80)
TRICKY = st.text(
    alphabet=st.sampled_from("a é\u0301\u200d\u200c\u200b\ufeff\x1b\x9b\x07\r\n\t\u202e\u2066\ud800\u2028👩⚕\ufe0f"),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("salbutamol 5 mg", "salbutamol 5 mg"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("a\x00b\x7fc", "a␀b␡c"),
        ("\x9b31mred", "31mred"),
        ("two\r\nlines\rthree\u2028four\tend", "two\nlines\nthree\nfour\tend"),
        ("abc\u202edef\u2066", "abcdef"),
        ("zero\u200b\u2060\ufeffwidth", "zerowidth"),
        ("lone\ud800surrogate", "lonesurrogate"),
        ("e\u0301", "é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d⚕\ufe0f", "👩\u200d⚕\ufe0f"),
        ("\u200dstart, a\u200d \u200cb, end\u200d", "start, a b, end"),
        ("[b]not markup[/b]", "[b]not markup[/b]"),
        ("", ""),
    ],
)
def test_what_is_kept_shown_and_dropped(text: str, clean: str) -> None:
    assert clean_text(text) == clean


def test_a_single_line_has_neither_line_ends_nor_tabs() -> None:
    assert clean_text("a\r\nb\tc\u2029d", single_line=True) == "a b c d"


def test_a_character_is_never_cut_from_its_marks() -> None:
    assert clean_text("ab\u0323\u0307cd", limit=3) == "aḅ\u0307"[:3]
    assert clean_text("xxq\u0323\u0307", limit=4) == "xx"
    assert clean_text("x👩\u200d⚕", limit=3) == "x"
    assert len(clean_text("x" * 6000)) == 5000


def test_marks_without_end_are_cut_hard() -> None:
    assert len(clean_text("q" + "\u0323" * 9000, limit=100)) == 100


@given(st.one_of(ANYTHING, TRICKY), st.integers(1, 60), st.booleans())
def test_cleaning_is_final_and_leaves_nothing_forbidden(text: str, limit: int, single_line: bool) -> None:
    clean = clean_text(text, limit=limit, single_line=single_line)
    assert clean_text(clean, limit=limit, single_line=single_line) == clean
    assert len(clean) <= limit
    assert unicodedata.is_normalized("NFC", clean)
    clean.encode("utf-8")
    allowed = "" if single_line else "\n\t"
    for character in clean:
        number = ord(character)
        assert character in allowed or unicodedata.category(character) != "Cc"
        assert not 0x202A <= number <= 0x202E
        assert not 0x2066 <= number <= 0x2069
        assert number not in (0x200B, 0x2060, 0xFEFF, 0x2028, 0x2029)


def test_codes_that_differ_only_in_case_or_composition_are_the_same() -> None:
    assert code_key(" José-1 ") == code_key("JOSE\u0301-1")
    assert code_key("p1") != code_key("p2")
