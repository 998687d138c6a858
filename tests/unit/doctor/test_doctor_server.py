"""A PostgreSQL database, where the tests have one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from knowthyself_tui.doctor.check import Check
from knowthyself_tui.doctor.database import check_server
from knowthyself_tui.store.place import Server
from knowthyself_tui.store.recorder import Recorder
from tests.postgres import empty_place
from tests.unit.store.conftest import Sitting

NOW = datetime.now(UTC)


def found(server: Server, now: datetime = NOW) -> dict[str, Check]:
    return {check.name: check for check in check_server(server, now)}


def test_an_empty_server_is_a_note() -> None:
    with empty_place() as server:
        assert found(server)["database"].verdict == "note"


def test_the_log_on_a_server_is_looked_at(sitting: Sitting) -> None:
    with empty_place() as server:
        recorder = Recorder.open(server, student="p001")
        sitting.begin(recorder)
        recorder.append(sitting.turn()).result()
        recorder.close()
        checks = found(server)
        assert {name: check.verdict for name, check in checks.items()} == {"database": "fine", "log": "fine"}
        assert found(server, NOW - timedelta(days=1))["clock"].verdict == "note"
