"""From the start screen to the door: registration, consent, quitting, small terminals."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.session.desk import Desk

Open = Callable[..., AbstractAsyncContextManager[Any]]


async def test_an_empty_code_is_answered_with_a_sentence(on_stage: Open) -> None:
    async with on_stage() as stage:
        await stage.see("Your code")
        await stage.press("enter")
        await stage.paste("Ann")
        await stage.press("enter", "enter")
        await stage.see("Please type the code your instructor gave you")


async def test_a_missing_name_is_answered_with_a_sentence(on_stage: Open) -> None:
    async with on_stage() as stage:
        await stage.see("Your code")
        await stage.paste("S12")
        await stage.press("enter", "enter", "enter")
        await stage.see("Please type your name.")


async def test_a_name_of_three_thousand_characters_is_answered_with_a_sentence(on_stage: Open) -> None:
    async with on_stage() as stage:
        await stage.register(name="x" * 3000)
        await stage.see("A name has at most 200 characters")


async def test_a_file_that_is_no_database_is_answered_with_a_sentence(on_stage: Open, data_folder: Path) -> None:
    (data_folder / "s12.db").write_text("this is a shopping list " * 100)
    async with on_stage() as stage:
        await stage.see("s12.db cannot be read")
        await stage.press("down", "enter")
        await stage.register()
        await stage.until(lambda: stage.shows("s12.db"), "a sentence about the file")
        assert stage.app.seat is None


async def test_a_damaged_file_is_mended_and_the_sitting_goes_on(on_stage: Open, data_folder: Path) -> None:
    async with on_stage(code="S12", name="Zoë") as stage:
        await stage.walk_in()
        await stage.say("hello there")
    path = data_folder / "s12.db"
    content = bytearray(path.read_bytes())
    content[:100] = bytes(100)
    path.write_bytes(content)
    async with on_stage() as stage:
        await stage.see("s12.db cannot be read")
        await stage.press("enter")
        await stage.see("Your file")
        await stage.press("escape")
        await stage.see("Go on: Zoë")
        await stage.press("enter")
        await stage.see("You: hello there")
    assert [kept.read_bytes() == bytes(content) for kept in (data_folder / "set-aside").iterdir()] == [True]


async def test_a_start_makes_a_backup_of_what_changed(on_stage: Open, data_folder: Path) -> None:
    for start in range(3):
        async with on_stage(code="S12", name="Zoë", resume=start > 0) as stage:
            await stage.see("Before you begin")
            await stage.settle()
    backups = sorted((data_folder / "backups").iterdir())
    assert len(backups) == 2


async def test_a_data_folder_that_cannot_be_used_is_answered_with_a_sentence(
    on_stage: Open, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data_folder / "file").write_text("no folder")
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(data_folder / "file"))
    async with on_stage() as stage:
        await stage.register()
        await stage.until(lambda: len(str(stage.app.screen.query_one("#complaint").content)) > 20, "a sentence")
        assert stage.shows("Your code")


@pytest.mark.parametrize("name", ["[b]Zoë[/b]", "[/b]", "محمد", "李小龍", "\x1b[2J\x1b]52;c;x\x07", "a\u202eb"])
async def test_names_of_any_alphabet_and_with_markup_are_plain_text(on_stage: Open, name: str) -> None:
    async with on_stage() as stage:
        await stage.register(name=name)
        await stage.see("Before you begin")
        student = stage.app.sitting.student
        assert "\x1b" not in student.name
        assert "\x1b" not in stage.text()
    async with on_stage() as stage:
        await stage.see("Go on where you were")
        assert "\x1b" not in stage.text()
        assert stage.shows(f"Go on: {student.name}"[:14])


async def test_a_returning_code_is_recognised(on_stage: Open) -> None:
    async with on_stage() as stage:
        await stage.register(name="Zoë")
        await stage.see("Before you begin")
        await stage.press("a")
        await stage.see("Press Enter to walk in")
    async with on_stage() as stage:
        await stage.see("Go on where you were")
        await stage.press("end", "enter")
        await stage.see("Your code")
        await stage.paste("s12")
        await stage.press("enter")
        await stage.see("Welcome back, Zoë.")
        await stage.press("enter", "enter")
        await stage.see("Press Enter to walk in")


async def test_not_agreeing_leaves_politely_and_scores_nothing(on_stage: Open) -> None:
    async with on_stage() as stage:
        await stage.register()
        await stage.see("Version")
        await stage.press("n")
        await stage.see("nothing is scored")
    async with on_stage() as stage:
        await stage.see("Your code")


async def test_quitting_asks_once_and_the_sitting_is_offered_again(on_stage: Open) -> None:
    async with on_stage() as stage:
        await stage.register()
        await stage.see("Before you begin")
        await stage.press("ctrl+q")
        await stage.see("Quit Know Thyself?")
        await stage.press("ctrl+q")
        await stage.press("escape")
        await stage.see("Before you begin")
        await stage.press("ctrl+q")
        await stage.press("y")
        await stage.until(lambda: stage.app._exit, "the end")
        assert stage.app.return_code == 0
    async with on_stage() as stage:
        await stage.see("Go on: Zoë (S12)")
        assert stage.shows("at the consent text")
        await stage.press("enter")
        await stage.see("Before you begin")


async def test_a_code_given_on_the_command_line_goes_straight_in(on_stage: Open) -> None:
    async with on_stage(code="P1") as stage:
        await stage.see("Before you begin")
        assert stage.app.sitting.student.code == "P1"
        session = stage.app.sitting.session_id
    async with on_stage(code="P1", resume=True) as stage:
        await stage.see("Before you begin")
        assert stage.app.sitting.session_id == session


async def test_a_sitting_that_is_open_elsewhere_is_answered_with_a_sentence(on_stage: Open) -> None:
    async with on_stage() as stage:
        await stage.register()
        await stage.see("Before you begin")
        async with on_stage() as other:
            await other.see("Go on: Zoë")
            await other.press("enter")
            await other.see("open in another window")


async def test_a_small_terminal_gets_a_sentence_and_the_screen_back(on_stage: Open) -> None:
    async with on_stage(size=(59, 24)) as stage:
        await stage.see("This window is too small")
        await stage.pilot.resize_terminal(80, 24)
        await stage.see("Your code")
        await stage.pilot.resize_terminal(80, 19)
        await stage.see("This window is too small")
        await stage.press("ctrl+q")
        await stage.see("Quit Know Thyself?")
        await stage.pilot.resize_terminal(100, 30)
        await stage.press("escape")
        await stage.see("Your code")


async def test_help_opens_and_closes(on_stage: Open) -> None:
    async with on_stage() as stage:
        await stage.see("Your code")
        await stage.press("f1")
        await stage.see("Ctrl+Q quit")
        await stage.press("f1")
        await stage.until(lambda: not stage.shows("Ctrl+Q quit"), "the help to close")


async def test_an_error_of_the_program_ends_it_with_one_sentence(
    on_stage: Open, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(self: Desk, code: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Desk, "find", fail)
    with pytest.raises(Exception, match="ZeroDivisionError"):
        async with on_stage(desk=Desk(Library())) as stage:
            await stage.register()
    printed = capsys.readouterr()
    assert "had to stop" in printed.err + printed.out
    assert "locals" not in printed.err + printed.out


@pytest.mark.slow
def test_the_start_screen_loads_nothing_heavy() -> None:
    heavy = "anthropic pandas numpy scipy openpyxl matplotlib psycopg"
    program = (
        "import sys, asyncio, knowthyself_tui.app.screens.start, knowthyself_tui.app.screens.registration\n"
        "from knowthyself_tui.app.app import KnowThyselfApp\n"
        f"print([name for name in '{heavy}'.split() if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
