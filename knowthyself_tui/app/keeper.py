"""Stores before it shows: batches go to the recorder one after another, and each is shown when it is on the disk.

A batch that cannot be stored is kept and tried again until it is stored; whatever was asked for after it waits in line.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, Protocol

from knowthyself_tui.domain.records import Batch
from knowthyself_tui.errors import LostDatabase, StoreError

SLOW_SECONDS = 0.3
"""How long a write may take before the screen says that it is saving."""
STALLED_SECONDS = 3.0
"""How long until it says that the disk is slow."""
RETRY_SECONDS = 1.0
POLL_SECONDS = 0.05

Work = Callable[[], Awaitable[Batch]]
"""Makes the next batch; called when everything before it is stored."""
Shown = Callable[[Batch], None]


class Aside(Protocol):
    """Another disk for what the database cannot take."""

    def keep(self, batch: Batch) -> bool: ...

    def forget(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Storing:
    """How the writing goes."""

    state: Literal["fine", "slow", "stalled", "failing"] = "fine"
    sentence: str = ""
    """What is wrong, for people."""
    is_lost: bool = False
    """The file was moved, deleted or replaced: a new one can be begun."""
    is_set_aside: bool = False
    """What cannot be stored is on another disk, and is brought in when the program starts again."""


class Keeper:
    """The line in which a sitting's batches wait to be stored."""

    def __init__(
        self,
        append: Callable[[Batch], Future[None]],
        report: Callable[[Storing], None],
        aside: Aside | None = None,
    ) -> None:
        self._append = append
        self._report = report
        self._aside = aside
        self._line: asyncio.Queue[tuple[Work, Shown]] = asyncio.Queue()
        self._open = 0
        self._try_now = asyncio.Event()
        self.storing = Storing()

    @property
    def is_idle(self) -> bool:
        """Everything that was asked for is stored and shown."""
        return self._open == 0

    def submit(self, work: Work, shown: Shown) -> None:
        """Queue `work`; `shown` gets its batch once it is stored."""
        self._open += 1
        self._line.put_nowait((work, shown))

    async def run(self) -> None:
        """Serve the line for as long as the sitting is open."""
        while True:
            work, shown = await self._line.get()
            batch = await work()
            if batch != Batch():
                await self._store(batch)
            shown(batch)
            self._open -= 1

    async def finish(self) -> bool:
        """Wait until everything is stored; False when storing fails."""
        while not self.is_idle and self.storing.state != "failing":
            await asyncio.sleep(POLL_SECONDS)
        return self.is_idle

    def append_to(self, append: Callable[[Batch], Future[None]]) -> None:
        """Store from here on in another place, which holds everything stored so far."""
        self._append = append
        self.try_now()

    def try_now(self) -> None:
        """Do not wait for the next try."""
        self._try_now.set()

    async def _store(self, batch: Batch) -> None:
        kept: bool | None = None
        while True:
            try:
                await self._append_once(batch)
            except StoreError as error:
                if kept is None:
                    kept = await self._set_aside(batch)
                self._tell(Storing("failing", str(error), isinstance(error, LostDatabase), kept))
                await self._wait_for_next_try()
            else:
                if kept and self._aside is not None:
                    await asyncio.to_thread(self._aside.forget)
                return self._tell(Storing())

    async def _set_aside(self, batch: Batch) -> bool:
        return self._aside is not None and await asyncio.to_thread(self._aside.keep, batch)

    async def _append_once(self, batch: Batch) -> None:
        future = asyncio.wrap_future(self._append(batch))
        for seconds, storing in ((SLOW_SECONDS, Storing("slow")), (STALLED_SECONDS - SLOW_SECONDS, Storing("stalled"))):
            done, _ = await asyncio.wait({future}, timeout=seconds)
            if not done and self.storing.state != "failing":
                self._tell(storing)
        await future

    async def _wait_for_next_try(self) -> None:
        self._try_now.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._try_now.wait(), RETRY_SECONDS)

    def _tell(self, storing: Storing) -> None:
        if storing != self.storing:
            self.storing = storing
            self._report(storing)
