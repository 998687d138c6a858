"""One sitting to read or to take elsewhere."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from knowthyself_tui.commands.sessions_list import find_sitting
from knowthyself_tui.errors import StoreError, UsageError
from knowthyself_tui.session.export import Document, sitting_document
from knowthyself_tui.session.transcript import transcript
from knowthyself_tui.store.reader import open_reader


def show_lines(session_id: str, options: Mapping[str, Any], *, anonymous: bool) -> Iterator[str]:
    """The transcript."""
    yield from transcript(_document(session_id, options, anonymous=anonymous))


def export_text(session_id: str, options: Mapping[str, Any], *, as_text: bool, anonymous: bool) -> str:
    """The document, or the transcript."""
    document = _document(session_id, options, anonymous=anonymous)
    if as_text:
        return "\n".join(transcript(document))
    return json.dumps(document, ensure_ascii=False, indent=1)


def save(text: str, path: Path, *, force: bool) -> None:
    """Writes a new file, whole or not at all.

    Raises:
        UsageError: the file is there and `force` is not given.
    """
    if path.exists() and not force:
        raise UsageError(f"{path} is there already; choose another name, or add --force to replace it.")
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text + "\n", encoding="utf-8", newline="\n")
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"{path} cannot be written ({error.strerror}); choose another place.") from error


def _document(session_id: str, options: Mapping[str, Any], *, anonymous: bool) -> Document:
    found = find_sitting(session_id, options)
    with open_reader(found.place) as reader:
        try:
            return sitting_document(reader.rows, found.session_id, anonymous=anonymous)
        except (KeyError, TypeError, ValueError) as error:
            raise StoreError(
                f"The sitting {found.session_id} holds a value that cannot be read ({error}); verify it."
            ) from error
