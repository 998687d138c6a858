"""What a student sees when the program itself fails: one sentence and where the report is, no data."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from knowthyself_tui import locations
from knowthyself_tui.errors import KnowThyselfError

REPORT = "crash.txt"


def explain(error: BaseException) -> str:
    """One sentence about an error that ends the program; an unexpected one leaves a report without local variables."""
    if isinstance(error, KnowThyselfError):
        return str(error)
    report = _write_report(error)
    where = f" The report is in {report}." if report else ""
    return (
        "Something went wrong inside Know Thyself, and it had to stop. What was shown as sent is stored: start it again"
        f" to go on.{where}"
    )


def _write_report(error: BaseException) -> Path | None:
    path = locations.data_folder() / REPORT
    text = "".join(traceback.format_exception(error))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError:
        return None
    return path
