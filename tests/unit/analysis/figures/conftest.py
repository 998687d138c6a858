"""Every sample drawn once for all the tests that only look at it."""

from __future__ import annotations

import pytest

from knowthyself_tui.analysis.figures.picture import Picture
from tests.unit.analysis.figures.sample_pictures import SAMPLES, drawn


@pytest.fixture(scope="session")
def pictures() -> dict[str, Picture]:
    """Each sample by its name."""
    return {name: drawn(name) for name in SAMPLES}
