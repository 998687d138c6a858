"""A stage for the application: temporary data, a clock turned by hand, keys pressed, the screen read as text."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from knowthyself_tui.app.app import KnowThyselfApp
from knowthyself_tui.content import Library
from knowthyself_tui.session.desk import Desk
from knowthyself_tui.session.sitting import Plan

PATIENCE_SECONDS = 20.0
CASE = Plan(("asthma",))


class HandClock:
    """A monotonic clock that stands still unless it is turned."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Stage:
    """One application under test."""

    def __init__(self, app: KnowThyselfApp, pilot: Pilot[None], clock: HandClock) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock

    def text(self) -> str:
        """The screen as plain text."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    def words(self) -> str:
        """The screen's text without borders and line breaks, so that wrapped sentences can be found."""
        return " ".join(self.text().replace("│", " ").split())

    def shows(self, words: str) -> bool:
        return words in self.words()

    async def until(self, happened: Callable[[], bool], what: str = "it") -> None:
        """Wait until something has happened on the screen."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not happened():
            assert time.monotonic() < deadline, f"waited in vain for {what}:\n{self.text()}"
            await asyncio.sleep(0.02)
            await self.pilot.pause()

    async def see(self, words: str) -> None:
        await self.until(lambda: self.shows(words), words)

    async def settle(self) -> None:
        """Wait until everything typed is stored and shown."""
        await self.pilot.pause()
        await self.until(lambda: self.app.keeper is None or self.app.keeper.is_idle, "the store")
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()
        await self.pilot.pause()

    async def say(self, text: str) -> None:
        """Type a line and wait until it is on the disk."""
        await self.paste(text)
        await self.press("enter")
        await self.settle()

    async def pass_time(self, seconds: float) -> None:
        """Let scenario time pass."""
        while seconds > 0:
            self.clock.seconds += min(seconds, 10)
            seconds -= 10
            self.app.screen.tick()  # type: ignore[attr-defined]  # the encounter screen is shown
            await self.settle()

    async def register(self, code: str = "S12", name: str = "Zoë") -> None:
        """Go from the registration screen to the consent text."""
        await self.see("Your code")
        await self.paste(code)
        await self.press("enter")
        await self.paste(name)
        await self.press("enter", "enter")
        await self.settle()

    async def walk_in(self) -> None:
        """Go to the patient, through the registration screen unless the student is known."""
        if self.app.code is None:
            await self.register()
        await self.see("Before you begin")
        await self.press("a")
        await self.see("Press Enter to walk in")
        await self.press("enter")
        await self.see("00:00")

    async def leave_early(self) -> None:
        await self.press("f10")
        await self.see("still to go")
        await self.press("y")
        await self.see("Leave the patient now?")
        await self.press("y")
        await self.see("What went well?")


StageMaker = Callable[..., AbstractAsyncContextManager[Stage]]


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    return tmp_path


@pytest.fixture
def on_stage(data_folder: Path) -> StageMaker:
    """Opens the application on the temporary data folder."""

    @asynccontextmanager
    async def open_stage(
        size: tuple[int, int] = (80, 24), desk: Desk | None = None, plan: Plan = CASE, **options: Any
    ) -> AsyncIterator[Stage]:
        clock = HandClock()
        app = KnowThyselfApp(desk or Desk(Library()), plan, monotonic=clock, **options)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                yield Stage(app, pilot, clock)
        finally:
            app.release()

    return open_stage
