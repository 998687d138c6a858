"""Scenario files mean what their authors wrote, and none can hang or surprise the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowthyself_tui.content.safe_yaml import MAX_BYTES, read_yaml
from knowthyself_tui.errors import ContentError


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_words_and_times_stay_strings(tmp_path: Path) -> None:
    document, _ = read_yaml(write(tmp_path, "a: no\nb: on\nc: 1:30\nd: 007\ne: yes\nf: 2026-01-01\n"))
    assert document == {"a": "no", "b": "on", "c": "1:30", "d": "007", "e": "yes", "f": "2026-01-01"}


def test_numbers_booleans_and_nothing_are_typed(tmp_path: Path) -> None:
    document, _ = read_yaml(write(tmp_path, "a: 5\nb: 0.5\nc: true\nd: null\ne:\nf: -3\ng: 1e3\n"))
    assert document == {"a": 5, "b": 0.5, "c": True, "d": None, "e": None, "f": -3, "g": "1e3"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1\nb: 2\na: 3\n", "line 3: 'a' is given twice"),
        ("[" * 60 + "]" * 60, "nested too deeply"),
        ("a: &x [1]\nb: [" + ", ".join(["*x"] * 40) + "]\n", "too many aliases"),
        ("a: [1, 2\nb: 3\n", "line 2"),
        ("a: !!python/object/apply:os.system ['true']\n", "explicit types"),
        ("x" * (MAX_BYTES + 1), "larger than"),
    ],
    ids=["duplicate", "deep", "aliases", "syntax", "object", "large"],
)
def test_traps_are_refused_with_file_and_reason(tmp_path: Path, text: str, says: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ContentError) as caught:
        read_yaml(path)
    assert str(path) in str(caught.value)
    assert says in str(caught.value)


def test_deep_nesting_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        read_yaml(write(tmp_path, "[" * 400_000))


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_bytes(b"a: \xff\xfe")
    with pytest.raises(ContentError, match="not UTF-8"):
        read_yaml(path)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        read_yaml(tmp_path / "nothing.yaml")
