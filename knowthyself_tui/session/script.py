"""The script of a headless run: lines with a time, a pause, or neither.

`MM:SS text` is said at that scenario time, or when the acts before it are done if that is later; `+SS text` that
long after the line before; a bare text when the acts before it are done, at least three seconds later. `#` starts a
comment, `!end` ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowthyself_tui.errors import UsageError

END = "!end"
BARE_SECONDS = 3

_AT = re.compile(r"^(\d{1,3}):([0-5]\d)(?:\s+(.*))?$", re.DOTALL)
_AFTER = re.compile(r"^\+(\d{1,4})(?:\s+(.*))?$", re.DOTALL)
_LIKE_A_TIME = re.compile(r"^(?:\d+[:.,;]\d\d|\d+:\d+|\+\d+)(?:\s|$)")
_ONLY_A_TIME = re.compile(r"^(?:\d+:\d+|\+\d+)$")
_CLOCK = re.compile(r"^(\d{1,3}):([0-5]\d)$")


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """One line to say."""

    text: str
    at_seconds: int | None = None
    """Scenario time, when the line names one."""
    after_seconds: int | None = None
    """Seconds after the line before, when the line names them."""

    def due_ms(self, last_ms: int, busy_until_ms: int) -> int:
        """When it is said, given when the line before was said and when its acts are done."""
        if self.at_seconds is not None:
            return max(1000 * self.at_seconds, busy_until_ms)
        if self.after_seconds is not None:
            return max(last_ms + 1000 * self.after_seconds, last_ms)
        return max(last_ms + 1000 * BARE_SECONDS, busy_until_ms)


def parse_script(lines: Iterable[str]) -> list[ScriptLine]:
    """The lines of a script, without comments and empty lines.

    Raises:
        UsageError: a line begins with something like a time that is none, or has a time and nothing to say.
    """
    script: list[ScriptLine] = []
    for number, line in enumerate(lines, 1):
        text = line.strip().removeprefix("\ufeff")
        if text and not text.startswith("#"):
            script.append(_parse(text, number))
    return script


def _parse(line: str, number: int) -> ScriptLine:
    if _LIKE_A_TIME.match(line) and not (_AT.match(line) or _AFTER.match(line)):
        raise UsageError(f"Line {number} of the script begins with no time that can be read: {line[:40]!r}.")
    if _ONLY_A_TIME.match(line):
        raise UsageError(f"Line {number} of the script has a time and nothing to say: {line!r}.")
    if match := _AT.match(line):
        return ScriptLine((match[3] or "").strip(), at_seconds=60 * int(match[1]) + int(match[2]))
    if match := _AFTER.match(line):
        return ScriptLine((match[2] or "").strip(), after_seconds=int(match[1]))
    return ScriptLine(line)


def parse_clock(text: str) -> int:
    """Seconds of `MM:SS`.

    Raises:
        UsageError: it is not written so.
    """
    match = _CLOCK.match(text.strip())
    if match is None:
        raise UsageError(f"{text!r} is not a time; write minutes and seconds, for example 12:30.")
    return 60 * int(match[1]) + int(match[2])
