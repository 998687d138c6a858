"""`knowthyself sessions`: look at and look after what is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from knowthyself_tui.commands.places import DB_HELP

Command = TypeVar("Command", bound=Callable[..., Any])

WITH_EXCLUSIONS = 3


def _reads(command: Command) -> Command:
    """Options of every command here."""
    return click.option("--db", default=None, help=DB_HELP)(command)


def _replays(command: Command) -> Command:
    """Options of the commands that play a log again."""
    folder = click.option("--scenarios", "scenarios_dir", default=None, help="A folder of scenarios of your own.")
    return folder(_reads(command))


def _given(ctx: click.Context, /, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that were given; those of the subcommand win over those before it."""
    return {**(ctx.obj or {}), **{name: value for name, value in options.items() if value is not None}}


@click.group()
def sessions() -> None:
    """Look at and look after stored sittings. An ID may be the beginning of one."""


@sessions.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@_reads
@click.pass_context
def list_sessions(ctx: click.Context, /, as_json: bool, **options: Any) -> None:
    """Every sitting with its student, its state and its score."""
    from knowthyself_tui.commands.sessions_list import list_lines
    from knowthyself_tui.commands.standard_input import write_utf8

    if as_json:
        write_utf8()
    lines, unreadable = list_lines(_given(ctx, options), as_json=as_json)
    for line in lines:
        click.echo(line)
    for sentence in unreadable:
        click.echo(sentence, err=True)
    ctx.exit(WITH_EXCLUSIONS if unreadable else 0)


@sessions.command()
@click.argument("session_id", metavar="ID")
@_reads
@click.pass_context
def show(ctx: click.Context, /, session_id: str, **options: Any) -> None:
    """A sitting to read: what was said, ordered, found, and how it was judged."""
    from knowthyself_tui.commands.sessions_show import show_lines

    for line in show_lines(session_id, _given(ctx, options), anonymous=False):
        click.echo(line)


@sessions.command()
@click.argument("session_id", metavar="ID")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write to this file.")
@click.option("--force", is_flag=True, help="Replace the file when it is there.")
@click.option("--text", "as_text", is_flag=True, help="The transcript to read instead of JSON.")
@click.option("--anonymous", is_flag=True, help="Without the student's name and e-mail; read what was typed yourself.")
@_reads
@click.pass_context
def export(
    ctx: click.Context,
    /,
    session_id: str,
    out: Path | None,
    force: bool,
    as_text: bool,
    anonymous: bool,
    **options: Any,
) -> None:
    """A whole sitting as one JSON document."""
    from knowthyself_tui.commands.sessions_show import export_text, save
    from knowthyself_tui.commands.standard_input import write_utf8

    text = export_text(session_id, _given(ctx, options), as_text=as_text, anonymous=anonymous)
    if out is not None:
        save(text, out, force=force)
        return
    write_utf8()
    click.echo(text)


@sessions.command()
@click.argument("session_id", metavar="ID")
@_replays
@click.pass_context
def score(ctx: click.Context, /, session_id: str, **options: Any) -> None:
    """Judge a sitting again from its log; exit code 1 when a stored verdict differs."""
    from knowthyself_tui.commands.sessions_verify import score_lines

    lines, is_same = score_lines(session_id, _given(ctx, options))
    for line in lines:
        click.echo(line)
    ctx.exit(0 if is_same else 1)


@sessions.command()
@click.argument("session_id", metavar="[ID]", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with every difference.")
@_replays
@click.pass_context
def verify(ctx: click.Context, /, session_id: str | None, as_json: bool, **options: Any) -> None:
    """Check the hash chain and compute every row again from the log; exit code 1 when something is wrong."""
    from knowthyself_tui.commands.sessions_verify import verify_lines
    from knowthyself_tui.commands.standard_input import write_utf8

    if as_json:
        write_utf8()
    is_fine = True
    for line, fine in verify_lines(session_id, _given(ctx, options), as_json=as_json):
        click.echo(line)
        is_fine = is_fine and fine
    ctx.exit(0 if is_fine else 1)


@sessions.command()
@click.argument("code")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_reads
@click.pass_context
def withdraw(ctx: click.Context, /, code: str, yes: bool, **options: Any) -> None:
    """Remove a student with everything of theirs; only counts stay."""
    from knowthyself_tui.commands.sessions_upkeep import holders_of, withdraw_lines

    given = _given(ctx, options)
    holders = holders_of(code, given)
    if not yes:
        for holder in holders:
            click.echo(holder.sentence)
        click.echo("This cannot be undone, and copies that were taken elsewhere stay as they are.")
        typed = click.prompt(f"Type {holders[0].code} to remove them", default="", show_default=False)
        if typed.strip() != holders[0].code:
            click.echo("That is not the code; nothing was removed.", err=True)
            ctx.exit(1)
    lines, is_whole = withdraw_lines(code, holders)
    for line in lines:
        click.echo(line)
    ctx.exit(0 if is_whole else 1)


@sessions.command()
@click.argument("old")
@click.argument("new")
@_reads
@click.pass_context
def recode(ctx: click.Context, /, old: str, new: str, **options: Any) -> None:
    """Change a student's code that was mistyped."""
    from knowthyself_tui.commands.sessions_upkeep import recode_lines

    lines, is_whole = recode_lines(old, new, _given(ctx, options))
    for line in lines:
        click.echo(line)
    ctx.exit(0 if is_whole else 1)
