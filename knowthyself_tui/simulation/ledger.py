"""Hands the batches of a sitting to its recorder, those of an encounter in one transaction: no screen waits."""

from __future__ import annotations

from collections.abc import Sequence

from knowthyself_tui.domain.records import Batch, EncounterResult
from knowthyself_tui.store.recorder import Recorder


class Ledger:
    """Keeps batches until `store` writes them."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._kept: list[Batch] = []
        self.newest_result: EncounterResult | None = None
        """The verdicts of the last finished encounter."""

    def keep(self, batch: Batch) -> None:
        self._kept.append(batch)
        self.newest_result = batch.result or self.newest_result

    def store(self) -> None:
        """Write what was kept; at most one encounter may have begun and ended in it."""
        if self._kept:
            self._recorder.append(together(self._kept)).result()
            self._kept = []


def together(batches: Sequence[Batch]) -> Batch:
    """One batch with all that these hold; of the snapshots only the last one would have stayed."""
    return Batch(
        events=tuple(event for batch in batches for event in batch.events),
        encounter=next((batch.encounter for batch in batches if batch.encounter), None),
        samples=tuple(sample for batch in batches for sample in batch.samples),
        snapshot=next((batch.snapshot for batch in reversed(batches) if batch.snapshot), None),
        state_changes=tuple(change for batch in batches for change in batch.state_changes),
        result=next((batch.result for batch in batches if batch.result), None),
        disclosures=tuple(one for batch in batches for one in batch.disclosures),
    )
