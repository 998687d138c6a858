"""What a student sees when the program itself fails: one sentence and where the report is, no data."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

from knowthyself_tui import locations
from knowthyself_tui.domain.text import clean_text
from knowthyself_tui.errors import KnowThyselfError
from knowthyself_tui.store.files import make_empty, make_folder

REPORT = "crash.txt"


def explain(error: BaseException) -> str:
    """One sentence about an error that ends the program; an unexpected one leaves a report without typed text."""
    if isinstance(error, KnowThyselfError):
        return clean_text(str(error))
    report = _write_report(error)
    where = f" The report is in {clean_text(str(report))}." if report else ""
    return (
        "Something went wrong inside Know Thyself, and it had to stop. What was shown as sent is stored: start it again"
        f" to go on.{where}"
    )


def _write_report(error: BaseException) -> Path | None:
    path = locations.data_folder() / REPORT
    try:
        make_folder(path.parent)
        make_empty(path)
        path.write_text("".join(_lines(error)), encoding="utf-8", errors="backslashreplace")
    except OSError:
        return None
    return path


def _lines(error: BaseException | None) -> Iterator[str]:
    """Kinds and places of the error and of those behind it; their messages may quote what somebody typed."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield f"{type(error).__module__}.{type(error).__qualname__}\n"
        yield from traceback.format_tb(error.__traceback__)
        error = error.__cause__ or error.__context__
