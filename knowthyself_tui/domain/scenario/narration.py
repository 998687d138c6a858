"""The sentences that all scenarios share: how findings, numbers and the crewmate sound."""

from __future__ import annotations

from knowthyself_tui.domain.scenario.voice import Block


class Narration(Block):
    """The narrator's and the crewmate's wording, keyed by the body's finding codes and by vital channel."""

    channels: dict[str, str]
    """Channel to its sentence; `{value}` is the number in display units."""
    no_reading: dict[str, str]
    """Channel to what is told when there is nothing to read."""
    phrases: dict[str, dict[str, str]]
    """Finding key to code to sentence; an empty sentence says nothing."""
    numbers: dict[str, str]
    """Numeric finding key to its sentence."""
    not_available: str
    """For an examination that this case has no finding for."""
    crewmate: dict[str, str]
    """What the crewmate says, by situation."""
