"""`knowthyself simulate` as people give it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from knowthyself_tui.cli import cli
from knowthyself_tui.content import Library
from knowthyself_tui.simulation.study import Study


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["simulate", *arguments])


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(tmp_path / "data"))


def test_it_says_what_it_made_and_that_nobody_is_real(tmp_path: Path, unplayed: list[Study]) -> None:
    done = run("--students", "3", "--jobs", "1", "--out", str(tmp_path / "out"))
    assert (done.exit_code, done.stderr) == (0, "")
    told = f"Students: 3, encounters: 9, in {tmp_path / 'out'}. All synthetic: no real person played."
    assert done.stdout.splitlines() == [told]
    assert [path.name for path in sorted((tmp_path / "out").iterdir())] == [
        f"SIM-000{number}.db" for number in (1, 2, 3)
    ]
    assert not (tmp_path / "data").exists()


def test_the_shipped_cases_are_handed_out_as_the_seed_says_and_there_is_no_effect_unless_asked(
    tmp_path: Path, unplayed: list[Study]
) -> None:
    run("--students", "1", "--jobs", "1", "--out", str(tmp_path / "one"))
    run("--students", "1", "--jobs", "1", "--seed", "2", "--effect", "0.5", "--out", str(tmp_path / "two"))
    assert [(study.seed, study.effect, study.encounters_each) for study in unplayed] == [(1, 0.0, 3), (2, 0.5, 3)]
    assert sorted(unplayed[0].cases) == sorted(unplayed[1].cases) == Library().ids()
    assert unplayed[0].cases != unplayed[1].cases


def test_a_queue_is_played_by_everybody(tmp_path: Path, unplayed: list[Study]) -> None:
    run("--students", "1", "--jobs", "1", "--queue", "stemi, asthma", "--out", str(tmp_path / "out"))
    assert (unplayed[0].cases, unplayed[0].encounters_each) == (("stemi", "asthma"), 2)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--students", "0", "--out", "new"), 2, "x>=1"),
        (("--students", "2"), 2, "--out"),
        (("--students", "2", "--out", "new", "--what"), 2, "No such option"),
        (("--students", "2", "--out", "new", "--effect", "nan"), 2, "standard deviations from -5 to 5"),
        (("--students", "2", "--out", "new", "--effect", "50"), 2, "standard deviations from -5 to 5"),
        (("--students", "2", "--out", "new", "--jobs", "0"), 2, "x>=1"),
        (("--students", "2", "--out", "new", "--queue", " , "), 2, "names no scenario"),
        (("--students", "2", "--out", "new", "--queue", "nothing"), 1, "There is no scenario called 'nothing'"),
        (("--students", "2", "--out", "used"), 2, "holds databases already"),
        (("--students", "2", "--out", "used/a.DB"), 2, "is not a folder"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence_and_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "a.DB").write_bytes(b"")
    done = run(*arguments)
    assert done.exit_code == code
    assert said in done.stderr
    assert not (tmp_path / "new").exists()
