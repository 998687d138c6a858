"""Bodies that several tests start from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowthyself_tui.domain.body import Body, Patient

ADULT = Patient(30, 70, 175, "m")
MAYA = Patient(28, 65, 168, "f")
ASTHMA = {
    "bronchospasm": 0.60,
    "mucus_plugging": 0.39,
    "bronchospasm_rate_per_min": 0.014,
    "fatigue": 0.05,
}
ASTHMA_LEAD_SECONDS = 360

Maker = Callable[[], Body]


def _copies(original: Body) -> Maker:
    saved = original.to_json()
    return lambda: Body.from_json(saved)


@pytest.fixture(scope="session")
def healthy() -> Maker:
    """A healthy adult, lying."""
    return _copies(Body.new(ADULT, {}, position="supine"))


@pytest.fixture(scope="session")
def sitting() -> Maker:
    """A healthy adult, sitting."""
    return _copies(Body.new(ADULT, {}, position="upright"))


@pytest.fixture(scope="session")
def asthmatic() -> Maker:
    """The life-threatening asthma patient at contact."""
    return _copies(Body.new(MAYA, ASTHMA, lead_seconds=ASTHMA_LEAD_SECONDS))
