"""Runs that were written down once: another machine's arithmetic may differ by one display unit and no more."""

from __future__ import annotations

import json

import pytest

from knowthyself_tui.domain.body import ENGINE_VERSION
from knowthyself_tui.domain.vitals import DECIMALS
from tests.golden_runs import GOLDEN, ORDERS, played


def test_the_runs_belong_to_this_engine() -> None:
    """Whoever writes them down again after a change raises the version, so that old sittings are not gone on with."""
    assert json.loads(GOLDEN.read_text("utf-8"))["engine"] == ENGINE_VERSION


@pytest.mark.parametrize("name", ORDERS)
def test_a_run_shows_what_was_written_down(name: str) -> None:
    for minute, (now, then) in enumerate(zip(played(name), json.loads(GOLDEN.read_text("utf-8"))[name], strict=True)):
        for channel, value in then.items():
            unit = 10.0 ** -DECIMALS.get(channel, 0)
            assert now[channel] == (value if value is None else pytest.approx(value, abs=1.01 * unit)), (
                f"{channel} at minute {minute}; after a change of the engine run python -m tests.golden_runs"
            )
