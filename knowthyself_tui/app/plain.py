"""Text of anybody's for the screen: shown as it is, never markup, never a control sequence."""

from __future__ import annotations

from textual.content import Content

from knowthyself_tui.domain.text import clean_text

LIMIT = 20_000
"""Characters of one piece of text on the screen."""


def plain(text: str) -> Content:
    """`text` as content that says what it says and does nothing."""
    return Content(clean_text(text, limit=LIMIT))
