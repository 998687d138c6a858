"""The rule language of the scenarios: parse, check, evaluate, explain."""

from knowthyself_tui.domain.rules.check import Expected, check, check_acts
from knowthyself_tui.domain.rules.errors import RuleError
from knowthyself_tui.domain.rules.evaluate import Evaluator, Lets, evaluate
from knowthyself_tui.domain.rules.evidence import Result, RuleValue
from knowthyself_tui.domain.rules.explain import explain
from knowthyself_tui.domain.rules.moment import moment
from knowthyself_tui.domain.rules.nodes import Acts, Node
from knowthyself_tui.domain.rules.parser import parse, parse_acts
from knowthyself_tui.domain.rules.vocabulary import STANDARD, STATES, Vocabulary

__all__ = [
    "STANDARD",
    "STATES",
    "Acts",
    "Evaluator",
    "Expected",
    "Lets",
    "Node",
    "Result",
    "RuleError",
    "RuleValue",
    "Vocabulary",
    "check",
    "check_acts",
    "evaluate",
    "explain",
    "moment",
    "parse",
    "parse_acts",
]
