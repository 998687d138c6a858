"""Order statistics of all differences between two groups, without the table of all pairs."""

from __future__ import annotations

import numpy as np

from .samples import Numbers

_NEAR = 1e-14
"""Part of the range of the differences to which a place is searched before the difference itself is looked up."""


class PairwiseDifferences:
    """The differences of every value of one group less every value of the other, in order of size."""

    def __init__(self, first: Numbers, second: Numbers) -> None:
        self._first = np.sort(first)
        self._second = np.sort(second)
        self.count = first.size * second.size

    def median(self) -> float:
        """The shift of Hodges and Lehmann (1963)."""
        half = self.count // 2
        if self.count % 2:
            return self.smallest(half + 1)
        return (self.smallest(half) + self.smallest(half + 1)) / 2

    def smallest(self, place: int) -> float:
        """The difference in this place, 1 for the smallest of all, found by halving the range of all of them."""
        low = float(self._first[0] - self._second[-1])
        high = float(self._first[-1] - self._second[0])
        near = _NEAR * (high - low)
        if self._at_most(low) >= place:
            return low
        while high - low > near and low < (middle := low + (high - low) / 2) < high:
            if self._at_most(middle) >= place:
                high = middle
            else:
                low = middle
        return self._nearest(high)

    def _at_most(self, bound: float) -> int:
        """How many differences are no larger than this."""
        return self.count - int(np.searchsorted(self._second, self._first - bound, side="left").sum())

    def _nearest(self, value: float) -> float:
        """The difference that lies nearest to this number."""
        above = np.searchsorted(self._second, self._first - value).clip(0, self._second.size - 1)
        partners = self._second[np.stack((above, (above - 1).clip(0)))]
        differences = (self._first - partners).ravel()
        return float(differences[np.abs(differences - value).argmin()])
