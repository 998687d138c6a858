"""Whether the reader can hear what a case's rules and facts wait for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from pydantic import BaseModel

from knowthyself_tui.domain.rules.fields import Pattern, Rule
from knowthyself_tui.domain.rules.nodes import SlotTest
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.language.lexicon import stated_conditions


def unheard(scenario: Scenario) -> Iterator[str]:
    """Stated conditions that no line gives."""
    known = stated_conditions()
    for test in _tests(scenario.judgement):
        values = {str(value) for value in test.values}
        if test.slot == "condition" and not values & known:
            named = " or ".join(sorted(values))
            yield f"judgement: no line is read as the condition {named}; the reader knows {', '.join(sorted(known))}"


def _tests(part: Any) -> Iterator[SlotTest]:
    """Every test of a slot in any rule of a part of the case."""
    if isinstance(part, SlotTest):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _tests(getattr(part, name))
    elif isinstance(part, Rule | Pattern):
        yield from _tests(part.node if isinstance(part, Rule) else part.acts)
    elif isinstance(part, dict | tuple | list):
        for item in part.values() if isinstance(part, dict) else part:
            yield from _tests(item)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _tests(getattr(part, field.name))
