"""Makes text that others wrote harmless in a table, a workbook and a report."""

from __future__ import annotations

import re

from knowthyself_tui.domain.text import clean_text

CELL_TEXT_LIMIT = 8 * 1024 * 1024
"""Characters of a CSV cell: as long as any value that is read, so that nothing is cut there."""
XLSX_TEXT_LIMIT = 32_740
"""UTF-16 units, which Excel counts, of a cell before the mark that says it was cut; Excel stops at 32,767."""
XLSX_CUT_MARK = "… [cut: see the CSV]"

_NO_CHARACTER = re.compile("[\ufffe\uffff]")
_XLSX_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NUMBER = r"\u2212?[\d.]+"
_INTERVAL = re.compile(
    rf"(?:\\\[{_NUMBER}, {_NUMBER}\\\](?![(\[:]))|(?:\\\[{_NUMBER}, \u221e\))"
    rf"|(?:\(\u2212\u221e, {_NUMBER}\\\](?![(\[:]))"
)
"""A confidence interval after escaping, closed or open: no link can come of it."""
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~])")


def clean(text: str) -> str:
    """The text without controls and invisible characters, and without what XML cannot hold."""
    return _NO_CHARACTER.sub("\ufffd", clean_text(text, limit=CELL_TEXT_LIMIT))


def for_workbook(text: str) -> str:
    """The text as a workbook cell holds it: a literal `_x0041_` stays so, a long text is cut and marked."""
    escaped = _XLSX_ESCAPE.sub("_x005F_", text).encode("utf-16-le", "surrogatepass")
    if len(escaped) <= 2 * XLSX_TEXT_LIMIT:
        return escaped.decode("utf-16-le", "surrogatepass")
    return escaped[: 2 * XLSX_TEXT_LIMIT].decode("utf-16-le", "ignore") + XLSX_CUT_MARK


def for_markdown(text: str) -> str:
    """The text on one line, with nothing in it that Markdown or HTML would read as markup."""
    escaped = _MARKDOWN.sub(r"\\\1", " ".join(clean(text).split()))
    return _INTERVAL.sub(lambda found: found.group().replace("\\", ""), escaped)
