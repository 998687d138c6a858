"""Files that others hand us: whatever they are, a reader, a copy and the analysis end soon and with a sentence."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from knowthyself_tui.errors import StoreError
from tests.security.databases import Spoil, analysed, read_copy, read_in_place, run_schema_sql, run_sql
from tests.security.in_time import in_time

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS id FROM n"


def a_view_that_never_ends(path: Path) -> None:
    run_sql(path, f"DROP TABLE note; CREATE VIEW note AS {ENDLESS}")


def a_trigger_that_deletes(path: Path) -> None:
    run_sql(path, "CREATE TRIGGER t AFTER UPDATE ON session BEGIN DELETE FROM event; END")


def a_generated_column_of_400_mb(path: Path) -> None:
    run_sql(path, "ALTER TABLE student ADD COLUMN big TEXT AS (hex(zeroblob(200000000)))")


def a_check_that_takes_long_for_each_row(path: Path) -> None:
    """The shape of the table stays the same, and an integrity check evaluates every CHECK of every row."""
    check = "CHECK (length(hex(zeroblob(9000000 + length(key)))) > 0)"
    sql = f"substr(sql, 1, length(sql) - length(') STRICT')) || ', {check}) STRICT'"
    run_schema_sql(path, f"UPDATE sqlite_schema SET sql = {sql} WHERE name = 'meta'")
    rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500) SELECT 'k' || i, '' FROM n"
    run_sql(path, f"PRAGMA ignore_check_constraints = 1; INSERT INTO meta (key, value) {rows}")


def an_index_on_a_huge_expression(path: Path) -> None:
    run_schema_sql(
        path,
        "CREATE INDEX i ON student (length(code)); UPDATE sqlite_schema SET"
        " sql = replace(sql, 'length(code)', 'hex(zeroblob(9000000))') WHERE name = 'i'",
    )


def bad_utf8(path: Path) -> None:
    run_sql(path, "UPDATE student SET name = CAST(x'5a757aff' AS TEXT)")


def text_in_integers_of_a_lax_table(path: Path) -> None:
    run_schema_sql(path, "UPDATE sqlite_schema SET sql = replace(sql, ' STRICT', '') WHERE name = 'encounter'")
    run_sql(path, "UPDATE encounter SET at_ms = 'soon'")


def text_in_integers_of_a_strict_table(path: Path) -> None:
    text_in_integers_of_a_lax_table(path)
    run_schema_sql(path, "UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE name = 'encounter'")


def another_table(path: Path) -> None:
    run_sql(path, "CREATE TABLE more (a)")


def a_virtual_table(path: Path) -> None:
    run_sql(path, "CREATE VIRTUAL TABLE search USING fts5(text)")


def a_table_without_rowid(path: Path) -> None:
    run_schema_sql(path, "UPDATE sqlite_schema SET sql = sql || ', WITHOUT ROWID' WHERE name = 'student'")


def a_fifo(path: Path) -> None:
    path.unlink()
    if sys.platform != "win32":
        os.mkfifo(path)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def cut_in_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def cut_by_a_page(path: Path) -> None:
    """Counting rows still works then."""
    os.truncate(path, path.stat().st_size - 4096)


def a_newer_schema(path: Path) -> None:
    run_sql(path, "PRAGMA user_version = 999")


def nothing_in_it(path: Path) -> None:
    path.write_bytes(b"")


def another_program(path: Path) -> None:
    path.unlink()
    run_sql(path, "CREATE TABLE mine (id); INSERT INTO mine VALUES (1)")


SPOILT: list[Spoil] = [
    a_view_that_never_ends,
    a_trigger_that_deletes,
    a_generated_column_of_400_mb,
    bad_utf8,
    text_in_integers_of_a_lax_table,
    text_in_integers_of_a_strict_table,
    another_table,
    a_virtual_table,
    a_table_without_rowid,
    a_folder,
    cut_in_half,
    cut_by_a_page,
    a_newer_schema,
    nothing_in_it,
    another_program,
]
if sys.platform != "win32":
    SPOILT += [a_fifo, a_device]
READ_ANYWAY = (an_index_on_a_huge_expression, a_check_that_takes_long_for_each_row)
"""What is no harm where nobody writes."""


def beginning(path: Path) -> tuple[int, int, bytes]:
    """Size, time and first megabyte of a file, if it is one."""
    if not path.is_file():
        return 0, 0, b""
    with path.open("rb") as stream:
        return path.stat().st_size, path.stat().st_mtime_ns, stream.read(1_000_000)


spoilt = pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__)


@spoilt
@pytest.mark.parametrize("read", [read_copy, read_in_place])
def test_reading_ends_with_a_sentence_that_names_the_file(
    sound: Path, spoil: Spoil, read: Callable[[Path], None]
) -> None:
    spoil(sound)
    before = beginning(sound)
    with pytest.raises(StoreError) as caught:
        in_time(lambda: read(sound))
    assert str(sound) in str(caught.value)
    assert str(caught.value).endswith(".")
    assert beginning(sound) == before
    assert list(sound.parent.iterdir()) == [sound]


@spoilt
def test_the_analysis_ends_with_a_line_in_its_log(sound: Path, spoil: Spoil) -> None:
    import knowthyself_tui.analysis.export.workbook  # noqa: F401  (half a second that is no part of the answer)

    spoil(sound)
    outcome = in_time(lambda: analysed(sound))
    assert outcome.exit_code == 1
    with (sound.parent.parent / "report" / "merge_log.csv").open(encoding="utf-8", newline="") as stream:
        [line] = csv.DictReader(stream)
    assert (line["status"], line["path"]) == ("excluded", str(sound))
    assert line["reason"].endswith(".")


@pytest.mark.parametrize("spoil", READ_ANYWAY, ids=lambda spoil: spoil.__name__)
@pytest.mark.parametrize("read", [read_copy, read_in_place])
def test_what_is_no_harm_to_a_reader_is_read_soon(sound: Path, spoil: Spoil, read: Callable[[Path], None]) -> None:
    spoil(sound)
    in_time(lambda: read(sound))
