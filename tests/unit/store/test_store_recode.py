"""A code that was mistyped is changed everywhere, and the change is recorded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowthyself_tui.errors import StoreBusy, StoreError
from knowthyself_tui.store.reader import open_reader
from knowthyself_tui.store.recode import recode
from knowthyself_tui.store.recodings import leads_to, recodings
from knowthyself_tui.store.recorder import Recorder
from knowthyself_tui.store.withdraw import withdraw


def play(sitting: Any, path: Path, *, shared: bool = False) -> None:
    recorder = Recorder.open(path, sitting.student.code if shared else None)
    sitting.begin(recorder)
    recorder.close()


def codes(path: Path) -> list[str]:
    with open_reader(path) as reader:
        return sorted(student.code for student in reader.students())


def test_a_students_own_file_and_hand_in_copy_get_the_new_name(path: Path, sitting: Any) -> None:
    play(sitting, path)
    done = recode(path, "p001", "p010")
    handin = path.parent / "handin" / f"p010-{sitting.session_id}.db"
    assert done.place == path.with_name("p010.db")
    assert done.copies == (handin,)
    assert not [one for one in path.parent.rglob("*") if "p001" in one.name]
    assert codes(path.with_name("p010.db")) == codes(handin) == ["p010"]


def test_the_change_is_recorded_for_the_log(path: Path, sitting: Any) -> None:
    play(sitting, path)
    recode(path, "p001", "p010")
    recode(path.with_name("p010.db"), "P010", "p100")
    with open_reader(path.with_name("p100.db")) as reader:
        changes = recodings(reader.rows)
    assert [(change["from"], change["to"]) for change in changes] == [("p001", "p010"), ("p010", "p100")]
    assert leads_to(changes, sitting.student.id, "p001") == "p100"
    assert leads_to(changes, "somebody else", "p001") == "p001"


def test_a_code_that_somebody_has_is_refused(tmp_path: Path, make_sitting: Callable[..., Any]) -> None:
    path = tmp_path / "class.db"
    play(make_sitting("p001"), path, shared=True)
    play(make_sitting("p002"), path, shared=True)
    with pytest.raises(StoreError, match="has the code P002 already"):
        recode(path, "p001", "P002")
    assert codes(path) == ["p001", "p002"]


def test_a_file_of_the_new_name_is_never_replaced(path: Path, sitting: Any, make_sitting: Callable[..., Any]) -> None:
    play(sitting, path)
    play(make_sitting("p002"), path.with_name("p002.db"))
    with pytest.raises(StoreError, match="is there already"):
        recode(path, "p001", "p002")
    assert codes(path) == ["p001"]


def test_only_the_letters_may_change(path: Path, sitting: Any) -> None:
    play(sitting, path)
    assert recode(path, "p001", "P001").place == path
    assert codes(path) == ["P001"]


def test_an_interrupted_change_can_be_given_again(path: Path, sitting: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    play(sitting, path)
    with monkeypatch.context() as patch:
        patch.setattr("knowthyself_tui.store.recode._change_copies", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            recode(path, "p001", "p010")
    assert codes(path) == ["p010"]
    assert recode(path, "p001", "p010").place == path.with_name("p010.db")


def test_a_student_at_work_is_left_alone(path: Path, sitting: Any) -> None:
    recorder = Recorder.open(path)
    sitting.begin(recorder)
    with pytest.raises(StoreBusy):
        recode(path, "p001", "p002")
    recorder.close()
    assert codes(path) == ["p001"]


def test_a_withdrawal_forgets_the_earlier_codes(path: Path, sitting: Any) -> None:
    play(sitting, path)
    recode(path, "p001", "p010")
    done = withdraw(path.with_name("p010.db"), "p010", ())
    assert isinstance(done.place, Path)
    with open_reader(done.place) as reader:
        text = json.dumps(reader.rows("SELECT * FROM meta"))
    assert "p001" not in text
    assert "p010" not in text
