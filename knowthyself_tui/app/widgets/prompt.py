"""The line that a student types on, and text fields that take nothing but plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, TextArea

from knowthyself_tui.domain.text import TEXT_LIMIT, clean_text

TOO_LONG = f"A line has at most {TEXT_LIMIT:,} characters; the rest was left out."


class PlainInput(Input):
    """An input whose pasted text is one harmless line."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.take_in(event.text)

    def take_in(self, text: str) -> None:
        """Put text where the cursor is, as if it was typed."""
        self.replace(clean_text(text, limit=10 * TEXT_LIMIT, single_line=True), *self.selection)


class PlainTextArea(TextArea):
    """A text field whose pasted text is harmless."""

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if result := self._replace_via_keyboard(clean_text(event.text), *self.selection):
            self.move_cursor(result.end_location)


class Prompt(PlainInput):
    """One line with a memory: up and down bring earlier lines back, and the unfinished one is never lost."""

    @dataclass
    class Entered(Message):
        """A line was typed and the prompt is free for the next one."""

        text: str
        """Without space around; never empty."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "earlier", "Earlier line", show=False),
        Binding("down", "later", "Later line", show=False),
    ]

    def __init__(self, *, id: str, placeholder: str = "") -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id, placeholder=placeholder, compact=True, select_on_focus=False)
        self._past: list[str] = []
        self._place = 0
        """Index in the past lines; their number stands for the line being typed."""
        self._unfinished = ""

    def remember(self, line: str) -> None:
        """Add a line to the history."""
        if line and self._past[-1:] != [line]:
            self._past.append(line)
        self._place = len(self._past)
        self._unfinished = ""

    def swap(self, text: str) -> str:
        """Put `text` on the line and give back what stood there."""
        before, self.value = self.value, clean_text(text, limit=10 * TEXT_LIMIT, single_line=True)
        self.cursor_position = len(self.value)
        return before

    async def action_submit(self) -> None:
        """Take the line away at once, so that keys typed ahead begin the next one."""
        text = self.swap("").strip()
        if text:
            self.post_message(self.Entered(text))

    def on_input_changed(self) -> None:
        if len(self.value) > TEXT_LIMIT:
            self.swap(clean_text(self.value, single_line=True))
            self.app.notify(TOO_LONG, severity="warning", markup=False)

    def action_earlier(self) -> None:
        self._go(self._place - 1)

    def action_later(self) -> None:
        self._go(self._place + 1)

    def _go(self, place: int) -> None:
        if not 0 <= place <= len(self._past):
            return
        if self._place == len(self._past):
            self._unfinished = self.value
        self._place = place
        self.swap(self._unfinished if place == len(self._past) else self._past[place])
