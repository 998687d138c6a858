"""The default voice: the scenario's own sentences, cut to the breath that is left. No network, no model."""

from __future__ import annotations

from knowthyself_tui.domain.scenario.voice import Saying
from knowthyself_tui.patients.base import Cue, Telling, Utterance
from knowthyself_tui.patients.manners import Manners, turn_of
from knowthyself_tui.patients.speech import breathe


class ScriptedPatient:
    """Speaks for the patient and the bystander of one scenario."""

    def __init__(self, manners: Manners) -> None:
        self.manners = manners

    def answer(self, cue: Cue) -> Utterance:
        said = [self._said(cue, telling) for telling in cue]
        return Utterance(cue.speaker, " ".join(said), tuple((telling.id, telling.how) for telling in cue))

    def _said(self, cue: Cue, telling: Telling) -> str:
        saying = self._again(cue, telling) if telling.times else telling.saying
        if cue.speaker == "patient":
            return breathe(saying, cue.speech, sex=self.manners.scenario.patient.sex)
        return saying.full

    def _again(self, cue: Cue, telling: Telling) -> Saying:
        """With "as I said" in changing forms; from the third time on in its short form."""
        saying, before = telling.saying, telling.times - 1
        if cue.speaker == "patient":
            lead = turn_of(self.manners.voices.patient.as_said, before)
        else:
            text = turn_of(self.manners.voices.bystander.as_said, before)
            lead = Saying(full=text, short=text)
        if before:
            return Saying(full=f"{lead.short} {saying.short}", short=saying.short, nod=saying.nod)
        return Saying(full=f"{lead.full} {saying.full}", short=f"{lead.short} {saying.short}", nod=saying.nod)
