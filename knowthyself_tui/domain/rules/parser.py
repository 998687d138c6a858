"""Reads the text of a rule into a tree: a recursive descent over the tokens.

    condition  := both (OR both)*                     acts  := term (OR term)*
    both       := not (AND not)*                      term  := name [ "{" test ("," test)* "}" ]
    not        := NOT not | comparison                test  := slot op value | slot IN set | WHILE condition
    comparison := sum (op sum)* | sum [NOT] IN set    set   := "{" value ("," value)* "}"
    sum        := primary (("+" | "-") primary)*      op    := < <= > >= = !=
    primary    := number | INF | END | NOW | name | function "(" … ")" | "(" condition ")"

`a <= x <= b` means both comparisons. Keywords and function names may be written in any case.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import cast

from knowthyself_tui.domain.acts import SlotValue
from knowthyself_tui.domain.rules.errors import RuleError
from knowthyself_tui.domain.rules.nodes import (
    Acts,
    Both,
    Compare,
    Count,
    Duration,
    Either,
    End,
    Extreme,
    First,
    Initial,
    Member,
    Name,
    Node,
    Not,
    Now,
    Number,
    Operator,
    Running,
    Said,
    SlotTest,
    StateAt,
    Sum,
    Term,
    Told,
    Total,
    Value,
    When,
    Word,
)
from knowthyself_tui.domain.rules.suggest import did_you_mean
from knowthyself_tui.domain.rules.tokens import Token, tokens_of

OPERATORS = frozenset({"<", "<=", ">", ">=", "=", "!="})


def parse(text: str) -> Node:
    """A rule: a time, a number or a condition.

    Raises:
        RuleError: with the position and what would be right.
    """
    parser = _Parser(text)
    node = parser.condition()
    parser.finish()
    return node


def parse_acts(text: str) -> Acts:
    """A pattern of acts, such as `salbutamol{route=NEB} OR ipratropium`.

    Raises:
        RuleError: with the position and what would be right.
    """
    parser = _Parser(text)
    acts = parser.acts()
    parser.finish()
    return acts


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = tokens_of(text)
        self._next = 0
        if self._token.kind == "end":
            raise RuleError("the rule is empty; write for example T(oxygen) <= 5", 0)

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._token
        if token.kind != "end":
            self._next += 1
        return token

    def _sees(self, sign: str) -> bool:
        return self._token.kind == "sign" and self._token.text == sign

    def _takes(self, sign: str) -> bool:
        if not self._sees(sign):
            return False
        self._take()
        return True

    def _takes_keyword(self, keyword: str) -> bool:
        if self._token.keyword != keyword:
            return False
        self._take()
        return True

    def _expect(self, sign: str) -> None:
        if not self._takes(sign):
            raise self._unexpected(f"{sign!r}")

    def _unexpected(self, wanted: str) -> RuleError:
        found = f"not {self._token.text!r}" if self._token.text else "but the rule ends"
        return RuleError(f"expected {wanted} here, {found}", self._token.position)

    def finish(self) -> None:
        if self._token.kind != "end":
            raise self._unexpected("AND, OR or the end of the rule")

    def condition(self) -> Node:
        start = self._token.position
        items = [self._both()]
        while self._takes_keyword("OR"):
            items.append(self._both())
        return items[0] if len(items) == 1 else Either(tuple(items), position=start)

    def _both(self) -> Node:
        start = self._token.position
        items = [self._negation()]
        while self._takes_keyword("AND"):
            items.append(self._negation())
        return items[0] if len(items) == 1 else Both(tuple(items), position=start)

    def _negation(self) -> Node:
        start = self._token.position
        if self._takes_keyword("NOT"):
            return Not(self._negation(), position=start)
        return self._comparison()

    def _comparison(self) -> Node:
        start = self._token.position
        left = self._sum()
        if self._token.keyword in ("IN", "NOT"):
            return self._membership(left, start)
        pairs: list[Node] = []
        while self._token.kind == "sign" and self._token.text in OPERATORS:
            operator = cast(Operator, self._take().text)
            right = self._operand_against(left)
            pairs.append(Compare(operator, left, right, position=start))
            left = right
        if not pairs:
            return left
        return pairs[0] if len(pairs) == 1 else Both(tuple(pairs), position=start)

    def _membership(self, item: Node, start: int) -> Node:
        negated = self._takes_keyword("NOT")
        if not self._takes_keyword("IN"):
            raise self._unexpected("IN")
        member = Member(item, self._set(), position=start)
        return Not(member, position=start) if negated else member

    def _operand_against(self, left: Node) -> Node:
        """What a state or a finding is compared with may be a code, which no other operand can be."""
        token = self._token
        is_code = token.kind in ("word", "quoted") and self._tokens[self._next + 1].text != "("
        if isinstance(left, StateAt | Told) and is_code and token.keyword is None:
            return Word(self._value(), position=token.position)
        return self._sum()

    def _sum(self) -> Node:
        start = self._token.position
        left = self._primary()
        while self._sees("+") or self._sees("-"):
            plus = self._take().text == "+"
            left = Sum(plus, left, self._primary(), position=start)
        return left

    def _primary(self) -> Node:
        token = self._token
        if self._takes("("):
            inside = self.condition()
            self._expect(")")
            return inside
        if token.kind == "number":
            self._take()
            return Number(float(token.text), position=token.position)
        if self._takes_keyword("INF"):
            return Number(math.inf, position=token.position)
        if self._takes_keyword("END"):
            return End(position=token.position)
        if self._takes_keyword("NOW"):
            return Now(position=token.position)
        if token.kind == "word" and token.keyword is None:
            self._take()
            return self._call(token) if self._sees("(") else Name(token.text, position=token.position)
        raise self._unexpected("a time, a number or a condition")

    def _call(self, name: Token) -> Node:
        reader = _FUNCTIONS.get(name.text.upper())
        if reader is None:
            hint = did_you_mean(name.text.upper(), _FUNCTIONS)
            raise RuleError(f"there is no function {name.text!r}{hint}", name.position)
        self._expect("(")
        node = reader(self, name.position)
        self._expect(")")
        return node

    def first(self, start: int) -> Node:
        acts = self.acts()
        nth = self._sum() if self._takes(",") else Number(1.0, position=start)
        return First(acts, nth, position=start)

    def second(self, start: int) -> Node:
        return First(self.acts(), Number(2.0, position=start), position=start)

    def after(self, start: int) -> Node:
        acts = self.acts()
        self._expect(",")
        return First(acts, Number(1.0, position=start), self._sum(), position=start)

    def count(self, start: int) -> Node:
        acts = self.acts()
        return Count(acts, *self._window(), position=start)

    def total(self, start: int) -> Node:
        acts = self.acts()
        routes: tuple[str, ...] = ()
        comma_then = self._tokens[self._next + 1] if self._sees(",") else None
        if comma_then is not None and comma_then.text == "{":
            self._take()
            routes = tuple(str(value) for value in self._set())
        return Total(acts, routes, *self._window(), position=start)

    def _window(self) -> tuple[Node | None, Node | None]:
        start = self._sum() if self._takes(",") else None
        stop = self._sum() if start is not None and self._takes(",") else None
        return start, stop

    def value(self, start: int) -> Node:
        name = self._word("the name of a value, such as spo2")
        return Value(name, self._moment(), position=start)

    def initial(self, start: int) -> Node:
        return Initial(self._word("the name of a value, such as fev1_percent"), position=start)

    def state(self, start: int) -> Node:
        return StateAt(None if self._sees(")") else self._sum(), position=start)

    def running(self, start: int) -> Node:
        treatment = self._word("a treatment, such as oxygen")
        return Running(treatment, self._moment(), position=start)

    def told(self, start: int) -> Node:
        key = self._word("a finding, such as air_entry")
        return Told(key, self._moment(), position=start)

    def _moment(self) -> Node | None:
        return self._sum() if self._takes(",") else None

    def said(self, start: int) -> Node:
        tests = [self._test()]
        while self._takes(","):
            tests.append(self._test())
        return Said(tuple(tests), position=start)

    def duration(self, start: int) -> Node:
        condition = self.condition()
        return Duration(condition, *self._window(), position=start)

    def when(self, start: int) -> Node:
        condition = self.condition()
        return When(condition, self._moment(), position=start)

    def latest(self, start: int) -> Node:
        return self._extreme(True, start)

    def earliest(self, start: int) -> Node:
        return self._extreme(False, start)

    def _extreme(self, latest: bool, start: int) -> Node:
        items = [self._sum()]
        while self._takes(","):
            items.append(self._sum())
        return Extreme(latest, tuple(items), position=start)

    def before(self, start: int) -> Node:
        one = Number(1.0, position=start)
        earlier = First(self.acts(), one, position=start)
        self._expect(",")
        return Compare("<", earlier, First(self.acts(), one, position=start), position=start)

    def acts(self) -> Acts:
        start = self._token.position
        terms = [self._term()]
        while self._takes_keyword("OR"):
            terms.append(self._term())
        return Acts(tuple(terms), position=start)

    def _term(self) -> Term:
        start = self._token.position
        name = self._word("an act: an intent, a drug, a drug class or a device")
        tests: list[SlotTest] = []
        during: Node | None = None
        if self._takes("{"):
            while True:
                if self._takes_keyword("WHILE"):
                    during = self.condition()
                else:
                    tests.append(self._test())
                if not self._takes(","):
                    break
            self._expect("}")
        return Term(name, tuple(tests), during, position=start)

    def _test(self) -> SlotTest:
        start = self._token.position
        slot = self._word("a slot, such as dose_mg")
        if self._takes_keyword("IN"):
            return SlotTest(slot, "in", self._set(), position=start)
        if self._token.kind != "sign" or self._token.text not in OPERATORS:
            raise self._unexpected(f"a comparison after {slot!r}, such as {slot}=… or {slot} in {{…}}")
        operator = cast(Operator, self._take().text)
        return SlotTest(slot, operator, (self._value(),), position=start)

    def _set(self) -> tuple[SlotValue, ...]:
        self._expect("{")
        values = [self._value()]
        while self._takes(","):
            values.append(self._value())
        self._expect("}")
        return tuple(values)

    def _value(self) -> SlotValue:
        """A code, a number, true or false; keywords are codes here (`IN` is a route)."""
        token = self._token
        if token.kind not in ("word", "quoted", "number"):
            raise self._unexpected("a value")
        self._take()
        if token.kind == "number":
            return float(token.text)
        if token.kind == "word" and token.text.lower() in ("true", "false"):
            return token.text.lower() == "true"
        return token.text

    def _word(self, wanted: str) -> str:
        if self._token.kind != "word" or self._token.keyword is not None:
            raise self._unexpected(wanted)
        return self._take().text


_FUNCTIONS: dict[str, Callable[[_Parser, int], Node]] = {
    "T": _Parser.first,
    "T2": _Parser.second,
    "AFTER": _Parser.after,
    "N": _Parser.count,
    "SUM": _Parser.total,
    "V": _Parser.value,
    "INITIAL": _Parser.initial,
    "STATE": _Parser.state,
    "ON": _Parser.running,
    "FINDING": _Parser.told,
    "SAID": _Parser.said,
    "DUR": _Parser.duration,
    "WHEN": _Parser.when,
    "ALL": _Parser.latest,
    "ANY": _Parser.earliest,
    "BEFORE": _Parser.before,
}
