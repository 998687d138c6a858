"""A protocol (who, in what position, what is done when) and the playing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from knowthyself_tui.domain.bench.columns import DEFAULT_COLUMNS, check_columns, drug_columns, drugs_on_board, read
from knowthyself_tui.domain.bench.moments import Crossing, Value, clock_text
from knowthyself_tui.domain.bench.steps import Ordering, Step
from knowthyself_tui.domain.bench.wrong_names import quoted, unknown
from knowthyself_tui.domain.body import Applied, Body, Patient
from knowthyself_tui.domain.body.positions import POSITION_SYNONYMS, POSITIONS
from knowthyself_tui.errors import ContentError, UsageError

LONGEST_MINUTES = 1440.0


@dataclass(frozen=True, slots=True)
class Protocol:
    """One experiment on one patient."""

    patient: Patient
    minutes: float
    """How long it is played."""
    steps: tuple[Step, ...] = ()
    conditions: Mapping[str, float] = field(default_factory=dict)
    """Latent diseases that have run for `lead_seconds` at the start."""
    lead_seconds: int = 0
    position: str = "supine"
    seed: int = 1

    def __post_init__(self) -> None:
        if not 0.0 <= self.minutes <= LONGEST_MINUTES:
            raise UsageError(f"A play lasts 0 to {LONGEST_MINUTES:g} minutes, not {self.minutes:g}.")
        if self.position not in POSITIONS and self.position not in POSITION_SYNONYMS:
            known = {*POSITIONS, *POSITION_SYNONYMS}
            raise unknown(f"There is no position {quoted(self.position)}", self.position, known)
        check_columns([step.moment.crossing.column for step in self.steps if step.moment.crossing is not None])
        late = next(
            (step for step in self.steps if not step.moment.crossing and step.moment.seconds > self.seconds), None
        )
        if late is not None:
            end = clock_text(self.seconds)
            raise UsageError(f"The step at {late.moment} comes after the end of play at {end}; play more minutes.")

    @property
    def seconds(self) -> int:
        """Whole seconds of play."""
        return round(60.0 * self.minutes)

    @property
    def drugs(self) -> tuple[str, ...]:
        """Drugs that the steps name, each once."""
        return tuple(dict.fromkeys(step.drug for step in self.steps if step.drug))


@dataclass(frozen=True, slots=True)
class Report:
    """An order that the body did not simply carry out."""

    seconds: int
    step: str
    code: str
    """corrected, no_effect, impossible; never, where its moment did not come; done, where there is a note."""
    note: str

    @property
    def refused(self) -> bool:
        return self.code == "impossible"

    def __str__(self) -> str:
        became = f"At {clock_text(self.seconds)} “{self.step}” {_BECAME.get(self.code, self.code)}"
        return f"{became}: {self.note}" if self.note else f"{became}."


_BECAME = {
    "impossible": "was refused",
    "corrected": "was corrected",
    "no_effect": "had no effect on the body",
    "never": "was still waiting for its moment",
    "done": "was done",
}

Reporter = Callable[[Report], None]


def run(
    protocol: Protocol, columns: Sequence[str] | None, every: int = 1, report: Reporter | None = None
) -> Iterator[dict[str, Value]]:
    """Play a protocol; a row at the start and every so many seconds.

    A step at a time is done before that second's row is read; a step at a limit is done after the row that crosses it.

    Args:
        columns: What each row holds; None for the usual ones and the levels of all drugs on board.
        every: Seconds between rows.
        report: Called with each order that was refused, corrected, without effect, or worth a note.
    """
    body = _start(protocol)
    waiting = list(protocol.steps)
    met: dict[Crossing, int] = {}
    for second in range(protocol.seconds + 1):
        if second:
            body.step()
        waiting = _do(body, waiting, met, second, report)
        if second % every == 0:
            yield read(body, _columns_of(body) if columns is None else columns)
        if _watch(body, waiting, met, second):
            waiting = _do(body, waiting, met, second, report)
    if report is not None:
        for step in waiting:
            report(Report(protocol.seconds, f"{step.moment} {step}", "never", ""))


def _columns_of(body: Body) -> tuple[str, ...]:
    return (*DEFAULT_COLUMNS, *drug_columns(drugs_on_board(body)))


def _start(protocol: Protocol) -> Body:
    try:
        return Body.new(
            protocol.patient,
            protocol.conditions,
            seed=protocol.seed,
            lead_seconds=protocol.lead_seconds,
            position=protocol.position,
        )
    except ContentError as error:
        raise UsageError(str(error)) from error


def _watch(body: Body, waiting: Sequence[Step], met: dict[Crossing, int], second: int) -> bool:
    """Note the limits crossed at this second; whether there are any."""
    crossings = {step.moment.crossing for step in waiting if step.moment.crossing is not None} - met.keys()
    if not crossings:
        return False
    values = read(body, {crossing.column for crossing in crossings})
    crossed = [crossing for crossing in crossings if crossing.met(values[crossing.column])]
    met.update(dict.fromkeys(crossed, second))
    return bool(crossed)


def _do(
    body: Body, waiting: list[Step], met: Mapping[Crossing, int], second: int, report: Reporter | None
) -> list[Step]:
    """Carry out what is due; gives what is not."""
    later = []
    for step in waiting:
        if _due(step, met) != second:
            later.append(step)
        elif isinstance(step, Ordering):
            _tell(report, second, step, body.apply(step.order))
        else:
            body.force(step.name, step.value)
    return later


def _due(step: Step, met: Mapping[Crossing, int]) -> int | None:
    crossing = step.moment.crossing
    if crossing is None:
        return step.moment.seconds
    return met[crossing] + step.moment.seconds if crossing in met else None


def _tell(report: Reporter | None, second: int, step: Step, applied: Applied) -> None:
    if report is not None and (applied.code != "done" or applied.note):
        report(Report(second, str(step), applied.code, applied.note))
