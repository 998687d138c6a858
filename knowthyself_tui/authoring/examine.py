"""Examines cases: the file, its medicine, and every bot that plays it, on all processors."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from knowthyself_tui.authoring.bots import Bot, bots_of
from knowthyself_tui.authoring.course import Course, play
from knowthyself_tui.authoring.expectations import problems_of
from knowthyself_tui.authoring.medicine import contradictions
from knowthyself_tui.authoring.words import unheard
from knowthyself_tui.content import Library
from knowthyself_tui.content.bots import load_bots
from knowthyself_tui.content.library import load_file
from knowthyself_tui.errors import ContentError


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of one case."""

    scenario_id: str
    problems: tuple[str, ...]
    bots: int = 0
    accepted: int = 0
    """Expectations that physiology overrules, each with its reason in the file."""


def examine_file(path: Path) -> Verdict:
    """The scenario file alone: what it holds, its rules, its medicine.

    Raises:
        ContentError: the file does not fit the format.
    """
    scenario = load_file(path).scenario
    return Verdict(scenario.id, (*contradictions(scenario), *unheard(scenario)))


def examine_play(paths: Sequence[Path], processes: int | None = None) -> Iterator[Verdict]:
    """The files, and how every bot of each case fares; one verdict a case when all have been played."""
    jobs = [(path, bot) for path in paths for bot in _bots(path)]
    with ProcessPoolExecutor(processes or os.cpu_count() or 1) as pool:
        courses = pool.map(_play, jobs, chunksize=1)
        played: dict[Path, dict[str, Course]] = {path: {} for path in paths}
        for (path, bot), course in zip(jobs, courses, strict=True):
            played[path][bot.name] = course
    for path in paths:
        yield _verdict(path, played[path])


def _verdict(path: Path, courses: dict[str, Course]) -> Verdict:
    scenario, found = load_file(path).scenario, examine_file(path).problems
    expected = load_bots(path)
    if expected is None:
        return Verdict(scenario.id, (*found, "there is no bots.yaml beside it, so nothing plays it"))
    problems = (*found, *problems_of(scenario, expected, courses))
    return Verdict(scenario.id, problems, len(courses), len(expected.physiology_wins))


def _bots(path: Path) -> list[Bot]:
    expected = load_bots(path)
    return [] if expected is None else list(bots_of(load_file(path).scenario, expected))


def _play(job: tuple[Path, Bot]) -> Course:
    path, bot = job
    library = _library(path)
    return play(library, load_file(path).scenario.id, bot.script, bot.until_minutes)


def _library(path: Path) -> Library:
    """A library in which this file wins over a bundled case of the same name."""
    if path.parent.name == "":
        raise ContentError(f"{path}: a scenario file lies in a folder that bears its id.")
    return Library((path.resolve().parent.parent,))
