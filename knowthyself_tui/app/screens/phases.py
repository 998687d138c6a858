"""Which screen belongs to which phase of a sitting."""

from __future__ import annotations

from collections.abc import Mapping

from knowthyself_tui.app.screens.base import Page
from knowthyself_tui.app.screens.briefing import BriefingScreen
from knowthyself_tui.app.screens.consent import ConsentScreen
from knowthyself_tui.app.screens.debrief import DebriefScreen
from knowthyself_tui.app.screens.encounter import EncounterScreen
from knowthyself_tui.app.screens.end import EndScreen
from knowthyself_tui.app.screens.reflection import ReflectionScreen
from knowthyself_tui.session.sitting import Phase

SCREENS: Mapping[Phase, type[Page]] = {
    "consent": ConsentScreen,
    "briefing": BriefingScreen,
    "encounter": EncounterScreen,
    "reflection": ReflectionScreen,
    "debrief": DebriefScreen,
    "end": EndScreen,
}


def screen_for(phase: Phase) -> Page:
    """A new screen for `phase`."""
    return SCREENS[phase]()
