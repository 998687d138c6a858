"""How one figure is read from the trace of a play; a figure that is never reached is None."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowthyself_tui.domain.bench.moments import Crossing, Moment, Value, parse_moment

START = "00:00"


@dataclass(frozen=True, slots=True)
class Trace:
    """Columns of a play, one entry a second from its start."""

    columns: Mapping[str, Sequence[Value]]

    @property
    def seconds(self) -> int:
        """The last second."""
        return min(len(column) for column in self.columns.values()) - 1

    def until(self, minutes: float) -> Trace:
        """The trace of a shorter play."""
        length = round(60.0 * minutes) + 1
        return Trace({name: cells[:length] for name, cells in self.columns.items()})

    def second(self, moment: Moment) -> int | None:
        """The second of a moment; None when it is never reached or lies after the end."""
        start = 0 if moment.crossing is None else self.first(moment.crossing, 0)
        if start is None or start + moment.seconds > self.seconds:
            return None
        return start + moment.seconds

    def first(self, crossing: Crossing, since: int) -> int | None:
        """The first second from `since` on at which the limit is crossed."""
        column = self.columns[crossing.column]
        return next((second for second in range(since, self.seconds + 1) if crossing.met(column[second])), None)

    def number(self, column: str, moment: Moment) -> float | None:
        second = self.second(moment)
        return None if second is None else _number(self.columns[column][second])

    def window(self, column: str, start: Moment, end: Moment) -> list[tuple[float, int]]:
        """The numbers from `start` to `end` with their seconds."""
        first, last = self.second(start), self.second(end)
        if first is None or last is None:
            return []
        cells = ((_number(self.columns[column][second]), second) for second in range(first, last + 1))
        return [(number, second) for number, second in cells if number is not None]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number read from a trace."""

    columns: frozenset[str]
    """Columns that the trace must have."""
    read: Callable[[Trace], float | None]
    words: str
    """How it is read, for people who repeat the play."""


def at(column: str, moment: str) -> Figure:
    """The value at a moment."""
    when = parse_moment(moment)
    return _figure([column], [when], lambda trace: trace.number(column, when), f"{column} at {when}")


def when(column: str, crossing: str) -> Figure:
    """The value at the second another column crosses a limit."""
    return at(column, crossing)


def change(column: str, start: str, end: str) -> Figure:
    """The value at `end` less the value at `start`."""
    a, b = parse_moment(start), parse_moment(end)

    def read(trace: Trace) -> float | None:
        return _minus(trace.number(column, b), trace.number(column, a))

    return _figure([column], [a, b], read, f"change of {column} from {a} to {b}")


def percent_change(column: str, start: str, end: str) -> Figure:
    """The change as a percentage of the value at `start`."""
    a, b = parse_moment(start), parse_moment(end)

    def read(trace: Trace) -> float | None:
        before = trace.number(column, a)
        return _percent(_minus(trace.number(column, b), before), before)

    return _figure([column], [a, b], read, f"change of {column} from {a} to {b}, % of the first")


def percent_of(column: str, moment: str, base: str, base_moment: str) -> Figure:
    """One value as a percentage of another."""
    a, b = parse_moment(moment), parse_moment(base_moment)

    def read(trace: Trace) -> float | None:
        return _percent(trace.number(column, a), trace.number(base, b))

    return _figure([column, base], [a, b], read, f"{column} at {a}, % of {base} at {b}")


def highest(column: str, start: str, end: str) -> Figure:
    """The highest value of a span."""
    return _extreme(column, start, end, max, "highest")


def lowest(column: str, start: str, end: str) -> Figure:
    """The lowest value of a span."""
    return _extreme(column, start, end, min, "lowest")


def highest_change(column: str, baseline: str, start: str, end: str) -> Figure:
    """The highest value of a span less the value at `baseline`."""
    return _less(highest(column, start, end), column, baseline)


def lowest_change(column: str, baseline: str, start: str, end: str) -> Figure:
    """The lowest value of a span less the value at `baseline`."""
    return _less(lowest(column, start, end), column, baseline)


def minutes_until(column: str, *, below: float | None = None, above: float | None = None, since: str = START) -> Figure:
    """Minutes from `since` until the column is below or above a limit."""
    if (below is None) == (above is None):
        raise ValueError("minutes_until takes either below or above")
    crossing = Crossing(column, below is not None, below if below is not None else above or 0.0)
    begin = parse_moment(since)

    def read(trace: Trace) -> float | None:
        start = trace.second(begin)
        reached = None if start is None else trace.first(crossing, start)
        return None if start is None or reached is None else (reached - start) / 60.0

    return _figure([column], [begin], read, f"minutes from {begin} until {crossing}")


def minutes_to_peak(column: str, since: str, end: str) -> Figure:
    """Minutes from `since` to the highest value before `end`."""
    a, b = parse_moment(since), parse_moment(end)

    def read(trace: Trace) -> float | None:
        start, window = trace.second(a), trace.window(column, a, b)
        if start is None or not window:
            return None
        _, second = max(window, key=lambda cell: cell[0])
        return (second - start) / 60.0

    return _figure([column], [a, b], read, f"minutes from {a} to the peak of {column} before {b}")


def per_minute(column: str, start: str, end: str) -> Figure:
    """The change a minute between two moments."""
    a, b = parse_moment(start), parse_moment(end)

    def read(trace: Trace) -> float | None:
        first, last = trace.second(a), trace.second(b)
        span = None if first is None or last is None else (last - first) / 60.0
        return _ratio(_minus(trace.number(column, b), trace.number(column, a)), span)

    return _figure([column], [a, b], read, f"change of {column} a minute from {a} to {b}")


def slope(column: str, per: str, start: str, end: str) -> Figure:
    """The change of one column over the change of another."""
    a, b = parse_moment(start), parse_moment(end)

    def read(trace: Trace) -> float | None:
        rise = _minus(trace.number(column, b), trace.number(column, a))
        return _ratio(rise, _minus(trace.number(per, b), trace.number(per, a)))

    return _figure([column, per], [a, b], read, f"change of {column} per {per} from {a} to {b}")


def percent_of_figure(figure: Figure, base: Figure) -> Figure:
    """How much one figure differs from another, as a percentage of the other."""

    def read(trace: Trace) -> float | None:
        before = base.read(trace)
        return _percent(_minus(figure.read(trace), before), before)

    return Figure(figure.columns | base.columns, read, f"{figure.words}, % more than {base.words}")


def times(figure: Figure, factor: float) -> Figure:
    """A figure in another unit."""

    def read(trace: Trace) -> float | None:
        value = figure.read(trace)
        return None if value is None else factor * value

    return Figure(figure.columns, read, f"{figure.words}, times {factor:.4g}")


def computed(function: Callable[[], float], words: str) -> Figure:
    """A figure that needs no play."""
    return Figure(frozenset(), lambda trace: function(), words)


def _figure(
    columns: Iterable[str], moments: Iterable[Moment], read: Callable[[Trace], float | None], words: str
) -> Figure:
    triggers = (moment.crossing.column for moment in moments if moment.crossing is not None)
    return Figure(frozenset((*columns, *triggers)), read, words)


def _extreme(
    column: str, start: str, end: str, pick: Callable[[list[tuple[float, int]]], tuple[float, int]], word: str
) -> Figure:
    a, b = parse_moment(start), parse_moment(end)

    def read(trace: Trace) -> float | None:
        window = trace.window(column, a, b)
        return pick(window)[0] if window else None

    return _figure([column], [a, b], read, f"{word} {column} from {a} to {b}")


def _less(figure: Figure, column: str, baseline: str) -> Figure:
    before = at(column, baseline)

    def read(trace: Trace) -> float | None:
        return _minus(figure.read(trace), before.read(trace))

    return Figure(figure.columns | before.columns, read, f"{figure.words}, less {before.words}")


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, float | int) else None


def _minus(value: float | None, other: float | None) -> float | None:
    return None if value is None or other is None else value - other


def _ratio(value: float | None, other: float | None) -> float | None:
    return None if value is None or not other else value / other


def _percent(value: float | None, other: float | None) -> float | None:
    ratio = _ratio(value, other)
    return None if ratio is None else 100.0 * ratio
