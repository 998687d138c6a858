"""Who answers: the contract, the fact gate before and behind every voice, and the scripted voice."""

from knowthyself_tui.patients.base import Condition, Cue, PatientVoice, Telling, Utterance, id_of
from knowthyself_tui.patients.gate import cues_for
from knowthyself_tui.patients.line import Line
from knowthyself_tui.patients.manners import Manners
from knowthyself_tui.patients.outgoing import Known, spoken_reply
from knowthyself_tui.patients.scripted import ScriptedPatient

__all__ = [
    "Condition",
    "Cue",
    "Known",
    "Line",
    "Manners",
    "PatientVoice",
    "ScriptedPatient",
    "Telling",
    "Utterance",
    "cues_for",
    "id_of",
    "spoken_reply",
]
