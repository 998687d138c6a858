"""The grammar is loaded before any test, so that no single example pays for it."""

from __future__ import annotations

import pytest

from knowthyself_tui.language import read


@pytest.fixture(scope="session", autouse=True)
def _grammar_is_loaded() -> None:
    read("give 5 mg of salbutamol nebulised, then asdfghjkl")
