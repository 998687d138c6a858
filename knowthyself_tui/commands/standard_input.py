"""Standard input and output as UTF-8, whatever the console's own encoding is."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable


def standard_input() -> Iterable[str]:
    """Lines of standard input; a byte that is no UTF-8 becomes a replacement character and never ends the program."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdin


def write_utf8() -> None:
    """What a program reads from us is UTF-8 on every system."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
