"""What came of mending a damaged database, for the program and as a sentence for the student."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowthyself_tui.domain.describe import clock


@dataclass(frozen=True, slots=True)
class MendedSitting:
    """One sitting, as far as it was brought over."""

    id: str
    events: int
    missing: int | None
    """How many events after those are known to be lost; None where there may have been some or none."""
    scenario_id: str | None
    """The encounter that was under way at the last event brought over; None outside an encounter."""
    at_ms: int
    """The scenario clock of that event."""
    created_at: str
    """When that event was stored; empty where there is none."""
    without_scenario: tuple[str, ...]
    """Encounters that can be looked at but not gone on with, because what the patient was made of is lost."""

    @property
    def is_whole(self) -> bool:
        return self.missing == 0


@dataclass(frozen=True, slots=True)
class Mending:
    """What was brought over, and where everything is now."""

    path: Path
    """The fresh database; not there when nothing could be read."""
    damaged: Path
    """Where the damaged file is kept."""
    rows: Mapping[str, int]
    """Rows of the fresh database by table."""
    sittings: tuple[MendedSitting, ...]
    copies: tuple[Path, ...]
    """The backups and hand-in copies that filled gaps."""
    told: str
    """What the student is told."""

    @property
    def is_anything(self) -> bool:
        return bool(self.rows)


def sentence(damaged: Path, sittings: Sequence[MendedSitting] | None) -> str:
    """What the student is told; None for the sittings when nothing could be read."""
    if sittings is None:
        return (
            "Your file was damaged; nothing in it could be read, and there is no copy of it."
            f" It is kept as {damaged}; please begin anew."
        )
    cut = [sitting for sitting in sittings if not sitting.is_whole]
    parts = [f"Your file was damaged. {_brought_over(cut)}; the damaged file is kept as {damaged}."]
    if any(sitting.without_scenario for sitting in sittings):
        parts.append("The patient of an encounter is lost, so it can be looked at but not gone on with.")
    return " ".join(parts)


def _brought_over(cut: Sequence[MendedSitting]) -> str:
    if not cut:
        return "Everything that was stored was brought over"
    last = max(cut, key=lambda sitting: sitting.created_at)
    others = f", and {len(cut) - 1} more of your sittings are cut short" if len(cut) > 1 else ""
    if not last.events:
        return f"Nothing of a sitting could be read, everything else was brought over{others}"
    moment = f"{last.created_at[:10]} {last.created_at[11:16]} UTC"
    inside = f" ({clock(last.at_ms / 1000)} in {last.scenario_id.replace('_', ' ')})" if last.scenario_id else ""
    later = "what came after" if last.missing else "anything that came after"
    return f"Everything up to {moment}{inside} was brought over, {later} is lost{others}"
