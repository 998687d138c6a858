"""The Python, the system, the SQLite library and the installed packages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError

from knowthyself_tui.doctor.check import Check, fine, note, problem

OLDEST_PYTHON = (3, 11)
OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables."""

_REINSTALL = "Install the program again with pip, which brings what it needs."
_AT_LEAST = re.compile(r"([A-Za-z0-9._-]+)[^;]*?>=\s*([0-9][0-9.]*)")
_SYSTEMS = {"linux": "Linux", "darwin": "macOS", "win32": "Windows"}


def check_python(version: tuple[int, int, int], level: str, implementation: str) -> Check:
    """`level` and `implementation` as `sys.version_info` and `sys.implementation` have them."""
    shown = f"{implementation} {'.'.join(map(str, version))}"
    if version[:2] < OLDEST_PYTHON:
        return problem("Python", f"{shown} is too old.", "Install Python 3.11 or newer.")
    if level != "final" or implementation != "cpython":
        return note("Python", f"{shown} ({level}) was never tried.", "Use a released Python from python.org.")
    return fine("Python", f"{shown}.")


def check_system(system: str, release: str) -> Check:
    """`system` as `sys.platform` has it."""
    if system not in _SYSTEMS:
        return note("system", f"{system} {release} was never tried.", "Use Linux, macOS or Windows.")
    return fine("system", f"{_SYSTEMS[system]} {release}.")


def check_sqlite(version: tuple[int, ...]) -> Check:
    shown = f"SQLite {'.'.join(map(str, version))}"
    if version < OLDEST_SQLITE:
        return problem("SQLite", f"{shown} is too old for these databases.", "Install a newer Python, which brings it.")
    return fine("SQLite", f"{shown}.")


def check_packages(requires: Sequence[str] | None, version_of: Callable[[str], str]) -> Iterator[Check]:
    """What the program needs against what is installed.

    Args:
        requires: as the metadata of the installed program have it; None when it is not installed.
        version_of: a package's version; raises PackageNotFoundError.
    """
    if requires is None:
        yield note("packages", "The program is not installed; it runs from its folder.", _REINSTALL)
        return
    wrong = [found for found in (_package(line, version_of) for line in requires if ";" not in line) if found]
    yield from wrong
    if not wrong:
        number = sum(";" not in line for line in requires)
        yield fine("packages", f"All {number} that are needed are there, as new as they must be.")


def _package(line: str, version_of: Callable[[str], str]) -> Check | None:
    wanted = _AT_LEAST.match(line)
    name, least = (wanted[1], wanted[2]) if wanted else (re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0], "0")
    try:
        found = version_of(name)
    except PackageNotFoundError:
        return problem("packages", f"{name} is missing.", _REINSTALL)
    if _release(found) < _release(least):
        return problem("packages", f"{name} is {found}, and {least} or newer is needed.", _REINSTALL)
    return None


def _release(version: str) -> tuple[int, ...]:
    """The numbers of a version up to its first other part, without zeros at the end: 2.0 is 2."""
    numbers = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    parts = [int(part) for part in numbers[0].split(".")] if numbers else []
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)
