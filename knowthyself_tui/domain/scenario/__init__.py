"""The model that a scenario file must fit: the only definition of the format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Literal, get_args

from pydantic import Field, ValidationInfo, field_validator, model_validator

from knowthyself_tui.domain.body import CONDITION_NAMES
from knowthyself_tui.domain.body.diseases import CONDITIONS, is_condition
from knowthyself_tui.domain.body.positions import POSITIONS
from knowthyself_tui.domain.rules import STANDARD
from knowthyself_tui.domain.rules.suggest import did_you_mean
from knowthyself_tui.domain.scenario.disclosable import HAZARDS, SCENE, Disclosable, disclosables
from knowthyself_tui.domain.scenario.judgement import Judgement, PatientState, StateName
from knowthyself_tui.domain.scenario.mood import Mood
from knowthyself_tui.domain.scenario.persona import Persona
from knowthyself_tui.domain.scenario.protocol import Formulary
from knowthyself_tui.domain.scenario.region import Ecg, Region, ecg_from
from knowthyself_tui.domain.scenario.spoken import shown, spoken, states_named
from knowthyself_tui.domain.scenario.voice import CONFUSED, Block, Bystander, Clue, Fact
from knowthyself_tui.domain.scenario.voices import Voices, words_in


class Dispatch(Block):
    """What control says on the way."""

    call: str
    """The complaint as the caller gave it."""
    details: tuple[str, ...]
    """One line each."""


class BodySetup(Block):
    """The patient's latent diseases; nothing else about vital signs is written anywhere."""

    conditions: dict[str, float]
    lead_seconds: int = Field(ge=0, le=7200)
    """How long the disease ran before the crew arrived."""
    position: str = "tripod"

    @model_validator(mode="after")
    def _the_body_knows_it(self) -> BodySetup:
        unknown = sorted(name for name in self.conditions if not is_condition(name))
        if unknown:
            raise ValueError(f"the body has no condition {unknown[0]!r}; it has {', '.join(CONDITION_NAMES)}")
        for name, severity in self.conditions.items():
            row = CONDITIONS.get(name)
            if row is not None and not row.low <= severity <= row.high:
                raise ValueError(f"{name} is {severity:g}, but it goes from {row.low:g} to {row.high:g}: {row.meaning}")
        if self.position not in POSITIONS:
            raise ValueError(f"the body has no position {self.position!r}; it has {', '.join(POSITIONS)}")
        return self


class TeachingPoint(Block):
    """One point of the debrief with the question that opens it."""

    id: str
    text: str
    question: str


class SignOff(Block):
    """Who reviewed the case clinically; empty until a registered clinician has."""

    name: str = ""
    role: str = ""
    date: str = ""


class Scenario(Block):
    """One case, complete."""

    id: str
    version: str
    title: str
    """Shown to students: must not give the diagnosis away."""
    notice: str
    difficulty: Literal[1, 2, 3]
    minimum_minutes: float = Field(gt=0, le=120)
    maximum_minutes: float = Field(gt=0, le=120)
    learning_objectives: tuple[str, ...]
    dispatch: Dispatch
    scene: str
    """What is seen on walking in."""
    hazards: str
    """The answer to a scene safety check."""
    hazards_removed: str = ""
    """The answer once the hazard was dealt with; the same as before when empty."""
    clues: tuple[Clue, ...]
    patient: Persona
    bystander: Bystander | None = None
    others: tuple[Bystander, ...] = ()
    """Further people on scene or on the phone; they answer when they are spoken to by name or relation."""
    facts: tuple[Fact, ...]
    body: BodySetup
    states: tuple[PatientState, ...]
    moods: tuple[Mood, ...] = ()
    """Ways of being that sayings may depend on besides the states; the first one that holds."""
    regions: tuple[Region, ...]
    """Findings that this disease does not change while the case runs."""
    ecg_12lead: Ecg | None = None
    peak_flow_best_l_min: float | None = None
    forbidden_words: tuple[str, ...]
    """Words that nobody on scene may say: the diagnosis and the names of its signs."""
    formulary: Formulary = Formulary()
    """Doses and scope of the protocol in force; laid over the file, not written in it."""
    judgement: Judgement
    teaching_points: tuple[TeachingPoint, ...]
    sources: tuple[str, ...]
    open_questions: tuple[str, ...] = ()
    signed_off_by: SignOff = SignOff()

    @field_validator("ecg_12lead", mode="before")
    @classmethod
    def _text_is_enough(cls, value: Any) -> Any:
        return ecg_from(value)

    @property
    def people(self) -> tuple[Bystander, ...]:
        """Everybody on scene besides the patient and the crew, the main one first."""
        return (*(() if self.bystander is None else (self.bystander,)), *self.others)

    @cached_property
    def disclosable(self) -> tuple[Disclosable, ...]:
        """Everything that this case can disclose: the one list behind the gate and the ledger."""
        return tuple(disclosables(self))

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Scenario:
        for what, ids in (
            ("fact", [SCENE, HAZARDS, *(fact.id for fact in self.facts)]),
            ("clue", [clue.id for clue in self.clues]),
            ("worry", [worry.id for worry in self.patient.worries]),
            ("region", [region.names[0] for region in self.regions]),
            ("teaching point", [point.id for point in self.teaching_points]),
        ):
            twice = {name for name in ids if ids.count(name) > 1}
            if twice:
                raise ValueError(f"{what} ids must be unique: {', '.join(sorted(twice))} is used twice")
        return self

    @model_validator(mode="after")
    def _intents_exist(self) -> Scenario:
        for where, intents in self._named_intents():
            unknown = sorted(set(intents) - set(STANDARD.intents))
            if unknown:
                raise ValueError(
                    f"{where}: there is no intent {unknown[0]!r}{did_you_mean(unknown[0], STANDARD.intents)}"
                )
        return self

    def _named_intents(self) -> Iterator[tuple[str, Iterable[str]]]:
        for fact in self.facts:
            yield f"fact {fact.id}", fact.asked
        for reaction in self.patient.reactions:
            yield f"reaction {reaction.intent}", (reaction.intent,)
        for worry in self.patient.worries:
            yield f"worry {worry.id}", worry.after
        for person in self.people:
            yield f"reactions of {person.name}", person.reactions

    @model_validator(mode="after")
    def _states_exist(self) -> Scenario:
        known = {*get_args(StateName), CONFUSED, *(mood.name for mood in self.moods)}
        for where, keys in states_named(self):
            unknown = sorted(set(keys) - known)
            if unknown:
                raise ValueError(f"{where}: there is no state or mood {unknown[0]!r}; {', '.join(sorted(known))} exist")
        return self

    @model_validator(mode="after")
    def _people_exist(self) -> Scenario:
        names = {person.name for person in self.others}
        for fact in self.facts:
            unknown = sorted(set(fact.others) - names)
            if unknown:
                raise ValueError(f"fact {fact.id}: nobody under others is called {unknown[0]!r}")
            if fact.bystander is not None and self.bystander is None:
                raise ValueError(f"fact {fact.id}: there is no bystander who could say it")
        return self

    @model_validator(mode="after")
    def _worries_follow_facts(self) -> Scenario:
        facts = {fact.id for fact in self.facts}
        for worry in self.patient.worries:
            unknown = sorted(set(worry.once_told) - facts)
            if unknown:
                raise ValueError(f"worry {worry.id}: there is no fact {unknown[0]!r}")
        return self

    def forbidden_in(self, text: str) -> list[str]:
        """Words in `text` that nobody on scene may say."""
        return words_in(text, self.forbidden_words)

    @model_validator(mode="after")
    def _nobody_gives_it_away(self, info: ValidationInfo) -> Scenario:
        """Without the common voices in the context only the scenario's own forbidden words are looked for."""
        voices = (info.context or {}).get("voices")
        common = tuple(voices.spoken()) if isinstance(voices, Voices) else ()
        for where, text in (*shown(self), *spoken(self), *common):
            found = self.forbidden_in(text)
            if found:
                raise ValueError(f"{where}: {found[0]!r} is one of the forbidden_words; say it in lay words")
        if isinstance(voices, Voices):
            self._nobody_talks_shop(voices)
        return self

    def _nobody_talks_shop(self, voices: Voices) -> None:
        for where, text in (*spoken(self), *voices.spoken()):
            found = voices.clinical_in(text)
            if found:
                raise ValueError(f"{where}: {found[0]!r} is a word of the trade; people on scene say it in lay words")

    @model_validator(mode="after")
    def _times_are_in_order(self) -> Scenario:
        if self.minimum_minutes >= self.maximum_minutes:
            raise ValueError("minimum_minutes must be less than maximum_minutes")
        return self
