"""The timeline as rules look things up in it: by name of the act, by finding, by second."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from knowthyself_tui.domain.rules.evidence import RuleValue
from knowthyself_tui.domain.rules.matching import counts
from knowthyself_tui.domain.timeline import LoggedAct, Sample, Timeline


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing that the student was told."""

    at_seconds: float
    id: str
    value: RuleValue


@dataclass(frozen=True)
class Log:
    """One encounter's timeline with the indexes that rules need."""

    timeline: Timeline

    @cached_property
    def acts(self) -> tuple[LoggedAct, ...]:
        """The acts that can satisfy a rule, in order of time."""
        return tuple(sorted(filter(counts, self.timeline.acts), key=lambda act: act.at_seconds))

    @cached_property
    def _tellings(self) -> dict[str, list[Telling]]:
        found: dict[str, list[Telling]] = {}
        for finding in sorted(self.timeline.findings, key=lambda one: one.at_seconds):
            values = {finding.topic: None, **finding.values}
            for key, value in values.items():
                found.setdefault(key, []).append(Telling(finding.at_seconds, finding.id, value))
        return found

    def told(self, key: str, by_seconds: float) -> Telling | None:
        """The latest telling of `key` (a value or a topic) at or before a second."""
        tellings = self._tellings.get(key, [])
        index = bisect_right(tellings, by_seconds, key=lambda telling: telling.at_seconds)
        return tellings[index - 1] if index else None

    @cached_property
    def _order(self) -> dict[str, tuple[float, int]]:
        line = self.timeline
        times = [(entry.id, entry.at_seconds) for entry in line.turns]
        times += [(entry.id, entry.at_seconds) for entry in line.acts]
        times += [(entry.id, entry.at_seconds) for entry in line.findings]
        return {one: (at_seconds, place) for place, (one, at_seconds) in enumerate(times)}

    def in_order(self, ids: frozenset[str]) -> tuple[str, ...]:
        """Ids of turns, acts and findings in the order of the log."""
        return tuple(sorted(ids, key=lambda one: self._order[one]))

    def sample_at(self, seconds: float) -> Sample | None:
        """The body at a second of the encounter; None outside it."""
        if not 0 <= seconds <= self.timeline.end_seconds:
            return None
        return self.timeline.sample_at(seconds)

    def spans(self, start_seconds: float, stop_seconds: float) -> Iterator[tuple[Sample, float, float]]:
        """Every sample with the part of its time (from, to) inside a window; the last lasts to the end."""
        samples = self.timeline.samples
        for index, sample in enumerate(samples):
            later = samples[index + 1].at_seconds if index + 1 < len(samples) else self.timeline.end_seconds
            start, stop = max(sample.at_seconds, start_seconds), min(later, stop_seconds)
            if start < stop:
                yield sample, start, stop
