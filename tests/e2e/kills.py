"""Kills the application at random moments and starts it again: nothing that showed is lost, and it goes on there.

`python -m tests.e2e.kills --count 200 --seed 1`. A third of the kills happen while every sync of the disk takes 200 ms
longer, which catches a program that shows before it stores; some happen at the Nth use of a system call that writes.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e import traced
from tests.e2e.resumed import Resume, compare, conditions_of
from tests.e2e.screens import View
from tests.e2e.stored import engine_faults, faults_of, sitting_in, tokens_of
from tests.e2e.student import Cut, Died, Stuck, Student, Visit

CALLS = ("write", "pwrite64", "fdatasync", "fsync", "ftruncate", "?unlink,unlinkat", "?rename,renameat,renameat2")
HOW = ("plain", "slow syncs", "at a system call")
WEIGHTS = (0.47, 0.33, 0.2)
AT_START = 0.1
"""Share of the kills that happen while the program starts and takes the sitting up."""
MOST_STEPS = 15


@dataclass
class Report:
    """What was found."""

    kills: Counter[str] = field(default_factory=Counter)
    how: Counter[str] = field(default_factory=Counter)
    conditions: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    lost: int = 0
    exact: int = 0
    stuck: int = 0
    vanished: int = 0
    worst_clock_seconds: int = 0

    @property
    def number(self) -> int:
        return self.kills.total()

    @property
    def is_fine(self) -> bool:
        return not self.findings and not self.lost and self.exact == self.number

    def lines(self) -> list[str]:
        phases = ", ".join(f"{phase} {number}" for phase, number in self.kills.most_common())
        how = ", ".join(f"{how} {number}" for how, number in self.how.most_common())
        under_way = ", ".join(f"{name} {number}" for name, number in self.conditions.most_common())
        return [
            *self.findings,
            f"by phase: {phases}",
            f"how: {how}",
            f"killed with: {under_way}",
            f"kills {self.number}, acknowledged turns lost {self.lost}, exact resumes {self.exact},"
            f" worst clock difference {self.worst_clock_seconds} s, stuck {self.stuck},"
            f" typed text that did not appear {self.vanished}",
        ]


class Trial:
    """One student's sitting, killed again and again until it is over."""

    def __init__(self, folder: Path, code: str, chance: random.Random, report: Report) -> None:
        home = folder / "home"
        home.mkdir(parents=True)
        self._environment = {
            "KNOWTHYSELF_DATA_DIR": str(folder / "data"),
            "KNOWTHYSELF_QUEUE": "asthma,asthma",
            "KNOWTHYSELF_SEED": str(chance.randint(1, 10_000)),
            "HOME": str(home),
            "TMPDIR": str(home),
        }
        self._path = folder / "data" / f"{code}.db"
        self._student = Student(code, chance)
        self._chance = chance
        self._report = report
        self._before: tuple[View, ...] = ()
        """What the last looks saw before the kills that no resume has answered yet, the newest first."""
        self._unanswered = 0

    def run(self, most: int) -> None:
        """Kills until the sitting is over or `most` are reached, and takes it up a last time."""
        while self._report.number < most and not self._is_over():
            how = self._chance.choices(HOW, WEIGHTS if traced.is_available() else (1, 0, 0))[0]
            self._visit(how)
        self._visit("")
        self._report.vanished += self._student.vanished

    def _is_over(self) -> bool:
        stored = sitting_in(self._path)
        return stored is not None and stored.session.status == "completed"

    def _visit(self, how: str) -> None:
        """One run of the program; without `how` it only takes the sitting up, and ends."""
        visit = Visit(self._environment, self._wrapper(how))
        try:
            if how and self._chance.random() < AT_START:
                visit.cut_at = time.monotonic() + self._chance.uniform(0, 2)
            self._take_up(visit)
            if how:
                self._work(visit, how)
        except (Cut, Died):
            pass
        except Stuck as error:
            self._report.stuck += 1
            self._find(f"stuck: {error}")
        finally:
            self._note_kill(visit.kill(), how)

    def _wrapper(self, how: str) -> list[str]:
        if how == "slow syncs":
            return traced.slow_syncs()
        if how == "at a system call":
            call = self._chance.choice(CALLS)
            return traced.killed_at(call, round(10 ** self._chance.uniform(0, 1.0 if "?" in call else 2.2)))
        return []

    def _take_up(self, visit: Visit) -> None:
        """Goes on with the sitting and compares it with what was there before the kill."""
        stored = sitting_in(self._path)
        if stored is None or stored.session.status == "completed":
            visit.wait_until(lambda view: view.phase == "registration")
            return self._answered(Resume())
        visit.wait_until(lambda view: view.phase == "start")
        visit.press("\r")
        visit.wait_until(lambda view: view.phase not in ("", "start"))
        return self._answered(compare(self._before, stored, visit, self._path))

    def _answered(self, resume: Resume) -> None:
        for finding in resume.findings:
            self._find(f"resume: {finding}")
        self._report.worst_clock_seconds = max(self._report.worst_clock_seconds, abs(resume.clock_seconds))
        self._report.exact += 0 if resume.findings else self._unanswered
        self._unanswered, self._before = 0, ()

    def _work(self, visit: Visit, how: str) -> None:
        """Some whole steps, then some that the kill interrupts."""
        for _ in range(MOST_STEPS if how == "at a system call" else self._chance.choice((0, 0, 1, 1, 2, 3))):
            self._student.act(visit)
        visit.cut_at = time.monotonic() + self._chance.uniform(0, 3.0 if how == "slow syncs" else 0.7)
        while True:
            self._student.act(visit)

    def _note_kill(self, views: tuple[View, ...], how: str) -> None:
        phase = views[0].phase or "start"
        if phase not in ("start", "registration") or not self._before:
            self._before = views
        if not how:
            return
        self._report.kills[phase] += 1
        self._report.how[how] += 1
        self._unanswered += 1
        self._check_store()

    def _check_store(self) -> None:
        """Whatever showed as sent is there, and the log gives the same patient as the snapshot."""
        for fault in faults_of(self._path):
            self._find(fault)
        stored = sitting_in(self._path)
        if stored is None:
            missing = self._student.shown
        else:
            missing = self._student.shown - tokens_of(stored.events, self._student.shown, stored.student.name)
            for fault in engine_faults(stored):
                self._find(fault)
            self._report.conditions.update(conditions_of(stored))
        for token in sorted(missing):
            self._report.lost += 1
            self._find(f"lost: {token} was shown as sent and is not stored")
        self._student.shown -= missing

    def _find(self, finding: str) -> None:
        self._report.findings.append(f"kill {self._report.number}: {finding}")


def run(count: int, seed: int, folder: Path) -> Report:
    """Kills `count` times, one sitting after another."""
    report = Report()
    chance = random.Random(seed)
    number = 0
    while report.number < count:
        number += 1
        Trial(folder / str(number), f"s{number}", chance, report).run(count)
        print(f"… {report.number} of {count}", file=sys.stderr, flush=True)
    return report


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    if not traced.is_available():
        print(f"SKIPPED slow syncs and kills at a system call: {traced.MISSING}")
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        report = run(options.count, options.seed, Path(folder))
    print("\n".join(report.lines()))
    return 0 if report.is_fine else 1


if __name__ == "__main__":
    sys.exit(main())
