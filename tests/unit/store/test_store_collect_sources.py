"""What there is to collect: files, folders, sticks and patterns, each file once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from knowthyself_tui.errors import UsageError
from knowthyself_tui.store.collection.sources import Gathered, gather, path_text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "collected"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A stick as students hand it in."""
    root = tmp_path / "stick"
    for name in (
        "a.db", "b.DB", "notes.txt", "._a.db", "a.db-journal", "a.db.lock", "x/c.db", "x/handin/c-1.db",
        "x/backups/c-2.db", ".Trashes/d.db", ".Trash-1000/files/e.db", "$RECYCLE.BIN/f.db", "[1]/g.db",
    ):  # fmt: skip
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return root


def names(gathered: Gathered, root: Path) -> list[str]:
    return [Path(source.name).relative_to(root).as_posix() for source in gathered.sources]


EVERYTHING = ["[1]/g.db", "a.db", "b.DB", "x/c.db", "x/backups/c-2.db", "x/handin/c-1.db"]


def test_a_folder_is_searched_the_copies_after_the_students_own_files(stick: Path, folder: Path) -> None:
    gathered = gather([str(stick)], folder)
    assert names(gathered, stick) == EVERYTHING
    assert not gathered.problems


def test_what_is_named_twice_is_taken_once(stick: Path, folder: Path) -> None:
    gathered = gather([str(stick), str(stick / "a.db"), str(stick / "x" / ".." / "a.db"), str(stick)], folder)
    assert names(gathered, stick) == EVERYTHING


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.db", ["a.db"] if os.name != "nt" else ["a.db", "b.DB"]),
        ("?.[dD][bB]", ["a.db", "b.DB"]),
        ("**/c*.db", ["x/c.db", "x/backups/c-2.db", "x/handin/c-1.db"]),
        ("x*", ["x/c.db", "x/backups/c-2.db", "x/handin/c-1.db"]),
        ("a.*", ["a.db"]),
        ("[1]", ["[1]/g.db"]),
        ("[1]/g.db", ["[1]/g.db"]),
    ],
)
def test_patterns_are_expanded_here_and_a_name_with_brackets_is_a_name(
    stick: Path, folder: Path, pattern: str, found: list[str]
) -> None:
    gathered = gather([str(stick / pattern)], folder)
    assert names(gathered, stick) == found
    assert not gathered.problems


def test_a_named_file_is_tried_whatever_it_is_called(stick: Path, folder: Path) -> None:
    assert names(gather([str(stick / "notes.txt")], folder), stick) == ["notes.txt"]


def test_a_url_of_a_file_and_a_home_folder_are_paths(
    stick: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USERPROFILE" if os.name == "nt" else "HOME", str(stick))
    assert names(gather([f"sqlite:///{stick / 'a.db'}"], folder), stick) == ["a.db"]
    assert names(gather(["~/a.db"], folder), stick) == ["a.db"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [("gone", "It is not there"), ("gone*.db", "No file matches"), ("not*", "holds no database"), ("e", "holds no")],
)
def test_a_source_with_nothing_in_it_is_told_and_the_others_are_found(
    stick: Path, folder: Path, source: str, reason: str
) -> None:
    (stick / "e").mkdir()
    gathered = gather([str(stick / source), str(stick / "a.db")], folder)
    assert names(gathered, stick) == ["a.db"]
    [problem] = gathered.problems
    assert problem.name == str(stick / source)
    assert reason in problem.reason


def test_a_folder_that_cannot_be_read_is_told(stick: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, scan = str(stick / "x"), os.scandir

    def refuse(path: str) -> object:
        if str(path) == closed:
            raise PermissionError(13, "Permission denied", closed)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    gathered = gather([str(stick)], folder)
    assert names(gathered, stick) == ["[1]/g.db", "a.db", "b.DB"]
    assert [problem.name for problem in gathered.problems] == [closed]


def test_a_password_is_never_shown(folder: Path) -> None:
    [problem] = gather(["postgresql://kt:secret@host/class"], folder).problems
    assert problem.name == "postgresql://kt@host/class"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_that_run_in_circles_end(stick: Path, folder: Path) -> None:
    (stick / "x" / "up").symlink_to(stick)
    (stick / "x" / "self").symlink_to(stick / "x" / "self")
    assert names(gather([str(stick)], folder), stick) == EVERYTHING


@pytest.mark.parametrize("into", [".", "out", "x/out/deep"])
def test_the_folder_may_not_lie_inside_a_source(stick: Path, into: str) -> None:
    with pytest.raises(UsageError, match="lies inside the source"):
        gather([str(stick)], stick / into)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_does_not_hide_that(stick: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(stick / "x")
    with pytest.raises(UsageError, match="lies inside the source"):
        gather([str(stick)], tmp_path / "link" / "out")


def test_a_pattern_does_not_hide_that(stick: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="lies inside the source"):
        gather([str(tmp_path / "*")], stick)


def test_a_source_may_not_lie_inside_the_folder(stick: Path) -> None:
    with pytest.raises(UsageError, match="where the copies go"):
        gather([str(stick / "x" / "c.db")], stick)


def test_a_name_is_one_line_and_can_be_shown() -> None:
    assert path_text(Path("a\n\x1b[31m\u202e\udcff.db")) == "a\\n\\x1b[31m\\u202e\\udcff.db"
    assert path_text(Path("Zoë 1.db")) == "Zoë 1.db"
