"""Whatever lies in the place of a database ends as one line with its reason, soon, and the others are taken."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.store.collection import actions, collect, copies, edit, lines

if TYPE_CHECKING:
    pass

SECONDS = 2.0
"""Within which each of these has its verdict."""


def empty(path: Path) -> None:
    path.write_bytes(b"")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_fifo(path: Path) -> None:
    path.unlink()
    if sys.platform != "win32":
        os.mkfifo(path)


def a_link_to_itself(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def a_link_to_nothing(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("nothing"))


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def noise_in_a_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-4096:] = b"\xa5" * 4096
    path.write_bytes(content)


def a_text(path: Path) -> None:
    path.write_text("code,name\n" * 500)


def of_another_program(path: Path) -> None:
    path.unlink()
    edit(path, "CREATE TABLE mine (id); INSERT INTO mine VALUES (1)")


def newer(path: Path) -> None:
    edit(path, "PRAGMA user_version = 999")


def with_an_endless_view(path: Path) -> None:
    edit(
        path,
        "DROP TABLE note; CREATE VIEW note AS WITH RECURSIVE n(x) AS"
        " (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS id FROM n",
    )


def with_a_trigger(path: Path) -> None:
    edit(path, "CREATE TRIGGER t AFTER UPDATE ON session BEGIN DELETE FROM turn; END")


def with_a_virtual_table(path: Path) -> None:
    edit(path, "CREATE VIRTUAL TABLE search USING fts5(text)")


def without_identity(path: Path) -> None:
    edit(path, "DELETE FROM meta WHERE key = 'database_uuid'")


def with_a_huge_text(path: Path) -> None:
    edit(path, "UPDATE event SET body = hex(zeroblob(15000000)) WHERE seq = 3")


def with_bad_utf8(path: Path) -> None:
    edit(path, "UPDATE student SET code = CAST(x'ff41' AS TEXT)")


def without_its_columns_types(path: Path) -> None:
    schema = "PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql = replace(sql, {}) WHERE name = 'student'"
    edit(path, schema.format("'\"code\" TEXT', '\"code\" BLOB'"))
    edit(path, "UPDATE student SET code = x'00ff'")
    edit(path, schema.format("'\"code\" BLOB', '\"code\" TEXT'"))


def far_too_large(path: Path) -> None:
    os.truncate(path, 300_000_000)


def with_a_journal_of_many(path: Path) -> None:
    journal = path.with_name(path.name + "-journal")
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + bytes(504) + b"x" + bytes.fromhex("d9d505f920a163d7"))


NASTY: dict[Callable[[Path], None], str] = {
    empty: "is empty",
    a_folder: "is not a file",
    a_text: "no database of Know Thyself",
    truncated: "damaged",
    noise_in_a_page: "damaged",
    of_another_program: "no database of Know Thyself",
    newer: "newer Know Thyself",
    with_an_endless_view: "other tables",
    with_a_trigger: "other tables",
    with_a_virtual_table: "other tables",
    without_identity: "lost its identity",
    with_a_huge_text: "too large",
    with_bad_utf8: "cannot be",
    without_its_columns_types: "damaged",
    far_too_large: "larger than 200 MB",
    with_a_journal_of_many: "names another file",
}
if sys.platform != "win32":
    NASTY |= {a_fifo: "is not a file", a_link_to_itself: "is not there", a_link_to_nothing: "is not there"}


def beginning(path: Path) -> tuple[int, int, bytes]:
    """Size, time and first megabyte of a file, if it is one."""
    if not path.is_file():
        return 0, 0, b""
    with path.open("rb") as stream:
        return path.stat().st_size, path.stat().st_mtime_ns, stream.read(1_000_000)


@pytest.mark.parametrize(("spoil", "reason"), NASTY.items(), ids=[spoil.__name__ for spoil in NASTY])
def test_a_bad_file_is_one_line(sound_lab: Path, folder: Path, spoil: Callable[[Path], None], reason: str) -> None:
    bad = sound_lab / "b" / "p002.db"
    bad.parent.mkdir()
    shutil.copyfile(sound_lab / "a" / "p001.db", bad)
    spoil(bad)
    before = beginning(bad)
    began = time.monotonic()
    assert actions(collect(folder, sound_lab)) == ["new", "excluded"]
    assert time.monotonic() - began < SECONDS
    taken, excluded = lines(folder)
    assert (taken["verdict"], excluded["verdict"], excluded["source"]) == ("taken", "excluded", str(bad))
    assert reason in excluded["reason"]
    assert excluded["file"] == ""
    assert str(folder) not in excluded["reason"]
    assert copies(folder) == ["p001.db"]
    assert beginning(bad) == before


def test_a_source_that_went_bad_leaves_its_earlier_copy(sound_lab: Path, folder: Path) -> None:
    collect(folder, sound_lab)
    source = sound_lab / "a" / "p001.db"
    sound = source.read_bytes()
    truncated(source)
    [outcome] = collect(folder, sound_lab)
    assert outcome.action == "excluded"
    assert "earlier is kept" in outcome.entry.reason
    assert copies(folder) == ["p001.db"]
    assert [line["verdict"] for line in lines(folder)] == ["taken", "excluded"]
    source.write_bytes(sound)
    collect(folder, sound_lab)
    assert [line["verdict"] for line in lines(folder)] == ["taken"]
