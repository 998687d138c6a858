"""What the terminal is told to be, on every system."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from knowthyself_tui.app.app import SMALLEST as SMALLEST_OF_THE_APP
from knowthyself_tui.doctor.check import Check
from knowthyself_tui.doctor.terminal import SMALLEST, Terminal, check_font, check_terminal, count_fonts

GOOD = Terminal(True, 120, 40, "utf-8")
XTERM = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


def found(
    terminal: Terminal = GOOD, system: str = "linux", environ: Mapping[str, str] = XTERM, build: int = 0
) -> dict[str, Check]:
    return {check.name: check for check in check_terminal(terminal, system, environ, build)}


def test_the_smallest_window_is_that_of_the_application() -> None:
    assert SMALLEST == SMALLEST_OF_THE_APP


def test_a_terminal_of_today_is_fine() -> None:
    assert {check.verdict for check in found().values()} == {"fine"}


@pytest.mark.parametrize(
    ("columns", "rows", "verdict"),
    [(59, 40, "problem"), (60, 19, "problem"), (60, 20, "note"), (79, 24, "note"), (80, 24, "fine")],
)
def test_size(columns: int, rows: int, verdict: str) -> None:
    assert found(Terminal(True, columns, rows, "utf-8"))["terminal size"].verdict == verdict


@pytest.mark.parametrize(
    ("encoding", "verdict"),
    [("UTF-8", "fine"), ("utf8", "fine"), ("latin-1", "problem"), ("cp850", "problem"), ("", "problem")],
)
def test_encoding(encoding: str, verdict: str) -> None:
    assert found(Terminal(True, 80, 24, encoding))["encoding"].verdict == verdict


@pytest.mark.parametrize(
    ("term", "verdict"), [("dumb", "problem"), ("", "problem"), ("linux", "note"), ("screen-256color", "fine")]
)
def test_kind_of_terminal(term: str, verdict: str) -> None:
    assert found(environ={"TERM": term})["terminal kind"].verdict == verdict


def test_output_into_a_file_says_nothing_about_the_terminal() -> None:
    checks = found(Terminal(False, 0, 0, "cp1252"))
    assert list(checks) == ["terminal"]
    assert checks["terminal"].verdict == "note"


@pytest.mark.parametrize(
    ("environ", "build", "verdict"),
    [
        ({"WT_SESSION": "1"}, 22631, "fine"),
        ({"TERM_PROGRAM": "vscode"}, 19045, "fine"),
        ({}, 19045, "note"),
        ({}, 10240, "problem"),
    ],
)
def test_windows_consoles(environ: Mapping[str, str], build: int, verdict: str) -> None:
    assert found(system="win32", environ=environ, build=build)["terminal kind"].verdict == verdict


@pytest.mark.parametrize(
    ("environ", "verdict"),
    [
        ({"TERM": "xterm", "COLORTERM": "24bit"}, "fine"),
        ({"TERM": "xterm-256color"}, "fine"),
        ({"TERM": "xterm"}, "note"),
        ({**XTERM, "NO_COLOR": "1"}, "note"),
    ],
)
def test_colours(environ: Mapping[str, str], verdict: str) -> None:
    assert found(environ=environ)["colours"].verdict == verdict


def test_a_console_whose_colours_cannot_be_changed_gets_no_advice_about_them() -> None:
    assert "colours" not in found(environ={"TERM": "linux"})


def test_the_sample_is_for_the_eyes_of_the_reader() -> None:
    check = check_font(GOOD, XTERM, 4)
    assert check.verdict == "fine"
    assert "⣿" in check.sentence
    assert "█" in check.sentence
    assert "boxes" in check.remedy


@pytest.mark.parametrize(
    ("environ", "fonts", "verdict"),
    [
        (XTERM, None, "fine"),
        (XTERM, 0, "note"),
        ({**XTERM, "SSH_CONNECTION": "1"}, 0, "fine"),
        ({"TERM": "linux"}, 4, "note"),
    ],
)
def test_what_can_be_known_of_the_font(environ: Mapping[str, str], fonts: int | None, verdict: str) -> None:
    assert check_font(GOOD, environ, fonts).verdict == verdict


def test_fonts_are_counted_once() -> None:
    assert count_fonts("DejaVu Sans\nDejaVu Sans\nFreeMono\n\n") == 2
    assert count_fonts("") == 0
    assert count_fonts(None) is None
