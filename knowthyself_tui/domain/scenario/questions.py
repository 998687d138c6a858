"""Questions to the student about what happens: a tutor's in the encounter, the debrief's after it."""

from __future__ import annotations

from pydantic import Field

from knowthyself_tui.domain.rules.fields import RuleField
from knowthyself_tui.domain.scenario.voice import Block


class Challenge(Block):
    """A question of the tutor's, asked at the moment at which its condition first holds."""

    id: str
    when: RuleField
    """About the encounter so far; `NOW` is the present minute."""
    question: str = Field(min_length=1)


class Reflection(Block):
    """A question of the debrief about something that went wrong in this encounter."""

    id: str
    when: RuleField
    question: str = Field(min_length=1)
