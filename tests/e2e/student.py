"""A student at the keyboard of the real program: does what the screen asks for until somebody pulls the plug."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import count

from tests.e2e.command import PROGRAM
from tests.e2e.screens import COLUMNS, ROWS, View, brief, squeezed, view_of
from tests.e2e.terminal import Terminal

LINES = (
    "scene safe?",
    "hi Maya, I'm Sam, is it ok if I help you?",
    "sats?",
    "pulse oximeter on",
    "blood pressure",
    "any allergies?",
    "salbutamol 5mg neb",
    "full set of obs",
    "listen to the chest",
    "IV access in the left arm",
    "hydrocortisone 100mg IV",
    "adrenaline 0.5mg IM",
    "give magnesium",
    "give ipratropium",
    "NRB at 15 litres",
    "wait one minute",
    "blood sugar",
)
STEP_SECONDS = 20.0
RECENT = 30
"""How many of the last looks are remembered: the newest may have met a half drawn screen."""
TYPING_AHEAD = 0.25
"""Share of the turns at which several lines are sent without waiting."""
NOTES = 0.15
FIELD_SECONDS = 0.25
CLEAR_LINE, NOTE_KEY = "\x15", "\x1bOR"


class Died(Exception):
    """The program has ended."""


class Cut(Exception):
    """The moment has come at which the program is to be killed."""


class Stuck(Exception):
    """Nothing comes of what was typed."""


class Visit:
    """One run of the program, from its start to its end."""

    def __init__(self, environment: Mapping[str, str], wrapper: Sequence[str] = ()) -> None:
        self._terminal = Terminal([*wrapper, *PROGRAM], environment, columns=COLUMNS, rows=ROWS)
        self._views: deque[View] = deque([View("", "")], maxlen=RECENT)
        self.cut_at: float | None = None
        """Monotonic time at which `Cut` is raised."""
        self.pressed: list[str] = []
        """Keys and texts that were typed."""

    @property
    def view(self) -> View:
        """The last whole view of the screen."""
        return self._views[-1]

    @property
    def pid(self) -> int:
        return self._terminal.process.pid

    @property
    def is_over(self) -> bool:
        return self._terminal.process.poll() is not None

    def look(self) -> View:
        """The screen as it is; the view before where it is half drawn."""
        if self.is_over:
            raise Died
        if self.cut_at is not None and time.monotonic() >= self.cut_at:
            raise Cut
        return self._see()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.look()
            self._terminal.press(key)
            self.pressed.append(key)

    def fill_in(self, *keys: str) -> None:
        """Fields and the keys between them, as slowly as people go from one to the next."""
        for key in keys:
            self.press(key)
            time.sleep(FIELD_SECONDS)

    def wait_until(self, holds: Callable[[View], bool], seconds: float = STEP_SECONDS) -> View:
        """Waits for a view; raises Stuck when it does not come."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            view = self.look()
            if holds(view):
                return view
            time.sleep(0.02)
        raise Stuck(f"nothing came of {self.pressed[-6:]} on this screen:\n{brief(self._terminal.text())}")

    def kill(self) -> tuple[View, ...]:
        """SIGKILL; gives what the last looks saw, the newest first."""
        self._terminal.kill()
        self._see()
        return tuple(reversed(self._views))

    def _see(self) -> View:
        with suppress(ValueError):
            self._views.append(view_of(self._terminal.text()))
        return self.view


class Student:
    """Types unique tokens and remembers which of them the screen showed as sent."""

    def __init__(self, code: str, chance: random.Random) -> None:
        self.code = code
        self._chance = chance
        self._numbers = count(1)
        self.shown: set[str] = set()
        """Tokens that the screen showed as sent."""
        self.waiting: list[str] = []
        """Tokens that were typed and have not shown as sent."""
        self.vanished = 0
        """How often what was typed did not appear on the line."""
        self._left = chance.randint(4, 14)
        """Turns until the student finishes the case."""

    def act(self, visit: Visit) -> None:
        """One step on from whatever the screen shows."""
        self.waiting.clear()
        view = visit.wait_until(lambda view: view.phase not in ("", "start"))
        getattr(self, f"_{view.phase}")(visit)

    def _token(self) -> str:
        return f"zq{self.code}{next(self._numbers):04d}"

    def _registration(self, visit: Visit) -> None:
        token = self._token()
        visit.fill_in(self.code, "\t", f"Zoë {token}", "\t", "\t", "\r")
        visit.wait_until(lambda view: view.phase not in ("registration", ""))
        self.shown.add(token)

    def _consent(self, visit: Visit) -> None:
        self._leave(visit, "consent", "a")

    def _briefing(self, visit: Visit) -> None:
        self._leave(visit, "briefing", "\r")
        self._left = self._chance.randint(4, 14)

    def _debrief(self, visit: Visit) -> None:
        visit.wait_until(lambda view: "Total:" in view.text)
        self._leave(visit, "debrief", "\x1b[21~")

    def _end(self, visit: Visit) -> None:
        visit.wait_until(lambda view: "copy for your instructor" in view.text)
        raise Cut

    def _reflection(self, visit: Visit) -> None:
        well, change = self._token(), self._token()
        visit.fill_in(f"quick {well}", "\t", f"ask more {change}", "\t", "55")
        self._leave(visit, "reflection", "\x1b[21~")
        self.shown |= {well, change}

    def _leave(self, visit: Visit, phase: str, key: str) -> None:
        visit.press(key)
        visit.wait_until(lambda view: view.phase not in (phase, ""))

    def _encounter(self, visit: Visit) -> None:
        self._left -= 1
        self._clear_line(visit)
        if self._left < 0:
            return self._finish(visit)
        if self._chance.random() < NOTES:
            return self._note(visit)
        if self._chance.random() < TYPING_AHEAD:
            return self._say(visit, self._chance.randint(2, 4))
        return self._say(visit, 1)

    def _clear_line(self, visit: Visit) -> None:
        """What was half typed when the program died stands on the line again."""
        if "\n note ›" in visit.look().text:
            visit.press(NOTE_KEY)
            visit.wait_until(lambda view: "\n note ›" not in view.text)
        visit.press(CLEAR_LINE)

    def _say(self, visit: Visit, lines: int) -> None:
        for _ in range(lines):
            self.type(visit, self._chance.choice(LINES))
        self.see(visit)

    def say(self, visit: Visit, line: str) -> None:
        """Types a line and waits until the screen shows it as sent."""
        self.type(visit, line)
        self.see(visit)

    def type(self, visit: Visit, line: str) -> None:
        """Types a line with a token, and Enter."""
        token = self._token()
        self.waiting.append(token)
        self._send(visit, f"{line} ({token})")

    def see(self, visit: Visit) -> None:
        """Waits until everything typed is shown as sent, or the case is over."""
        while self.waiting:
            said = f"({self.waiting[0]})"
            view = visit.wait_until(lambda view, said=said: _is_shown(view, said))  # type: ignore[misc]  # bound at once
            if view.phase == "encounter":
                self.shown.add(self.waiting[0])
            self.waiting.pop(0)

    def _send(self, visit: Visit, text: str) -> None:
        """Types as people do who look at what they type, and begins the next line when this one has left."""
        for _ in range(3):
            visit.press(text)
            with suppress(Stuck):
                visit.wait_until(lambda view: squeezed(text) in _prompt(view) or view.phase != "encounter", 2)
                break
            self.vanished += 1
            visit.press(CLEAR_LINE)
        visit.press("\r")
        visit.wait_until(lambda view: squeezed(text) not in _prompt(view))

    def _note(self, visit: Visit) -> None:
        token = self._token()
        visit.press(NOTE_KEY)
        visit.wait_until(lambda view: "\n note ›" in view.text)
        self._send(visit, f"note to myself {token}")
        visit.wait_until(lambda view: any(token in note for note in view.notes) or view.phase != "encounter")
        if visit.view.phase == "encounter":
            self.shown.add(token)

    def _finish(self, visit: Visit) -> None:
        """Both questions, however the clock stands."""
        visit.press("\x1b[21~")
        for _ in range(2):
            time.sleep(0.3)
            visit.press("y")
            if visit.look().phase != "encounter":
                break
        visit.wait_until(lambda view: view.phase == "reflection", 10)


def _prompt(view: View) -> str:
    """The line that is typed on."""
    return squeezed("".join(row for row in view.text.split("\n") if row.startswith((" › ", " note › "))))


def _is_shown(view: View, said: str) -> bool:
    return view.phase != "encounter" or any(said in line and line[5:].startswith("You:") for line in view.conversation)
