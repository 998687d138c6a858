"""`knowthyself scenarios`: for the authors of cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from knowthyself_tui.errors import KnowThyselfError

Command = TypeVar("Command", bound=Callable[..., Any])


def _own_folder(command: Command) -> Command:
    """The option of every command that looks for cases."""
    return click.option("--scenarios", "scenarios_dir", default=None, help="A folder of scenarios of your own.")(
        command
    )


@click.group()
@click.option("--scenarios", "scenarios_dir", default=None, help="A folder of scenarios of your own.")
@click.pass_context
def scenarios(ctx: click.Context, scenarios_dir: str | None) -> None:
    """List, show, check, preview and begin scenarios."""
    if scenarios_dir is not None:
        ctx.obj = {**(ctx.obj or {}), "scenarios_dir": scenarios_dir}


@scenarios.command("list")
@_own_folder
@click.pass_obj
def list_scenarios(obj: dict[str, Any], scenarios_dir: str | None) -> None:
    """The scenarios that can be played."""
    library = library_of(obj, scenarios_dir)
    for scenario_id in library.ids():
        try:
            loaded = library.load(scenario_id)
        except KnowThyselfError as error:
            click.echo(_told(error), err=True)
        else:
            case = loaded.scenario
            click.echo(_told(f"{scenario_id}\t{case.version}\t{loaded.sha256[:12]}\t{case.title}"))


@scenarios.command()
@click.argument("scenario_id", metavar="ID")
@_own_folder
@click.pass_obj
def show(obj: dict[str, Any], scenario_id: str, scenarios_dir: str | None) -> None:
    """What a case holds and what it is judged by, in plain words; for those who teach, not for those who play."""
    from knowthyself_tui.authoring.describe import description

    for line in description(library_of(obj, scenarios_dir).load(scenario_id)):
        click.echo(_told(line))


@scenarios.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--bots", is_flag=True, help="Let the bots play each case as well (about a minute for all).")
@click.pass_context
def validate(ctx: click.Context, paths: tuple[Path, ...], bots: bool) -> None:
    """Check scenario files: format, rules, medicine (all that can be found, without PATHS)."""
    from knowthyself_tui.authoring.examine import examine_file, examine_play
    from knowthyself_tui.content.library import FILE_NAME

    files = [path / FILE_NAME if path.is_dir() else path for path in paths] or library_of(ctx.obj).files()
    sound = [path for path in files if _is_sound(path, examine_file)]
    fine = len(sound) == len(files)
    for verdict in examine_play(sound) if bots else ():
        fine = fine and not verdict.problems
        for problem in verdict.problems:
            click.echo(_told(f"{verdict.scenario_id}: {problem}"), err=True)
        kept = f", {verdict.accepted} expectations left to physiology" if verdict.accepted else ""
        click.echo(
            _told(f"{verdict.scenario_id}: {verdict.bots} bots, {_counted(len(verdict.problems), 'problem')}{kept}")
        )
    ctx.exit(0 if fine else 1)


@scenarios.command()
@click.argument("scenario_id", metavar="ID")
@click.option("--svg", type=click.Path(path_type=Path), default=None, help="Write a picture instead.")
@click.option("--width", type=click.IntRange(40, 400), default=None, help="Columns to draw in.")
@_own_folder
@click.pass_obj
def preview(
    obj: dict[str, Any], scenario_id: str, svg: Path | None, width: int | None, scenarios_dir: str | None
) -> None:
    """Draw the vital signs of the untreated and of the optimally treated patient."""
    from knowthyself_tui.authoring.preview import preview_lines, preview_svg

    library = library_of(obj, scenarios_dir)
    if svg is None:
        for line in preview_lines(library, scenario_id, width):
            click.echo(line)
        return
    preview_svg(library, scenario_id, svg)
    click.echo(_told(f"Written to {svg}."))


@scenarios.command()
@click.argument("scenario_id", metavar="ID")
@click.option("--into", type=click.Path(path_type=Path), default=None, help="Folder of your scenarios.")
@click.pass_obj
def new(obj: dict[str, Any], scenario_id: str, into: Path | None) -> None:
    """Begin a scenario of your own: a commented case that can be played at once and changed line by line."""
    from knowthyself_tui.authoring.skeleton import write_skeleton

    folder = into or Path(obj.get("scenarios_dir") or ".")
    for path in write_skeleton(scenario_id, folder):
        click.echo(_told(f"Written: {path}"))
    click.echo(_told(f"Check it with: knowthyself scenarios validate {folder / scenario_id}"))


@scenarios.command()
def schema() -> None:
    """The JSON Schema of a scenario file, for editors that complete and check."""
    from knowthyself_tui.authoring.schema import schema_text

    click.echo(schema_text(), nl=False)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _is_sound(path: Path, examine: Callable[[Path], Any]) -> bool:
    try:
        problems: tuple[str, ...] = examine(path).problems
    except KnowThyselfError as error:
        click.echo(_told(error), err=True)
        return False
    for line in _sentences(path, problems):
        click.echo(_told(line), err=bool(problems))
    return not problems


def _sentences(path: Path, problems: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{path}: {problem}" for problem in problems)
    if not problems:
        yield f"{path}: fine"


def library_of(obj: dict[str, Any] | None, scenarios_dir: str | None = None) -> Any:
    """The cases that the settings name."""
    from knowthyself_tui.config import load_settings
    from knowthyself_tui.content import Library

    settings = load_settings({"scenarios_dir": scenarios_dir or (obj or {}).get("scenarios_dir")})
    return Library(settings.scenario_folders, settings.protocol)


def _told(said: object) -> str:
    """What an error says, or a path, harmless to a terminal."""
    from knowthyself_tui.domain.text import clean_text

    return clean_text(str(said))
