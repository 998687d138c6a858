"""The page that a picture is drawn on; the only module that imports matplotlib, and only when something is drawn."""

from __future__ import annotations

import importlib.util
import io
import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .inert_svg import tidy
from .style import FAINT, INK, SMALL, SOFT, THIN, WIDTH, ArmStyle

if TYPE_CHECKING:
    from matplotlib.axes import Axes as Axes

_POINTS_PER_INCH = 72
_SALT = "knowthyself"
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": _SALT,
    "text.parse_math": False,
    "axes.formatter.use_mathtext": False,
    "axes.unicode_minus": True,
    "font.family": ["sans-serif"],
    "font.size": SMALL,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.labelsize": SMALL,
    "axes.edgecolor": SOFT,
    "axes.linewidth": THIN,
    "axes.facecolor": "none",
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.major.size": 3.0,
    "ytick.major.size": 3.0,
    "xtick.major.width": THIN,
    "ytick.major.width": THIN,
}


def installed() -> bool:
    """Whether matplotlib is there, without the third of a second that it takes to load."""
    return importlib.util.find_spec("matplotlib") is not None


def available() -> bool:
    """Whether pictures can be drawn here; False if matplotlib is missing or does not start."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    try:
        import matplotlib.backends.backend_svg
        import matplotlib.figure  # noqa: F401
    except (ImportError, OSError, ValueError):
        return False
    return True


class Page:
    """A page measured in points from its top left corner."""

    def __init__(self, height: float, width: float = WIDTH) -> None:
        from matplotlib.figure import Figure

        self.width, self.height = width, height
        inches = (width / _POINTS_PER_INCH, height / _POINTS_PER_INCH)
        self._figure = Figure(figsize=inches, dpi=_POINTS_PER_INCH, facecolor="white")
        self.paper = self._figure.add_axes((0.0, 0.0, 1.0, 1.0))
        """All of the page as axes of points, for what stands beside the plots."""
        self.paper.set_axis_off()
        self.paper.set_zorder(10)
        self.paper.set_xlim(0, width)
        self.paper.set_ylim(height, 0)

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Plain axes at this place: two thin spines, no ticks but those that are asked for."""
        bottom = self.height - top - height
        place = (left / self.width, bottom / self.height, width / self.width, height / self.height)
        axes = self._figure.add_axes(place)
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_axisbelow(True)
        return axes

    def text(self, x: float, y: float, text: str, *, size: float = SMALL, **look: Any) -> None:
        """One line of inert text; `y` is the middle of the line."""
        look = {"ha": "left", "va": "center", "rotation_mode": "anchor", **look}
        self.paper.text(x, y, text, fontsize=size, **look)

    def lines(self, x: float, y: float, lines: Sequence[str], *, size: float = SMALL, **look: Any) -> None:
        """Several lines of inert text around the middle `y`."""
        step = size * 1.2
        for index, line in enumerate(lines):
            self.text(x, y + (index - (len(lines) - 1) / 2) * step, line, size=size, **look)

    def line(self, xs: Sequence[float], ys: Sequence[float], **look: Any) -> None:
        """A line on the page, thin unless `look` says otherwise."""
        self.paper.plot(xs, ys, **{"color": SOFT, "linewidth": THIN, **look})

    def box(self, x: float, y: float, width: float, height: float, colour: str, *, edge: str = "none") -> None:
        """A filled rectangle on the page."""
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self.paper.fill(*zip(*corners, strict=True), facecolor=colour, edgecolor=edge, linewidth=THIN)

    def sample(self, x: float, y: float, arm: ArmStyle, *, length: float = 18.0) -> None:
        """The line and marker of an arm, as a legend shows them; it begins at `x`."""
        self.line([x, x + length], [y, y], color=arm.colour, linestyle=arm.dash, linewidth=1.4)
        self.line([x + length / 2], [y], color=arm.colour, marker=arm.marker, markersize=5, markeredgecolor="white")

    def svg(self, name: str, title: str, alt: str) -> str:
        """The page as an inert SVG element; the same bytes for the same drawing."""
        buffer = io.BytesIO()
        self._figure.savefig(buffer, format="svg", metadata={"Date": None})
        return tidy(buffer.getvalue(), name, title, alt)


@contextmanager
def new_page(height: float, width: float = WIDTH) -> Iterator[Page]:
    """A page to draw on; the settings of matplotlib are ours meanwhile and as they were afterwards."""
    import matplotlib

    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    with matplotlib.rc_context(), warnings.catch_warnings():
        # A label in a script that the measuring font lacks is still right in the reader's font.
        for message in ("(?s).*missing from", "Matplotlib currently does not support"):
            warnings.filterwarnings("ignore", message=message, category=UserWarning)
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_SETTINGS)
        yield Page(height, width)


def rule(axes: Axes, *, x: Sequence[float] = (), y: Sequence[float] = (), colour: str = FAINT, **look: Any) -> None:
    """Straight lines through the axes at these places, behind the data."""
    look = {"color": colour, "linewidth": THIN, "zorder": 0.5, **look}
    for place in x:
        axes.axvline(place, **look)
    for place in y:
        axes.axhline(place, **look)


def fill_cells(axes: Axes, cells: Sequence[tuple[float, float, float, float]], colour: str) -> None:
    """Rectangles (x, y, width, height) of one colour as one path, which keeps a large map small."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if not cells:
        return
    boxes = [Path([(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)], closed=True) for x, y, w, h in cells]
    axes.add_patch(PathPatch(Path.make_compound_path(*boxes), facecolor=colour, edgecolor="none"))


def stroke(axes: Axes, lines: Sequence[Sequence[tuple[float, float]]], colour: str, width: float) -> None:
    """Broken lines of one colour as one path; a line from a point to itself is a dot."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if not lines:
        return
    path = Path.make_compound_path(*(Path(line) for line in lines))
    path.should_simplify = False
    look: dict[str, Any] = {
        "edgecolor": colour,
        "linewidth": width,
        "capstyle": "round",
        "joinstyle": "round",
        "zorder": 2,
    }
    axes.add_patch(PathPatch(path, facecolor="none", **look))
