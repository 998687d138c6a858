"""The command line; each subcommand imports what it needs inside its function, so that `--help` is quick."""

from __future__ import annotations

import sys
from typing import Any

import click

from knowthyself_tui import __version__
from knowthyself_tui.commands.analyze import analyze
from knowthyself_tui.commands.backup import backup, restore
from knowthyself_tui.commands.collect import collect
from knowthyself_tui.commands.doctor import doctor
from knowthyself_tui.commands.scenarios import library_of, scenarios
from knowthyself_tui.commands.sessions import sessions
from knowthyself_tui.commands.simulate import simulate
from knowthyself_tui.errors import KnowThyselfError

DB_HELP = "A database (path, sqlite:///path, postgresql://host/name); the default is one file a student."


class _Group(click.Group):
    """Errors of ours are one sentence on standard error; `--debug` shows the traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KnowThyselfError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(f"knowthyself: {_told(error)}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=_Group, invoke_without_command=True)
@click.version_option(__version__, prog_name="knowthyself")
@click.option("--db", default=None, help=DB_HELP)
@click.option("--scenarios", "scenarios_dir", default=None, help="A folder of scenarios of your own.")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def cli(ctx: click.Context, db: str | None, scenarios_dir: str | None, debug: bool) -> None:
    """Treat simulated patients; study how it went. Training only, never a guide to real care."""
    ctx.obj = {"db": db, "scenarios_dir": scenarios_dir}
    if ctx.invoked_subcommand is None:
        _run_app(ctx.obj)


for command in (analyze, backup, collect, doctor, restore, scenarios, sessions, simulate):
    cli.add_command(command)


@cli.command()
@click.argument("scenario")
@click.option("--student", "code", default=None, help="The student's code.")
@click.option("--name", default="", help="The student's name.")
@click.option("--arm", type=click.Choice(["A", "B"]), default=None, hidden=True)
@click.option("--seed", type=int, default=None, help="Seed of the patient.")
@click.option("--resume", is_flag=True, help="Go on with this student's unfinished encounter without asking.")
@click.option("--db", default=None, help=DB_HELP)
@click.option("--scenarios", "scenarios_dir", default=None, help="A folder of scenarios of your own.")
@click.pass_obj
def play(obj: dict[str, Any], /, scenario: str, **options: Any) -> None:
    """Go straight into one practice encounter."""
    _run_app(obj, queue=scenario, **_given(options))


@cli.command()
@click.argument("scenario")
@click.option("--script", default=None, help="Lines to say: a file, or - for standard input.")
@click.option("--until", default=None, metavar="MM:SS", help="End at this scenario time.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--student", "code", default=None, help="Store the run as this student's.")
@click.option("--name", default="", hidden=True)
@click.option("--arm", type=click.Choice(["A", "B"]), default=None)
@click.option("--db", default=None, help=DB_HELP)
@click.option("--scenarios", "scenarios_dir", default=None, help="A folder of scenarios of your own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def run(obj: dict[str, Any], /, scenario: str, **options: Any) -> None:
    """Play an encounter without a screen, on simulated time."""
    from knowthyself_tui.commands.run import run_script
    from knowthyself_tui.commands.standard_input import write_utf8

    if options["as_json"]:
        write_utf8()
    for line in run_script(scenario, {**obj, **_given(options)}):
        click.echo(line)


@cli.command()
@click.argument("text", required=False)
@click.option("--scenario", default=None, help="Read the line as said in this scenario.")
@click.option("--jsonl", is_flag=True, help="Read JSON lines from standard input, answer one line each.")
def understand(text: str | None, scenario: str | None, jsonl: bool) -> None:
    """Show how a line is read."""
    from knowthyself_tui.commands.standard_input import standard_input, write_utf8
    from knowthyself_tui.commands.understand import explain_line
    from knowthyself_tui.language import understand_jsonl

    if jsonl:
        write_utf8()
        for answer in understand_jsonl(standard_input()):
            click.echo(answer)
        return
    click.echo(explain_line(text or "", scenario))


@cli.group()
def body() -> None:
    """The physiology bench: play a body, compare it with published cases."""


@body.command("validate")
@click.option("--markdown", is_flag=True, help="Print the table in Markdown, with the sources.")
@click.option("--only", default=None, metavar="TEXT", help="Only cases with this text in their id, title or source.")
@click.option("--collected", is_flag=True, help="The collected cases; fails when fewer than 80 % are inside.")
@click.pass_context
def validate_body(ctx: click.Context, markdown: bool, only: str | None, collected: bool) -> None:
    """Compare the body with published cases; fails when one is outside its window."""
    from knowthyself_tui.commands.body import validation_lines
    from knowthyself_tui.commands.standard_input import write_utf8

    write_utf8()
    lines, fine = validation_lines(only, markdown=markdown, collected=collected)
    for line in lines:
        click.echo(line)
    ctx.exit(0 if fine else 1)


@body.command("play")
@click.option(
    "--patient",
    default=None,
    metavar="KEY=VALUE,…",
    help="age, weight, height, sex, tolerance, comorbidity, variability.",
)
@click.option("--minutes", type=float, default=20, show_default=True, help="How long to play.")
@click.option("--every", type=int, default=5, show_default=True, help="Seconds between rows.")
@click.option("--csv", "as_csv", is_flag=True, help="Print comma-separated values.")
@click.option("--columns", default=None, help="Columns to print, with commas between.")
@click.option("--set", "settings", multiple=True, metavar="'MM:SS NAME=VALUE'", help="Set something from outside.")
@click.option("--order", "orders", multiple=True, metavar="'MM:SS INTENT SLOT=VALUE…'", help="Give an order.")
@click.option("--scenario", "scenario_id", default=None, help="Start from this scenario's patient and illness.")
@click.option("--position", default=None, help="How the patient lies or sits at the start; supine, or the scenario's.")
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of what varies by chance.")
@click.option("--plot", is_flag=True, help="Draw curves instead of printing rows.")
@click.option("--names", is_flag=True, help="Print everything that can be set, ordered and shown.")
@click.pass_obj
def play_body(obj: dict[str, Any], /, names: bool, scenario_id: str | None, **options: Any) -> None:
    """Play one body and print what it shows."""
    from knowthyself_tui.commands.body import names_lines, play_lines
    from knowthyself_tui.commands.standard_input import write_utf8

    write_utf8()
    scenario = None if scenario_id is None else library_of(obj).load(scenario_id).scenario
    lines = names_lines() if names else play_lines(options, scenario, lambda text: click.echo(text, err=True))
    for line in lines:
        click.echo(line)


def main() -> None:
    """The entry point of the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    cli(prog_name="knowthyself")


def _run_app(obj: dict[str, Any], **options: Any) -> None:
    from knowthyself_tui.app import run_app
    from knowthyself_tui.config import load_settings
    from knowthyself_tui.content import Library
    from knowthyself_tui.session.desk import Desk
    from knowthyself_tui.session.sitting import Plan

    given = {**obj, **options}
    settings = load_settings({name: given.get(name) for name in ("db", "scenarios_dir", "queue", "seed")})
    library = Library(settings.scenario_folders, settings.protocol)
    for scenario_id in settings.scenario_queue:
        library.load(scenario_id)
    plan = Plan(settings.scenario_queue, seed=settings.seed, arm=given.get("arm"))
    desk = Desk(library, settings.database)
    name = given.get("name") or ""
    sys.exit(run_app(desk, plan, code=given.get("code"), name=name, resume=bool(given.get("resume"))))


def _given(options: dict[str, Any]) -> dict[str, Any]:
    """The options that were given; those of the subcommand win over those before it."""
    return {name: value for name, value in options.items() if value is not None}


def _told(said: object) -> str:
    """What an error says, or a path, harmless to a terminal."""
    from knowthyself_tui.domain.text import clean_text

    return clean_text(str(said))
