"""`knowthyself backup` and `knowthyself restore`: copies of databases, and bringing one back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from knowthyself_tui.commands.places import DB_HELP, json_line, places_of
from knowthyself_tui.domain.text import clean_text
from knowthyself_tui.errors import StoreError, UsageError
from knowthyself_tui.store.place import Place, Server

if TYPE_CHECKING:
    from knowthyself_tui.store.contents import Contents
    from knowthyself_tui.store.rescue.rescued import ScenarioOf
    from knowthyself_tui.store.restore import Candidate

_FINE = "fine"


@click.command()
@click.option("--db", default=None, help=DB_HELP)
@click.option("--student", "code", default=None, metavar="CODE", help="Only this student's database.")
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER", help="Where the copies go."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def backup(ctx: click.Context, db: str | None, code: str | None, folder: Path | None, as_json: bool) -> None:
    """Make a checked copy of every database now.

    Without --to it lies in the folder `backups` beside the database, where the newest five stay.
    """
    from knowthyself_tui.commands.standard_input import write_utf8

    places = _places(ctx, db, code)
    if not places:
        raise StoreError("There is no database yet. Start Know Thyself once, or name one with --db.")
    if as_json:
        write_utf8()
    failures = 0
    for path in (_file(place) for place in places):
        row = _back_up(path, folder.expanduser() if folder else None)
        failures += "error" in row
        if as_json:
            click.echo(json_line(row))
        elif "error" in row:
            click.echo(f"knowthyself: {row['error']}", err=True)
        else:
            click.echo(f"{_shown(row['backup'])}: {_amount(row)}")
    ctx.exit(0 if not failures else 1 if failures == len(places) else 3)


def _back_up(path: Path, folder: Path | None) -> dict[str, Any]:
    from knowthyself_tui.store.backup import back_up
    from knowthyself_tui.store.contents import contents_of

    row: dict[str, Any] = {"database": str(path)}
    try:
        made = back_up(path, folder)
    except (StoreError, OSError) as error:
        return {**row, "error": clean_text(str(error))}
    return {**row, "backup": str(made), **_described(contents_of(made))}


@click.command()
@click.option("--db", default=None, metavar="FILE", help="The database to bring back.")
@click.option("--student", "code", default=None, metavar="CODE", help="The student whose database to bring back.")
@click.option(
    "--from", "source", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="The copy to bring back."
)
@click.option("--list", "only_list", is_flag=True, help="Show what could be brought back, and do nothing.")
@click.option("--yes", is_flag=True, help="Go on without asking.")
@click.pass_context
def restore(
    ctx: click.Context, db: str | None, code: str | None, source: Path | None, only_list: bool, yes: bool
) -> None:
    """Bring a database back from its most complete copy, or from the one named with --from.

    A damaged database is mended instead: what can be read of it and of its copies is put together. What is there
    now is never overwritten but moved to the folder `set-aside` beside it.
    """
    from knowthyself_tui.store.contents import contents_of
    from knowthyself_tui.store.restore import candidates

    path = _one_file(ctx, db, code)
    if only_list:
        found = candidates(path)
        for line in _listed(found):
            click.echo(line)
        ctx.exit(0 if found else 1)
    present = contents_of(path) if path.exists() else None
    if source is None and present is not None and not present.is_valid:
        return _mend(ctx, path)
    chosen = source.expanduser() if source else _most_complete(path)
    coming = contents_of(chosen)
    if not coming.is_valid:
        raise StoreError(coming.trouble)
    for doubt in _doubts(present, coming):
        if yes:
            click.echo(clean_text(doubt))
        else:
            click.confirm(clean_text(f"{doubt} Go on?"), abort=True)
    return _restore(path, chosen, coming)


def _restore(path: Path, source: Path, coming: Contents) -> None:
    from knowthyself_tui.store.restore import restore as put_back

    aside = put_back(path, source)
    click.echo(f"{_shown(path)} is as in {_shown(source)} now: {_amount(_described(coming))}")
    if aside:
        click.echo(f"What was there before is kept as {_shown(aside)}")


def _mend(ctx: click.Context, path: Path) -> None:
    from knowthyself_tui.store.rescue.salvage import mend

    mending = mend(path, scenario_of=_scenarios(ctx))
    click.echo(clean_text(mending.told))
    ctx.exit(0 if mending.is_anything else 1)


def _scenarios(ctx: click.Context) -> ScenarioOf:
    """The scenarios of this machine, for encounters whose own copy is lost; only the very same version will do."""
    from knowthyself_tui.config import load_settings
    from knowthyself_tui.content import Library

    folders = load_settings({"scenarios_dir": (ctx.obj or {}).get("scenarios_dir")}).scenario_folders
    return Library(folders).document_of


def _most_complete(path: Path) -> Path:
    from knowthyself_tui.store.restore import best_of, candidates

    best = best_of(candidates(path))
    if best is None:
        raise StoreError(f"There is no backup and no hand-in copy of {path}. Name a file with --from.")
    return best.path


def _doubts(present: Contents | None, coming: Contents) -> Iterator[str]:
    """Reasons to ask before what is there makes way."""
    if present is None or not present.is_valid:
        return
    if not set(present.students) & set(coming.students) and present.students:
        yield f"It holds other students: {', '.join(coming.codes) or 'none'} instead of {', '.join(present.codes)}."
    if coming.events < present.events:
        yield f"It holds {coming.events} events, the present file holds {present.events}."


def _listed(found: Sequence[Candidate]) -> Iterator[str]:
    for one in found:
        when = one.contents.changed_at or "-"
        yield f"{_shown(when):<24}  {one.kind:<12}  {_amount(_described(one.contents)):<48}  {_shown(one.path)}"
    if not found:
        yield "There is no backup and no hand-in copy."


def _described(contents: Contents) -> dict[str, Any]:
    return {
        "students": [clean_text(code, single_line=True) for code in contents.codes],
        "sittings": contents.sittings,
        "events": contents.events,
        "changed_at": contents.changed_at,
        "verdict": clean_text(contents.trouble) or _FINE,
    }


def _amount(row: Mapping[str, Any]) -> str:
    if row["verdict"] != _FINE:
        return str(row["verdict"])
    return f"{row['sittings']} sittings, {row['events']} events, {_FINE}"


def _places(ctx: click.Context, db: str | None, code: str | None) -> list[Place]:
    """One student's file where each has one; else what `--db` and the settings name."""
    from knowthyself_tui.config import load_settings
    from knowthyself_tui.locations import student_database

    options = {"db": db or (ctx.obj or {}).get("db")}
    is_a_file_each = load_settings(options).database is None
    return [student_database(code)] if code and is_a_file_each else places_of(options)


def _one_file(ctx: click.Context, db: str | None, code: str | None) -> Path:
    places = _places(ctx, db, code)
    if len(places) != 1:
        raise UsageError("Say which database to bring back: --student CODE, or --db FILE.")
    return _file(places[0])


def _file(place: Place) -> Path:
    if isinstance(place, Server):
        raise UsageError(f"{place} is a server; copy it with the tools of PostgreSQL, pg_dump and pg_restore.")
    return place


def _shown(text: Path | str) -> str:
    return clean_text(str(text), single_line=True)
