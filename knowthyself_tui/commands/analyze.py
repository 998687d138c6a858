"""`knowthyself analyze`: from a folder of collected databases to a report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from knowthyself_tui.commands.progress import counting

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--out", required=True, type=_PATH, metavar="FOLDER", help="Folder for everything that is written.")
@click.option("--identified", is_flag=True, help="Write codes, names and dates: for the instructor's eyes.")
@click.option("--with-text", is_flag=True, help="Write what people typed: they may have typed names.")
@click.option("--vitals", is_flag=True, help="Write every vital sample (vitals.csv.gz).")
@click.option("--no-plots", is_flag=True, help="Draw no pictures.")
@click.option(
    "--min-cell",
    type=click.IntRange(min=0),
    default=None,
    metavar="N",
    help="For sharing: hide counts below N, and single students, in report.html and report.md. Without it report.md "
    "hides counts below 10 and report.html shows all.",
)
@click.option("--plan", "plan_file", type=_PATH, default=None, help="An analysis plan in TOML, made beforehand.")
@click.option("--ratings", "ratings_file", type=_PATH, default=None, help="A CSV of an instructor's own ratings.")
@click.option("--baseline", "baseline_file", type=_PATH, default=None, help="A CSV of pre-test scores: student, value.")
@click.option("--appendix", is_flag=True, help="Add negative binomial models and cumulative incidence.")
@click.option("--equivalence-bound", type=float, default=None, metavar="X", help="A difference that would not matter.")
@click.option("--key", "key_file", type=_PATH, default=None, help="Key of the pseudonyms; made when there is none.")
@click.option("--write-key", type=_PATH, default=None, metavar="FILE", help="Write a list of codes and pseudonyms.")
@click.option("--excel-csv", is_flag=True, help="CSV with semicolons and decimal commas, for Excel.")
@click.pass_context
def analyze(ctx: click.Context, /, sources: tuple[str, ...], no_plots: bool, **options: Any) -> None:
    """Report on collected databases.

    SOURCE is a database, a folder (searched for *.db), a pattern in quotes or a postgresql:// URL. Nothing is written
    to a source.
    """
    from importlib import import_module

    from knowthyself_tui.commands.places import as_paths
    from knowthyself_tui.errors import UsageError

    if (bound := options["equivalence_bound"]) is not None and not 0 < bound < float("inf"):
        raise UsageError("The equivalence bound is a number above 0.")
    analysis = import_module("knowthyself_tui.analysis.cli")
    with as_paths(sources) as paths, counting("Reading") as progress:
        request = analysis.Request(paths, plots=not no_plots, unicode=_shows_unicode(), progress=progress, **options)
        outcome = analysis.analyze(request)
    click.echo(outcome.summary)
    ctx.exit(outcome.exit_code)


def _shows_unicode() -> bool:
    try:
        "●─▏".encode(sys.stdout.encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True
