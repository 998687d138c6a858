"""Small cohorts that are played once for all tests, and a way to look into their files."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.simulation.case import Case, load_case
from knowthyself_tui.simulation.cohort import simulate
from knowthyself_tui.simulation.play import CaseOf, Played, play_student
from knowthyself_tui.simulation.study import Person, Study, person

STUDENTS = 2


def study_of(*, effect: float = 0.0, seed: int = 1) -> Study:
    return Study(seed=seed, effect=effect, cases=("asthma",), encounters_each=1)


def rows_of(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture(scope="session")
def asthma() -> Case:
    return load_case(Library(), "asthma")


@pytest.fixture(scope="session")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Students 1 and 2 of a study of asthma."""
    folder = tmp_path_factory.mktemp("cohort") / "new" / "folder"
    assert len(list(simulate(study_of(), STUDENTS, folder, jobs=1))) == STUDENTS
    return folder


@pytest.fixture
def unplayed(monkeypatch: pytest.MonkeyPatch) -> list[Study]:
    """Nobody is played in this test: an empty file stands for each student; gives the studies that were asked for."""
    studies: list[Study] = []

    def leave_a_file(
        study: Study, someone: Person, library: Library, case_of: CaseOf, work: Path, target: Path
    ) -> Played:
        studies.append(study)
        target.touch()
        return Played(someone.code, study.encounters_each)

    monkeypatch.setattr("knowthyself_tui.simulation.cohort.play_student", leave_a_file)
    return studies


PlayOne = Callable[..., tuple[Path, Played]]


@pytest.fixture
def play_one(tmp_path: Path, asthma: Case) -> PlayOne:
    """Plays student 2 (or `number`) of the study with other traits than fate gave, in asthma."""

    def play(number: int = 2, effect: float = 0.0, **traits: Any) -> tuple[Path, Played]:
        study = study_of(effect=effect)
        someone: Person = replace(person(study, number), **traits)
        target = tmp_path / f"{someone.code}-{effect}.db"
        return target, play_student(study, someone, Library(), lambda _: asthma, tmp_path, target)

    return play
