"""The terminal that the doctor runs in: size, colours, encoding, and whether its font can draw curves."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowthyself_tui.doctor.check import Check, fine, note, problem

SMALLEST = (60, 20)
"""Columns and rows below which the application shows nothing but a sentence."""
SAMPLE = "⠁⠃⠇⡇⣇⣧⣷⣿ ▁▂▃▄▅▆▇█ ░▒▓ ─│┌┐└┘ ♥"

_MODERN_WINDOWS = ("WT_SESSION", "TERM_PROGRAM", "ConEmuPID", "TERM")
_OTHER_TERMINAL = "Run the doctor in the terminal in which you train."
_LAST_OLD_WINDOWS = 14392
"""Builds up to this one cannot draw colours and lines by control sequences."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """What can be known from inside about where the output goes."""

    is_tty: bool
    columns: int
    rows: int
    encoding: str


def check_terminal(terminal: Terminal, system: str, environ: Mapping[str, str], windows_build: int) -> Iterator[Check]:
    """`windows_build` is 0 elsewhere."""
    if not terminal.is_tty:
        yield note("terminal", "The output goes into a file or another program, so nothing can be seen of the "
                   "terminal.", _OTHER_TERMINAL)  # fmt: skip
        return
    yield _size(terminal)
    yield _encoding(terminal.encoding)
    yield _windows(environ, windows_build) if system == "win32" else _kind(environ.get("TERM", ""))
    if environ.get("TERM") != "linux":
        yield _colours(environ, system)


def _size(terminal: Terminal) -> Check:
    shown = f"{terminal.columns} columns and {terminal.rows} rows"
    if terminal.columns < SMALLEST[0] or terminal.rows < SMALLEST[1]:
        least = f"{SMALLEST[0]} columns and {SMALLEST[1]} rows"
        return problem("terminal size", f"The window has {shown}.", f"Make it at least {least}.")
    if terminal.columns < 80 or terminal.rows < 24:
        return note("terminal size", f"The window has {shown}, which is narrow.", "Make it 80 columns and 24 rows.")
    return fine("terminal size", f"{shown}.")


def _encoding(encoding: str) -> Check:
    if is_utf8(encoding):
        return fine("encoding", "UTF-8.")
    return problem(
        "encoding",
        f"The terminal takes {encoding or 'no known encoding'}, so curves and accents cannot be drawn.",
        "Set a UTF-8 language, for example LANG=C.UTF-8, or PYTHONUTF8=1 on Windows.",
    )


def is_utf8(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name == "utf-8"
    except LookupError:
        return False


def _kind(term: str) -> Check:
    if term in ("", "dumb", "unknown"):
        return problem(
            "terminal kind",
            f"TERM is {term!r}: a terminal without a full screen.",
            "Use another terminal program.",
        )
    if term == "linux":
        return note(
            "terminal kind",
            "This is the console without windows, whose font has no braille and eight colours only.",
            "Use a terminal window of the desktop.",
        )
    return fine("terminal kind", f"TERM is {term}.")


def _windows(environ: Mapping[str, str], build: int) -> Check:
    if 0 < build <= _LAST_OLD_WINDOWS:
        return problem(
            "terminal kind",
            f"The console of this Windows (build {build}) cannot draw a full screen.",
            "Update Windows, then install Windows Terminal.",
        )
    if not any(environ.get(name) for name in _MODERN_WINDOWS):
        return note(
            "terminal kind",
            "This is the old console window, which draws slowly and lacks characters.",
            "Install Windows Terminal from the Microsoft Store and use it.",
        )
    return fine("terminal kind", "A terminal of today.")


def _colours(environ: Mapping[str, str], system: str) -> Check:
    if environ.get("NO_COLOR"):
        return note("colours", "NO_COLOR is set, so everything is grey.", "Unset NO_COLOR to see alarms in colour.")
    term = environ.get("TERM", "")
    if system == "win32" or environ.get("COLORTERM", "").lower() in ("truecolor", "24bit") or "direct" in term:
        return fine("colours", "16 million.")
    if "256" in term:
        return fine("colours", "256.")
    return note("colours", "The terminal promises only 8 or 16.", "Set TERM=xterm-256color if it can show more.")


def check_font(terminal: Terminal, environ: Mapping[str, str], fonts_with_braille: int | None) -> Check:
    """What nobody can know from inside: the sample is for the eyes of whoever reads it.

    Args:
        fonts_with_braille: as the system's list of fonts has it; None where there is no such list.
    """
    sample = f"{SAMPLE} should be dots growing to a block, bars, shades, lines and a heart"
    if not is_utf8(terminal.encoding):
        return note("font", "Without UTF-8 no font is of use.", "Set a UTF-8 language first, then look again.")
    remedy = "If you see boxes or question marks, choose DejaVu Sans Mono, Cascadia Mono or Menlo in the terminal."
    if terminal.is_tty and environ.get("TERM") == "linux":
        return note("font", f"{sample}; the console's font has no braille.", "Use a terminal window of the desktop.")
    # Over SSH the fonts of the other machine draw.
    if fonts_with_braille == 0 and not environ.get("SSH_CONNECTION"):
        return note("font", f"{sample}; no installed font has braille.", "Install DejaVu fonts (fonts-dejavu).")
    known = f", and {fonts_with_braille} installed fonts have braille" if fonts_with_braille else ""
    return Check("font", "fine", f"{sample}{known}.", remedy)


def count_fonts(listing: str | None) -> int | None:
    """Fonts in the answer of `fc-list :charset=28ff family`; None without an answer."""
    return None if listing is None else len({line.strip() for line in listing.splitlines() if line.strip()})
