"""A withdrawal leaves counts and nothing else of the student: not in a file, not in a copy, not in a name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowthyself_tui.errors import StoreBusy, StoreError
from knowthyself_tui.store.models import TABLES, Meta
from knowthyself_tui.store.reader import open_reader
from knowthyself_tui.store.recorder import Recorder
from knowthyself_tui.store.withdraw import WITHDRAWN, withdraw

TYPED = "fifteen litres of a very special oxygen"
NAME = "Åström"


def play(sitting: Any, path: Path, *, shared: bool = False) -> None:
    """A sitting with a line of its own, stored and handed in."""
    recorder = Recorder.open(path, sitting.student.code if shared else None)
    sitting.begin(recorder)
    for number in range(30):
        recorder.append(sitting.turn(f"{TYPED} {sitting.student.code} {number}", at_ms=1000 * number)).result()
    recorder.append(sitting.tick(40_000)).result()
    recorder.close()


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*")]


def counts(path: Path) -> dict[str, int]:
    with open_reader(path) as reader:
        return {
            table._meta.table_name: reader.rows(f'SELECT count(*) AS n FROM "{table._meta.table_name}"')[0]["n"]
            for table in TABLES
            if table is not Meta
        }


def meta(path: Path, key: str) -> Any:
    with open_reader(path) as reader:
        rows = reader.rows("SELECT value FROM meta WHERE key = ?", (key,))
    return json.loads(rows[0]["value"]) if rows else None


def test_nothing_of_an_only_student_stays_in_the_folder(path: Path, sitting: Any) -> None:
    play(sitting, path)
    assert TYPED.encode() in everything_in(path.parent)
    done = withdraw(path, "P001", ())
    left = everything_in(path.parent)
    for text in (TYPED, NAME, sitting.student.id, sitting.session_id, "p001"):
        assert text.encode() not in left
    assert not [name for name in names_in(path.parent) if "p001" in name or sitting.session_id in name]
    assert isinstance(done.place, Path)
    assert set(counts(done.place).values()) == {0}


def test_the_count_stays_by_study_and_arm(path: Path, sitting: Any) -> None:
    play(sitting, path)
    done = withdraw(path, "p001", ())
    assert isinstance(done.place, Path)
    assert done.place.name.startswith("withdrawn-")
    kept = meta(done.place, WITHDRAWN)
    assert len(kept.pop("parts")) == 1
    assert kept == {
        "students": 1,
        "sittings": 1,
        "encounters": 1,
        "groups": [{"study": "pilot", "arm": "A", "students": 1, "sittings": 1, "encounters": 1}],
    }


def test_others_in_the_file_and_in_its_copies_keep_everything(tmp_path: Path, make_sitting: Callable[..., Any]) -> None:
    path = tmp_path / "class.db"
    leaving, staying = make_sitting("p001"), make_sitting("p002")
    play(leaving, path, shared=True)
    play(staying, path, shared=True)
    backups = tmp_path / "backups"
    backups.mkdir()
    (backups / "class-20260101T000000Z.db").write_bytes(path.read_bytes())
    before = counts(path)
    done = withdraw(path, "p001", ())
    left = everything_in(tmp_path)
    assert f"{TYPED} p001".encode() not in left
    assert f"{TYPED} p002".encode() in left
    assert leaving.session_id.encode() not in left
    assert {name: 2 * number for name, number in counts(path).items()} == before
    assert counts(backups / "class-20260101T000000Z.db") == counts(path)
    assert done.place == path
    assert [one.parent.name for one in done.traces.changed] == ["backups"]
    assert not [name for name in names_in(tmp_path) if "p001" in name]
    assert [name for name in names_in(tmp_path / "handin") if "p002" in name]


def test_two_withdrawals_add_up(tmp_path: Path, make_sitting: Callable[..., Any]) -> None:
    path = tmp_path / "class.db"
    for code in ("p001", "p002", "p003"):
        play(make_sitting(code), path, shared=True)
    withdraw(path, "p001", ())
    withdraw(path, "p003", ())
    assert meta(path, WITHDRAWN)["students"] == 2
    assert meta(path, WITHDRAWN)["groups"][0]["encounters"] == 2
    assert counts(path)["student"] == 1


def test_drafts_and_spooled_turns_of_the_sitting_go_and_others_stay(path: Path, sitting: Any, tmp_path: Path) -> None:
    play(sitting, path)
    folder = tmp_path / "spool"
    folder.mkdir()
    for name in (f"{sitting.session_id}.json", f"{sitting.session_id}.jsonl.refused", "another.json"):
        (folder / name).write_text("x")
    withdraw(path, "p001", (folder,))
    assert names_in(folder) == ["another.json"]


def test_damaged_copies_that_are_hers_by_name_go_too(path: Path, sitting: Any) -> None:
    play(sitting, path)
    aside = path.parent / "set-aside"
    aside.mkdir()
    (aside / "p001.set-aside-20260101T000000Z.db").write_bytes(b"broken" * 100)
    (aside / "p001-2.set-aside-20260101T000000Z.db").write_bytes(b"broken" * 100)
    withdraw(path, "p001", ())
    assert names_in(aside) == ["p001-2.set-aside-20260101T000000Z.db"]


def test_a_damaged_backup_of_many_is_left_and_named(tmp_path: Path, make_sitting: Callable[..., Any]) -> None:
    path = tmp_path / "class.db"
    play(make_sitting("p001"), path, shared=True)
    play(make_sitting("p002"), path, shared=True)
    broken = tmp_path / "backups" / "class-20260101T000000Z.db"
    broken.parent.mkdir()
    broken.write_bytes(b"broken" * 100)
    assert withdraw(path, "p001", ()).traces.left == (broken,)
    assert broken.exists()


@pytest.mark.parametrize("shared", [False, True])
def test_a_student_at_work_is_left_alone(path: Path, sitting: Any, shared: bool) -> None:
    recorder = Recorder.open(path, "p001" if shared else None)
    sitting.begin(recorder)
    with pytest.raises(StoreBusy, match="open in another window"):
        withdraw(path, "p001", ())
    recorder.append(sitting.turn()).result()
    recorder.close()
    assert counts(path)["turn"] == 1


def test_a_code_that_nobody_has_is_told(path: Path, sitting: Any) -> None:
    play(sitting, path)
    with pytest.raises(StoreError, match=r"Nobody in .* has the code p002"):
        withdraw(path, "p002", ())


def test_a_withdrawn_code_can_be_given_again(path: Path, sitting: Any, make_sitting: Callable[..., Any]) -> None:
    play(sitting, path)
    withdraw(path, "p001", ())
    play(make_sitting("p001"), path)
    assert counts(path)["student"] == 1
