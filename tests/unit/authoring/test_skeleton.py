"""What an author begins with: a case that validates, plays and can be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from knowthyself_tui.authoring.examine import examine_file, examine_play
from knowthyself_tui.authoring.skeleton import write_skeleton
from knowthyself_tui.cli import cli
from knowthyself_tui.content import Library
from knowthyself_tui.content.library import load_file
from knowthyself_tui.errors import UsageError


def test_the_skeleton_is_a_whole_case(case: Path) -> None:
    assert examine_file(case).problems == ()
    assert load_file(case).scenario.id == "my_case"


@pytest.mark.slow
def test_the_bots_play_the_skeleton_without_a_problem(case: Path) -> None:
    (verdict,) = examine_play([case], processes=1)
    assert verdict.problems == ()
    assert verdict.bots >= 7


@pytest.mark.parametrize("bad", ["", "My Case", "../up", "1st", "a" * 60, "con/x"])
def test_an_id_that_is_none_is_refused(bad: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="An id is small letters"):
        write_skeleton(bad, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(case: Path) -> None:
    with pytest.raises(UsageError, match="is there already"):
        write_skeleton("my_case", case.parent.parent)


def test_the_command_writes_a_case_that_validates(tmp_path: Path) -> None:
    run = CliRunner()
    made = run.invoke(cli, ["scenarios", "new", "chest_pain", "--into", str(tmp_path)])
    checked = run.invoke(cli, ["scenarios", "validate", str(tmp_path / "chest_pain")])
    assert (made.exit_code, checked.exit_code) == (0, 0), made.output + checked.output


def test_a_folder_of_ones_own_is_played_from(case: Path) -> None:
    library = Library((case.parent.parent,))
    assert "my_case" in library.ids()
    assert library.load("my_case").scenario.title.startswith("Short of breath")
