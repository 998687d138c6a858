"""Who answers: the contract, the fact gate that stands in front of every voice, and the scripted voice."""

from knowthyself_tui.patients.base import Cue, PatientVoice, Utterance
from knowthyself_tui.patients.gate import Line, cues_for
from knowthyself_tui.patients.scripted import ScriptedPatient

__all__ = ["Cue", "Line", "PatientVoice", "ScriptedPatient", "Utterance", "cues_for"]
