"""Cohorts that are odd and true: second sittings, two versions of a scenario, sums a hair above their bound."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.unit.analysis.conftest import Played, Sitting, write_database
from tests.unit.analysis.outputs import analysed, primary, read_csv, results_of


def change(folder: Path, sql: str) -> None:
    for path in folder.glob("*.db"):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(sql)


def test_a_second_sitting_that_was_only_begun_takes_no_completion_away(tmp_path: Path) -> None:
    for number in range(4):
        arm = "AB"[number % 2]
        sittings = [Sitting(arm, [Played(60.0 + number)])]
        if arm == "A":
            sittings.append(Sitting(arm, [Played(day="2026-03-09")], queue=("asthma", "opioid")))
        write_database(tmp_path / "in" / f"s{number}.db", f"s{number}", *sittings)
    analysed(tmp_path / "in", tmp_path / "out")
    [row] = results_of(tmp_path / "out", "completion")
    assert row["note"] == "2 of 2 v 2 of 2"
    assert {row["completer"] for row in read_csv(tmp_path / "out" / "students.csv")} == {"1"}


def test_two_versions_of_a_scenario_are_followed_to_the_shorter_horizon_and_have_items_of_their_own(
    tmp_path: Path,
) -> None:
    """Times of arm A by hand: 100 s, and 1,500 s in the longer version, which is "not done" at 1,200 s."""
    for number in range(8):
        late = number // 2 % 2 == 1
        played = Played(60.0 + number, pivotal_at=1_500.0 if late else 100.0, maximum_minutes=30.0 if late else 20.0)
        write_database(tmp_path / "in" / f"s{number}.db", f"s{number}", Sitting("AB"[number % 2], [played]))
    change(
        tmp_path / "in",
        "UPDATE encounter SET scenario_version = '2.0', scenario_sha256 = 'ff' WHERE scenario LIKE '%:30.0%'",
    )
    analysed(tmp_path / "in", tmp_path / "out")
    found = results_of(tmp_path / "out", "time_to_action", item="pivotal")
    [restricted] = [row for row in found if row["method"].startswith("Difference of restricted means")]
    assert restricted["method"] == "Difference of restricted means to 1200 s, Welch"
    assert float(restricted["mean_1"]) == (100 + 1_200) / 2
    items = read_csv(tmp_path / "out" / "items.csv")
    assert {(row["scenario"], row["n"]) for row in items} == {("asthma 1.0", "4"), ("asthma 2.0", "4")}


def test_sums_of_fractions_may_be_a_hair_above_their_bound(tmp_path: Path) -> None:
    for number in range(6):
        write_database(
            tmp_path / "in" / f"s{number}.db", f"s{number}", Sitting("AB"[number % 2], [Played(90.0 + number)])
        )
    write_database(tmp_path / "in" / "r.db", "r", Sitting("A", [Played(80.0, judged=False)]))
    change(
        tmp_path / "in",
        "UPDATE encounter_result SET total = 100.0000005, checklist_share = 1.0000000000000002,"
        " communication = 5.0000001 WHERE total > 94",
    )
    change(tmp_path / "in", "UPDATE checklist_result SET done_at = -5e-7 WHERE item_id = 'A1'")
    assert analysed(tmp_path / "in", tmp_path / "out").exit_code == 0
    encounters = read_csv(tmp_path / "out" / "encounters.csv")
    assert max(float(row["score_total"]) for row in encounters if row["score_total"]) == 100.0
    assert results_of(tmp_path / "out", "score_mean", method="Bounds for missing students")


@pytest.mark.parametrize("column", ["communication", "handover"])
def test_a_part_of_the_score_that_cannot_be_true_excludes_its_encounter(tmp_path: Path, column: str) -> None:
    for number in range(4):
        write_database(tmp_path / "in" / f"s{number}.db", f"s{number}", Sitting("AB"[number % 2], [Played(60.0)]))
    with closing(sqlite3.connect(tmp_path / "in" / "s0.db")) as connection, connection:
        connection.execute(f"UPDATE encounter_result SET {column} = 7")
    assert analysed(tmp_path / "in", tmp_path / "out").exit_code == 3
    assert primary(tmp_path / "out")["n_1"] == "1"


def test_an_act_after_the_longest_time_is_no_act_in_time(tmp_path: Path) -> None:
    for number in range(4):
        played = Played(60.0, pivotal_at=1_300.0 if number % 2 else 300.0)
        write_database(tmp_path / "in" / f"s{number}.db", f"s{number}", Sitting("AB"[number % 2], [played]))
    analysed(tmp_path / "in", tmp_path / "out", appendix=True)
    given = {row["arm"]: row["pivotal_share"] for row in read_csv(tmp_path / "out" / "students.csv")}
    assert given == {"A": "1.0", "B": "0.0"}
    acted = results_of(tmp_path / "out", "cumulative_incidence", item="pivotal treatment")
    assert {row["arm_1"]: row["estimate"] for row in acted} == {"A": "1.0", "B": "0.0"}


def test_nobody_who_finished_anything_is_described_as_such(tmp_path: Path) -> None:
    write_database(tmp_path / "in" / "r.db", "r")
    write_database(tmp_path / "in" / "u.db", "u", Sitting("A", [Played()]))
    outcome = analysed(tmp_path / "in", tmp_path / "out", plots=True)
    assert "2 registered, 0 with a score" in outcome.summary
    assert primary(tmp_path / "out")["note"] == "not estimable (one arm only: A)"
