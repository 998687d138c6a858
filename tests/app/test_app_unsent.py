"""What was typed and not stored outlives the program: drafts, lines sent ahead, turns that no disk would take."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.domain.events import verify_chain
from knowthyself_tui.store import spool
from knowthyself_tui.store.reader import open_reader
from tests.app.failing import FailingDesk

Open = Callable[..., AbstractAsyncContextManager[Any]]
ZOE = {"code": "S12", "name": "Zoë"}
"""Goes past the registration screen."""


async def vanish(stage: Any) -> None:
    """What a kill leaves: nothing is asked, nothing is finished but what is under way."""
    await stage.app.drafts.finish()
    stage.app.release()


async def test_a_half_typed_line_and_note_come_back(on_stage: Open) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        await stage.paste("how long have you")
        await stage.press("f3")
        await stage.paste("looks [b]pale")
        await vanish(stage)
    async with on_stage(**ZOE, resume=True) as stage:
        await stage.see("note ›")
        assert stage.app.screen.prompt.value == "looks [b]pale"
        await stage.press("escape")
        assert stage.app.screen.prompt.value == "how long have you"
        await stage.press("enter")
        await stage.settle()
        assert stage.app.screen.prompt.value == ""
        await vanish(stage)
    async with on_stage(**ZOE, resume=True) as stage:
        await stage.see("how long have you")
        assert stage.app.screen.prompt.value == ""
        await stage.press("f3")
        assert stage.app.screen.prompt.value == "looks [b]pale"


async def test_a_line_that_was_sent_in_the_moment_of_the_kill_is_not_offered_again(on_stage: Open) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        await stage.say("adrenaline 0.5 mg IM")
        stage.app.drafts.put({"line": "adrenaline 0.5 mg IM"})
        await vanish(stage)
    async with on_stage(**ZOE, resume=True) as stage:
        await stage.see("You: adrenaline 0.5 mg IM")
        await stage.pilot.pause(0.2)
        assert stage.app.screen.prompt.value == ""


async def test_a_reflection_under_way_comes_back_and_is_gone_when_given(on_stage: Open, data_folder: Path) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        await stage.leave_early()
        await stage.paste("The oxygen\nwas early")
        await stage.press("tab", "tab")
        await stage.paste("70")
        await vanish(stage)
    async with on_stage(**ZOE, resume=True) as stage:
        await stage.see("was early")
        assert stage.app.screen.query_one("#estimate").value == "70"
        await stage.press("f10")
        await stage.see("Total:")
        await stage.settle()
        given = next(event for event in stage.app.sitting.events if event.kind == "estimate_given")
        assert (given.body["went_well"], given.body["score"]) == ("The oxygen\nwas early", 70.0)
        await vanish(stage)
    assert list((data_folder / "drafts").iterdir()) == []


async def test_a_turn_that_the_disk_does_not_take_is_set_aside_and_brought_in(on_stage: Open) -> None:
    async with on_stage(desk=FailingDesk(Library()), **ZOE) as stage:
        await stage.walk_in()
        stage.app.seat.recorder.failures = 1000
        await stage.paste("hello there")
        await stage.press("enter")
        await stage.see("Not saved")
        await stage.paste("sats please")
        await stage.press("enter")
        await stage.press("ctrl+q")
        await stage.see("set aside on this machine")
        await stage.press("y")
        await stage.until(lambda: stage.app._exit, "the end")
    async with on_stage(**ZOE, resume=True) as stage:
        await stage.see("You: hello there")
        assert not stage.shows("You: sats please")
        await stage.until(lambda: stage.app.screen.prompt.value == "sats please", "the unsent line")
    assert spool.Spool(stage.app.sitting.session_id).bring_in(lambda _: None) == 0


async def test_quitting_when_no_disk_takes_anything_says_what_is_lost(
    on_stage: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "spool_folders", lambda: (Path(os.devnull) / "no",))
    async with on_stage(desk=FailingDesk(Library()), **ZOE) as stage:
        await stage.walk_in()
        stage.app.seat.recorder.failures = 1000
        await stage.paste("hello")
        await stage.press("enter")
        await stage.see("Not saved")
        await stage.press("ctrl+q")
        await stage.see("they are lost")
        await stage.press("y")
        await stage.until(lambda: stage.app._exit, "the end")


async def test_a_disk_that_comes_back_leaves_nothing_aside(on_stage: Open, data_folder: Path) -> None:
    async with on_stage(desk=FailingDesk(Library()), **ZOE) as stage:
        await stage.walk_in()
        stage.app.seat.recorder.failures = 1
        await stage.say("hello there")
        assert list((data_folder / "spool").iterdir()) == []


async def test_a_deleted_file_is_told_and_f8_goes_on_in_a_new_one(on_stage: Open, data_folder: Path) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        await stage.say("hello there")
        await stage.say("salbutamol 5 mg nebulised")
        await stage.pass_time(40)
        before = stage.app.sitting.events
        (data_folder / "s12.db").unlink()
        await stage.paste("sats please")
        await stage.press("enter")
        await stage.see("F8 goes on in a new file")
        await stage.press("f8")
        await stage.see("You: sats please")
        await stage.settle()
        session = stage.app.sitting.session_id
    with open_reader(data_folder / "s12.db") as reader:
        stored = reader.sitting(session)
        samples = reader.rows("SELECT at_ms FROM vital_sample ORDER BY at_ms")
    assert stored.events[: len(before)] == tuple(before)
    assert [sample["at_ms"] for sample in samples][:3] == [0, 5000, 10_000]
    assert verify_chain(stored.events, stored.hashes) is None


async def test_a_replaced_file_is_left_alone_and_the_new_one_has_another_name(
    on_stage: Open, data_folder: Path
) -> None:
    async with on_stage(**ZOE) as stage:
        await stage.walk_in()
        (data_folder / "s12.db").unlink()
        (data_folder / "s12.db").write_bytes(b"somebody else's")
        await stage.paste("hello there")
        await stage.press("enter")
        await stage.see("F8 goes on in a new file")
        await stage.press("f8")
        await stage.see("You: hello there")
        assert (data_folder / "s12.db").read_bytes() == b"somebody else's"
    async with on_stage() as stage:
        await stage.see("Go on: Zoë")
