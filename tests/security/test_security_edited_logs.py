"""A sitting whose log somebody edited is refused with a sentence, and the program goes on."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.errors import KnowThyselfError
from knowthyself_tui.session.desk import Desk
from knowthyself_tui.session.sitting import Plan
from tests.security.controls import harmful

PHASE = {"phase": "encounter", "position": 0}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(tmp_path))
    desk = Desk(Library())
    desk.register("p001", "Zoë", None, Plan(("asthma",))).recorder.close()
    return desk


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("body", "{}"),
        ("body", json.dumps({**PHASE, "phase": 5})),
        ("body", json.dumps({**PHASE, "phase": ["consent"]})),
        ("body", json.dumps({**PHASE, "phase": "\x1b[2J"})),
        ("body", json.dumps({**PHASE, "position": "first"})),
        ("body", json.dumps({**PHASE, "position": None})),
        ("body", "[" * 50_000),
        ("body", "null"),
        ("kind", "exploded\x1b[2J"),
    ],
)
def test_a_log_that_does_not_fit_together_is_a_sentence(desk: Desk, tmp_path: Path, column: str, value: Any) -> None:
    with closing(sqlite3.connect(tmp_path / "p001.db")) as connection, connection:
        changed = connection.execute(f"UPDATE event SET {column} = ? WHERE kind = 'phase_entered'", (value,)).rowcount
    assert changed == 1
    [waiting] = desk.look_around().waiting
    with pytest.raises(KnowThyselfError) as caught:
        desk.resume(waiting)
    assert str(caught.value).endswith(".")
    assert not harmful(str(caught.value))
    [still_waiting] = desk.look_around().waiting
    assert still_waiting == waiting
