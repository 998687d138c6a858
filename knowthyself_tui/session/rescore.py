"""The verdicts of a sitting made again from its log, beside the stored ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from knowthyself_tui.content import Library
from knowthyself_tui.errors import StoreError
from knowthyself_tui.session.rebuild import Stored, engine_versions, is_other_engine, read_stored, rebuild
from knowthyself_tui.store import models
from knowthyself_tui.store.models import Table
from knowthyself_tui.store.sitting_rows import Query, TableRow, columns_of, rows_of

_VERDICTS: tuple[tuple[type[Table], str, tuple[str, ...]], ...] = (
    (
        models.EncounterResult,
        "encounter_id",
        tuple(name for name in columns_of(models.EncounterResult) if name != "encounter_id"),
    ),
    (models.ChecklistResult, "item_id", ("done_at", "credit", "weight")),
    (models.DecisionResult, "item_id", ("rating",)),
    (models.GateResult, "item_id", ("failed", "cap")),
    (models.MilestoneResult, "item_id", ("reached_at",)),
    (models.MedicationError, "act_id", ("drug", "kind", "severity")),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One figure of one encounter, as stored and as it comes out now."""

    scenario_id: str
    item: str
    """`encounter_result` or the verdict's table and item, with the column after a dot."""
    stored: Any
    recomputed: Any

    @property
    def is_same(self) -> bool:
        return bool(self.stored == self.recomputed)


def rescore(query: Query, session_id: str, library: Library) -> tuple[list[Judged], str]:
    """Every figure, and a sentence where the comparison is not a fair one (else empty).

    Raises:
        StoreError: the log cannot be played again.
    """
    try:
        stored = read_stored(query, session_id)
        rebuilt = rebuild(stored, library)
    except Exception as error:
        # Logs that were tampered with can break the fold anywhere.
        raise StoreError(f"The log of sitting {session_id} cannot be played again ({error}); verify it.") from error
    assert rebuilt.owner is not None
    tables = rows_of(query, stored.owner | rebuilt.owner)
    scenarios = {row["id"]: str(row["scenario_id"]) for row in rebuilt.tables[models.Encounter]}
    judged: list[Judged] = []
    for encounter_id, scenario_id in scenarios.items():
        for table, key, columns in _VERDICTS:
            before = _keyed(tables[table], encounter_id, key)
            now = _keyed(rebuilt.tables[table], encounter_id, key)
            for item in before | now:
                name = table._meta.table_name + ("" if key == "encounter_id" else f" {item}")
                judged += _figures(scenario_id, name, columns, before.get(item, {}), now.get(item, {}))
    return judged, _warning(stored)


def _keyed(rows: Any, encounter_id: str, key: str) -> dict[str, TableRow]:
    return {str(row[key]): row for row in rows if row["encounter_id"] == encounter_id}


def _figures(
    scenario_id: str, name: str, columns: tuple[str, ...], before: TableRow, now: TableRow
) -> Iterator[Judged]:
    for column in columns:
        yield Judged(scenario_id, f"{name}.{column}", before.get(column), now.get(column))


def _warning(stored: Stored) -> str:
    if not is_other_engine(stored):
        return ""
    versions = ", ".join(sorted(engine_versions(stored)))
    return f"The stored verdicts come from version {versions} of the patient's body, the recomputed ones from this one."
