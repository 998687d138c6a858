"""Collecting databases into one folder: of each the fullest copy, and nothing that was ever collected is lost."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from knowthyself_tui.errors import StoreBusy, StoreError, StoreFull, UsageError
from knowthyself_tui.store.collection.collected import CollectedFolder, sha256_of
from knowthyself_tui.store.collection.holdings import Holdings, read_holdings
from knowthyself_tui.store.collection.manifest import NAME, Entry, plain
from knowthyself_tui.store.collection.sources import Source
from knowthyself_tui.store.faults import told
from knowthyself_tui.store.files import make_folder
from knowthyself_tui.store.ids import utc_now_iso
from knowthyself_tui.store.lock import InstanceLock

Action = Literal["new", "newer", "unchanged", "duplicate", "excluded"]
"""newer: it took the place of an earlier copy, all of which it holds."""

_CODES_NAMED = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a source in this run."""

    action: Action
    entry: Entry


@contextmanager
def collecting(folder: Path) -> Iterator[Collector]:
    """Collects into `folder`, which is made where it is missing; the manifest is written at the end of the block.

    Raises:
        UsageError: the folder is a file, or its manifest is another program's.
        StoreBusy: another program collects into it.
    """
    if os.path.lexists(folder) and not folder.is_dir():
        raise UsageError(f"{folder} is not a folder. Choose a folder for the copies.")
    with told(folder):
        make_folder(folder)
        lock = _lock(folder)
    try:
        collected = CollectedFolder(folder)
        collected.sweep()
        try:
            yield Collector(collected)
        finally:
            collected.save()
    finally:
        lock.release()


class Collector:
    """Takes one source after the other; made by `collecting`."""

    def __init__(self, collected: CollectedFolder) -> None:
        self._collected = collected
        self._manifest = collected.manifest
        entries = [*self._manifest.left.values(), *self._manifest.taken.values()]
        self._known = {(e.source, e.source_state): e for e in entries if e.verdict != "excluded"}

    def take(self, source: Source) -> Outcome:
        """Copies and checks a source; whatever is wrong with it is told in its entry."""
        try:
            with told(source.place):
                return self._take(source)
        except StoreFull:
            return self._exclude(source, f"No space is left for {self._collected.path}. Free some and collect again.")
        except StoreError as error:
            return self._exclude(source, str(error).replace(str(source.place), "It"))

    def _take(self, source: Source) -> Outcome:
        state = source.state()
        known = self._known.get((plain(source.name), state)) if state else None
        if known is not None and self._collected.is_intact(known.file):
            self._forget_exclusion(known)
            return Outcome("unchanged" if known.verdict == "taken" else "duplicate", known)
        with source.copy(self._collected.path) as copy:
            holdings = read_holdings(copy, source.place)
            entry = _describe(source, state, copy, holdings)
            return self._keep(source, entry, holdings, copy)

    def _keep(self, source: Source, entry: Entry, holdings: Holdings, copy: Path) -> Outcome:
        """Keeps the copy unless another holds all of it; it takes the place of those of which it holds all."""
        rivals = self._collected.related(holdings)
        fuller = [rival for rival in rivals if self._collected.holdings_of(rival).covers(holdings)]
        lesser = [rival for rival in rivals if holdings.covers(self._collected.holdings_of(rival))]
        if fuller and not any(rival in lesser and rival.source == entry.source for rival in fuller):
            return self._leave_out(entry, fuller[0])
        lesser = [rival for rival in lesser if not self._collected.has_journal(rival.file)]
        replaced = next((rival for rival in lesser if rival.database_uuid == holdings.uuid), None)
        parted = [rival for rival in rivals if rival not in lesser]
        stem = next(iter(holdings.codes)) if len(holdings.codes) == 1 else source.stem
        entry = replace(entry, file=replaced.file if replaced else self._collected.free_name(stem, entry))
        entry = replace(entry, reason=self._remark(entry, replaced, parted))
        is_other = self._collected.install(copy, entry, holdings)
        self._clear_away(lesser, entry)
        if replaced is None:
            return Outcome("new", entry)
        return Outcome("newer" if is_other else "unchanged", entry)

    def _clear_away(self, lesser: list[Entry], entry: Entry) -> None:
        """What the new copy holds all of goes, and whatever pointed there points at the new one."""
        for rival in lesser:
            if rival.file != entry.file:
                self._collected.remove(rival)
            if rival.source != entry.source:
                self._manifest.left[rival.source] = _duplicate(rival, entry)
        gone = {rival.file for rival in lesser}
        for source, left in self._manifest.left.items():
            if left.file in gone:
                self._manifest.left[source] = _duplicate(left, entry)
        self._manifest.left.pop(entry.source, None)

    def _remark(self, entry: Entry, replaced: Entry | None, parted: list[Entry]) -> str:
        remarks = [f"{rival.file} and it each hold something that the other lacks; both are kept." for rival in parted]
        if replaced is not None and replaced.sha256 != entry.sha256:
            remarks.append(f"It replaces the copy of {replaced.collected_at}, {_more(entry, replaced)}.")
        if (namesake := self._collected.namesake(entry)) is not None and namesake not in parted:
            remarks.append(f"{namesake.file} is another database with the same student codes.")
        return " ".join(remarks)

    def _leave_out(self, entry: Entry, fuller: Entry) -> Outcome:
        duplicate = _duplicate(entry, fuller)
        self._manifest.left[entry.source] = duplicate
        return Outcome("duplicate", duplicate)

    def _exclude(self, source: Source, reason: str) -> Outcome:
        name = plain(source.name)
        if any(taken.source == name for taken in self._manifest.taken.values()):
            reason += " What was collected from it earlier is kept."
        entry = Entry("", name, reason=plain(reason), collected_at=utc_now_iso())
        self._manifest.left[name] = entry
        return Outcome("excluded", entry)

    def _forget_exclusion(self, known: Entry) -> None:
        """A source that could not be read for a while, and is as it was."""
        if known.verdict == "duplicate":
            self._manifest.left[known.source] = known
        elif self._manifest.left.get(known.source, known).verdict == "excluded":
            self._manifest.left.pop(known.source, None)


def _describe(source: Source, state: str, copy: Path, holdings: Holdings) -> Entry:
    return Entry(
        file="",
        source=plain(source.name),
        student_codes=plain(_codes(holdings.codes)),
        sittings=len(holdings.sessions),
        complete="yes" if holdings.is_complete else "no",
        events=holdings.events,
        schema=holdings.schema,
        sha256=sha256_of(copy),
        size_bytes=copy.stat().st_size,
        verdict="taken",
        collected_at=utc_now_iso(),
        database_uuid=plain(holdings.uuid),
        source_state=state,
    )


def _codes(codes: list[str]) -> str:
    more = f"; … and {len(codes) - _CODES_NAMED} more" if len(codes) > _CODES_NAMED else ""
    return "; ".join(codes[:_CODES_NAMED]) + more


def _duplicate(entry: Entry, fuller: Entry) -> Entry:
    is_same = entry.sha256 == fuller.sha256
    reason = f"The same as {fuller.file}." if is_same else f"{fuller.file} holds all of it, {_more(fuller, entry)}."
    return replace(entry, file=fuller.file, verdict="duplicate", reason=reason)


def _more(fuller: Entry, lesser: Entry) -> str:
    return f"{fuller.events} events for its {lesser.events}"


def _lock(folder: Path) -> InstanceLock:
    try:
        return InstanceLock.take(folder / NAME)
    except StoreBusy as error:
        raise StoreBusy(f"Another program is collecting into {folder}. Wait until it has finished.") from error
