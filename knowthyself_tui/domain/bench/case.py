"""A published case: an experiment, the figure read from it, and what was measured in people."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from knowthyself_tui.domain.bench.figures import Figure
from knowthyself_tui.domain.bench.people import parse_patient
from knowthyself_tui.domain.bench.protocol import Protocol
from knowthyself_tui.domain.bench.steps import parse_step

ADULT = "age=30,weight=70,height=175,sex=m,tolerance=1"


@dataclass(frozen=True, slots=True)
class Case:
    """One row of the validation table."""

    id: str
    title: str
    unit: str
    published: float | None
    """The published value; None where the source gives a range only."""
    low: float
    high: float
    """The window in which a model is accepted."""
    source: str
    figure: Figure
    steps: tuple[str, ...] = ()
    minutes: float = 0.0
    patient: str = ADULT
    position: str = "supine"
    recalled: bool = False
    """The published value is recalled and was not checked in the paper."""

    def protocol(self) -> Protocol:
        """The experiment.

        Raises:
            UsageError: the body cannot play it.
        """
        steps = tuple(parse_step(line) for line in self.steps)
        return Protocol(parse_patient(self.patient), self.minutes, steps, position=self.position)

    @property
    def command(self) -> str:
        """The command line that plays it again; empty where nothing is played."""
        if not self.figure.columns:
            return ""
        words = ["knowthyself", "body", "play", "--patient", self.patient, "--minutes", f"{self.minutes:g}"]
        words += ["--position", self.position] if self.position != "supine" else []
        for line in self.steps:
            done = line.partition(" ")[2].strip()
            words += ["--set" if "=" in done and " " not in done else "--order", line]
        return shlex.join([*words, "--every", "1", "--columns", ",".join(["t", *sorted(self.figure.columns)])])
