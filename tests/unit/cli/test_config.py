"""Flags win over the environment, the environment over config.toml, config.toml over the defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowthyself_tui.config import Settings, database_place, load_settings
from knowthyself_tui.errors import UsageError
from knowthyself_tui.store.place import Server


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(tmp_path))
    for name in ("DB", "SEED", "QUEUE", "SCENARIOS_DIR"):
        monkeypatch.delenv(f"KNOWTHYSELF_{name}", raising=False)
    return tmp_path


def test_without_anything_the_defaults_hold() -> None:
    assert load_settings() == Settings()
    assert Settings().scenario_queue == ("asthma",)


def test_each_source_wins_over_the_one_below(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "config.toml").write_text('seed = 2\nqueue = "asthma, other"\n')
    assert load_settings().seed == 2
    monkeypatch.setenv("KNOWTHYSELF_SEED", "3")
    assert load_settings().seed == 3
    assert load_settings({"seed": 4, "db": None}).seed == 4
    assert load_settings().scenario_queue == ("asthma", "other")


@pytest.mark.parametrize("text", ["seed = = 1", "sead = 1", 'seed = "many"', "\xff"])
def test_a_wrong_file_is_one_sentence(folder: Path, text: str) -> None:
    (folder / "config.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError):
        load_settings()


def test_a_server_is_named_by_a_url_with_a_database() -> None:
    assert database_place("postgresql://me:secret@lab:5432/class") == Server("postgresql://me:secret@lab:5432/class")
    assert str(database_place("postgres://me:secret@lab/class")) == "postgresql://me@lab/class"
    for url in ("postgresql://lab", "postgresql://lab:x/class", "postgresql://[lab/class"):
        with pytest.raises(UsageError):
            database_place(url)


def test_a_database_is_a_path_or_a_sqlite_url() -> None:
    assert database_place("class.db") == Path("class.db")
    assert database_place("sqlite:///class.db") == Path("class.db")
    with pytest.raises(UsageError):
        database_place("mysql://somewhere/db")
