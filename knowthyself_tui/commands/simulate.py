"""`knowthyself simulate`: a cohort of students who do not exist, one database each."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from knowthyself_tui.commands.progress import with_progress
from knowthyself_tui.errors import UsageError

if TYPE_CHECKING:
    from knowthyself_tui.simulation.study import Study

ENCOUNTERS_EACH = 3
LARGEST_EFFECT = 5.0


@click.command()
@click.option("--students", type=click.IntRange(min=1), required=True, metavar="N", help="How many, in two arms.")
@click.option(
    "--effect",
    type=float,
    default=0.0,
    show_default=True,
    metavar="D",
    help="What arm A has more of skill, in standard deviations of skill; less of it shows in scores.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same databases.")
@click.option(
    "--queue",
    default=None,
    metavar="ID,ID…",
    help=f"Cases that everybody plays, in rotated order; else {ENCOUNTERS_EACH} of the shipped ones each.",
)
@click.option("--db-per", type=click.Choice(["student"]), default="student", show_default=True, help="Who has a file.")
@click.option(
    "--jobs", type=click.IntRange(min=1), default=None, help="Processes at a time; as many as processors without it."
)
@click.option("--scenarios", "scenarios_dir", default=None, help="A folder of scenarios of your own.")
@click.option("--out", required=True, metavar="FOLDER", help="A folder without databases; it is made if need be.")
@click.pass_obj
def simulate(
    obj: dict[str, Any],
    /,
    students: int,
    effect: float,
    seed: int,
    queue: str | None,
    db_per: str,
    jobs: int | None,
    scenarios_dir: str | None,
    out: str,
) -> None:
    """Let students of varied skill play real encounters, for teaching, planning a study and trying the analysis.

    Every database is marked synthetic. When it is stopped, nothing of the cohort stays.
    """
    from knowthyself_tui.config import user_path
    from knowthyself_tui.domain.text import clean_text
    from knowthyself_tui.simulation.cohort import simulate as play_cohort

    if not abs(effect) <= LARGEST_EFFECT:
        raise UsageError(
            f"--effect takes standard deviations from -{LARGEST_EFFECT:g} to {LARGEST_EFFECT:g}, such as 0.5."
        )
    folder = user_path(out)
    study = _study(seed, effect, queue, scenarios_dir or (obj or {}).get("scenarios_dir"))
    with closing(play_cohort(study, students, folder, jobs or os.cpu_count() or 1)) as played:
        encounters = sum(one.encounters for one in with_progress(played, "Simulating", students))
    shown = clean_text(str(folder), single_line=True)
    click.echo(f"Students: {students}, encounters: {encounters}, in {shown}. All synthetic: no real person played.")


def _study(seed: int, effect: float, queue: str | None, scenarios_dir: str | None) -> Study:
    from knowthyself_tui.config import load_settings
    from knowthyself_tui.content import Library
    from knowthyself_tui.simulation.study import Study, handed_out

    settings = load_settings({"queue": queue, "scenarios_dir": scenarios_dir})
    cases = settings.scenario_queue if queue is not None else handed_out(Library().ids(), seed)
    each = len(cases) if queue is not None else ENCOUNTERS_EACH
    return Study(seed, effect, cases, each, settings.scenario_folders, settings.protocol)
