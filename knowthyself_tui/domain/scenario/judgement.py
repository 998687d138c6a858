"""The scored part of a scenario file: what earns credit, what harms, and how the patient's state is named."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from knowthyself_tui.domain.records import Severity
from knowthyself_tui.domain.rules import STANDARD, Expected, Node, RuleError, check, check_acts
from knowthyself_tui.domain.rules.fields import Pattern, PatternField, Rule, RuleField
from knowthyself_tui.domain.scenario.drug_column import DrugColumn
from knowthyself_tui.domain.scenario.questions import Challenge, Reflection
from knowthyself_tui.domain.scenario.voice import Block

Tier = Literal["critical", "essential", "important"]
ErrorKind = Literal["contraindicated", "wrong_dose", "wrong_route", "not_indicated"]
MilestoneId = Literal["approach", "recognition", "first_support", "pivotal_treatment", "picture", "response"]
CommunicationId = Literal["introduces", "consent", "explains", "reassures", "involves"]
StateName = Literal["critical", "deteriorating", "initial", "improving", "stable"]

MILESTONES: tuple[MilestoneId, ...] = (
    "approach",
    "recognition",
    "first_support",
    "pivotal_treatment",
    "picture",
    "response",
)
NOVICE_CAP = 40.0
"""A gate that caps the total at this or less is a critical one."""


class PatientState(Block):
    """One state of the patient and the values of the body that make it; the list is written worst first."""

    state: StateName
    when: RuleField

    @property
    def rule(self) -> Node:
        """The condition over the body's values."""
        return self.when.node

    @model_validator(mode="after")
    def _is_about_one_moment(self) -> PatientState:
        try:
            check(self.when.node, expect="moment")
        except RuleError as error:
            raise ValueError(f"{self.state}: {error}") from error
        return self


class ChecklistItem(Block):
    """One row of the checklist; its id is a time that other rules can use, as in `T(A3) + 5`."""

    id: str
    title: str
    tier: Tier
    done: RuleField
    """When it was done; or a condition that is judged once, at the end."""
    target: RuleField
    """Minute up to which it earns its full weight."""
    late: RuleField | None = None
    """Minute up to which it earns half; none when it is judged only by its target."""
    weight: float = Field(gt=0)
    applies: RuleField | None = None
    """Condition without which the row is left out and its weight spread over the others."""
    source: str


class DecisionPoint(Block):
    """One decision, rated dangerous, optimal or acceptable in that order, else suboptimal."""

    id: str
    title: str
    evaluate_if: RuleField
    let: dict[str, RuleField] = Field(default_factory=dict)
    dangerous: RuleField
    optimal: RuleField
    acceptable: RuleField


class Gate(Block):
    """A safety gate: when it fails, it caps the total."""

    id: str
    title: str
    failed: RuleField
    cap: float = Field(ge=0, le=100)
    critical: bool

    @model_validator(mode="after")
    def _low_caps_are_critical(self) -> Gate:
        if self.cap <= NOVICE_CAP and not self.critical:
            raise ValueError(f"{self.id}: a gate with a cap of {NOVICE_CAP:g} or less is critical")
        return self


class Milestone(Block):
    """One of the six milestones."""

    id: MilestoneId
    reached: RuleField


class WrongOrder(Block):
    """An order that harms or does nothing, counted once for each time it is carried out."""

    id: str
    match: PatternField
    unless: RuleField | None = None
    """Condition at the moment of the order under which it is no error."""
    kind: ErrorKind
    severity: Severity
    reason: str
    """One plain sentence for the student."""
    example: tuple[str, ...] = ()
    """Lines that give it, as a script: what a bot types to see its harm."""

    @field_validator("example", mode="before")
    @classmethod
    def _one_line_is_enough(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value


class CommunicationItem(Block):
    """One point of communication."""

    id: CommunicationId
    done: RuleField
    applies: RuleField | None = None


class HandoverElement(Block):
    """Something that belongs in the handover; heard when every group has at least one of its phrases."""

    id: str
    label: str
    hear: tuple[tuple[str, ...], ...] = Field(min_length=1)
    """Phrases as words; `nebul*` hears any ending, `#` any number."""

    @model_validator(mode="after")
    def _phrases_say_something(self) -> HandoverElement:
        if not all(group and all(map(_has_word, group)) for group in self.hear):
            raise ValueError(f"{self.id}: every group needs phrases and every phrase a word")
        return self


class Judgement(Block):
    """Everything that an encounter of this scenario is judged by."""

    acts: dict[str, PatternField] = Field(default_factory=dict)
    """Named patterns of acts, for use in every rule."""
    let: dict[str, RuleField] = Field(default_factory=dict)
    """Named times and conditions, for use in every rule."""
    pivotal: RuleField
    """When the pivotal treatment was carried out."""
    checklist: tuple[ChecklistItem, ...] = Field(min_length=1)
    decisions: tuple[DecisionPoint, ...]
    gates: tuple[Gate, ...]
    milestones: tuple[Milestone, ...]
    wrong_orders: tuple[WrongOrder, ...]
    challenges: tuple[Challenge, ...] = ()
    reflections: tuple[Reflection, ...] = ()
    drugs: DrugColumn | None = None
    """What every drug is in this case; none in a case that does not say."""
    communication: tuple[CommunicationItem, ...] = Field(min_length=1)
    handover: tuple[HandoverElement, ...] = Field(min_length=1)

    @property
    def names(self) -> dict[str, Node]:
        """What every rule can refer to: named patterns, named rules, and the time of each checklist row."""
        return {
            **{name: pattern.acts for name, pattern in self.acts.items()},
            **{name: rule.node for name, rule in self.let.items()},
            **{item.id: item.done.node for item in self.checklist},
        }

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Judgement:
        groups: tuple[tuple[str, Iterable[str]], ...] = (
            ("checklist", (item.id for item in self.checklist)),
            ("decisions", (point.id for point in self.decisions)),
            ("gates", (gate.id for gate in self.gates)),
            ("milestones", (milestone.id for milestone in self.milestones)),
            ("wrong_orders", (order.id for order in self.wrong_orders)),
            ("challenges", (challenge.id for challenge in self.challenges)),
            ("reflections", (reflection.id for reflection in self.reflections)),
            ("communication", (item.id for item in self.communication)),
            ("handover", (element.id for element in self.handover)),
            ("acts, let and checklist", (*self.acts, *self.let, *(item.id for item in self.checklist))),
        )
        for where, ids in groups:
            twice = _repeated(ids)
            if twice:
                raise ValueError(f"{where}: ids must be unique, but {', '.join(twice)} is used twice")
        return self

    @model_validator(mode="after")
    def _is_complete(self) -> Judgement:
        total = math.fsum(item.weight for item in self.checklist)
        if not math.isclose(total, 100.0):
            raise ValueError(f"checklist: the weights add up to {total:g}, not to 100")
        if all(item.applies for item in self.checklist):
            raise ValueError("checklist: at least one row must always apply")
        missing = set(MILESTONES) - {milestone.id for milestone in self.milestones}
        if missing:
            raise ValueError(f"milestones: {', '.join(sorted(missing))} is missing")
        return self

    @model_validator(mode="after")
    def _rules_make_sense(self) -> Judgement:
        names = self.names
        _refuse_taken_names((*self.acts, *self.let))
        for where, rule, expected, let in self._rules():
            _refuse_taken_names(let)
            _check(where, rule, expected, {**names, **let})
        return self

    def _rules(self) -> Iterator[tuple[str, Rule | Pattern, Expected, Mapping[str, Node]]]:
        """Every rule with its place, what it must be, and the names of its own."""
        for name, pattern in self.acts.items():
            yield f"acts.{name}", pattern, "condition", {}
        for name, rule in self.let.items():
            yield f"let.{name}", rule, "any", {}
        yield "pivotal", self.pivotal, "time", {}
        yield from self._checklist_rules()
        yield from self._decision_rules()
        for gate in self.gates:
            yield f"gates.{gate.id}.failed", gate.failed, "condition", {}
        for milestone in self.milestones:
            yield f"milestones.{milestone.id}.reached", milestone.reached, "time", {}
        for order in self.wrong_orders:
            yield f"wrong_orders.{order.id}.match", order.match, "condition", {}
            if order.unless:
                yield f"wrong_orders.{order.id}.unless", order.unless, "act condition", {}
        for challenge in self.challenges:
            yield f"challenges.{challenge.id}.when", challenge.when, "act condition", {}
        for reflection in self.reflections:
            yield f"reflections.{reflection.id}.when", reflection.when, "condition", {}
        for item in self.communication:
            yield f"communication.{item.id}.done", item.done, "condition", {}
            if item.applies:
                yield f"communication.{item.id}.applies", item.applies, "condition", {}

    def _checklist_rules(self) -> Iterator[tuple[str, Rule, Expected, Mapping[str, Node]]]:
        for item in self.checklist:
            where = f"checklist.{item.id}"
            yield f"{where}.done", item.done, "time or condition", {}
            yield f"{where}.target", item.target, "time", {}
            if item.late:
                yield f"{where}.late", item.late, "time", {}
            if item.applies:
                yield f"{where}.applies", item.applies, "condition", {}

    def _decision_rules(self) -> Iterator[tuple[str, Rule, Expected, Mapping[str, Node]]]:
        for point in self.decisions:
            where = f"decisions.{point.id}"
            let = {name: rule.node for name, rule in point.let.items()}
            for name, rule in point.let.items():
                yield f"{where}.let.{name}", rule, "any", let
            yield f"{where}.evaluate_if", point.evaluate_if, "condition", let
            yield f"{where}.dangerous", point.dangerous, "condition", let
            yield f"{where}.optimal", point.optimal, "condition", let
            yield f"{where}.acceptable", point.acceptable, "condition", let


def _has_word(phrase: str) -> bool:
    return any(letter.isalnum() or letter == "#" for letter in phrase)


def _repeated(ids: Iterable[str]) -> list[str]:
    return sorted(one for one, times in Counter(ids).items() if times > 1)


def _refuse_taken_names(names: Iterable[str]) -> None:
    for name in names:
        if not name.isidentifier() or name in STANDARD.act_names():
            raise ValueError(f"{name!r} cannot be a name: take one word that is no act, drug or device")


def _check(where: str, rule: Rule | Pattern, expected: Expected, names: Mapping[str, Node]) -> None:
    try:
        if isinstance(rule, Pattern):
            check_acts(rule.acts, lets=names)
        else:
            check(rule.node, expect=expected, lets=names)
    except RuleError as error:
        raise ValueError(f"{where}: {error}") from error
