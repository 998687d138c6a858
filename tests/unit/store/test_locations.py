"""Where things are, and file names that no code can break."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowthyself_tui import locations
from knowthyself_tui.domain.text import code_key

CODES = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=()), max_size=60),
    st.text(alphabet=st.sampled_from("aA1-_.é/\\ "), max_size=6),
    st.sampled_from(["CON", "nul", "com1", "LPT9", "..", "../../etc", "a:b", "x" * 300, "p1.db", "~", "-rf"]),
)


@pytest.mark.parametrize("code", ["p001", "2026-a_17", "x" * 40])
def test_a_plain_code_is_its_own_file_name(code: str) -> None:
    assert locations.student_database(code).name == f"{code}.db"


@given(CODES, CODES)
def test_file_names_are_safe_and_never_shared(one: str, other: str) -> None:
    first, second = locations.safe_name(one), locations.safe_name(other)
    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", first)
    assert first.split(".")[0] not in ("con", "prn", "aux", "nul", "com1", "lpt9")
    assert (first == second) == (code_key(one) == code_key(other))


def test_a_made_up_digest_cannot_take_anothers_name() -> None:
    name = locations.safe_name("Zoë")
    assert locations.safe_name(name) != name


def test_the_data_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(tmp_path / "here"))
    assert locations.student_database("p1") == tmp_path / "here" / "p1.db"
    assert locations.handin_folder() == tmp_path / "here" / "handin"
    assert locations.config_file() == tmp_path / "here" / "config.toml"
    assert not (tmp_path / "here").exists()


def test_without_a_choice_the_users_own_folders_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KNOWTHYSELF_DATA_DIR", raising=False)
    assert locations.data_folder().name == "knowthyself"
    assert locations.config_file().name == "config.toml"


def test_bundled_folders_are_found_beside_or_inside_the_package() -> None:
    assert locations.bundled("scenarios").name == "scenarios"
    assert locations.bundled("domain") == locations.PACKAGE / "domain"
