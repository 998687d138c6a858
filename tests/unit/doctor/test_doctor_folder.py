"""Trying a folder out, without leaving anything in it."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from knowthyself_tui.doctor import probe
from knowthyself_tui.doctor.check import Check
from knowthyself_tui.doctor.folder import check_folder, disk_of
from knowthyself_tui.doctor.surroundings import Surroundings
from knowthyself_tui.store import lock


def found(folder: Path, machine: Surroundings) -> dict[str, Check]:
    return {check.name: check for check in check_folder(folder, machine)}


def test_a_local_folder_is_fine_and_left_as_it_was(tmp_path: Path, machine: Surroundings) -> None:
    (tmp_path / "p001.db").write_bytes(b"something of a student's")
    checks = found(tmp_path, machine)
    assert {"disk", "sync folder", "free space", "data folder", "write speed", "locks"} == set(checks)
    assert {checks[name].verdict for name in ("disk", "sync folder", "data folder", "locks")} == {"fine"}
    assert [file.name for file in tmp_path.iterdir()] == ["p001.db"]
    assert (tmp_path / "p001.db").read_bytes() == b"something of a student's"


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path, machine: Surroundings) -> None:
    checks = found(tmp_path / "a" / "b", machine)
    assert checks["data folder"].verdict == "fine"
    assert "not there yet" in checks["data folder"].sentence
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written(
    tmp_path: Path, machine: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("knowthyself_tui.doctor.probe.tempfile.mkdtemp", refuse)
    checks = found(tmp_path, machine)
    assert checks["data folder"].verdict == "problem"
    assert os.strerror(errno.EROFS) in checks["data folder"].sentence
    assert "locks" not in checks


def test_a_disk_that_gives_back_something_else(
    tmp_path: Path, machine: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda _: b"")
    assert found(tmp_path, machine)["data folder"].verdict == "problem"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_memory_or_in_a_cloud(tmp_path: Path, machine: Surroundings) -> None:
    folder = tmp_path / "Dropbox" / "data"
    folder.mkdir(parents=True)
    checks = found(folder, replace(machine, read=lambda _: "tmpfs / tmpfs rw 0 0\n"))
    assert checks["disk"].verdict == "problem"
    assert checks["sync folder"].verdict == "note"


def test_each_system_is_asked_in_its_own_way(machine: Surroundings) -> None:
    windows = replace(machine, system="win32", drive_type=lambda root: 4 if root == "H:\\" else 3)
    assert disk_of("H:\\data", windows).kind == "network"
    assert disk_of("C:\\data", windows).kind == "local"
    mac = replace(machine, system="darwin", run=lambda _: "//files/x on /Volumes/x (smbfs, nodev)\n")
    assert disk_of("/Volumes/x/data", mac).kind == "network"


def test_a_disk_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(lock, "_take", refuse)
    assert probe.ask_second_program(tmp_path) == "failed"


def test_locks_that_hold_nobody_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_take", lambda _: None)
    assert probe.ask_second_program(tmp_path) == "taken"


def test_a_second_program_that_never_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "_SECOND", "import time; time.sleep(60)")
    monkeypatch.setattr(probe, "_CHILD_SECONDS", 0.2)
    assert probe.ask_second_program(tmp_path) is None


def test_a_slow_disk_is_known_after_fewer_syncs(tmp_path: Path) -> None:
    times = count(0.0, 0.3)
    assert probe.measure_fsync(tmp_path, lambda: next(times)) == pytest.approx([0.3, 0.3])
