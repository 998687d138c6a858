"""The tables at the end of the body's README say what the code says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowthyself_tui.domain.bench import COLLECTED, SECTION_2
from knowthyself_tui.domain.body.comorbidity import COMORBIDITIES
from knowthyself_tui.domain.body.diseases import CONDITIONS
from knowthyself_tui.domain.body.drugs import DRUGS
from knowthyself_tui.domain.body.positions import POSITIONS
from knowthyself_tui.domain.body.tables import CONSTANTS
from tests.body_tables import BEGIN, END, README, block, differences, replaced, written

if TYPE_CHECKING:
    from tests.unit.bench.conftest import Played

ROW = "| B-hr | resting adult hr | 72.0 | 72 | 60–85 | 0.030 | /min | inside | standard |"


def test_the_tables_of_the_readme_are_fresh(played: Played) -> None:
    tables = block(played.results(SECTION_2), played.results(COLLECTED))
    stale = differences(written(README.read_text(encoding="utf-8")), tables)
    assert not stale, f"run python -m tests.body_tables; {len(stale)} lines are stale: {stale[:5]}"


@pytest.mark.parametrize("names", [CONSTANTS, CONDITIONS, COMORBIDITIES, POSITIONS, DRUGS])
def test_every_row_of_the_code_has_a_row_in_the_readme(names: dict[str, object]) -> None:
    tables = written(README.read_text(encoding="utf-8"))
    assert [name for name in names if f"\n| {name} | " not in tables] == []


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("| 72.0 |", "| 72.1 |", True),
        ("| 72.0 |", "| 72.2 |", False),
        ("| 0.030 |", "| 0.090 |", True),
        ("| 72.0 |", "| – |", False),
        ("60–85", "60–86", False),
        ("| 72 |", "| 73 |", False),
        ("| B-hr |", "| B-rr |", False),
        ("| inside |", "| outside |", False),
    ],
)
def test_only_the_model_may_differ_and_only_by_rounding(old: str, new: str, same: bool) -> None:
    assert ROW.count(old) == 1
    assert (differences(ROW, ROW.replace(old, new)) == []) == same


def test_other_rows_must_agree_to_the_letter() -> None:
    constant = "| room_air | 0.21 | fraction | S | inspired oxygen without a device |"
    assert differences(constant, constant) == []
    assert len(differences(constant, constant.replace("0.21", "0.22"))) == 1
    assert len(differences(constant, "")) == 1


def test_the_tables_are_put_at_the_end_once_and_leave_the_rest_alone() -> None:
    first = replaced("# The body\n\nWords.\n", f"{BEGIN}\n\nold\n\n{END}")
    assert first == f"# The body\n\nWords.\n\n{BEGIN}\n\nold\n\n{END}\n"
    assert replaced(first, f"{BEGIN}\n\nnew\n\n{END}") == first.replace("old", "new")
    assert written(first) == f"{BEGIN}\n\nold\n\n{END}"
    assert written("# The body\n") == ""
