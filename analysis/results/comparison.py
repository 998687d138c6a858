"""Which two arms are compared, and the values of an outcome in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..stats.estimable import NotEstimable

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Arms:
    """The two arms of every comparison; estimates are the first minus the second."""

    first: str
    second: str

    def split(self, frame: pd.DataFrame, column: str) -> tuple[Values, Values]:
        """The values of a column in each arm, without the missing ones, in the order of the rows."""
        first, second = (
            frame.loc[frame["arm"] == arm, column].dropna().to_numpy(dtype=np.float64)
            for arm in (self.first, self.second)
        )
        return first, second


def arms_to_compare(students: pd.DataFrame, wanted: Sequence[str] = ()) -> Arms | NotEstimable:
    """The two arms of the data, in alphabetical order, or those that the plan names."""
    present = sorted(students.loc[students["arm_status"] == "allocated", "arm"].unique())
    if wanted:
        missing = [arm for arm in wanted if arm not in present]
        if missing:
            return NotEstimable(f"no student in arm {' or '.join(missing)}")
        return Arms(*wanted)
    if not present:
        return NotEstimable("no arm was set")
    if len(present) == 1:
        return NotEstimable(f"one arm only: {present[0]}")
    if len(present) > 2:
        return NotEstimable(f"{len(present)} arms: {', '.join(present)}; name two of them in the analysis plan")
    return Arms(*present)
