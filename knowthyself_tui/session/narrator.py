"""Puts findings and numbers into words after the matching examination, from what the body is at that moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.procedures import PROCEDURES
from knowthyself_tui.domain.scenario.narration import Narration
from knowthyself_tui.domain.vitals import round_channel

Values = dict[str, str | float | int | bool | None]


@dataclass(frozen=True, slots=True)
class Told:
    """What the narrator says, and the same as codes and numbers."""

    text: str
    values: Values
    channels: tuple[str, ...]
    """Which of the values are vital signs that the student now knows."""


class Narrator:
    """Reports one procedure's result."""

    def __init__(self, narration: Narration) -> None:
        self.narration = narration

    def tell(self, step: str, state: EncounterState, slots: Mapping[str, Any]) -> Told:
        """The result of procedure `step` on the patient as she is."""
        procedure = PROCEDURES[step]
        sentences: list[str] = []
        values: Values = {}
        for channel in procedure.channels:
            sentences.append(self._channel(channel, state, values))
        for key in procedure.findings:
            sentences.append(self._finding(key, state, slots, values))
        text = " ".join(sentence for sentence in sentences if sentence)
        return Told(text or self.narration.not_available, values, procedure.channels)

    def _channel(self, channel: str, state: EncounterState, values: Values) -> str:
        value = round_channel(channel, getattr(state.body.displayed(), channel))
        values[channel] = value
        if value is None or (value == 0 and channel in self.narration.no_reading):
            return self.narration.no_reading.get(channel, "")
        if channel == "sbp":
            return ""
        upper = values.get("sbp") if channel == "dbp" else None
        return self.narration.channels[channel].format(value=value, upper=upper)

    def _finding(self, key: str, state: EncounterState, slots: Mapping[str, Any], values: Values) -> str:
        special = getattr(self, f"_tell_{key}", None)
        if special is not None:
            return str(special(state, slots, values))
        code = state.body.findings()[key]
        values[key] = code
        if isinstance(code, str):
            return self.narration.phrases[key].get(code, "")
        return self.narration.numbers[key].format(value=f"{code:.0f}")

    def _tell_rhythm(self, state: EncounterState, slots: Mapping[str, Any], values: Values) -> str:
        rhythm = state.body.vitals().rhythm
        values["rhythm"] = rhythm
        return self.narration.phrases["rhythm"].get(rhythm, rhythm.replace("_", " ").capitalize() + ".")

    def _tell_peak_flow(self, state: EncounterState, slots: Mapping[str, Any], values: Values) -> str:
        best = state.scenario.peak_flow_best_l_min
        if best is None:
            return ""
        if state.body.findings()["speech"] in ("syllables", "none"):
            return self.narration.phrases["peak_flow"]["cannot"]
        percent = float(state.body.findings()["peak_flow_percent"])
        values["peak_flow_percent"] = round(percent)
        values["peak_flow_l_min"] = 10 * round(best * percent / 1000)
        return self.narration.numbers["peak_flow_l_min"].format(value=values["peak_flow_l_min"])

    def _tell_ecg_12lead(self, state: EncounterState, slots: Mapping[str, Any], values: Values) -> str:
        if state.body.arrested or state.scenario.ecg_12lead is None:
            return self._tell_rhythm(state, slots, values)
        values["ecg_12lead"] = True
        return state.scenario.ecg_12lead

    def _tell_gcs_parts(self, state: EncounterState, slots: Mapping[str, Any], values: Values) -> str:
        findings = state.body.findings()
        eye, verbal, motor = (round(float(findings[f"gcs_{part}"])) for part in ("eye", "verbal", "motor"))
        values |= {"gcs_eye": eye, "gcs_verbal": verbal, "gcs_motor": motor}
        return f"E{eye} V{verbal} M{motor}."

    def _tell_bleeding(self, state: EncounterState, slots: Mapping[str, Any], values: Values) -> str:
        return self._region("bleeding", state)

    def _tell_region(self, state: EncounterState, slots: Mapping[str, Any], values: Values) -> str:
        return self._region(str(slots.get("region", "")), state)

    def _region(self, name: str, state: EncounterState) -> str:
        wanted = name.casefold().replace("_", " ")
        for region in state.scenario.regions:
            if wanted and any(alias in wanted or wanted in alias for alias in region.names):
                return region.text
        return ""

    def _tell_all_regions(self, state: EncounterState, slots: Mapping[str, Any], values: Values) -> str:
        return " ".join(region.text for region in state.scenario.regions)

    def _tell_clues(self, state: EncounterState, slots: Mapping[str, Any], values: Values) -> str:
        focus = str(slots.get("focus", "")).casefold()
        clues = [clue for clue in state.scenario.clues if focus and any(word in focus for word in clue.focus)]
        if not clues:
            clues = list(state.scenario.clues)
        values["clues"] = ",".join(clue.id for clue in clues)
        return " ".join([*([] if focus else [state.scenario.scene]), *(clue.text for clue in clues)])

    def _tell_hazards(self, state: EncounterState, slots: Mapping[str, Any], values: Values) -> str:
        return state.scenario.hazards
