"""Puts findings and numbers into words after the matching examination, from what the body is at that moment."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from knowthyself_tui.domain.describe import words
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.procedures import PROCEDURES
from knowthyself_tui.domain.scenario import Region
from knowthyself_tui.domain.scenario.disclosable import HAZARDS, NOT_AVAILABLE, SCENE
from knowthyself_tui.domain.scenario.narration import Narration
from knowthyself_tui.domain.scenario.voice import Clue
from knowthyself_tui.domain.vitals import round_channel

Values = dict[str, str | float | int | bool | None]
EXAMINED, FOUND = "examined", "found"


@dataclass(frozen=True, slots=True)
class Told:
    """What the narrator says, and the same as codes and numbers."""

    text: str
    values: Values
    channels: tuple[str, ...]
    """Which of the values are vital signs that the student now knows."""
    ledger: tuple[tuple[str, str], ...] = ()
    """(id, how) of everything that this discloses, each once."""


@dataclass(slots=True)
class _Report:
    """A result in the making."""

    state: EncounterState
    slots: Mapping[str, Any]
    sentences: list[str] = field(default_factory=list)
    values: Values = field(default_factory=dict)
    ledger: dict[tuple[str, str], None] = field(default_factory=dict)

    def say(self, sentence: str, told_id: str, how: str = EXAMINED) -> None:
        """Add a sentence and what it discloses; no sentence, nothing disclosed."""
        if sentence:
            self.sentences.append(sentence)
            self.note(told_id, how)

    def note(self, told_id: str, how: str = EXAMINED) -> None:
        """Add to the ledger what is disclosed without words of its own."""
        self.ledger[told_id, how] = None


class Narrator:
    """Reports one procedure's result."""

    def __init__(self, narration: Narration) -> None:
        self.narration = narration
        self._special: dict[str, Callable[[_Report], None]] = {
            "rhythm": self._rhythm,
            "peak_flow": self._peak_flow,
            "ecg_12lead": self._ecg_12lead,
            "gcs_parts": self._gcs_parts,
            "bleeding": self._bleeding,
            "region": self._region,
            "all_regions": self._all_regions,
            "clues": self._clues,
            "hazards": self._hazards,
        }

    def tell(self, step: str, state: EncounterState, slots: Mapping[str, Any]) -> Told:
        """The result of procedure `step` on the patient as she is."""
        procedure = PROCEDURES[step]
        report = _Report(state, slots)
        for channel in procedure.channels:
            self._channel(channel, report)
        for key in procedure.findings:
            self._finding(key, report)
        if not report.sentences:
            self._not_available(step, report)
        return Told(" ".join(report.sentences), report.values, procedure.channels, tuple(report.ledger))

    def _not_available(self, name: str, report: _Report) -> None:
        shown = self.narration.names.get(name) or words(name).capitalize()
        report.say(self.narration.not_available.format(name=shown), NOT_AVAILABLE)

    def _channel(self, channel: str, report: _Report) -> None:
        value = round_channel(channel, getattr(report.state.body.displayed(), channel))
        report.values[channel] = value
        report.note(f"vital:{channel}")
        if value is None or (value == 0 and channel in self.narration.no_reading):
            report.say(self.narration.no_reading.get(channel, ""), f"vital:{channel}")
        elif channel != "sbp":
            upper = report.values.get("sbp") if channel == "dbp" else None
            report.say(self.narration.channels[channel].format(value=value, upper=upper), f"vital:{channel}")

    def _finding(self, key: str, report: _Report) -> None:
        if key in self._special:
            self._special[key](report)
            return
        code = report.state.body.findings()[key]
        report.values[key] = code
        report.note(f"finding:{key}")
        if isinstance(code, str):
            report.say(self.narration.phrases[key].get(code, ""), f"finding:{key}")
        else:
            report.say(self.narration.numbers[key].format(value=f"{code:.0f}"), f"finding:{key}")

    def _rhythm(self, report: _Report) -> None:
        rhythm = report.state.body.vitals().rhythm
        report.values["rhythm"] = rhythm
        sentence = self.narration.phrases["rhythm"].get(rhythm, rhythm.replace("_", " ").capitalize() + ".")
        report.say(sentence, "finding:rhythm")

    def _peak_flow(self, report: _Report) -> None:
        best = report.state.scenario.peak_flow_best_l_min
        findings = report.state.body.findings()
        if best is None:
            return
        if findings["speech"] in ("syllables", "none"):
            report.say(self.narration.phrases["peak_flow"]["cannot"], "finding:peak_flow")
            return
        percent = float(findings["peak_flow_percent"])
        report.values["peak_flow_percent"] = round(percent)
        report.values["peak_flow_l_min"] = value = 10 * round(best * percent / 1000)
        report.say(self.narration.numbers["peak_flow_l_min"].format(value=value), "finding:peak_flow")

    def _ecg_12lead(self, report: _Report) -> None:
        ecg = report.state.scenario.ecg_12lead
        if report.state.body.arrested or ecg is None:
            self._rhythm(report)
        else:
            report.values["ecg_12lead"] = True
            report.say(ecg, "finding:ecg_12lead")

    def _gcs_parts(self, report: _Report) -> None:
        findings = report.state.body.findings()
        eye, verbal, motor = (round(float(findings[f"gcs_{part}"])) for part in ("eye", "verbal", "motor"))
        report.values |= {"gcs_eye": eye, "gcs_verbal": verbal, "gcs_motor": motor}
        report.say(f"E{eye} V{verbal} M{motor}.", "finding:gcs_parts")

    def _bleeding(self, report: _Report) -> None:
        self._tell_region("bleeding", report)

    def _region(self, report: _Report) -> None:
        """A region as it is in this case; a test or a region that the case has nothing on is not available."""
        test, region = str(report.slots.get("test", "")), str(report.slots.get("region", ""))
        if test and not (region and test in self.narration.bedside_tests):
            self._not_available(test, report)
        elif not region:
            report.say(self.narration.which_region, NOT_AVAILABLE)
        elif not self._tell_region(region, report):
            self._not_available(region, report)

    def _tell_region(self, name: str, report: _Report) -> bool:
        region = _region_called(name, report.state.scenario.regions)
        if region is not None:
            report.say(region.text, region.id)
        return region is not None

    def _all_regions(self, report: _Report) -> None:
        for region in report.state.scenario.regions:
            report.say(region.text, region.id)

    def _clues(self, report: _Report) -> None:
        """Everything on a look round; only what it is for on a more exact search, and nothing if there is none."""
        focus = str(report.slots.get("focus", "")).casefold()
        general = not focus or focus in self.narration.general_focus
        clues = [clue for clue in report.state.scenario.clues if general or _is_in(clue, focus)]
        if general:
            report.say(report.state.scenario.scene, SCENE, FOUND)
        for clue in clues:
            report.say(clue.text, f"clue:{clue.id}", FOUND)
        if not report.sentences:
            report.say(self.narration.nothing_found, NOT_AVAILABLE)
        report.values["clues"] = ",".join(clue.id for clue in clues)

    def _hazards(self, report: _Report) -> None:
        report.say(report.state.scenario.hazards, HAZARDS, FOUND)


def _is_in(clue: Clue, focus: str) -> bool:
    return any(word in focus for word in clue.focus)


def _region_called(name: str, regions: tuple[Region, ...]) -> Region | None:
    """The first region one of whose names is a word of `name`, a plural s aside."""
    wanted = {_singular(word) for word in re.findall(r"[a-z]+", name.casefold())}
    return next((region for region in regions if any(_singular(alias) in wanted for alias in region.names)), None)


def _singular(word: str) -> str:
    return word.casefold().removesuffix("s")
