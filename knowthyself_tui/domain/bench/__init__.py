"""The physiology bench: experiments on the body, figures read from them, and published cases to compare with."""

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.collected import COLLECTED, KNOWN_MISSES
from knowthyself_tui.domain.bench.columns import DEFAULT_COLUMNS, check_columns
from knowthyself_tui.domain.bench.figures import Figure, Trace
from knowthyself_tui.domain.bench.moments import parse_clock, parse_moment
from knowthyself_tui.domain.bench.people import parse_patient
from knowthyself_tui.domain.bench.protocol import Protocol, Report, run
from knowthyself_tui.domain.bench.section2 import SECTION_2
from knowthyself_tui.domain.bench.steps import parse_ordering, parse_setting, parse_step
from knowthyself_tui.domain.bench.validation import Result, choose, validate

__all__ = [
    "COLLECTED",
    "DEFAULT_COLUMNS",
    "KNOWN_MISSES",
    "SECTION_2",
    "Case",
    "Figure",
    "Protocol",
    "Report",
    "Result",
    "Trace",
    "check_columns",
    "choose",
    "parse_clock",
    "parse_moment",
    "parse_ordering",
    "parse_patient",
    "parse_setting",
    "parse_step",
    "run",
    "validate",
]
