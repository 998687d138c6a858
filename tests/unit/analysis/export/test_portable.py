"""What every program takes: names, labels, categories."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowthyself_tui.analysis.codebook import TABLES
from knowthyself_tui.analysis.export.portable import check_names, cut_to_bytes, labelled, one_line
from tests.unit.analysis.export.samples import SAMPLE


@pytest.mark.parametrize(
    "name", ["all", "with", "to", "Score", "1st", "_x", "a b", "a.b", "scóre", "x" * 33, "if", "str9"]
)
def test_a_name_that_some_program_would_change_is_refused(name: str) -> None:
    column = replace(SAMPLE.columns[0], name=name)
    with pytest.raises(ValueError, match="Names that not every program takes"):
        check_names(replace(SAMPLE, columns=(column,)))


def test_a_name_that_stands_twice_or_a_table_with_a_bad_one_is_refused() -> None:
    with pytest.raises(ValueError, match=r"sample: student$"):
        check_names(replace(SAMPLE, columns=SAMPLE.columns[:1] * 2))
    with pytest.raises(ValueError, match="a-b"):
        check_names(replace(SAMPLE, name="a-b"))


def test_every_name_of_the_codebook_is_taken_by_every_program() -> None:
    for table in TABLES:
        check_names(table)


def test_a_text_is_cut_between_characters_and_only_when_it_is_too_long() -> None:
    assert cut_to_bytes("čččč", 8) == "čččč"
    assert cut_to_bytes("ččččč", 8) == "čč…"
    assert cut_to_bytes("🚑🚑🚑", 10) == "🚑…"
    assert cut_to_bytes("abcdef", 3, mark="") == "abc"


def test_a_label_is_one_line_of_text_with_its_unit() -> None:
    assert one_line(" a\n\tb\x1b ") == "a b␛"
    assert labelled(replace(SAMPLE.columns[0], label="Time", unit="s")) == "Time (s)"
