"""Small cells of tables that are shared: a count so small that it may point at somebody is not shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def suppressed(counts: Sequence[Sequence[int]], least: int) -> list[list[str]]:
    """The counts as text; those from 1 to `least` - 1 are shown as `<least`.

    Where a row or column has one hidden cell, its sum would give it away: the smallest other cell is hidden as well.

    Args:
        counts: rows of counts, all of one length; row and column sums are thought to be known.
        least: the smallest count that is shown; 0 or 1 shows all.
    """
    hidden = {(i, j) for i, row in enumerate(counts) for j, n in enumerate(row) if 0 < n < least}
    while more := next(_given_away(counts, hidden), None):
        hidden.add(more)
    return [
        [(f"<{least}" if 0 < n < least else "–") if (i, j) in hidden else str(n) for j, n in enumerate(row)]
        for i, row in enumerate(counts)
    ]


def _given_away(counts: Sequence[Sequence[int]], hidden: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Cells that must be hidden, too, one for each line of the table with a single hidden cell."""
    width = len(counts[0]) if counts else 0
    lines = [[(i, j) for j in range(width)] for i in range(len(counts))]
    lines += [[(i, j) for i in range(len(counts))] for j in range(width)]
    for line in lines:
        shown = [cell for cell in line if cell not in hidden]
        if len(shown) == len(line) - 1 and shown:
            yield min(shown, key=lambda cell: (counts[cell[0]][cell[1]] == 0, counts[cell[0]][cell[1]], cell))
