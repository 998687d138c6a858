"""What the patient went through: each vital sign over scenario time as median and interquartile range by arm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .canvas import Page, new_page, rule
from .density import quantile, thinned
from .labels import arm_name, fitted, inert, picture_name, short, shortened_list
from .legend import draw_arm_legend, legend_height
from .picture import Picture, VitalsPanel, VitalsSeries
from .style import ALARM, SMALL, SOFT, TINY, WIDTH, ArmStyle, arm_styles, round_ticks
from .wording import NOTHING, compact, counted, finite

if TYPE_CHECKING:
    from .canvas import Axes

_COLUMNS = 2
_LEFT, _BETWEEN, _RIGHT = 34.0, 42.0, 26.0
_PANEL_WIDTH = (WIDTH - _LEFT - _BETWEEN * (_COLUMNS - 1) - _RIGHT) / _COLUMNS
_PANEL_HEIGHT, _TITLE, _UNDER = 88.0, 17.0, 20.0
_AXIS_LABEL = 12.0
_MOST_STEPS = 160
"""Time steps of a series that are drawn: more than one a point of paper only make the picture heavy."""
_TICK_HEIGHT = 0.055
"""Height of a first-action tick as a share of the panel."""
_FARTHEST_LIMIT = 1.0
"""How far from the data an alarm limit is still drawn, as a multiple of their span."""
_MOST_TICKS = 60
_HEADER = ("Vital sign", "Arm", "Start", "Lowest", "Highest", "End", "IQR at the end")


def vitals_by_arm(title: str, panels: Sequence[VitalsPanel]) -> Picture | None:
    """Small multiples with medians, IQR bands, alarm lines and first-critical-action ticks; None without a value.

    Args:
        title: which scenario; it names the picture.
        panels: one a vital sign; a panel without any median is left out.
    """
    panels = [panel for panel in panels if any(finite(series.median) for series in panel.series.values())]
    if not panels:
        return None
    arms = arm_styles(arm for panel in panels for arm in panel.series)
    name, alt = picture_name("vitals_by_arm", title), _alt(title, panels)
    entries = [(style, arm_name(arm)) for arm, style in arms.items()]
    top = legend_height([text for _, text in entries]) + TINY + 10
    lines = -(-len(panels) // _COLUMNS)
    with new_page(top + lines * (_TITLE + _PANEL_HEIGHT + _UNDER) + _AXIS_LABEL) as page:
        draw_arm_legend(page, 4, 2, entries, WIDTH - 8)
        page.text(4, top - 6, _key(panels), size=TINY, color=SOFT)
        for place, panel in enumerate(panels):
            _draw_panel(page, top, place, panel, arms, _last_minute(panels))
        for column in range(_COLUMNS if len(panels) % _COLUMNS == 0 else 1):
            middle = _LEFT + column * (_PANEL_WIDTH + _BETWEEN) + _PANEL_WIDTH / 2
            page.text(middle, page.height - 7, "Scenario time (min)", ha="center")
        svg = page.svg(name, inert(title), alt)
    return Picture(name, inert(title), svg, alt, _HEADER, _rows(panels))


def _key(panels: Sequence[VitalsPanel]) -> str:
    ticks = any(finite(times) for panel in panels for times in panel.ticks.values())
    alarms = any(_limits_in_view(panel) for panel in panels)
    said = ["Line: median. Band: Q1 to Q3.", "Dotted: alarm limit." * alarms, "Ticks: first critical actions." * ticks]
    return " ".join(filter(None, said))


def _last_minute(panels: Sequence[VitalsPanel]) -> float:
    minutes = [minute for panel in panels for series in panel.series.values() for minute in finite(series.minutes)]
    return max(minutes, default=0.0) or 1.0


def _draw_panel(
    page: Page, top: float, place: int, panel: VitalsPanel, arms: Mapping[str, ArmStyle], end: float
) -> None:
    line, column = divmod(place, _COLUMNS)
    left = _LEFT + column * (_PANEL_WIDTH + _BETWEEN)
    y = top + line * (_TITLE + _PANEL_HEIGHT + _UNDER)
    page.text(left, y + 8, fitted(_sign(panel), _PANEL_WIDTH, SMALL, bold=True), weight="bold")
    axes = page.axes(left, y + _TITLE, _PANEL_WIDTH, _PANEL_HEIGHT)
    low, high = _span(panel)
    axes.set(xlim=(0, end), ylim=(low, high), xticks=round_ticks(0, end, 6), yticks=round_ticks(low, high, 5))
    rule(axes, y=round_ticks(low, high, 5))
    for limit in _limits_in_view(panel):
        rule(axes, y=[limit], colour=ALARM, linestyle=(0, (1, 1.6)), linewidth=1.0, zorder=1)
        beside = y + _TITLE + _PANEL_HEIGHT * (high - limit) / (high - low)
        page.text(left + _PANEL_WIDTH + 3, beside, compact(limit), size=TINY, color=ALARM)
    for row, (arm, style) in enumerate(arms.items()):
        if arm in panel.series:
            _draw_series(axes, panel.series[arm], style)
        _draw_ticks(axes, row, panel.ticks.get(arm, ()), style)


def _data(panel: VitalsPanel) -> list[float]:
    every = panel.series.values()
    return [number for s in every for values in (s.median, s.q1, s.q3) for number in finite(values)]


def _limits_in_view(panel: VitalsPanel) -> list[float]:
    """The alarm limits but those so far off that the curves would become flat beside them."""
    low, high = min(_data(panel)), max(_data(panel))
    room = _FARTHEST_LIMIT * ((high - low) or 1.0)
    return [limit for limit in finite((panel.alarm_low, panel.alarm_high)) if low - room <= limit <= high + room]


def _span(panel: VitalsPanel) -> tuple[float, float]:
    """From the lowest to the highest of bands and alarm limits, with room for the ticks below."""
    numbers = _data(panel) + _limits_in_view(panel)
    low, high = min(numbers), max(numbers)
    if low == high:
        low, high = low - 1, high + 1
    room = high - low
    return low - (0.08 + _TICK_HEIGHT * len(panel.ticks)) * room, high + 0.08 * room


def _draw_series(axes: Axes, series: VitalsSeries, style: ArmStyle) -> None:
    step = -(-len(series.minutes) // _MOST_STEPS) or 1
    minutes = list(series.minutes)[::step]
    median, q1, q3 = (_gaps(values)[::step] for values in (series.median, series.q1, series.q3))
    axes.fill_between(minutes, q1, q3, facecolor=style.colour, alpha=0.16, linewidth=0)
    axes.plot(minutes, median, color=style.colour, linestyle=style.dash, linewidth=1.3)
    marked = [index for index in range(len(minutes) // 8, len(minutes), max(len(minutes) // 4, 1))]
    look: dict[str, Any] = {"marker": style.marker, "markersize": 4, "markeredgecolor": "white", "markeredgewidth": 0.5}
    axes.plot([minutes[i] for i in marked], [median[i] for i in marked], color=style.colour, linestyle="none", **look)


def _gaps(values: Sequence[float | None]) -> list[float]:
    """What is missing as nan, which leaves a gap in a line."""
    return [float("nan") if value is None else float(value) for value in values]


def _draw_ticks(axes: Axes, row: int, minutes: Sequence[float], style: ArmStyle) -> None:
    shown = thinned(finite(minutes), _MOST_TICKS)
    low, high = row * _TICK_HEIGHT + 0.01, (row + 1) * _TICK_HEIGHT
    if shown:
        axes.vlines(shown, low, high, color=style.colour, linewidth=1.0, transform=axes.get_xaxis_transform())


def _rows(panels: Sequence[VitalsPanel]) -> tuple[tuple[str, ...], ...]:
    """A row for each sign and arm, then one an arm for the ticks, which panels often share."""
    signs = [_sign_row(panel, arm, series) for panel in panels for arm, series in panel.series.items()]
    ticks = [_tick_row(arm, finite(minutes)) for panel in panels for arm, minutes in panel.ticks.items()]
    return (*signs, *dict.fromkeys(row for row in ticks if row))


def _sign_row(panel: VitalsPanel, arm: str, series: VitalsSeries) -> tuple[str, ...]:
    medians, q1, q3 = finite(series.median), finite(series.q1), finite(series.q3)
    numbers = [medians[0], min(medians), max(medians), medians[-1]] if medians else [None] * 4
    middle_half = f"{compact(q1[-1])} to {compact(q3[-1])}" if q1 and q3 else NOTHING
    return (_sign(panel), arm_name(arm), *map(compact, numbers), middle_half)


def _tick_row(arm: str, minutes: Sequence[float]) -> tuple[str, ...]:
    if not minutes:
        return ()
    middle_half = f"{compact(quantile(minutes, 0.25))} to {compact(quantile(minutes, 0.75))} (all)"
    first = f"First critical action (min), n = {len(minutes)}"
    return (first, arm_name(arm), NOTHING, compact(min(minutes)), compact(max(minutes)), NOTHING, middle_half)


def _sign(panel: VitalsPanel) -> str:
    return inert(f"{panel.label} ({panel.unit})" if panel.unit else panel.label)


def _alt(title: str, panels: Sequence[VitalsPanel]) -> str:
    parts = []
    for panel in panels:
        for arm, series in panel.series.items():
            if medians := finite(series.median):
                parts.append(
                    f"{short(panel.label)} {short(arm_name(arm))}: median from {compact(medians[0])} "
                    f"to {compact(medians[-1])} {short(panel.unit)}".rstrip()
                )
    signs = counted(len(panels), "vital sign")
    return f"{signs} over scenario time by arm, {short(title)}. {shortened_list(parts, 8)}."
