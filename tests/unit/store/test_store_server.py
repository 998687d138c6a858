"""What is peculiar to a PostgreSQL server: its lock, its loss, its refusals, and the copy that leaves it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowthyself_tui.domain.events import verify_chain
from knowthyself_tui.errors import ForeignDatabase, NewerDatabase, StoreBusy, StoreError
from knowthyself_tui.store.connection import execute
from knowthyself_tui.store.models import Meta
from knowthyself_tui.store.place import Server
from knowthyself_tui.store.reader import open_copy, open_reader
from knowthyself_tui.store.recorder import Recorder
from knowthyself_tui.store.server import connect_to_write
from tests.postgres import empty_place

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting


@pytest.fixture
def server() -> Iterator[Server]:
    with empty_place() as place:
        yield place


@pytest.fixture
def recorder(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorder]:
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(tmp_path / "data"))
    opened = Recorder.open(server, student="p001")
    yield opened
    opened.close()


def ask(server: Server, sql: str) -> None:
    database = connect_to_write(server)
    execute(database, sql)
    database.close()


def test_a_second_instance_on_one_student_is_refused_and_another_student_is_not(
    recorder: Recorder, server: Server
) -> None:
    with pytest.raises(StoreBusy, match="open in another window"):
        Recorder.open(server, student="p001")
    Recorder.open(server, student="p002").close()


def test_the_lock_is_free_when_the_first_instance_ends(server: Server) -> None:
    Recorder.open(server, student="p001").close()
    Recorder.open(server, student="p001").close()


def test_a_lost_connection_is_told_and_the_same_batch_goes_in_afterwards(
    recorder: Recorder, server: Server, sitting: Sitting
) -> None:
    sitting.begin(recorder)
    ask(
        server,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        " AND application_name = 'knowthyself'",
    )
    batch = sitting.turn()
    with pytest.raises(StoreError, match="cannot be reached"):
        recorder.append(batch).result()
    recorder.append(batch).result()
    recorder.append(batch).result()
    with open_reader(server) as reader:
        stored = reader.sitting(sitting.session_id)
    assert stored.events[-4:] == batch.events
    assert verify_chain(stored.events, stored.hashes) is None


def test_many_instances_make_the_tables_of_an_empty_database_once(server: Server) -> None:
    failed: list[BaseException] = []

    def begin(number: int) -> None:
        try:
            Recorder.open(server, student=f"p{number:03}").close()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with open_reader(server) as reader:
        assert reader.rows("SELECT COUNT(*) AS n FROM meta WHERE key = 'database_uuid'") == [{"n": 1}]


def test_the_hand_in_copy_holds_one_student_and_nobody_else(
    recorder: Recorder, server: Server, sitting: Sitting
) -> None:
    other = type(sitting)("p002")
    second = Recorder.open(server, student="p002")
    other.begin(second)
    second.append(other.turn("the other's words")).result()
    sitting.begin(recorder)
    recorder.append(sitting.turn()).result()
    recorder.append(sitting.tick(5000)).result()
    first_copy = recorder.handin().result()
    with open_copy(first_copy) as copy, open_reader(server) as reader:
        assert copy.students() == [sitting.student]
        assert copy.sitting(sitting.session_id) == reader.sitting(sitting.session_id)
        assert len(copy.rows("SELECT * FROM vital_sample")) == 1
        uuid = copy.rows("SELECT value FROM meta WHERE key = 'database_uuid'")
    assert b"the other's words" not in first_copy.read_bytes()
    with open_copy(recorder.handin().result()) as copy:
        assert copy.rows("SELECT value FROM meta WHERE key = 'database_uuid'") == uuid
    with open_copy(second.handin().result()) as copy:
        assert copy.rows("SELECT value FROM meta WHERE key = 'database_uuid'") != uuid
    second.close()


def test_reading_never_writes(recorder: Recorder, server: Server) -> None:
    with open_reader(server) as reader, pytest.raises(StoreError, match="only be read"):
        reader.rows("DELETE FROM student RETURNING id")


def test_a_server_without_records_says_so(server: Server) -> None:
    with pytest.raises(StoreError, match="holds no records yet"), open_reader(server):
        pass


def test_tables_of_another_program_are_refused_and_left_alone(server: Server) -> None:
    ask(server, "CREATE TABLE student (pet TEXT)")
    with pytest.raises(ForeignDatabase, match="another program"):
        Recorder.open(server, student="p001")


def test_a_newer_schema_is_refused(recorder: Recorder, server: Server) -> None:
    database = connect_to_write(server)
    Meta.update(value="999").where(Meta.key == "schema_version").execute(database)
    database.close()
    with pytest.raises(NewerDatabase):
        Recorder.open(server, student="p002")
    with pytest.raises(NewerDatabase), open_reader(server):
        pass


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://tester:secret@127.0.0.1:1/postgres", "cannot be reached"),
        ("postgresql://tester:secret@no-such-host.invalid/postgres", "cannot be reached"),
    ],
)
def test_a_server_out_of_reach_is_told_without_the_password(server: Server, url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as caught:
        Recorder.open(Server(url), student="p001")
    assert "secret" not in str(caught.value)
    assert "secret" not in repr(Server(url))


def test_a_missing_database_is_named(server: Server) -> None:
    url = server.url.partition("?")[0].rpartition("/")[0] + "/no_such_database"
    with pytest.raises(StoreError, match=r"lets nobody in: .*no_such_database"):
        Recorder.open(Server(url), student="p001")
