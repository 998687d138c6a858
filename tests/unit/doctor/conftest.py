"""A machine that is fine in every way, and a database as a student leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowthyself_tui.doctor.surroundings import Surroundings
from knowthyself_tui.doctor.terminal import Terminal
from knowthyself_tui.store.recorder import Recorder
from tests.unit.store.conftest import Sitting

MOUNTS = "/dev/sda1 / ext4 rw 0 0\n"


@pytest.fixture
def machine() -> Surroundings:
    return Surroundings(
        system="linux",
        release="6.1",
        windows_build=0,
        environ={"TERM": "xterm-256color"},
        terminal=Terminal(True, 120, 40, "utf-8"),
        run=lambda _: "DejaVu Sans Mono\n",
        read=lambda path: MOUNTS if path.endswith("mounts") else "",
        now=lambda: datetime.now(UTC),
    )


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder, away from everybody's own folders."""
    folder = tmp_path / "data"
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(folder))
    monkeypatch.setattr("knowthyself_tui.locations.user_state_path", lambda *_, **__: tmp_path / "state")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return folder


@pytest.fixture
def sitting() -> Sitting:
    return Sitting()


@pytest.fixture
def recorder(data: Path, sitting: Sitting) -> Iterator[Recorder]:
    """Writing the sitting in `p001.db`, with an encounter begun."""
    opened = Recorder.open(data / "p001.db")
    sitting.begin(opened)
    opened.append(sitting.turn()).result()
    yield opened
    opened.close()


@pytest.fixture
def path(recorder: Recorder, data: Path) -> Path:
    """The database after its program has ended."""
    recorder.close()
    return data / "p001.db"
