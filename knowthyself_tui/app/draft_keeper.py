"""Keeps what is typed and not yet sent: written in a thread while the student types on, the newest state only."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from knowthyself_tui.store.drafts import read_draft, save_draft


class DraftKeeper:
    """The fields of the screen that is open, as they were last kept."""

    def __init__(self, session_id: str) -> None:
        self._session_id = session_id
        self._fields = read_draft(session_id)
        self._kept = dict(self._fields)
        self._writing: asyncio.Task[None] | None = None

    def get(self, field: str) -> str:
        """What was typed there when the program was left or killed; nothing where it was empty."""
        return self._fields.get(field, "")

    def put(self, fields: Mapping[str, str]) -> None:
        """Keep these fields beside the others; an empty one is forgotten."""
        self._fields = {name: text for name, text in {**self._fields, **fields}.items() if text}
        self._write()

    def clear(self) -> None:
        """Everything was sent, or belongs to a screen that is left."""
        self._fields = {}
        self._write()

    async def finish(self) -> None:
        """Wait until the newest state is written."""
        while self._writing is not None:
            await self._writing

    def _write(self) -> None:
        if self._writing is None and self._fields != self._kept:
            self._writing = asyncio.create_task(self._keep())

    async def _keep(self) -> None:
        try:
            while self._fields != self._kept:
                self._kept = self._fields
                # A disk that takes no draft takes no turn either, and that is told.
                with suppress(OSError):
                    await asyncio.to_thread(save_draft, self._session_id, self._kept)
        finally:
            self._writing = None
