"""Rules as fields of pydantic models: read from text when the file loads, written back as the same text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from knowthyself_tui.domain.rules.errors import RuleError
from knowthyself_tui.domain.rules.nodes import Acts, Node
from knowthyself_tui.domain.rules.parser import parse, parse_acts


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with the text it was written as."""

    text: str
    node: Node


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of acts with the text it was written as."""

    text: str
    acts: Acts


def _text_of(data: object) -> str:
    if isinstance(data, bool) or not isinstance(data, str | int | float):
        raise PydanticCustomError("rule", "a rule is written as text, for example T(oxygen) <= 5")
    return str(data).strip()


def read_rule(data: object) -> Rule:
    """A rule from a file's text or number."""
    if isinstance(data, Rule):
        return data
    text = _text_of(data)
    try:
        return Rule(text, parse(text))
    except RuleError as error:
        raise PydanticCustomError("rule", "{reason}", {"reason": str(error)}) from error


def read_pattern(data: object) -> Pattern:
    """A pattern of acts from a file's text."""
    if isinstance(data, Pattern):
        return data
    text = _text_of(data)
    try:
        return Pattern(text, parse_acts(text))
    except RuleError as error:
        raise PydanticCustomError("rule", "{reason}", {"reason": str(error)}) from error


def _written(rule: Rule | Pattern) -> str:
    return rule.text


RuleField = Annotated[
    Rule,
    PlainValidator(read_rule),
    PlainSerializer(_written, return_type=str),
    WithJsonSchema({"type": ["string", "number"]}),
]
"""A time, number or condition in the rule language."""

PatternField = Annotated[
    Pattern,
    PlainValidator(read_pattern),
    PlainSerializer(_written, return_type=str),
    WithJsonSchema({"type": "string"}),
]
"""A pattern of acts in the rule language."""
