"""The vital signs of the untreated and the optimally treated patient, as curves for a terminal or a picture."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from knowthyself_tui.authoring.bots import lines_of
from knowthyself_tui.authoring.chart import Curve, draw
from knowthyself_tui.authoring.course import Course, play
from knowthyself_tui.content import Library
from knowthyself_tui.content.bots import load_bots
from knowthyself_tui.errors import ContentError

DRAWN = (("hr", "/min"), ("rr", "/min"), ("spo2", "%"), ("sbp", "mmHg"), ("etco2_kpa", "kPa"), ("gcs", ""))
WIDTH, HEIGHT, MARGIN = 360, 120, 40
COLOURS = {"untreated": "#b3261e", "optimal": "#0b57a4"}


def preview_lines(library: Library, scenario_id: str, width: int | None = None) -> Iterator[str]:
    """Both courses in the terminal, one curve after the other."""
    columns = width or min(100, shutil.get_terminal_size((80, 24)).columns)
    for name, course in _courses(library, scenario_id):
        yield f"{name}: {' → '.join(f'{state} {minute:.0f} min' for minute, state in course.states)}"
        for channel, unit in DRAWN:
            values = [sample.values.get(channel) for sample in course.samples]
            yield from draw(Curve(channel, unit, 0, values), "0", f"{course.minutes:.0f} min", columns)
        yield ""


def preview_svg(library: Library, scenario_id: str, path: Path) -> None:
    """Both courses over each other in one picture.

    Raises:
        ContentError: the picture cannot be written there.
    """
    courses = list(_courses(library, scenario_id))
    try:
        path.write_text(_picture(library.load(scenario_id).scenario.title, courses), encoding="utf-8")
    except OSError as error:
        raise ContentError(f"{path} cannot be written ({error.strerror}); choose another place.") from error


def _courses(library: Library, scenario_id: str) -> Iterator[tuple[str, Course]]:
    yield "untreated", play(library, scenario_id, ())
    expected = load_bots(library.path_of(scenario_id))
    if expected is not None:
        yield "optimal", play(library, scenario_id, lines_of(expected.optimal.script))


def _picture(title: str, courses: Sequence[tuple[str, Course]]) -> str:
    rows = (len(DRAWN) + 1) // 2
    width, height = 2 * (WIDTH + MARGIN) + MARGIN, rows * (HEIGHT + MARGIN) + 2 * MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"',
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        f'<text x="{MARGIN}" y="22" font-size="15">{escape(title)}</text>',
    ]
    for number, (name, _) in enumerate(courses):
        parts.append(f'<text x="{MARGIN + 110 * number}" y="40" fill="{COLOURS[name]}">{name}</text>')
    for number, (channel, unit) in enumerate(DRAWN):
        left = MARGIN + (number % 2) * (WIDTH + MARGIN)
        top = 2 * MARGIN + (number // 2) * (HEIGHT + MARGIN)
        parts += _panel(channel, unit, courses, left, top)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(channel: str, unit: str, courses: Sequence[tuple[str, Course]], left: int, top: int) -> list[str]:
    series = {
        name: [(s.at_ms / 60_000, value) for s in course.samples if (value := s.values.get(channel)) is not None]
        for name, course in courses
    }
    values = [value for points in series.values() for _, value in points]
    if not values:
        return []
    low, high, last = min(values), max(values), max(course.minutes for _, course in courses)
    span = (high - low) or 1.0
    label = f"{channel} {unit}".strip()
    lines = [
        f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#999"/>',
        f'<text x="{left}" y="{top - 5}">{label}: {low:.0f} to {high:.0f}, 0 to {last:.0f} min</text>',
    ]
    for name, points in series.items():
        line = " ".join(
            f"{left + WIDTH * minute / last:.1f},{top + HEIGHT - 4 - (HEIGHT - 8) * (value - low) / span:.1f}"
            for minute, value in points
        )
        lines.append(f'<polyline points="{line}" fill="none" stroke="{COLOURS[name]}" stroke-width="1.5"/>')
    return lines
