"""What is said at the end of a run of the tests."""

from __future__ import annotations

from typing import Any

from tests.postgres import SKIPPED, is_available


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if not is_available():
        terminalreporter.write_sep("!", SKIPPED, yellow=True, bold=True)
