"""All published cases of the physiology page, in its order of subjects."""

from __future__ import annotations

from knowthyself_tui.domain.bench import (
    section2_blood,
    section2_breathing,
    section2_circulation,
    section2_drugs,
    section2_illness,
)
from knowthyself_tui.domain.bench.case import Case

SECTION_2: tuple[Case, ...] = (
    *section2_blood.CASES,
    *section2_breathing.CASES,
    *section2_circulation.CASES,
    *section2_drugs.CASES,
    *section2_illness.CASES,
)
