"""`knowthyself run`: an encounter without a screen."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from knowthyself_tui.commands.standard_input import standard_input
from knowthyself_tui.config import load_settings
from knowthyself_tui.content import Library
from knowthyself_tui.domain.describe import clock
from knowthyself_tui.domain.records import Batch, StudentRecord
from knowthyself_tui.errors import UsageError
from knowthyself_tui.session.desk import Desk
from knowthyself_tui.session.headless import Row, close_script, describe_result, play_script
from knowthyself_tui.session.log import SessionLog
from knowthyself_tui.session.script import ScriptLine, parse_clock, parse_script
from knowthyself_tui.session.sitting import Plan, Sitting
from knowthyself_tui.store.ids import utc_now_iso, uuid7

UNNAMED = "run"
"""The code under which a run is stored that names a database but no student."""


def run_script(scenario: str, options: Mapping[str, Any]) -> Iterator[str]:
    """Play `scenario` as the options say; yields lines of output."""
    settings = load_settings({"db": options.get("db"), "scenarios_dir": options.get("scenarios_dir")})
    library = Library(settings.scenario_folders, settings.protocol)
    library.load(scenario)
    until = parse_clock(options["until"]) if options.get("until") else None
    script = _script(options.get("script"))
    plan = Plan((scenario,), seed=options.get("seed", 1), arm=options.get("arm"))
    stored = options.get("db") is not None or options.get("code") is not None
    rows = (
        _stored(Desk(library, settings.database), plan, script, until, options)
        if stored
        else _unstored(library, plan, script, until)
    )
    for row in rows:
        line = json.dumps(row, ensure_ascii=False) if options.get("as_json") else _for_people(row)
        if line:
            yield line


def _unstored(library: Library, plan: Plan, script: list[ScriptLine], until: int | None) -> Iterator[Row]:
    student = StudentRecord(uuid7(), UNNAMED, "", None, None, None, None, utc_now_iso())
    sitting = Sitting(student, plan, SessionLog(uuid7()), library)
    sitting.begin()
    yield from play_script(sitting, script, _discard, until_seconds=until)
    yield close_script(sitting, _discard)


def _stored(
    desk: Desk, plan: Plan, script: list[ScriptLine], until: int | None, options: Mapping[str, Any]
) -> Iterator[Row]:
    seat = desk.register(options.get("code", UNNAMED), options.get("name") or "", None, plan)
    try:

        def store(batch: Batch) -> None:
            seat.recorder.append(batch).result()

        yield from play_script(seat.sitting, script, store, until_seconds=until)
        yield close_script(seat.sitting, store)
    finally:
        seat.recorder.close()


def _discard(batch: Batch) -> None:
    """Nothing is written without a database or a student."""


def _script(source: str | None) -> list[ScriptLine]:
    if source is None:
        return []
    if source == "-":
        return parse_script(standard_input())
    try:
        return parse_script(Path(source).read_text(encoding="utf-8", errors="replace").splitlines())
    except OSError as error:
        raise UsageError(f"The script {source} cannot be read ({error.strerror}).") from error


def _for_people(row: Row) -> str:
    t = clock(row["t"])
    match row["kind"]:
        case "turn":
            return f"{t}  {row['speaker']}: {row['text']}"
        case "finding":
            return f"{t}  {row['text']}"
        case "state":
            return f"{t}  [{row['from']} → {row['to']}]"
        case "notice":
            return f"{t}  [{row['text']}]"
        case "vitals" if row["t"] % 60 == 0:
            shown = [f"{name} {row[name]}" for name in ("hr", "rr", "spo2", "sbp", "etco2_kpa", "gcs")]
            return f"{t}  {'  '.join(shown)}"
        case "result":
            return describe_result(row)
    return ""
