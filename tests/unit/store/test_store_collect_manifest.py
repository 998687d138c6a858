"""The manifest: no cell is a formula, what was written is read again, and nobody's file is taken for it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowthyself_tui.errors import UsageError
from knowthyself_tui.store.collection.collect import collecting
from knowthyself_tui.store.collection.manifest import Entry, Manifest, plain
from tests.unit.store.collection import actions, collect, copies, edit, lines, play

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "collected"


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "a;=1", "a,=1", "＝1", "a\n=1", "'=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula_whichever_mark_separates_the_cells(tmp_path: Path, text: str) -> None:
    manifest = Manifest()
    entry = Entry("p001.db", plain(text), student_codes=plain(text), reason=plain(text), verdict="taken")
    manifest.taken["p001.db"] = entry
    manifest.write(tmp_path)
    written = (tmp_path / "manifest.csv").read_text(encoding="utf-8")
    for separator in ",;\t":
        for row in csv.reader(written.splitlines(), delimiter=separator):
            assert not [cell for cell in row if cell.strip().startswith(tuple("=+-@＝"))]


@pytest.mark.parametrize("text", [*FORMULAS[:-1], "plain", 'quo"ted', "a,b;c", ""])
def test_what_was_written_is_read_again(tmp_path: Path, text: str) -> None:
    manifest = Manifest()
    taken = Entry("p1.db", plain(text), plain(text), 1, "yes", 2, 1, "ab" * 32, 4096, "taken", "", "now", "u", "1/2/3")
    left = Entry("", plain(text), reason="It is empty.")
    manifest.taken[taken.file], manifest.left[left.source] = taken, left
    for _ in range(2):
        manifest.write(tmp_path)
        manifest = Manifest.read(tmp_path)
        assert manifest.entries() == [taken, left]


def test_codes_of_a_student_are_harmless_in_the_manifest_and_in_names(
    tmp_path: Path, folder: Path, sitting: Sitting
) -> None:
    for number, code in enumerate(["=cmd|' /C calc'!A0", "../../etc/passwd", "CON", "\x1b]52;c;x\x07", "a/b\\c:d"]):
        play(tmp_path / "lab" / f"{number}.db", type(sitting)(code))
    assert actions(collect(folder, tmp_path / "lab")) == ["new"] * 5
    assert len(copies(folder)) == 5
    for name in copies(folder):
        assert set(name.removesuffix(".db")) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")
    assert "con.db" not in copies(folder)
    assert not [line for line in lines(folder) if line["student_codes"][:1] == "=" or "\x1b" in line["student_codes"]]


def test_a_uuid_that_is_none_does_no_harm(tmp_path: Path, folder: Path, sitting: Sitting) -> None:
    for number in range(2):
        path = play(tmp_path / "lab" / f"{number}.db", type(sitting)("p001"))
        edit(path, f"UPDATE meta SET value = '../../{number}=\n' WHERE key = 'database_uuid'")
    assert actions(collect(folder, tmp_path / "lab")) == ["new", "new"]
    assert len(copies(folder)) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["collected", "lab"]
    assert actions(collect(folder, tmp_path / "lab")) == ["unchanged", "unchanged"]


def test_a_manifest_that_names_a_file_elsewhere_is_not_followed(tmp_path: Path, folder: Path, sitting: Sitting) -> None:
    source = play(tmp_path / "lab" / "p001.db", sitting)
    outside = tmp_path / "thesis.db"
    before = source.read_bytes()
    outside.write_bytes(before)
    collect(folder, source)
    path = folder / "manifest.csv"
    path.write_text(path.read_text(encoding="utf-8").replace('"p001.db"', '"../thesis.db"'), encoding="utf-8")
    play(source, sitting)
    collect(folder, source)
    assert outside.read_bytes() == before
    assert len(copies(folder)) == 2


@pytest.mark.parametrize("content", [b"a,b\r\n1,2\r\n", b"", b"\xff\xfe\x00", b'"', b"x" * 200_000])
def test_another_programs_manifest_is_not_overwritten(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "manifest.csv").write_bytes(content)
    with pytest.raises(UsageError, match="no manifest of collected databases"), collecting(folder):
        pass
    assert (folder / "manifest.csv").read_bytes() == content


def test_a_manifest_that_excel_saved_is_still_one(tmp_path: Path, folder: Path, sitting: Sitting) -> None:
    source = play(tmp_path / "lab" / "p001.db", sitting)
    collect(folder, source)
    path = folder / "manifest.csv"
    path.write_text(path.read_text(encoding="utf-8").replace('"', ""), encoding="utf-8-sig")
    assert actions(collect(folder, source)) == ["unchanged"]


def test_a_line_that_somebody_spoilt_is_dropped(tmp_path: Path, folder: Path, sitting: Sitting) -> None:
    source = play(tmp_path / "lab" / "p001.db", sitting)
    collect(folder, source)
    path = folder / "manifest.csv"
    path.write_text(path.read_text(encoding="utf-8").replace('"taken"', '"fine"'), encoding="utf-8")
    assert actions(collect(folder, source)) == ["new"]
    assert copies(folder) == ["p001.db"]
