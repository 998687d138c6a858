"""What a student has typed and not yet sent, so that it outlives the program.

Drafts stay on this machine: they are in no database, and no instructor gets them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from knowthyself_tui.domain.text import clean_text
from knowthyself_tui.locations import drafts_folder, safe_name
from knowthyself_tui.store.files import make_empty, make_folder

Fields = dict[str, str]
"""Field to text; a field with nothing in it is not there."""


def save_draft(session_id: str, fields: Mapping[str, str]) -> None:
    """Keeps the fields of a sitting's present screen; an empty mapping forgets them.

    Not forced to the disk: a draft survives the end of the program, and a power cut costs no more than itself.
    """
    path = _path(session_id)
    if not fields:
        path.unlink(missing_ok=True)
        return
    make_folder(path.parent)
    part = path.with_suffix(".part")
    make_empty(part)
    with part.open("w", encoding="utf-8") as stream:
        json.dump(dict(fields), stream, ensure_ascii=False)
    os.replace(part, path)


def read_draft(session_id: str) -> Fields:
    """What was typed last; nothing where there is none or it cannot be read."""
    try:
        kept = json.loads(_path(session_id).read_text("utf-8"))
    except (OSError, RecursionError, ValueError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {str(name): clean_text(text) for name, text in kept.items() if isinstance(text, str)}


def _path(session_id: str) -> Path:
    return drafts_folder() / f"{safe_name(session_id)}.json"
