"""The same on PostgreSQL: what was played there verifies clean, and a withdrawal takes it all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.session.verify import verify_links, verify_sitting
from knowthyself_tui.store.place import Server
from knowthyself_tui.store.reader import open_reader
from knowthyself_tui.store.recode import recode
from knowthyself_tui.store.withdraw import WITHDRAWN, withdraw
from tests.postgres import empty_place
from tests.unit.session.played import play_everything


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(tmp_path))
    with empty_place() as place:
        yield place


def test_a_sitting_on_a_server_is_verified_recoded_and_withdrawn(server: Server, tmp_path: Path) -> None:
    session_id = play_everything(server)
    recode(server, "p001", "p010")
    with open_reader(server) as reader:
        verification = verify_sitting(reader.rows, session_id, Library())
        assert verification.differences == ()
        assert verification.is_replayed
        assert verify_links(reader.rows) == []
    done = withdraw(server, "p010", ())
    assert (done.place, done.sittings, done.encounters) == (server, 1, 1)
    with open_reader(server) as reader:
        for table in ("student", "event", "turn", "vital_sample", "disclosure"):
            assert reader.rows(f"SELECT * FROM {table}") == []
        keys = {row["key"] for row in reader.rows("SELECT key FROM meta")}
    assert WITHDRAWN in keys
    assert "recoded" not in keys
    assert [path.name for path in tmp_path.rglob("*.db")] == []
