"""A sitting to read: who said what at which scenario time, what was ordered, found and measured, how it was judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from knowthyself_tui.domain.describe import clock, describe, number, words
from knowthyself_tui.session.export import Document

ENDINGS: Mapping[str, str] = {
    "finished": "the student finished the case",
    "left": "the student left the patient",
    "time": "the time was up",
    "arrest": "the patient died",
}

Entry = tuple[int, int, str]
"""Scenario milliseconds, order among entries of one moment, line."""


def transcript(document: Document) -> Iterator[str]:
    """The lines of a document of `session.export`; every text in it is clean already."""
    yield from _heading(document)
    yield from _outside(document)
    for encounter in document["encounters"]:
        yield ""
        yield from _encounter(document, encounter)
    yield from _sums(document["performance"])


def _heading(document: Document) -> Iterator[str]:
    session, student = document["session"] or {}, document["student"] or {}
    names = [str(student[name]) for name in ("code", "name", "email") if student.get(name)]
    yield f"Sitting {session.get('id')} of {', '.join(names) or 'nobody'}"
    yield f"{session.get('status')}, {session.get('phase')}; begun {session.get('started_at')}"
    details = [f"{name} {session[name]}" for name in ("study", "arm", "seed", "patient_kind") if session.get(name)]
    if session.get("synthetic"):
        details.append("synthetic")
    if details:
        yield ", ".join(details)


def _outside(document: Document) -> Iterator[str]:
    for row in document["warmup"]:
        yield f"Coach: {row['question']}"
        yield f"  Student: {row['answer'] or '(no answer)'}"
    for turn in document["turns"]:
        if turn["encounter_id"] is None:
            yield f"{turn['speaker'].capitalize()}: {turn['text']}"
    for row in document["survey"]:
        yield f"Survey, {row['item']}: {row['value']}"
    for row in document["plans"]:
        yield f"Plan: {row['text']}"


def _encounter(document: Document, encounter: Document) -> Iterator[str]:
    yield f"== {encounter['scenario_id']} (version {encounter['scenario_version']}), seed {encounter['seed']} =="
    entries = [*_turns(document, encounter["id"]), *_rows(encounter)]
    for at_ms, _, line in sorted(entries, key=lambda entry: entry[:2]):
        yield f"{clock(at_ms / 1000)}  {line}"
    ending = encounter["end_reason"]
    yield (
        f"{clock(encounter['at_ms'] / 1000)}  [end: {ENDINGS.get(ending, ending)}]"
        if ending
        else f"{clock(encounter['at_ms'] / 1000)}  [not ended; patient {encounter['patient_state']}]"
    )
    yield from _reflection(encounter)
    yield from _result(encounter["result"])


def _turns(document: Document, encounter_id: str) -> Iterator[Entry]:
    for turn in document["turns"]:
        if turn["encounter_id"] == encounter_id:
            cut = "" if turn["complete"] else " (cut)"
            yield turn["at_ms"], 2 * turn["seq"], f"{turn['speaker']}: {turn['text']}{cut}"
            for act in turn["acts"]:
                yield turn["at_ms"], 2 * turn["seq"] + 1, f"    {_act(act)}"


def _act(act: Document) -> str:
    modality = act["modality"]
    manner = f", {modality}" if modality not in (None, "request", "statement") else ""
    return f"[{describe(act['intent'], act['slots'])}{manner}: {act['status']}]"


def _rows(encounter: Document) -> Iterator[Entry]:
    """What is no turn; at one moment it comes after what was said."""
    late = 1_000_000_000
    for row in encounter["findings"]:
        yield row["at_ms"], late, f"finding: {row['text']}"
    for row in encounter["state_changes"]:
        yield row["at_ms"], -1, f"[patient: {row['from_state']} → {row['to_state']}]"
    for row in encounter["notes"]:
        yield row["at_ms"], late, f"note: {row['text']}"
    for row in encounter["alarms"]:
        yield row["at_ms"], -1, f"[alarm: {words(row['parameter'])}]"
    for row in encounter["challenges"]:
        yield row["asked_at_ms"], late, f"tutor: {row['question']}"
        answer = "(skipped)" if row["skipped"] else row["answer"]
        if answer:
            yield row["answered_at_ms"] or row["asked_at_ms"], late + 1, f"student: {answer}"


def _reflection(encounter: Document) -> Iterator[str]:
    for row in encounter["reflection"]:
        for name, label in (("went_well", "Went well"), ("change", "Would change")):
            if row[name]:
                yield f"{label}: {row[name]}"
        if row["score"] is not None:
            yield f"Own estimate: {number(row['score'])} of 100"
    for row in encounter["appeals"]:
        answer = f" Answer: {row['answer']}" if row["answer"] else ""
        yield f"Appeal ({row['item_id'] or 'the whole'}): {row['text']}{answer}"


def _result(result: Document | None) -> Iterator[str]:
    if result is None:
        return
    yield f"Total {_figure(result['total'])} of 100, {result['competence']}" + (
        f", capped at {number(result['cap'])}" if result["cap"] is not None else ""
    )
    done = [row for row in result["checklist"] if row["done_at"] is not None]
    yield f"Checklist {len(done)} of {len(result['checklist'])} done, share {_figure(result['checklist_share'], 2)}"
    for row in result["decisions"]:
        yield f"Decision {row['item_id']} {row['title']}: {words(row['rating'])}"
    for row in result["gates"]:
        if row["failed"]:
            yield f"Safety gate {row['item_id']} failed: {row['title']}"
    for row in result["medication_errors"]:
        yield f"Medication error at {clock(row['at_ms'] / 1000)}, {row['severity']}: {row['reason']}"


def _sums(performance: Mapping[str, Any] | None) -> Iterator[str]:
    if performance is not None:
        yield ""
        yield (
            f"Sitting: score {_figure(performance['overall_score'])}, {performance['total_messages']} messages,"
            f" {clock(performance['total_seconds'])} of scenario time,"
            f" {performance['scenarios_completed']} completed"
        )


def _figure(value: float | None, decimals: int = 1) -> str:
    return "none" if value is None else f"{value:.{decimals}f}"
