"""The sentences that all scenarios share: how findings, numbers and the crewmate sound."""

from __future__ import annotations

from knowthyself_tui.domain.scenario.voice import Block
from knowthyself_tui.domain.scenario.voices import Voices


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
    """For a test that no crew carries and an examination that this case has no finding for; `{name}` is its name."""
    names: dict[str, str]
    """Test, procedure or region to the name it is told by, where the id itself does not read well."""
    bedside_tests: tuple[str, ...]
    """Tests that need nothing but hands and eyes: with a region they are told as that region is."""
    which_region: str
    """When nothing in particular was to be examined."""
    nothing_found: str
    """When something was looked for that is not there."""
    general_focus: tuple[str, ...]
    """What a look round is called when it is for nothing in particular."""
    crewmate: dict[str, str]
    """What the crewmate says, by situation."""
    voices: Voices
    """How people on scene sound."""
