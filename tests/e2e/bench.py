"""A student at work while something goes wrong beneath the program: what the screen says, what is kept."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.screens import View
from tests.e2e.stored import faults_of, sitting_in, tokens_of
from tests.e2e.student import Stuck, Student, Visit

CODE = "s1"
NEW_FILE_KEY = "\x1b[19~"
UNKIND = re.compile(r"Traceback|\b\w+(?:Error|Exception)\b|sqlite3|errno", re.IGNORECASE)
"""What no student should have to read."""
_BANNER = re.compile(r"Not saved: (.*?)(?: If it does not come back| What you typed is kept)", re.DOTALL)


class Wrong(Exception):
    """The program did something that it must not."""


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one fault."""

    sentence: str
    kept: int
    """Turns that were shown as sent, all of them stored."""
    seconds: float = 0.0
    """From the end of the fault until the work went on."""


class Bench:
    """One student, one data folder, one run of the program after another."""

    def __init__(self, folder: Path, wrapper: Sequence[str] = ()) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.path = self.data / f"{CODE}.db"
        self.home = folder / "home"
        self.home.mkdir()
        self.student = Student(CODE, random.Random(1))
        self._wrapper = wrapper
        self._visits: list[Visit] = []

    @property
    def visit(self) -> Visit:
        return self._visits[-1]

    def start(self) -> None:
        environment = {
            "KNOWTHYSELF_DATA_DIR": str(self.data),
            "KNOWTHYSELF_QUEUE": "asthma,asthma",
            "HOME": str(self.home),
            "TMPDIR": str(self.home),
        }
        self._visits.append(Visit(environment, self._wrapper))

    def register(self) -> None:
        """Fills the registration in."""
        self.visit.wait_until(lambda view: view.phase == "registration")
        self.visit.fill_in(CODE, "\t", "Zoë", "\t", "\t", "\r")

    def walk_in(self) -> None:
        """From the first screen to the patient."""
        self.start()
        self.go_on_to_patient()

    def go_on_to_patient(self) -> None:
        while self.visit.view.phase != "encounter":
            self.student.act(self.visit)

    def take_up(self) -> None:
        """Starts again and goes on with the encounter."""
        self.start()
        self.visit.wait_until(lambda view: view.phase == "start")
        self.visit.press("\r")
        self.visit.wait_until(lambda view: view.phase == "encounter")

    def say(self, *, shown: bool = True) -> None:
        """One line with a token; with `shown`, until the screen shows it as sent."""
        if shown:
            self.student.say(self.visit, "sats?")
        else:
            self.student.type(self.visit, "sats?")

    def sentence(self, seconds: float = 20) -> str:
        """What the banner says; raises Wrong when it does not come or is not for people."""
        try:
            view = self.visit.wait_until(lambda view: _banner(view) is not None, seconds)
        except Stuck as error:
            raise Wrong(f"no banner: {error}") from None
        sentence = _banner(view) or ""
        self._check_kind(view, sentence)
        return sentence

    def complaint(self, words: str) -> str:
        """The sentence with `words` on the registration or start screen."""
        try:
            view = self.visit.wait_until(lambda view: words in _joined(view))
        except Stuck as error:
            raise Wrong(f"nothing is said: {error}") from None
        found = re.search(rf"\S+ {re.escape(words)}.*?(?:\.(?= |$)|$)", _joined(view))
        sentence = found[0] if found else ""
        self._check_kind(view, sentence if sentence.endswith(".") else sentence[:200] + ".")
        return sentence[:200]

    def goes_on(self, seconds: float = 20) -> float:
        """Seconds until the banner is gone and everything typed is shown as sent."""
        began = time.monotonic()
        try:
            self.visit.wait_until(lambda view: _banner(view) is None, seconds)
            self.student.see(self.visit)
        except Stuck as error:
            raise Wrong(f"it does not go on: {error}") from None
        return time.monotonic() - began

    def kept(self, path: Path | None = None) -> int:
        """Ends the program and counts what is stored; raises Wrong when anything shown is not."""
        self.visit.kill()
        path = path or self.path
        faults, stored = faults_of(path), sitting_in(path)
        if stored is None or faults:
            raise Wrong(f"{path}: {faults or 'no sitting'}")
        missing = self.student.shown - tokens_of(stored.events, self.student.shown, stored.student.name)
        if missing:
            raise Wrong(f"lost: {sorted(missing)}")
        if (self.data / "crash.txt").exists():
            raise Wrong((self.data / "crash.txt").read_text())
        return len(self.student.shown)

    def close(self) -> None:
        for visit in self._visits:
            with suppress(OSError):
                visit.kill()

    def _check_kind(self, view: View, sentence: str) -> None:
        if UNKIND.search(view.text) or not sentence.endswith("."):
            raise Wrong(f"not for a student: {sentence!r} on\n{view.text.strip()}")
        if any(token in line for line in view.conversation for token in self.student.waiting):
            raise Wrong("a line that is not stored shows as sent")


def _joined(view: View) -> str:
    """The text of the screen on one line."""
    return " ".join(view.text.split())


def _banner(view: View) -> str | None:
    found = _BANNER.search(_joined(view))
    return found[1] if found else None
