"""The numerics of the monitor: value, unit and age of each vital sign that the student may see."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content
from textual.widgets import Static

from knowthyself_tui.app.readout import LIVE, TILES, Tile


class TileView(Static):
    """One vital sign on two rows."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._tile: Tile | None = None

    def show(self, tile: Tile) -> None:
        """Draw `tile`, if it says anything new."""
        if tile == self._tile:
            return
        self._tile = tile
        self.set_class(tile.age == LIVE, "-live")
        self.set_class(not tile.is_known, "-unknown")
        number = f"{tile.label} {tile.value}"
        unit = "" if not tile.unit else f" {tile.unit}"
        self.update(Content.assemble((number, "bold"), unit, "\n", (tile.age, "dim")))


class Monitor(Grid):
    """All vital signs."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Monitor {
        height: auto;
        grid-size: 4;
        grid-rows: 2;
        background: $surface;
        TileView { height: 2; padding: 0 0 0 1; text-wrap: nowrap; }
        .-live { color: $vital-live; }
        .-unknown { color: $text-disabled; }
    }
    """

    def compose(self) -> ComposeResult:
        for _ in TILES:
            yield TileView()

    def show(self, tiles: Sequence[Tile]) -> None:
        """Draw a readout's tiles, in the order of `TILES`."""
        for view, tile in zip(self.query(TileView), tiles, strict=True):
            view.show(tile)
