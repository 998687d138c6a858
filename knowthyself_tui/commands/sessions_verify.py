"""Stored sittings beside what their logs give."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import click

from knowthyself_tui.commands.places import json_line
from knowthyself_tui.commands.sessions_list import Found, all_sittings, find_sitting
from knowthyself_tui.config import load_settings
from knowthyself_tui.content import Library
from knowthyself_tui.domain.text import clean_text
from knowthyself_tui.errors import StoreError
from knowthyself_tui.session.differences import Difference
from knowthyself_tui.session.rescore import Judged, rescore
from knowthyself_tui.session.verify import Verification, verification_json, verify_links, verify_sitting
from knowthyself_tui.store.place import Place
from knowthyself_tui.store.reader import open_reader

SHOWN_AT_MOST = 20
LINE_LIMIT = 500

Line = tuple[str, bool]
"""A line of output and whether all is well as far as it goes."""


def verify_lines(session_id: str | None, options: Mapping[str, Any], *, as_json: bool) -> Iterator[Line]:
    """What came of one sitting, or of all of them and of the links between their rows.

    Raises:
        StoreError: there is nothing to verify.
    """
    library = _library(options)
    if session_id is not None:
        yield from _one(find_sitting(session_id, options), library, as_json=as_json)
        return
    found, places, unreadable = all_sittings(options)
    if not found and not unreadable:
        raise StoreError("There is no sitting to verify; name a database with --db.")
    with _progress(found) as sittings:
        lines = [line for sitting in sittings for line in _one(sitting, library, as_json=as_json)]
    yield from lines
    for place in places:
        yield from _links(place, as_json=as_json)
    for sentence in unreadable:
        yield (json_line({"clean": False, "error": sentence}) if as_json else f"NOT READ  {sentence}"), False


def score_lines(session_id: str, options: Mapping[str, Any]) -> tuple[list[str], bool]:
    """Every figure of every encounter, stored and recomputed; and whether they are the same."""
    found = find_sitting(session_id, options)
    with open_reader(found.place) as reader:
        judged, warning = rescore(reader.rows, found.session_id, _library(options))
    lines = [warning] if warning else []
    scenario = ""
    for one in judged:
        if one.scenario_id != scenario:
            scenario = one.scenario_id
            lines.append(f"== {clean_text(scenario, single_line=True)} ==")
        lines.append(_figure(one))
    different = sum(not one.is_same for one in judged)
    lines.append("No encounter has begun." if not judged else f"{different} of {len(judged)} figures differ.")
    return lines, not different


def _progress(found: Sequence[Found]) -> AbstractContextManager[Iterable[Found]]:
    """A bar where somebody watches."""
    if not sys.stderr.isatty():
        return nullcontext(found)
    return click.progressbar(found, label="Verifying", file=sys.stderr)


def _one(found: Found, library: Library, *, as_json: bool) -> Iterator[Line]:
    try:
        with open_reader(found.place) as reader:
            verification = verify_sitting(reader.rows, found.session_id, library)
    except StoreError as error:
        yield (json_line({"session": found.session_id, "clean": False, "error": str(error)})
               if as_json else f"NOT READ  {error}"), False  # fmt: skip
        return
    if as_json:
        yield json_line({**verification_json(verification), "file": str(found.place)}), verification.is_clean
    else:
        yield "\n".join(_for_people(verification)), verification.is_clean


def _links(place: Place, *, as_json: bool) -> Iterator[Line]:
    try:
        with open_reader(place) as reader:
            found = verify_links(reader.rows)
    except StoreError as error:
        yield (json_line({"clean": False, "error": str(error)}) if as_json else f"NOT READ  {error}"), False
        return
    for one in found:
        row = {"file": str(place), "clean": False, "table": one.table, "row": one.row, "what": one.what}
        yield (json_line(row) if as_json else f"WRONG     {_clean(place)}: {_clean(one)}"), False


def _for_people(verification: Verification) -> Iterator[str]:
    checked = "every row is as the log gives it" if verification.is_replayed else "the hash chain is whole"
    number = len(verification.differences)
    outcome = checked if verification.is_clean else f"{number} difference{'s' if number > 1 else ''}"
    word = "fine " if verification.is_clean else "WRONG"
    who = clean_text(verification.student_code, single_line=True)
    yield f"{word}     {verification.session_id}  {who}: {verification.events} events, {outcome}"
    for one in verification.differences[:SHOWN_AT_MOST]:
        yield f"          {_clean(one)}"
    if number > SHOWN_AT_MOST:
        yield f"          … and {number - SHOWN_AT_MOST} more; --json gives all of them"
    for note in verification.notes:
        yield f"          Note: {_clean(note)}"


def _clean(value: Difference | Place | str) -> str:
    return clean_text(str(value), limit=LINE_LIMIT, single_line=True)


def _figure(one: Judged) -> str:
    same = "" if one.is_same else "   DIFFERENT"
    item, stored, now = (clean_text(str(part), limit=100, single_line=True)
                         for part in (one.item, one.stored, one.recomputed))  # fmt: skip
    return f"{item}: stored {stored}, recomputed {now}{same}"


def _library(options: Mapping[str, Any]) -> Library:
    return Library(load_settings({"scenarios_dir": options.get("scenarios_dir")}).scenario_folders)
