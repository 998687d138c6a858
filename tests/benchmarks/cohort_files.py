"""Large cohorts for timing the analysis: rows written straight into our tables, because bots would take hours.

`python -m tests.benchmarks.cohort_files FOLDER ENCOUNTERS` writes files of a hundred encounters each.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from knowthyself_tui.domain.vitals import CHANNELS
from knowthyself_tui.store.recorder import Recorder

SCENARIOS = ("asthma", "opioid", "stemi")
ENCOUNTERS_A_FILE = 100
TURNS, SAMPLES, ITEMS, DECISIONS, GATES, ACTS = 60, 240, 8, 4, 3, 10
_RATINGS = ("dangerous", "suboptimal", "acceptable", "optimal")
_TIME = "2026-03-02T08:00:00.000Z"
_DOCUMENT = json.dumps(
    {
        "title": "A case",
        "maximum_minutes": 20,
        "judgement": {"checklist": [{"id": f"A{item}", "tier": "critical"} for item in range(1, 4)]},
    }
)
Row = tuple[Any, ...]


def write_cohort_files(folder: Path, encounters: int) -> Path:
    """A folder of `encounters` finished encounters, three a student, half of the students in each arm."""
    folder.mkdir(parents=True)
    for start in range(0, encounters, ENCOUNTERS_A_FILE):
        numbers = range(start, min(start + ENCOUNTERS_A_FILE, encounters))
        _write_file(folder / f"lab{start // ENCOUNTERS_A_FILE:03}.db", numbers)
    shutil.rmtree(folder / "handin", ignore_errors=True)
    return folder


def _write_file(path: Path, numbers: range) -> None:
    Recorder.open(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        chance = random.Random(numbers.start)
        for table, rows in _tables(numbers, chance):
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                names = f" ({_NAMED[table]})" if table in _NAMED else ""
                connection.executemany(f"INSERT INTO {table}{names} VALUES ({marks})", rows)


_NAMED = {
    "student": "id, code, name, consented_at, registered_at",
    "session": "id, student_id, status, arm, arm_source, challenge_points, scenario_queue, seed, patient_kind,"
    " synthetic, app_version, started_at, updated_at",
    "encounter": "id, session_id, position, scenario_id, scenario_version, scenario_sha256, scenario, seed, started_at,"
    " ended_at, end_reason, at_ms, patient_state, engine_version, protocol",
    "turn": "id, session_id, encounter_id, seq, phase, speaker, text, at_ms, created_at, complete, source",
    "vital_sample": f"encounter_id, at_ms, {', '.join(CHANNELS)}, rhythm, state, measured",
    "act": "id, turn_id, encounter_id, intent, modality, slots, status, at_ms, patient_state, confidence, route",
    "checklist_result": "encounter_id, item_id, evidence, rule_version, title, done_at, target, late, credit, weight",
    "decision_result": "encounter_id, item_id, evidence, rule_version, title, rating",
    "gate_result": "encounter_id, item_id, evidence, rule_version, title, failed, cap",
    "encounter_result": "encounter_id, total, cap, checklist_share, decision_mean, communication, handover, competence,"
    " pivotal_at_ms, safety_score, medication_warnings, complete, rule_version",
    "medication_error": "id, encounter_id, act_id, at_ms, drug, kind, severity, reason",
}


def _tables(numbers: range, chance: random.Random) -> Iterator[tuple[str, list[Row]]]:
    students = sorted({number // len(SCENARIOS) for number in numbers})
    file = numbers.start // ENCOUNTERS_A_FILE
    yield "student", [(f"s{file}-{s}", f"code{s}", "", _TIME, _TIME) for s in students]
    queue = json.dumps(SCENARIOS)
    yield (
        "session",
        [
            (
                f"v{file}-{s}",
                f"s{file}-{s}",
                "completed",
                "AB"[s % 2],
                "roster",
                s % 2,
                queue,
                s,
                "scripted",
                0,
                "0.1.0",
                _TIME,
                _TIME,
            )
            for s in students
        ],
    )
    yield "encounter", [_encounter(file, number) for number in numbers]
    skill = {s: chance.gauss(65 + 4 * (s % 2), 9) for s in students}
    judged = [_verdicts(number, skill[number // len(SCENARIOS)], chance) for number in numbers]
    for table in ("encounter_result", "checklist_result", "decision_result", "gate_result"):
        yield table, [row for verdicts in judged for row in verdicts[table]]
    yield "turn", [row for number in numbers for row in _turns(file, number)]
    yield "act", [row for number in numbers for row in _acts(number)]
    yield (
        "medication_error",
        [
            (f"m{number}", f"e{number}", f"a{number}-1", 60_000, "morphine", "wrong_dose", "moderate", "Too much.")
            for number in numbers
            if chance.random() < 0.3
        ],
    )
    yield "vital_sample", [row for number in numbers for row in _samples(number, chance)]


def _encounter(file: int, number: int) -> Row:
    position = number % len(SCENARIOS)
    scenario = SCENARIOS[position]
    session = f"v{file}-{number // len(SCENARIOS)}"
    started = f"2026-03-{1 + number % 28:02}T08:00:00.000Z"
    return (
        f"e{number}",
        session,
        position,
        scenario,
        "1.0",
        f"{position:064x}",
        _DOCUMENT,
        number,
        started,
        started,
        "finished",
        1200000,
        "improving",
        "3",
        "uk",
    )


def _verdicts(number: int, skill: float, chance: random.Random) -> dict[str, list[Row]]:
    encounter = f"e{number}"
    total = min(100.0, max(0.0, chance.gauss(skill, 12)))
    pivotal = round(chance.expovariate(1 / 240_000)) if chance.random() < 0.85 else None
    done = [chance.uniform(10, 900) if chance.random() < total / 100 else None for _ in range(ITEMS)]
    result = (encounter, total, None, total / 100, total / 100, 4.0, 3.0, "competent", pivotal, 90.0, 0, 1, "1")
    return {
        "encounter_result": [result],
        "checklist_result": [
            (encounter, f"A{item}", "[]", "1", f"Item {item}", at, 180.0, 360.0, 0.0 if at is None else 10.0, 10.0)
            for item, at in enumerate(done, start=1)
        ],
        "decision_result": [
            (encounter, f"D{item}", "[]", "1", f"Decision {item}", chance.choices(_RATINGS, (1, 2, 4, 5))[0])
            for item in range(1, DECISIONS + 1)
        ],
        "gate_result": [
            (encounter, f"G{item}", "[]", "1", f"Gate {item}", int(chance.random() < 0.05), 40.0)
            for item in range(1, GATES + 1)
        ],
    }


def _turns(file: int, number: int) -> Iterator[Row]:
    session = f"v{file}-{number // len(SCENARIOS)}"
    for turn in range(TURNS):
        speaker = ("student", "patient", "crewmate")[turn % 3]
        sequence = TURNS * (number % len(SCENARIOS)) + turn + 1
        yield (
            (
                f"t{number}-{turn}",
                session,
                f"e{number}",
                sequence,
                "encounter",
                speaker,
                "Some words were said here.",
                20000 * turn,
                _TIME,
                1,
                "typed",
            )
        )


def _acts(number: int) -> Iterator[Row]:
    slots = '{"dose":5,"drug":"salbutamol","route":"NEB","unit":"mg"}'
    for act in range(ACTS):
        yield (
            (
                f"a{number}-{act}",
                f"t{number}-{3 * act}",
                f"e{number}",
                "give_drug",
                "request",
                slots,
                "executed",
                60000 * act,
                "initial",
                1.0,
                "grammar",
            )
        )


def _samples(number: int, chance: random.Random) -> Iterator[Row]:
    spo2, pulse = 90.0, 110.0
    for sample in range(SAMPLES):
        spo2 = min(100.0, max(60.0, spo2 + chance.choice((-1, 0, 0, 1))))
        pulse = min(180.0, max(40.0, pulse + chance.choice((-2, 0, 2))))
        yield (
            (
                f"e{number}",
                5000 * sample,
                pulse,
                20.0,
                spo2,
                120.0,
                80.0,
                4.5,
                15.0,
                37.0,
                5.5,
                "sinus",
                "initial",
                "[]",
            )
        )


if __name__ == "__main__":
    write_cohort_files(Path(sys.argv[1]), int(sys.argv[2]))
