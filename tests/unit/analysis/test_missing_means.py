"""Without a second process, matplotlib or pyreadstat, or with a picture that fails, the tables come all the same."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import Any

import pytest

from knowthyself_tui.analysis.figures import canvas
from knowthyself_tui.analysis.figures.picture import Picture
from knowthyself_tui.analysis.figures.studio import Order, Studio
from knowthyself_tui.analysis.gather import reading
from tests.unit.analysis.conftest import Played, Sitting, write_database
from tests.unit.analysis.outputs import analysed, primary

PICTURE = Picture("p", "P", "<svg></svg>", "", (), ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number, score in enumerate((70.0, 50.0, 80.0, 65.0)):
        write_database(tmp_path / "in" / f"s{number}.db", f"s{number}", Sitting("AB"[number % 2], [Played(score)]))
    return tmp_path / "in"


@pytest.mark.parametrize(
    ("module", "name", "remark"),
    [
        ("knowthyself_tui.analysis.figures.canvas", "installed", "matplotlib is not installed"),
        ("knowthyself_tui.analysis.export.spss", "available", "pyreadstat is not installed"),
    ],
)
def test_a_library_that_is_not_there_is_named_and_the_rest_is_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str, remark: str
) -> None:
    monkeypatch.setattr(f"{module}.{name}", lambda: False)
    outcome = analysed(folder, tmp_path / "out", plots=True)
    assert remark in outcome.summary
    assert primary(tmp_path / "out")["estimate"] == "17.5"
    written = {path.suffix for path in (tmp_path / "out").iterdir()}
    assert (".sav" in written) == (name == "installed")
    assert ("<svg" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")) == (name == "available")


def drawn() -> Picture:
    return PICTURE


def failing() -> Picture:
    raise ValueError("no ink")


def test_a_picture_that_fails_is_named_and_the_others_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowthyself_tui.analysis.figures.studio.worker_pool", lambda workers: None)
    with Studio() as studio:
        studio.take([Order("first", drawn, ()), Order("second", failing, ()), Order("third", drawn, ())])
        assert studio.pictures() == ([("first", PICTURE), ("third", PICTURE)], ["second (ValueError: no ink)"])


def test_pictures_are_drawn_here_when_the_other_process_dies() -> None:
    with Studio() as studio:
        if studio._pool is None:
            pytest.skip("a single processor")
        studio._pool.submit(canvas.installed).result()
        for process in list(studio._pool._processes.values()):
            process.kill()
        studio.take([Order("first", drawn, ())])
        assert studio.pictures()[0] == [("first", PICTURE)]


class DyingPool:
    """Gives one answer and breaks."""

    def __enter__(self) -> DyingPool:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def map(self, read: Any, paths: list[Path]) -> Any:
        yield read(paths[0])
        raise BrokenExecutor


def test_what_a_reader_that_died_had_not_read_is_read_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_BYTES_FOR_TWO", 0)
    monkeypatch.setattr(reading, "worker_pool", lambda workers: DyingPool())
    paths = sorted(folder.glob("*.db"))
    answers = list(reading.read_all(paths))
    assert [not isinstance(answer, str) and answer.contents.students[0].code for answer in answers] == [
        "s0",
        "s1",
        "s2",
        "s3",
    ]


def test_two_processes_read_what_one_reads(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = sorted(folder.glob("*.db"))
    (folder / "torn.db").write_bytes(paths[0].read_bytes()[:5000])
    alone = list(reading.read_all([*paths, folder / "torn.db"]))
    monkeypatch.setattr(reading, "_BYTES_FOR_TWO", 0)
    together = list(reading.read_all([*paths, folder / "torn.db"]))
    plain = [answer if isinstance(answer, str) else answer.contents for answer in alone]
    assert [answer if isinstance(answer, str) else answer.contents for answer in together] == plain
    assert isinstance(plain[-1], str)
