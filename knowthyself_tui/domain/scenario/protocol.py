"""A protocol overlay: what a jurisdiction does otherwise than the case files, in doses, scope and targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import Field, field_validator, model_validator

from knowthyself_tui.domain.formulary import DRUGS, DoseRange, Drug
from knowthyself_tui.domain.scenario.voice import Block

DEFAULT = "uk"
"""The protocol that the case files are written to."""


class Dose(Block):
    """One accepted adult single dose; it takes the place of the formulary's for this drug, route and unit."""

    drug: str
    route: str
    low: float = Field(gt=0)
    high: float = Field(gt=0)
    unit: str
    source: str

    @field_validator("drug")
    @classmethod
    def _is_a_drug(cls, name: str) -> str:
        if name not in DRUGS:
            raise ValueError(f"there is no drug {name!r}")
        return name

    @model_validator(mode="after")
    def _can_be_given_so(self) -> Dose:
        if self.route not in DRUGS[self.drug].routes:
            raise ValueError(f"{self.drug} cannot be given {self.route}")
        if self.low > self.high:
            raise ValueError(f"{self.drug} {self.route}: low is above high")
        return self


class Formulary(Block):
    """Doses and scope of one protocol, as far as they differ."""

    id: str = DEFAULT
    doses: tuple[Dose, ...] = ()
    not_carried: tuple[str, ...] = ()
    """Drugs that are not on the vehicle here."""

    @field_validator("not_carried")
    @classmethod
    def _are_drugs(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        unknown = sorted(set(names) - set(DRUGS))
        if unknown:
            raise ValueError(f"there is no drug {unknown[0]!r}")
        return names

    def drug(self, drug_id: str) -> Drug | None:
        """The drug with this protocol's doses; None when it does not exist."""
        drug = DRUGS.get(drug_id)
        if drug is None:
            return None
        own = [row for row in self.doses if row.drug == drug_id]
        taken = {(row.route, row.unit) for row in own}
        kept = [row for row in drug.doses if (row.route, row.unit) not in taken]
        ranges = [DoseRange(row.route, row.low, row.high, row.unit, "U", row.source) for row in own]
        return replace(drug, doses=(*ranges, *kept))


class Protocol(Formulary):
    """An overlay file."""

    title: str
    notice: str
    sources: tuple[str, ...]
    cases: Mapping[str, Mapping[str, Any]] = Field(default_factory=dict)
    """Scenario id to what is laid over its file: mappings by key, lists of blocks by id."""


def laid_over(document: Any, overlay: Any) -> Any:
    """`document` with `overlay` on top: mappings are merged, lists of blocks with ids block by block.

    Raises:
        KeyError: the overlay changes a block that the document does not have.
    """
    if isinstance(document, Mapping) and isinstance(overlay, Mapping):
        merged = dict(document)
        for key, value in overlay.items():
            merged[key] = laid_over(document[key], value) if key in document else value
        return merged
    if _has_ids(document) and _has_ids(overlay):
        changes = {block["id"]: block for block in overlay}
        unknown = sorted(set(changes) - {block["id"] for block in document})
        if unknown:
            raise KeyError(unknown[0])
        return [laid_over(block, changes.get(block["id"], {})) for block in document]
    return overlay


def _has_ids(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(b, Mapping) and "id" in b for b in value)
