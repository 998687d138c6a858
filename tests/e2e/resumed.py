"""Whether a sitting that was taken up again is what it was when the program died."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.store.reader import StoredSitting
from tests.e2e.screens import View, brief
from tests.e2e.stored import Screenplay, Shown, phase_of, sitting_in
from tests.e2e.student import Stuck, Visit

CLOCK_SECONDS = 5
"""How much scenario time a kill may cost."""
SETTLE_SECONDS = 8.0
PEAK_SECONDS = 600
"""Until then after a drug is given, most of it is still on its way."""


@dataclass(frozen=True, slots=True)
class Resume:
    """What differed, and the clock after less the clock before."""

    findings: tuple[str, ...] = ()
    clock_seconds: int = 0


def compare(before: Sequence[View], stored: StoredSitting, visit: Visit, path: Path) -> Resume:
    """Compares the screen before the kill and the one of this visit with the log.

    Args:
        before: what the last looks before the kill saw, the newest first: it may have been cut while it was drawn.
        stored: what the killed program left.
        visit: a run of the program that has just taken the sitting up.
        path: the database, which the program goes on writing.
    """
    phase = phase_of(stored)
    seen_at = time.monotonic()
    if visit.view.phase != phase:
        return Resume((f"{visit.view.phase} is shown, the log is at {phase}",))
    findings = list(_shown_before(before, [Screenplay(stored, encounter) for encounter in stored.encounters]))
    if phase != "encounter":
        return Resume((*findings, *_page(before, visit, phase)))
    kept = Screenplay(stored, stored.encounters[-1])
    try:
        after = visit.wait_until(lambda view: _begins_with(view, kept.lines_after(len(kept.events))), SETTLE_SECONDS)
    except Stuck as error:
        return Resume((*findings, f"the stored lines do not show again: {error}"))
    passed = time.monotonic() - seen_at
    findings += _explained_after(after, path)
    clock, late = _clock(before, after, max(stored.encounters[-1].at_ms, kept.last_at_ms()), passed)
    return Resume((*findings, *late), clock)


def conditions_of(stored: StoredSitting) -> set[str]:
    """What makes a resume hard, where it was so at the kill."""
    if phase_of(stored) != "encounter":
        return set()
    play = Screenplay(stored, stored.encounters[-1])
    return set(_conditions(play, play.state_after(len(play.events))))


def _conditions(play: Screenplay, state: EncounterState) -> Iterator[str]:
    if any(task.step == "give_drug" for task in state.tasks):
        yield "a drug being drawn up"
    if any(task.step == "measure_bp" for task in state.tasks):
        yield "a cuff in mid-cycle"
    if state.open_order is not None:
        yield "an open question"
    given = [event.at_ms for event in play.events if event.kind == "carried_out" and "drug" in event.body["slots"]]
    if given and play.last_at_ms() - given[-1] < 1000 * PEAK_SECONDS:
        yield "a drug before its peak"


def _shown_before(before: Sequence[View], plays: Sequence[Screenplay]) -> Iterator[str]:
    """Every line on the screen must be stored; all of it must follow from the log, folded up to the clock shown.

    A frame may be cut while it is drawn, so the one before it may answer for the lines, and those shortly before for
    the rest.
    """
    views = list(dict.fromkeys(view for view in before if view.phase == "encounter"))
    if not views:
        return
    if not any(play.holds(view) for view in views[:2] for play in reversed(plays)):
        yield f"the screen before the kill shows what is not stored:\n{brief(views[0].text)}"
    elif not any(play.explains(view) for view in views for play in reversed(plays)):
        yield f"the screen before the kill does not follow from the log:\n{brief(views[0].text)}"


def _explained_after(after: View, path: Path) -> Iterator[str]:
    live = sitting_in(path, live=True)
    assert live is not None
    if not Screenplay(live, live.encounters[-1]).explains(after):
        yield f"the screen after the resume does not follow from the log:\n{brief(after.text)}"


def _begins_with(view: View, kept: Shown) -> bool:
    """The stored lines stand first on the screen; time goes on and may add to them."""
    pairs = ((view.conversation, kept.conversation), (view.findings, kept.findings), (view.notes, kept.notes))
    return view.phase == "encounter" and all(shown[: len(lines)] == lines for shown, lines in pairs)


def _clock(before: Sequence[View], after: View, stored_ms: int, passed: float) -> tuple[int, list[str]]:
    """Seconds that the kill cost, and a finding where they are too many or too few."""
    clocks = [view.clock_seconds for view in before if view.clock_seconds is not None]
    if not clocks or after.clock_seconds is None:
        return 0, []
    latest = max(clocks[0], stored_ms // 1000) + passed + 2
    if clocks[0] - CLOCK_SECONDS <= after.clock_seconds <= latest:
        return min(0, after.clock_seconds - clocks[0]), []
    return min(0, after.clock_seconds - clocks[0]), [f"the clock went from {clocks[0]} to {after.clock_seconds} s"]


def _page(before: Sequence[View], visit: Visit, phase: str) -> Iterator[str]:
    """What stood on a page that was drawn stands there again, but for what was half typed in its fields.

    A page that was cut while it was drawn has rows of the one before it.
    """
    wanted = {"debrief": "Total:", "end": "copy for your instructor"}.get(phase, "")
    visit.wait_until(lambda view: wanted in view.text)
    length = 2 if phase == "reflection" else None
    pages = [_rows(view)[:length] for view in before if view.phase == phase and wanted in view.text]
    others = {row for view in before if view.phase != phase for row in _rows(view)}
    drawn = [
        row for row in next((rows for rows, earlier in pairwise(pages) if rows == earlier), []) if row not in others
    ]
    try:
        visit.wait_until(lambda view: set(drawn) <= set(_rows(view)), SETTLE_SECONDS)
    except Stuck:
        missing = [row for row in drawn if row not in _rows(visit.view)]
        yield f"{phase} shows something else; missing: {missing}"


def _rows(view: View) -> list[str]:
    """The rows of a page without the keys at its bottom and the banner of the store."""
    rows = [row.strip() for row in view.text.split("\n")[:-1]]
    return [row for row in rows if row and not row.startswith("saving…")]
