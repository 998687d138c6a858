"""The default voice: the scenario's own sentences, cut to the breath that is left. No network, no model."""

from __future__ import annotations

from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.domain.scenario.voice import Saying
from knowthyself_tui.patients.base import Cue, How, Utterance
from knowthyself_tui.patients.speech import breathe

AS_SAID = ("Like I said. ", "Said already. ")
"""Put before a fact that was told before: in full and in short."""


class ScriptedPatient:
    """Speaks for the patient and the bystander of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def answer(self, cue: Cue) -> Utterance:
        if cue.speaker == "bystander":
            return self._bystander(cue)
        return self._patient(cue)

    def _patient(self, cue: Cue) -> Utterance:
        if cue.speech == "none":
            return Utterance("narrator", self.scenario.patient.silence)
        sex = self.scenario.patient.sex
        parts: list[str] = []
        used: list[tuple[str, How]] = []
        for fact in cue.facts:
            assert fact.patient is not None
            saying = _again(fact.patient) if cue.told.get(fact.id) else fact.patient
            parts.append(breathe(saying, cue.speech, sex=sex))
            used.append((fact.id, "asked"))
        for key, saying in cue.sayings:
            parts.append(breathe(saying, cue.speech, sex=sex))
            used.append((key, "volunteered" if key.startswith("worry:") else "reaction"))
        return Utterance("patient", " ".join(parts), tuple(used))

    def _bystander(self, cue: Cue) -> Utterance:
        said: list[tuple[str, How]] = [(fact.id, "asked") for fact in cue.facts]
        said += [(key, "reaction") for key, _ in cue.sayings]
        texts = [fact.bystander for fact in cue.facts if fact.bystander]
        texts += [saying.full for _, saying in cue.sayings]
        return Utterance("bystander", " ".join(texts), tuple(said))


def _again(saying: Saying) -> Saying:
    full, short = AS_SAID
    return Saying(full=full + saying.full, short=short + saying.short, nod=saying.nod)
