"""One line of the student's as the people on scene hear it: what it asks, of whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.domain.scenario.voice import Bystander

COLLATERAL = "ask_collateral"
HISTORY_INTENTS = frozenset(
    {
        "ask_chief_complaint",
        "ask_identity",
        "ask_onset",
        "ask_provocation",
        "ask_quality",
        "ask_radiation",
        "ask_severity",
        "ask_timing",
        "ask_symptoms",
        "ask_allergies",
        "ask_medications",
        "ask_pmh",
        "ask_last_intake",
        "ask_events",
        "ask_self_treatment",
        "ask_substances",
        "ask_social_family",
        "ask_loc_amnesia",
        COLLATERAL,
    }
)
SURE_ENOUGH = 0.8
"""Likelihood from which a guessed question is answered: a wrong guess would tell what nobody asked."""
HARDLY = 0.4
"""The same for a question whose words the grammar knows."""
_SENTENCES = r"(?<=[.?!;])\s+"
_CLAUSES = r"(?<=[.?!;,])\s+(?:and\s+)?|\s+and\s+(?:also\s+)?"
_OPENERS = (
    r"(?:what|when|where|who|how|why|which)(?:'?s|'?d)?\b"
    r"|(?:is|are|was|were|do|does|did|have|has|had|can|could|would)\s+(?:you|u|ya|ye|she|he|it|they|there|this|that|her|his|your)\b"
    r"|d'?you\b|(?:any|ever)\b"
)
OPENINGS_OF_ONE = 2
_JOINTS = r"[.?!;,:/]+|\b(?:and|n|&|also|plus|then)\b"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a line, with the words it was asked in."""

    intent: str
    text: str
    slots: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Line:
    """One line, as far as the people on scene hear it."""

    text: str
    acts: Sequence[Act]

    @property
    def asks(self) -> list[Act]:
        """The questions that are understood well enough to be answered."""
        return [act for act in self._questions if not _is_a_guess(act)]

    @property
    def is_unclear(self) -> bool:
        """The line asks something, but what is a guess."""
        return bool(self._questions) and not self.asks

    @property
    def is_half_heard(self) -> bool:
        """Beside a question that is understood the line asks something that is a guess."""
        return len(self.asks) < len(self._questions)

    @property
    def _questions(self) -> list[Act]:
        return [act for act in self.acts if act.intent in HISTORY_INTENTS and act.modality != "negated"]

    @property
    def questions(self) -> list[Question]:
        """Each question once; that a bystander is asked is not a question of its own beside another one."""
        acts = [act for act in self.asks if act.intent != COLLATERAL] or self.asks[:1]
        texts = self._texts(len(acts))
        return [Question(_topic(act), text, act.slots) for act, text in zip(acts, texts, strict=True)]

    def _texts(self, count: int) -> list[str]:
        """The stretch of the line for each of its questions; the whole line where that cannot be told."""
        for ends in (_SENTENCES, _CLAUSES):
            parts = [part for part in re.split(ends, self.text.strip()) if part.strip()]
            if len(parts) == count:
                return parts
        return [self.text] * count

    @property
    def asks_twice(self) -> bool:
        """Two or more stretches of the line have the shape of a question, understood or not."""
        stretches = [part for part in re.split(_JOINTS, self.text) if re.search(r"\w", part)]
        shaped = sum(_opens_a_question(part) for part in stretches)
        marked = sum(bool(part.strip()) for part in self.text.split("?")[:-1])
        anys = len(re.findall(r"\bany\b", self.text, re.IGNORECASE))
        # One question opens at most twice: "how long have you …".
        opened = len(re.findall(rf"\b(?:{_OPENERS})", self.text, re.IGNORECASE))
        return shaped > 1 or marked > 1 or anys > 1 or opened > OPENINGS_OF_ONE

    def calls(self, name: str) -> bool:
        """The line calls somebody by name, first or last."""
        return self._begins_with(name) or re.search(rf"\b{re.escape(name)}\W*$", self.text, re.IGNORECASE) is not None

    def _begins_with(self, name: str) -> bool:
        pattern = rf"^\W*(?:(?:and|so|ok|okay|hi|hello|hey|right)\W+)?{re.escape(name)}\b(?!['’]s)"
        return re.search(pattern, self.text, re.IGNORECASE) is not None

    def is_spoken_to(self, person: Bystander, patient_name: str) -> bool:
        """The line speaks to this person by name or relation."""
        names = {person.name.casefold(), person.relation.casefold()}
        addressed = {str(act.slots.get("addressee", "")).casefold() for act in self.acts}
        called = self.calls(person.name) or self._begins_with(person.relation)
        return bool(names & addressed) or (called and not self._begins_with(patient_name))

    def is_for(self, bystander: Bystander, patient_name: str) -> bool:
        """The line asks the bystander something, speaks to the bystander or calls him or her by name."""
        if any(act.intent == COLLATERAL for act in self.asks):
            return True
        people = {"bystander", bystander.name.casefold(), bystander.relation.casefold()}
        addressed = {str(act.slots.get("addressee", "")).casefold() for act in self.acts}
        return bool(people & addressed) or (self.calls(bystander.name) and not self._begins_with(patient_name))


def _is_a_guess(act: Act) -> bool:
    return act.confidence < (SURE_ENOUGH if act.route == "back-off" else HARDLY)


def _opens_a_question(part: str) -> bool:
    """The first words of a stretch begin a question, whatever name or small word stands before."""
    return re.match(rf"\W*(?:\w+\W+){{0,2}}?(?:{_OPENERS})", part, re.IGNORECASE) is not None


def _topic(act: Act) -> str:
    """The intent that a question is about; a question to a bystander may name its own."""
    topic = str(act.slots.get("topic", ""))
    return topic if act.intent == COLLATERAL and topic in HISTORY_INTENTS else act.intent
