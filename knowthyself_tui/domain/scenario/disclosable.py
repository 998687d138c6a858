"""One list of everything that an encounter can disclose: who or what it comes from, and which way it comes out.

The gate, the ledger and the authors' tools use this list and no other. Ids are as the file writes them; what is not a
fact has a prefix: `clue:`, `region:`, `finding:`, `vital:`, `worry:`, `reaction:`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from knowthyself_tui.domain.procedures import PROCEDURES

if TYPE_CHECKING:
    from knowthyself_tui.domain.scenario import Scenario

Source = Literal["patient", "bystander", "scene", "examination", "record"]
Way = Literal["asked", "examined", "found", "volunteered"]

SCENE, HAZARDS = "scene", "hazards"
NOT_AVAILABLE = "finding:not_available"
"""Asked for, and not to be had here: the ledger keeps that it was answered."""
SEEN_AS_PARTS = frozenset({"region", "all_regions", "clues", "hazards", "bleeding"})
"""Findings that disclose regions, clues or the scene, each under its own id."""


@dataclass(frozen=True, slots=True)
class Disclosable:
    """One thing that a student can learn."""

    id: str
    source: Source
    how: Way


def disclosables(scenario: Scenario) -> Iterator[Disclosable]:
    """Everything that `scenario` can disclose, in the order of the file."""
    for fact in scenario.facts:
        if fact.patient is not None:
            yield Disclosable(fact.id, "patient", "asked")
        if fact.bystander is not None or fact.others:
            yield Disclosable(fact.id, "bystander", "asked")
    for worry in scenario.patient.worries:
        yield Disclosable(f"worry:{worry.id}", "patient", "volunteered")
    yield Disclosable(SCENE, "scene", "found")
    yield Disclosable(HAZARDS, "scene", "found")
    for clue in scenario.clues:
        yield Disclosable(f"clue:{clue.id}", clue.source, "found")
    for region in scenario.regions:
        yield Disclosable(region.id, "examination", "examined")
    for name in _examined(scenario):
        yield Disclosable(name, "examination", "examined")


def _examined(scenario: Scenario) -> list[str]:
    names = {NOT_AVAILABLE: None}
    names |= {f"finding:{key}": None for region in scenario.regions for key in region.shows}
    for procedure in PROCEDURES.values():
        names |= {f"vital:{channel}": None for channel in procedure.channels}
        names |= {f"finding:{key}": None for key in procedure.findings if key not in SEEN_AS_PARTS}
    return list(names)
