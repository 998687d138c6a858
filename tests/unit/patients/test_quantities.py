"""Numbers in figures and words, and words that only look like numbers."""

from __future__ import annotations

import pytest

from knowthyself_tui.content.library import common_voices
from knowthyself_tui.patients.quantities import quantities


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("88 percent", {88}),
        ("twenty-eight, or twenty eight", {28}),
        ("a hundred and forty over ninety", {140, 90}),
        ("two hundred", {200}),
        ("1,000 mL, or 1000", {1000}),
        ("nine,8", {9, 8}),
        ("3.6 last time", {3.6}),
        ("the blue one did nothing", set()),
        ("one hour ago", {1}),
        ("twice this year", {2}),
        ("nine out of ten", {9, 10}),
        ("nobody knows often", set()),
    ],
)
def test_quantities_are_found(text: str, found: set[float]) -> None:
    assert quantities(text, common_voices().numbers) == found
