"""Who may import whom, read from the source and from what a start really loads."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "knowthyself_tui"

SCREENS = {"textual", "rich"}
HEAVY = {"anthropic", "pandas", "numpy", "scipy", "openpyxl", "matplotlib", "psycopg", "pyreadstat"}
NOT_PURE = {"asyncio", "sqlite3", "peewee", "playhouse", "yaml", "click", "platformdirs", "threading", "subprocess"}
CLOCKS = {"time", "datetime", "random", "secrets", "uuid", "os", "pathlib", "socket"}

ROOMS = {
    "domain": set(),
    "scoring": {"domain"},
    "debrief": {"domain", "scoring"},
    "content": {"domain", "locations"},
    "language": {"domain"},
    "patients": {"domain"},
    "store": {"domain", "locations"},
    "session": {"domain", "content", "language", "patients", "scoring", "debrief", "store", "locations"},
    "authoring": {"domain", "content", "language", "session"},
    "simulation": {"domain", "content", "session", "store"},
    "doctor": {"domain", "content", "store", "locations", "config"},
    "app": {
        "domain", "session", "content", "language", "patients", "scoring", "debrief", "store", "locations", "config",
    },
}  # fmt: skip
"""Room to the rooms it may import besides itself, `errors` and the version."""


def modules_of(room: str) -> list[Path]:
    return sorted((PACKAGE / room).rglob("*.py"))


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file names in an import, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def our_room(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "knowthyself_tui" and len(parts) > 1 else None


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_the_rooms_it_may(room: str) -> None:
    allowed = ROOMS[room] | {room, "errors"}
    for path in modules_of(room):
        for module in imports_of(path):
            found = our_room(module)
            assert found is None or found in allowed, f"{path.relative_to(ROOT)} imports {module}"


@pytest.mark.parametrize("room", ["domain", "scoring", "debrief"])
def test_the_core_is_pure(room: str) -> None:
    banned = SCREENS | HEAVY | NOT_PURE | CLOCKS
    for path in modules_of(room):
        for module in imports_of(path):
            assert module.split(".")[0] not in banned, f"{path.relative_to(ROOT)} imports {module}"


def test_only_the_app_knows_about_screens() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path.is_relative_to(PACKAGE / "app"):
            continue
        for module in imports_of(path):
            assert module.split(".")[0] not in SCREENS, f"{path.relative_to(ROOT)} imports {module}"


def test_only_the_command_line_imports_the_app() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path.is_relative_to(PACKAGE / "app") or path == PACKAGE / "cli.py":
            continue
        assert all(our_room(module) != "app" for module in imports_of(path)), path


def test_only_the_analysis_uses_the_heavy_libraries() -> None:
    for path in PACKAGE.rglob("*.py"):
        for module in imports_of(path):
            assert module.split(".")[0] not in HEAVY - {"anthropic"}, f"{path.relative_to(ROOT)} imports {module}"


def test_the_analysis_never_imports_app_session_or_patients() -> None:
    for path in (ROOT / "analysis").rglob("*.py"):
        for module in imports_of(path):
            assert our_room(module) not in {"app", "session", "patients", "language"}, path


def loaded_after(code: str) -> set[str]:
    """Top-level modules in `sys.modules` after running `code` in a fresh interpreter."""
    program = f"{code}\nimport sys\nprint(' '.join(sorted({{name.split('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.splitlines()[-1].split())


def test_help_loads_nothing_heavy() -> None:
    code = "from knowthyself_tui.cli import cli\ntry: cli(['--help'])\nexcept SystemExit: pass"
    assert not loaded_after(code) & (HEAVY | SCREENS | {"peewee", "pydantic", "yaml", "rapidfuzz"})


def test_the_start_screen_loads_no_analysis_and_no_model() -> None:
    code = "import knowthyself_tui.app.screens.start, knowthyself_tui.session.desk, knowthyself_tui.app"
    assert not loaded_after(code) & HEAVY


def test_a_run_needs_no_screen() -> None:
    code = "from knowthyself_tui.commands.run import run_script\nlist(run_script('asthma', {'until': '00:05'}))"
    assert not loaded_after(code) & (SCREENS | HEAVY)
