"""What is wrong with a rule, where, and what would be right."""

from __future__ import annotations

from knowthyself_tui.errors import ContentError


class RuleError(ContentError):
    """A rule that cannot be read or makes no sense; `position` counts characters from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(f"{message} (at character {position + 1})")
        self.position = position
