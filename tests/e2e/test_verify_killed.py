"""What the application stored before and after it was killed is what its log gives again, to the last digit."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from click.testing import CliRunner

from knowthyself_tui.commands.sessions import sessions
from tests.e2e.command import PROGRAM, SCRIPTS
from tests.e2e.conftest import Run
from tests.e2e.terminal import Terminal


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    started: list[Terminal] = []
    yield started
    for terminal in started:
        if terminal.process.poll() is None:
            terminal.kill()


def start(environment: dict[str, str], terminals: list[Terminal]) -> Terminal:
    terminal = Terminal(PROGRAM, environment, columns=120, rows=40)
    terminals.append(terminal)
    return terminal


def take_up(environment: dict[str, str], terminals: list[Terminal]) -> Terminal:
    terminal = start(environment, terminals)
    terminal.wait_for("Zoë")
    terminal.press("enter")
    terminal.wait_for("Say, ask, look")
    return terminal


def say(terminal: Terminal, line: str) -> None:
    terminal.press(line, "enter")
    terminal.wait_for(f"You: {line}")


def verify(path: Path) -> str:
    result = CliRunner().invoke(sessions, ["verify", "--db", str(path)])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.slow
def test_a_sitting_killed_twice_verifies_clean(
    environment: dict[str, str], terminals: list[Terminal], tmp_path: Path
) -> None:
    path = tmp_path / "data" / "s1.db"
    terminal = start(environment, terminals)
    terminal.wait_for("Your code")
    terminal.press("s1")
    terminal.wait_for("s1")
    terminal.press("tab", "Zoë")
    terminal.wait_for("Zoë")
    terminal.press("tab", "tab", "enter")
    terminal.wait_for("I agree")
    terminal.press("a")
    terminal.wait_for("Press Enter to walk in")
    terminal.press("enter")
    terminal.wait_for("Say, ask, look")
    say(terminal, "NRB at 15 litres")
    say(terminal, "full set of obs")
    terminal.kill()
    assert "every row is as the log gives it" in verify(path)
    terminal = take_up(environment, terminals)
    say(terminal, "salbutamol 5mg neb")
    say(terminal, "wait seven minutes")
    terminal.wait_for("07:")
    terminal.kill()
    verify(path)
    terminal = take_up(environment, terminals)
    say(terminal, "sats?")
    terminal.press("ctrl+q")
    terminal.wait_for("Quit Know Thyself?")
    terminal.press("y")
    terminal.process.wait(15)
    verify(path)


@pytest.mark.slow
def test_a_run_verifies_clean(command: Run, tmp_path: Path) -> None:
    path = tmp_path / "run.db"
    script = str(SCRIPTS / "asthma_optimal.txt")
    assert command("run", "asthma", "--db", str(path), "--student", "p001", "--script", script).returncode == 0
    assert "every row is as the log gives it" in verify(path)
