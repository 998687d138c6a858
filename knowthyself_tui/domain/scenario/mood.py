"""Ways a patient can be that the states do not name: muddled with a low sugar, sharp after too much antidote."""

from __future__ import annotations

from pydantic import Field, model_validator

from knowthyself_tui.domain.rules import Node, RuleError, check
from knowthyself_tui.domain.rules.fields import RuleField
from knowthyself_tui.domain.scenario.voice import FACT_ID, Block


class Mood(Block):
    """A name that sayings may use under `by_state`, and the values of the body that make it; the first one holds."""

    name: str = Field(pattern=FACT_ID)
    when: RuleField
    verbal: int | None = Field(default=None, ge=1, le=5)
    """The patient speaks no better than this verbal score: 5 clear, 4 confused, 3 stray words, 2 sounds, 1 nothing."""

    @property
    def rule(self) -> Node:
        """The condition over the body's values."""
        return self.when.node

    @model_validator(mode="after")
    def _is_about_one_moment(self) -> Mood:
        try:
            check(self.when.node, expect="moment")
        except RuleError as error:
            raise ValueError(f"mood {self.name}: {error}") from error
        return self
