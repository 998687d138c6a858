"""The steps of a protocol: a line sets something or gives an order, at a moment."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from knowthyself_tui.domain.acts import Order, SlotValue
from knowthyself_tui.domain.bench.forced import drug_in, parse_forced
from knowthyself_tui.domain.bench.moments import Moment, parse_moment
from knowthyself_tui.domain.bench.wrong_names import quoted, unknown
from knowthyself_tui.domain.body.drugs import DRUGS, INERT
from knowthyself_tui.domain.formulary import DRUGS as FORMULARY
from knowthyself_tui.domain.rules.intents import INTENT_SLOTS
from knowthyself_tui.errors import UsageError

BENCH_SLOTS = frozenset({"over_minutes", "volume", "seal", "percent", "fio2", "mode", "action", "energy", "rate"})
"""Slots that the body reads besides those of the taxonomy."""
SLOTS = BENCH_SLOTS.union(*(slots.split() for slots in INTENT_SLOTS.values()))
DRUG_NAMES = frozenset({*(name for name, row in DRUGS.items() if not row.hidden), *INERT, *FORMULARY})

EXAMPLE_SET = "02:00 fio2=0.4"
EXAMPLE_ORDER = "02:00 give_drug drug=adrenaline dose=0.5 unit=mg route=IM"

_WHOLE = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{0,15}\.\d{1,15}", re.ASCII)
_SETTING = re.compile(r"([A-Za-z0-9_.<>-]+)=(\S*)")


@dataclass(frozen=True, slots=True)
class Setting:
    """A value forced from outside."""

    moment: Moment
    name: str
    value: float | str

    @property
    def drug(self) -> str | None:
        return drug_in(self.name)

    def __str__(self) -> str:
        return f"{self.name}={self.value if isinstance(self.value, str) else f'{self.value:g}'}"


@dataclass(frozen=True, slots=True)
class Ordering:
    """A treatment ordered."""

    moment: Moment
    order: Order

    @property
    def drug(self) -> str | None:
        drug = self.order.slots.get("drug")
        return str(drug) if drug in DRUGS else None

    def __str__(self) -> str:
        return " ".join([self.order.intent, *(f"{name}={value}" for name, value in self.order.slots.items())])


Step = Setting | Ordering


def parse_step(line: str) -> Step:
    """One line of a protocol: `MM:SS NAME=VALUE` or `MM:SS intent slot=value …`.

    Raises:
        UsageError: it is neither.
    """
    when, _, rest = line.strip().partition(" ")
    moment, rest = parse_moment(when), rest.strip()
    if match := _SETTING.fullmatch(rest):
        return Setting(moment, match[1], parse_forced(match[1], match[2]))
    if not rest:
        raise UsageError(f"{quoted(line.strip())} has a time and nothing to do; write for example {EXAMPLE_ORDER!r}.")
    return Ordering(moment, _order(rest))


def parse_setting(line: str) -> Step:
    """A line that must set something."""
    step = parse_step(line)
    if isinstance(step, Ordering):
        raise UsageError(f"{quoted(line.strip())} sets nothing; write for example {EXAMPLE_SET!r}.")
    return step


def parse_ordering(line: str) -> Step:
    """A line that must give an order."""
    step = parse_step(line)
    if isinstance(step, Setting):
        raise UsageError(f"{quoted(line.strip())} is no order; write for example {EXAMPLE_ORDER!r}.")
    return step


def _order(text: str) -> Order:
    try:
        intent, *words = shlex.split(text)
    except ValueError as error:
        raise UsageError(f"The quotation marks of {quoted(text)} do not close.") from error
    if intent not in INTENT_SLOTS:
        raise unknown(f"{quoted(intent)} is no order", intent, INTENT_SLOTS)
    slots: dict[str, SlotValue] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not value:
            raise UsageError(f"{quoted(word)} is no slot=value; write for example {EXAMPLE_ORDER!r}.")
        if name not in SLOTS:
            raise unknown(f"An order has no slot {quoted(name)}", name, SLOTS)
        slots[name] = _slot_value(value)
    _check_drug(slots)
    return Order(intent, slots)


def _slot_value(text: str) -> SlotValue:
    if text in ("true", "false"):
        return text == "true"
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def _check_drug(slots: Mapping[str, SlotValue]) -> None:
    drug = str(slots.get("drug", ""))
    if drug and drug not in DRUG_NAMES:
        raise unknown(f"There is no drug {quoted(drug)}", drug, DRUG_NAMES)
