"""One file for a class: many students write at the same time, each student from one window only."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from knowthyself_tui.domain.events import verify_chain
from knowthyself_tui.errors import StoreBusy
from knowthyself_tui.store.handin import make_handin
from knowthyself_tui.store.lock import InstanceLock, gate
from knowthyself_tui.store.reader import open_copy, open_reader
from knowthyself_tui.store.recorder import Recorder

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting


def test_two_students_write_to_one_file_and_one_student_has_one_window(path: Path, sitting: Sitting) -> None:
    other = type(sitting)("p002")
    first, second = Recorder.open(path, student="p001"), Recorder.open(path, student="p002")
    with pytest.raises(StoreBusy, match="open in another window"):
        Recorder.open(path, student="P001")
    for one, recorder in ((sitting, first), (other, second)):
        one.begin(recorder)
        recorder.append(one.turn(f"said by {one.student.code}")).result()
    first.close()
    second.close()
    with open_reader(path) as reader:
        assert len(reader.students()) == 2
        for one in (sitting, other):
            stored = reader.sitting(one.session_id)
            assert verify_chain(stored.events, stored.hashes) is None
    copies = sorted((path.parent / "handin").iterdir())
    assert [copy.name[:4] for copy in copies] == ["p001", "p002"]
    assert b"said by p002" not in copies[0].read_bytes()
    with open_copy(copies[0]) as reader:
        assert [student.code for student in reader.students()] == ["p001"]


def test_the_gate_lets_writers_through_one_at_a_time(path: Path) -> None:
    path.parent.mkdir()
    inside: list[int] = []
    most: list[int] = []

    def write(number: int) -> None:
        for _ in range(20):
            with gate(path):
                inside.append(number)
                most.append(len(inside))
                inside.remove(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1
    assert len(most) == 80


def test_a_gate_that_stays_shut_does_not_stop_the_writing(
    path: Path, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowthyself_tui.store.lock.GATE_SECONDS", 0.05)
    recorder = Recorder.open(path, student="p001")
    with gate(path):
        sitting.begin(recorder)
    recorder.close()


def test_a_lock_of_a_dead_program_is_free(path: Path) -> None:
    path.parent.mkdir()
    InstanceLock.take(path, "p001").release()
    InstanceLock.take(path, "p001").release()


def test_the_copy_is_made_at_each_step_and_each_minute(
    path: Path, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def make(*given: Any, **more: Any) -> Path:
        made.append(make_handin(*given, **more))
        return made[-1]

    monkeypatch.setattr("knowthyself_tui.store.recorder.make_handin", make)
    recorder = Recorder.open(path)
    sitting.begin(recorder)
    recorder.append(sitting.turn()).result()
    recorder._submit(lambda: None).result()
    assert len(made) == 1  # the phase that was entered
    monkeypatch.setattr("knowthyself_tui.store.recorder.HANDIN_SECONDS", 0.0)
    recorder.append(sitting.turn()).result()
    recorder._submit(lambda: None).result()
    assert len(made) == 2
    recorder.close()
    assert len(made) == 3
    with open_copy(made[-1]) as reader:
        assert len(reader.sitting(sitting.session_id).events) == sitting.seq
