"""What an examination shows in this case: regions of the body and the 12-lead, in words, by state."""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator

from knowthyself_tui.domain.body.finding_codes import FINDINGS
from knowthyself_tui.domain.scenario.voice import ShownText

VARIANTS = ("right_sided", "posterior")
"""Placements of the leads besides the usual one."""


class Region(ShownText):
    """A body region as it looks and feels in this case."""

    names: tuple[str, ...] = Field(min_length=1)
    """Words by which it is asked for; the first is its id."""
    shows: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Finding of the body, told after the text, to wordings of its own for some codes; the common ones elsewhere."""

    @property
    def id(self) -> str:
        """Its id in the ledger."""
        return f"region:{self.names[0]}"

    @model_validator(mode="after")
    def _the_body_finds_it(self) -> Region:
        for key, codes in self.shows.items():
            if key not in FINDINGS:
                raise ValueError(f"the body has no finding {key!r}; it has {', '.join(FINDINGS)}")
            wrong = sorted(set(codes) - set(FINDINGS[key]))
            if wrong:
                known = ", ".join(FINDINGS[key]) or "none, it is a number"
                raise ValueError(f"{key} has no code {wrong[0]!r}; it has {known}")
        return self

    @model_validator(mode="after")
    def _says_something(self) -> Region:
        if not (self.text or self.by_state or self.shows):
            raise ValueError(f"region {self.names[0]!r} says nothing: give it a text, by_state or shows")
        return self


class Ecg(ShownText):
    """What the 12-lead shows, described, never interpreted."""

    text: str = Field(min_length=1)
    variants: dict[str, str] = Field(default_factory=dict)
    """Placement of the leads to what they show."""

    @model_validator(mode="after")
    def _placements_exist(self) -> Ecg:
        unknown = sorted(set(self.variants) - set(VARIANTS))
        if unknown:
            raise ValueError(f"there is no placement {unknown[0]!r} of the leads; there are {', '.join(VARIANTS)}")
        return self


def ecg_from(value: Any) -> Any:
    """A text alone is an ECG that does not change."""
    return {"text": value} if isinstance(value, str) else value
