"""The application in a pseudo-terminal: killed with SIGKILL at a random moment, started again, and nothing is lost."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from knowthyself_tui.store.lock import InstanceLock
from tests.e2e.command import PROGRAM
from tests.e2e.conftest import Run

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.e2e.terminal import Terminal

LINES = [
    "scene safe?",
    "hi Maya, I'm Sam, is it ok if I help you?",
    "NRB at 15 litres",
    "sats?",
    "any allergies?",
    "salbutamol 5mg neb",
    "full set of obs",
    "have you been in intensive care before?",
    "listen to the chest",
    "hydrocortisone 100mg IV",
    "give magnesium",
    "don't give it yet",
]


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    started: list[Terminal] = []
    yield started
    for terminal in started:
        if terminal.process.poll() is None:
            terminal.kill()


def start(environment: dict[str, str], terminals: list[Terminal], columns: int, rows: int) -> Terminal:
    terminal = Terminal(PROGRAM, environment, columns=columns, rows=rows)
    terminals.append(terminal)
    return terminal


def register(terminal: Terminal) -> None:
    terminal.wait_for("Your code")
    terminal.press("s1", "tab", "Zoë Żółć", "tab", "tab", "enter")
    terminal.wait_for("I agree")
    terminal.press("a")
    terminal.wait_for("Press Enter to walk in")
    terminal.press("enter")
    terminal.wait_for("Say, ask, look")


def unwrapped(screen: str) -> str:
    """The screen with its line breaks undone, so that a wrapped line can be found."""
    return re.sub(r"\s+", " ", screen)


def say_until_killed(terminal: Terminal, chance: random.Random) -> list[str]:
    """Types the lines one after another, kills at a random moment; gives the lines that the screen showed as sent."""
    last = chance.randrange(2, len(LINES))
    shown: list[str] = []
    for line in LINES[:last]:
        terminal.press(line, "enter")
        terminal.wait_for(lambda screen, line=line: f"You: {line}" in unwrapped(screen))  # type: ignore[misc]  # bound at once
        shown.append(line)
    terminal.press(LINES[last], "enter")
    chance_seconds = chance.uniform(0, 0.15)
    try:
        terminal.wait_for(lambda screen: f"You: {LINES[last]}" in unwrapped(screen), seconds=chance_seconds)
    except AssertionError:
        pass
    else:
        shown.append(LINES[last])
    terminal.kill()
    return shown


def stored_turns(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("select text from turn where speaker = 'student' order by seq").fetchall()
    return [text for (text,) in rows]


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "columns", "rows"), [(1, 80, 24), (2, 120, 40), (3, 80, 24)])
def test_every_line_that_showed_as_sent_survives_a_kill(
    seed: int, columns: int, rows: int, environment: dict[str, str], terminals: list[Terminal], tmp_path: Path
) -> None:
    first = start(environment, terminals, columns, rows)
    register(first)
    shown = say_until_killed(first, random.Random(seed))
    shutil.rmtree(tmp_path / "data" / "drafts")  # What was half typed would stand before the next line.
    again = start(environment, terminals, columns, rows)
    again.wait_for("Zoë Żółć")
    again.press("enter")
    again.wait_for("Say, ask, look")
    screen = unwrapped(again.wait_for(lambda screen: f"You: {shown[-1]}" in unwrapped(screen)))
    again.press("and then", "enter")
    again.wait_for(lambda screen: "You: and then" in unwrapped(screen))
    again.kill()
    stored = stored_turns(tmp_path / "data" / "s1.db")
    assert stored[: len(shown)] == shown
    assert stored[-1] == "and then"
    assert f"You: {shown[-1]}" in screen


@pytest.mark.slow
def test_the_database_of_a_killed_session_is_analysed_without_what_lay_beside_it(
    environment: dict[str, str], terminals: list[Terminal], tmp_path: Path, command: Run
) -> None:
    first = start(environment, terminals, 80, 24)
    register(first)
    first.press("salbutamol 5mg neb", "enter")
    first.wait_for("You: salbutamol 5mg neb")
    first.kill()
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copyfile(tmp_path / "data" / "s1.db", alone / "s1.db")
    done = command("analyze", str(alone), "--out", str(tmp_path / "report"))
    assert done.returncode == 0, done.stderr
    assert len((tmp_path / "report" / "students.csv").read_text("utf-8").splitlines()) == 2
    assert stored_turns(alone / "s1.db")[0] == "salbutamol 5mg neb"


def clock_of(screen: str) -> int:
    match = re.search(r"^\s*(\d\d):(\d\d)\s", screen, re.MULTILINE)
    assert match is not None, screen
    return 60 * int(match[1]) + int(match[2])


@pytest.mark.slow
def test_time_while_it_was_dead_does_not_count(environment: dict[str, str], terminals: list[Terminal]) -> None:
    first = start(environment, terminals, 80, 24)
    register(first)
    first.press("wait two minutes", "enter")
    first.wait_for("02:0")
    first.press("sats?", "enter")
    screen = first.wait_for("SpO2 8")
    before = clock_of(screen)
    first.kill()
    again = start(environment, terminals, 80, 24)
    again.wait_for("Zoë Żółć")
    again.press("enter")
    screen = again.wait_for("Say, ask, look")
    assert before - 5 <= clock_of(screen) <= before + 10
    assert "SpO2 8" in screen


@pytest.mark.slow
def test_a_second_instance_is_refused_politely(environment: dict[str, str], terminals: list[Terminal]) -> None:
    first = start(environment, terminals, 80, 24)
    register(first)
    second = start(environment, terminals, 80, 24)
    second.wait_for("Zoë Żółć")
    second.press("enter")
    screen = unwrapped(second.wait_for(lambda screen: "Say, ask" in screen or "another" in screen.lower()))
    assert "Say, ask" not in screen
    assert "Traceback" not in screen
    assert first.process.poll() is None


@pytest.mark.slow
def test_quitting_asks_once_and_goes_on_next_time(environment: dict[str, str], terminals: list[Terminal]) -> None:
    first = start(environment, terminals, 80, 24)
    register(first)
    first.press("sats?", "enter")
    first.wait_for("You: sats?")
    first.press("ctrl+q")
    first.wait_for("Quit Know Thyself?")
    first.press("y")
    first.process.wait(15)
    assert first.process.returncode == 0
    again = start(environment, terminals, 80, 24)
    again.wait_for("Zoë Żółć")


@pytest.mark.slow
def test_a_closed_window_ends_the_program_and_frees_the_file(
    environment: dict[str, str], terminals: list[Terminal], tmp_path: Path
) -> None:
    first = start(environment, terminals, 80, 24)
    register(first)
    first.press("sats?", "enter")
    first.wait_for("You: sats?")
    first.hang_up()
    first.process.wait(15)
    assert stored_turns(tmp_path / "data" / "s1.db")[0] == "sats?"
    InstanceLock.take(tmp_path / "data" / "s1.db").release()


@pytest.mark.slow
def test_a_small_terminal_gets_a_sentence(environment: dict[str, str], terminals: list[Terminal]) -> None:
    small = start(environment, terminals, 50, 15)
    screen = unwrapped(small.wait_for(lambda screen: "60" in screen and "20" in screen))
    assert "Your code" not in screen
