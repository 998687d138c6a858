"""The asthma patient with the common voices behind her."""

from __future__ import annotations

import pytest

from knowthyself_tui.patients import Manners
from tests.unit.patients.scene import Scene, usual


@pytest.fixture(scope="session")
def asthma() -> Manners:
    return usual()


@pytest.fixture
def scene() -> Scene:
    return Scene()
