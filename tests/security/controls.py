"""Text that would do something to a terminal, a reader's eyes or Textual's markup, and what may stay of it."""

from __future__ import annotations

import unicodedata

CONTROLS = {
    "colour": "\x1b[31mred\x1b[0m",
    "clear": "\x1b[2J\x1b[H",
    "cursor": "\x1b[10;10Hhere",
    "title": "\x1b]0;title\x07",
    "link": "\x1b]8;;http://x.example\x1b\\text\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;aGk=\x07",
    "device string": "\x1bP1$r0m\x1b\\",
    "application string": "\x1b_Gf=24;AAAA\x1b\\",
    "private message": "\x1b^pm\x1b\\",
    "start of string": "\x1bXsos\x1b\\",
    "status query": "\x1b[6n\x1b[c\x1b[>c",
    "answer back": "\x05",
    "private modes": "\x1b[?1049l\x1b[?1000h\x1b[?2004l",
    "reset": "\x1bc\x1b[!p",
    "charset": "\x0e\x1b(0",
    "c1 csi": "\x9b31mred",
    "c1 osc": "\x9d52;c;aGk=\x9c",
    "c1 dcs": "\x90q\x9c",
    "c1 next line": "a\x85b",
    "bell": "\x07",
    "backspaces": "safe\x08\x08\x08\x08evil",
    "carriage return": "safe\revil",
    "delete": "a\x7fb",
    "null": "a\x00b",
    "lines": "a\x0bb\x0cc",
    "line separators": "a\u2028b\u2029c",
    "overrides": "abc\u202edef\u202c\u202a\u202b\u202d",
    "isolates": "a\u2066b\u2067c\u2068d\u2069",
    "zero width": "a\u200bb\u2060c\ufeffd",
    "lone surrogate": "a\ud800b\udfffc",
}
MARKUP = {
    "bare closing": "[/]",
    "closing": "[/b]",
    "mismatch": "[b]x[/i]",
    "bold": "[b]x[/b]",
    "colour": "[red on blue]x",
    "action": "[@click=app.quit]x[/]",
    "action with code": "[@click=\"app.bell('x')\"]x",
    "link": "[link=http://x.example]x[/link]",
    "variable": "[$accent]x",
    "unclosed": "[b",
    "escaped": "\\[b]x",
    "backslash at the end": "x\\",
    "emoji": ":smiley: [:]",
    "nested": "[[b]]x[[/b]]",
    "quotes": "[\"'=x']",
}
NASTY = list(CONTROLS.values()) + list(MARKUP.values())
ALL_CONTROLS = " ".join(CONTROLS.values())


def harmful(text: str) -> set[str]:
    """What is in `text` and must not be on a screen or a terminal, line ends left aside."""
    return {character for character in text.replace("\n", "") if _does_something(character)}


def _does_something(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        or "\u202a" <= character <= "\u202e"
        or "\u2066" <= character <= "\u2069"
        or character in "\u200b\u2060\ufeff"
    )
