"""Which tests run, and what is said at the end of a run of the tests."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.postgres import SKIPPED, is_available

LONG = "KNOWTHYSELF_LONG"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long form of a proof runs only when it is asked for."""
    if os.environ.get(LONG) == "1":
        return
    long = [item for item in items if item.get_closest_marker("long") is not None]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item.get_closest_marker("long") is None]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if not is_available():
        terminalreporter.write_sep("!", SKIPPED, yellow=True, bold=True)
