"""All checks of this machine, in their order."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from knowthyself_tui import locations
from knowthyself_tui.config import Settings
from knowthyself_tui.doctor import clock, files, machine, setup, terminal
from knowthyself_tui.doctor.check import Check, problem
from knowthyself_tui.doctor.database import check_database, check_server
from knowthyself_tui.doctor.folder import check_contents, check_folder
from knowthyself_tui.doctor.groups import HANGS, Group, in_time, run_groups
from knowthyself_tui.doctor.surroundings import Surroundings
from knowthyself_tui.errors import UsageError
from knowthyself_tui.store.place import Place, Server

LONGEST_SECONDS = 10.0
"""After that a group that has not ended is left behind with what it found."""
SECONDS_A_DATABASE = 0.2
"""More time where there are many databases."""


@dataclass(frozen=True, slots=True)
class Start:
    """What has to be known before the rest can be looked at."""

    checks: Sequence[Check]
    settings: Settings
    places: Sequence[Place]
    folders: Sequence[Path]
    """Folders in which something is written."""
    spools: Sequence[Path]


def examine(place: Place | None, machine: Surroundings | None = None) -> list[Check]:
    """Everything there is to say about this machine.

    Args:
        place: the one database to look at; None for that of the settings, else every file of the data folder.
    """
    around = machine or Surroundings()
    start = in_time(partial(_start, place), LONGEST_SECONDS / 2)
    if start is None:
        hangs = problem("data folder", "The data folder and the settings do not answer.", HANGS)
        start = Start([hangs], Settings(), [place] if place else [], [], [])
    groups = [
        Group("This machine", partial(_machine, around)),
        Group("The setup", partial(_setup, start.settings, around)),
        *(Group(str(folder), partial(_folder, folder, around)) for folder in start.folders),
        Group("The waiting turns", partial(files.check_spool, start.spools)),
        *(Group(str(one), partial(_place, one, around)) for one in start.places),
    ]
    seconds = LONGEST_SECONDS + SECONDS_A_DATABASE * len(start.places)
    return [*start.checks, *run_groups(groups, seconds)]


def _start(place: Place | None) -> Start:
    checks: list[Check] = []
    chosen, data = place, None
    try:
        data = locations.data_folder()
        settings_check, settings = setup.check_settings(locations.config_file())
        checks.append(settings_check)
        chosen = place or settings.database
    except UsageError as error:
        settings = Settings()
        remedy = f"Set {locations.DATA_FOLDER_VARIABLE} to a folder that can be made."
        checks.append(problem("data folder", str(error), remedy))
    places: list[Place] = [chosen] if chosen else []
    if chosen is None and data is not None:
        places += sorted(data.glob("*.db"))
    own = [chosen.absolute().parent] if isinstance(chosen, Path) else []
    folders = list(dict.fromkeys([*own, *([data] if data else [])]))
    return Start(checks, settings, places, folders, locations.spool_folders() if data else ())


def _machine(around: Surroundings) -> Iterator[Check]:
    info = sys.version_info
    yield machine.check_python((info.major, info.minor, info.micro), info.releaselevel, sys.implementation.name)
    yield machine.check_system(around.system, around.release)
    yield machine.check_sqlite(sqlite3.sqlite_version_info)
    yield from machine.check_packages(_requires(), version)
    yield from terminal.check_terminal(around.terminal, around.system, around.environ, around.windows_build)
    fonts = None if around.system == "win32" else around.run(["fc-list", ":charset=28ff", "family"])
    yield terminal.check_font(around.terminal, around.environ, terminal.count_fonts(fonts))
    yield clock.check_wall_clock(around.now())
    yield clock.check_monotonic(time.monotonic, time.sleep)
    has_local_time = around.system == "win32" or os.path.exists("/etc/localtime")
    names = (time.tzname[0], time.tzname[-1])
    yield clock.check_time_zone(around.environ.get("TZ", ""), names, has_local_time)


def _requires() -> Sequence[str] | None:
    try:
        return requires("knowthyself") or []
    except PackageNotFoundError:
        return None


def _setup(settings: Settings, around: Surroundings) -> Iterator[Check]:
    yield setup.check_key(around.environ)
    yield from setup.check_scenarios(settings.scenario_folders, settings.scenario_queue)


def _folder(folder: Path, around: Surroundings) -> Iterator[Check]:
    yield from check_folder(folder, around)
    yield from check_contents(folder, around.now())


def _place(place: Place, around: Surroundings) -> Iterator[Check]:
    if isinstance(place, Server):
        yield from check_server(place, around.now())
    else:
        yield from check_database(place, around.now())
