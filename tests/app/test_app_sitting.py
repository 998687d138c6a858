"""With the patient and after: the whole path by keyboard, what shows when, resuming, storing that fails."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from knowthyself_tui.app import keeper as keeper_module
from knowthyself_tui.app.transcript import Line
from knowthyself_tui.app.widgets.conversation import MOUNTED_LINES
from knowthyself_tui.content import Library
from knowthyself_tui.session.sitting import Plan
from knowthyself_tui.store.reader import open_reader
from tests.app.failing import FailingDesk

Open = Callable[..., AbstractAsyncContextManager[Any]]
ZOE = {"code": "S12", "name": "Zoë"}
"""Goes past the registration screen."""
NASTY = ["[b]x[/b]", "[/b]", "[@click=app.quit]x[/]", "\x1b[2J\x1b]52;c;eA==\x07", "a\u202eb", "\x9b31m", "$HOME {x}"]


def conversation(stage: Any) -> list[str]:
    return [str(line.content) for line in stage.app.screen.conversation.children]


def tile(stage: Any, label: str) -> str:
    found = [str(view.content) for view in stage.app.screen.monitor.children]
    return next(text for text in found if text.startswith(label))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_a_whole_sitting_by_keyboard(on_stage: Open, size: tuple[int, int]) -> None:
    async with on_stage(size=size) as stage:
        await stage.walk_in()
        for key in "hello":
            await stage.press(key)
        await stage.press("enter")
        await stage.settle()
        assert any(line.endswith("You: hello") for line in conversation(stage))
        await stage.say("salbutamol 5 mg nebulised")
        await stage.say("wait 10 minutes")
        await stage.see("10:00")
        await stage.say("end scenario")
        await stage.see("Finish this case?")
        await stage.press("y")
        await stage.see("What went well?")
        await stage.paste("The [b]oxygen[/b]")
        await stage.press("tab")
        await stage.paste("Ask more")
        await stage.press("tab")
        await stage.paste("good")
        await stage.press("f10")
        await stage.see("a number from 0 to 100")
        await stage.press("backspace", "backspace", "backspace", "backspace", "6", "0", "f10")
        await stage.see("Total:")
        await stage.settle()
        await stage.press("f10")
        await stage.see("everything is stored")
        await stage.see("The copy for your instructor")
        await stage.press("enter")
        await stage.until(lambda: stage.app._exit, "the end")
        given = next(event for event in stage.app.sitting.events if event.kind == "estimate_given")
        assert (given.body["went_well"], given.body["score"]) == ("The [b]oxygen[/b]", 60.0)
    async with on_stage() as stage:
        await stage.see("Your code")


async def test_the_diagnosis_and_the_arm_never_show_before_the_debrief(on_stage: Open) -> None:
    async with on_stage(size=(140, 40), **ZOE) as stage:
        await stage.walk_in()
        await stage.say("full set of observations")
        await stage.pass_time(40)
        shown = stage.words().casefold()
        assert "asthma" not in shown
        assert "initial" not in shown
        assert "deteriorating" not in shown


async def test_vital_signs_show_only_once_they_are_measured(on_stage: Open) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        assert all("--" in str(view.content) for view in stage.app.screen.monitor.children)
        await stage.say("blood pressure")
        assert stage.shows("cuff… 30 s")
        assert "--" in tile(stage, "BP")
        await stage.pass_time(31)
        assert "mmHg" in tile(stage, "BP")
        assert "1 s ago" in tile(stage, "BP")
        assert "--" in tile(stage, "SpO2")
        await stage.say("pulse oximeter on")
        await stage.pass_time(60)
        assert "live" in tile(stage, "SpO2")
        assert "1 min ago" in tile(stage, "BP")
        assert "--" in tile(stage, "GCS")


async def test_an_order_leaves_a_receipt_when_it_is_carried_out(on_stage: Open) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        await stage.say("salbutamol 5 mg nebulised")
        assert not any("✓" in line for line in conversation(stage))
        await stage.pass_time(20)
        assert "00:15 ✓ salbutamol 5 mg nebulised" in conversation(stage)


async def test_nasty_lines_and_notes_are_harmless_text(on_stage: Open) -> None:
    async with on_stage(size=(120, 40), **ZOE) as stage:
        await stage.walk_in()
        for text in NASTY:
            await stage.say(text)
            await stage.press("f3")
            await stage.say(text)
        await stage.see("31m")
        assert not {character for character in stage.text() if character in "\x1b\x07\x9b\u202e"}
        assert stage.shows("[b]x[/b]")
        assert stage.shows("[@click=app.quit]x[/]")
        kinds = [event.kind for event in stage.app.sitting.events]
        assert kinds.count("said") == kinds.count("note_written") == len(NASTY)
        assert not stage.app._exit


async def test_an_empty_line_does_nothing(on_stage: Open) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        before = conversation(stage)
        await stage.press("enter", "space", "enter")
        await stage.settle()
        assert conversation(stage) == before


async def test_five_thousand_characters_are_taken_and_more_are_cut_with_a_notice(on_stage: Open) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        await stage.say("ab " * 1666 + "xy")
        said = [event for event in stage.app.sitting.events if event.kind == "said"]
        assert len(said[0].body["text"]) == 5000
        await stage.paste("y" * 5001)
        await stage.see("at most 5,000 characters")
        assert len(stage.app.screen.prompt.value) == 5000


async def test_several_pasted_lines_are_one_turn(on_stage: Open) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        await stage.say("hello\nI am Sam")
        assert any(line.endswith("You: hello I am Sam") for line in conversation(stage))


async def test_up_and_down_bring_earlier_lines_back_and_keep_the_unfinished_one(on_stage: Open) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        await stage.say("hello")
        await stage.say("how are you")
        await stage.paste("unfin")
        prompt = stage.app.screen.prompt
        seen = []
        for key in ("up", "up", "up", "down", "down", "down"):
            await stage.press(key)
            seen.append(prompt.value)
        assert seen == ["how are you", "hello", "hello", "how are you", "unfin", "unfin"]


async def test_a_half_typed_line_survives_writing_a_note(on_stage: Open) -> None:
    async with on_stage(size=(120, 40), **ZOE) as stage:
        await stage.walk_in()
        await stage.paste("half a line")
        await stage.press("f3")
        assert stage.app.screen.prompt.value == ""
        await stage.say("tired")
        assert stage.app.screen.prompt.value == "half a line"
        assert stage.shows("00:00 tired")
        assert not any("tired" in line for line in conversation(stage))


async def test_panels_open_and_close_in_a_narrow_window(on_stage: Open) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        await stage.press("f4")
        await stage.see("What you find shows here.")
        await stage.press("escape")
        await stage.until(lambda: not stage.shows("What you find shows here."), "the conversation")
        await stage.press("f2")
        await stage.see("Dispatch card")
        await stage.press("escape")
        assert stage.app.focused is stage.app.screen.prompt


async def test_the_clock_stands_while_the_student_is_asked_about_quitting(on_stage: Open) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        await stage.pass_time(5)
        await stage.press("ctrl+q")
        await stage.see("Quit Know Thyself?")
        stage.clock.seconds += 10
        await stage.press("n")
        await stage.pass_time(2)
        assert stage.app.sitting.encounter.state.at_ms == 7000


async def test_leaving_early_is_asked_twice_and_stored_as_left(on_stage: Open) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        await stage.press("f10")
        await stage.see("10:00 is still to go")
        await stage.press("n")
        await stage.leave_early()
        ended = next(event for event in stage.app.sitting.events if event.kind == "encounter_ended")
        assert ended.body["reason"] == "left"


async def test_time_that_is_up_ends_the_case_under_an_open_window(on_stage: Open) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        await stage.say("oxygen 15 L/min non-rebreather, salbutamol 5 mg nebulised")
        await stage.say("wait 19 minutes")
        await stage.say("wait 50 seconds")
        assert stage.app.sitting.phase == "encounter"
        await stage.press("f10")
        screen = stage.app.screen_stack[1]
        for _ in range(3):
            if stage.app.sitting.phase == "encounter":
                stage.clock.seconds += 10
                screen.tick()
                await stage.settle()
        await stage.see("Time is up")
        await stage.see("What went well?")


async def test_a_patient_left_alone_dies_and_the_student_looks_back_on_it(on_stage: Open) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        await stage.paste("wait 20 minutes")
        await stage.press("enter", "f10")
        await stage.see("The patient has died.")
        await stage.press("f10")
        await stage.see("Go on without a word?")
        await stage.press("n")
        await stage.see("What went well?")


async def test_a_resumed_sitting_shows_the_same_in_every_phase(on_stage: Open) -> None:
    async with on_stage(size=(120, 40), **ZOE) as stage:
        await stage.walk_in()
        await stage.say("hello [b]Maya[/b]")
        await stage.say("pulse oximeter on, listen to the chest, salbutamol 5 mg neb")
        await stage.press("f3")
        await stage.say("looks tired")
        await stage.pass_time(30)
        await stage.say("blood pressure")
        await stage.pass_time(10)
        before = stage.text()
        said = conversation(stage)
    async with on_stage(size=(120, 40)) as stage:
        await stage.see("Go on: Zoë (S12)")
        assert stage.shows("with the patient, Struggling to breathe")
        assert stage.shows("00:40 in")
        await stage.press("enter")
        await stage.see("looks tired")
        await stage.settle()
        assert conversation(stage) == said
        assert stage.text() == before
        assert stage.shows("cuff… 20 s")
        await stage.leave_early()
    async with on_stage() as stage:
        await stage.see("looking back")
        await stage.press("enter")
        await stage.see("What went well?")
        await stage.press("f10")
        await stage.see("Go on without a word?")
        await stage.press("y")
        await stage.see("Total:")
        before = stage.text()
    async with on_stage() as stage:
        await stage.see("in the debrief")
        await stage.press("enter")
        await stage.see("Total:")
        assert stage.text() == before


async def test_a_second_case_follows_the_first_debrief_with_a_clean_screen(on_stage: Open) -> None:
    async with on_stage(plan=Plan(("asthma", "asthma")), **ZOE) as stage:
        await stage.walk_in()
        await stage.say("hello")
        await stage.leave_early()
        await stage.press("f10")
        await stage.see("Go on without a word?")
        await stage.press("y")
        await stage.see("Total:")
        await stage.press("f10", "f10")
        await stage.see("Press Enter to walk in")
        await stage.press("enter", "enter")
        await stage.see("00:00")
        assert len(conversation(stage)) == 1
        assert stage.app.sitting.position == 1


async def test_the_newest_line_stays_in_view_until_the_student_scrolls_back(on_stage: Open) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        talk = stage.app.screen.conversation
        talk.add([Line("patient", 0, "Patient", f"line {number}") for number in range(200)])
        await stage.see("line 199")
        assert len(talk.children) == MOUNTED_LINES
        await stage.press("pageup")
        await stage.until(lambda: not stage.shows("line 199"), "the earlier lines")
        talk.add([Line("patient", 0, "Patient", "line 200")])
        await stage.press("left")
        assert not stage.shows("line 200")
        await stage.press("pagedown", "pagedown")
        await stage.see("line 200")
        talk.add([Line("patient", 0, "Patient", "line 201")])
        await stage.see("line 201")


async def test_a_line_that_cannot_be_stored_is_kept_and_stored_later(
    on_stage: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper_module, "RETRY_SECONDS", 30)
    async with on_stage(desk=FailingDesk(Library()), **ZOE) as stage:
        await stage.walk_in()
        recorder = stage.app.seat.recorder
        recorder.failures = 2
        await stage.paste("hello Maya")
        await stage.press("enter")
        await stage.see("No space is left on the disk.")
        assert not any("hello Maya" in line for line in conversation(stage))
        await stage.paste("second line")
        await stage.press("enter")
        stage.clock.seconds += 10
        await stage.press("f9")
        await stage.until(lambda: recorder.failures == 0, "the second try")
        assert stage.shows("Not saved")
        await stage.press("f9")
        await stage.settle()
        said = [line for line in conversation(stage) if "You:" in line]
        assert [line.partition("You: ")[2] for line in said] == ["hello Maya", "second line"]
        assert not stage.shows("Not saved")
        assert stage.app.sitting.encounter.state.at_ms == 0
        with open_reader(recorder.place) as reader:
            stored = reader.sitting(stage.app.sitting.session_id)
        assert [event.id for event in stored.events] == [event.id for event in stage.app.sitting.events]
