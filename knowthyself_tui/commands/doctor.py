"""`knowthyself doctor`: what is wrong with this machine, its data folder and its databases."""

from __future__ import annotations

from typing import Any

import click

from knowthyself_tui.commands.places import DB_HELP


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--db", default=None, help=DB_HELP)
@click.pass_context
def doctor(ctx: click.Context, /, as_json: bool, db: str | None) -> None:
    """What is wrong with this machine, and what to do about it. Changes nothing."""
    from knowthyself_tui.commands.standard_input import write_utf8
    from knowthyself_tui.config import database_place
    from knowthyself_tui.doctor.examine import examine
    from knowthyself_tui.doctor.report import json_lines, table_lines

    given: dict[str, Any] = ctx.obj or {}
    target = db or given.get("db")
    checks = examine(database_place(target) if target else None)
    if as_json:
        write_utf8()
    for line in json_lines(checks) if as_json else table_lines(checks):
        click.echo(line)
    ctx.exit(1 if any(check.verdict == "problem" for check in checks) else 0)
