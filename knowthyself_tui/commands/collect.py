"""`knowthyself collect`: safe copies of databases, checked, in one folder with a manifest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from knowthyself_tui.commands.places import json_line
from knowthyself_tui.commands.progress import with_progress
from knowthyself_tui.domain.text import clean_text

if TYPE_CHECKING:
    from knowthyself_tui.store.collection.collect import Outcome
    from knowthyself_tui.store.collection.sources import Problem, Source

_TAKEN = ("new", "newer", "unchanged")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--into", required=True, type=click.Path(), metavar="FOLDER", help="Folder for the copies.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line: each source, then the sums.")
@click.pass_context
def collect(ctx: click.Context, sources: tuple[str, ...], into: str, as_json: bool) -> None:
    """Copy databases into one folder, each checked, with a manifest.

    SOURCE is a database, a postgresql:// URL, a folder or stick (searched for *.db), or a pattern in quotes. Nothing
    is written to a source. Repeat the command to bring the folder up to date.
    """
    from knowthyself_tui.commands.standard_input import write_utf8
    from knowthyself_tui.store.collection.sources import gather

    folder = Path(into).expanduser()
    gathered = gather(sources, folder)
    outcomes: list[Outcome] = []
    try:
        if gathered.sources:
            _take_all(gathered.sources, folder, outcomes)
    finally:
        if as_json:
            write_utf8()
        lines = _json_lines if as_json else _text_lines
        for line in lines(gathered.problems, outcomes, folder):
            click.echo(line)
    ctx.exit(_exit_code(gathered.problems, outcomes))


def _take_all(sources: list[Source], folder: Path, outcomes: list[Outcome]) -> None:
    from knowthyself_tui.store.collection.collect import collecting

    with collecting(folder) as collector:
        for source in with_progress(sources, "Collecting"):
            outcomes.append(collector.take(source))


def _exit_code(problems: list[Problem], outcomes: list[Outcome]) -> int:
    excluded = len(problems) + sum(outcome.action == "excluded" for outcome in outcomes)
    if excluded == len(problems) + len(outcomes):
        return 1
    return 3 if excluded else 0


def _counts(problems: list[Problem], outcomes: list[Outcome]) -> dict[str, int]:
    counts = Counter(outcome.action for outcome in outcomes)
    counts["excluded"] += len(problems)
    return {action: counts[action] for action in ("new", "newer", "unchanged", "duplicate", "excluded")}


def _json_lines(problems: list[Problem], outcomes: list[Outcome], folder: Path) -> Iterator[str]:
    for problem in problems:
        yield json_line({"kind": "source", "action": "excluded", "source": problem.name, "reason": problem.reason})
    for outcome in outcomes:
        yield json_line({"kind": "source", "action": outcome.action, **asdict(outcome.entry)})
    sums: dict[str, Any] = {"kind": "sums", "folder": clean_text(str(folder)), **_counts(problems, outcomes)}
    yield json_line(sums)


def _text_lines(problems: list[Problem], outcomes: list[Outcome], folder: Path) -> Iterator[str]:
    for problem in problems:
        yield _line("not collected", problem.name, problem.reason)
    for outcome in outcomes:
        entry = outcome.entry
        if outcome.action == "excluded":
            yield _line("not collected", entry.source, entry.reason)
        elif outcome.action in ("new", "newer"):
            yield _line(entry.file, entry.source, entry.reason)
    counts = _counts(problems, outcomes)
    taken = len({outcome.entry.file for outcome in outcomes if outcome.action in _TAKEN})
    yield (
        f"{taken} in {clean_text(str(folder), single_line=True)} ({_list(counts, _TAKEN)}); "
        f"{_list(counts, ('duplicate', 'excluded'))}."
    )


def _list(counts: dict[str, int], actions: Iterable[str]) -> str:
    return ", ".join(f"{counts[action]} {action}" for action in actions)


def _line(what: str, source: str, reason: str) -> str:
    return clean_text(f"{what}: {source}" + (f": {reason}" if reason else ""), single_line=True)
