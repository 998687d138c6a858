"""Puts findings and numbers into words after the matching examination, from what the body is at that moment."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from knowthyself_tui.domain.describe import words
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.procedures import PROCEDURES
from knowthyself_tui.domain.scenario.disclosable import HAZARDS, NOT_AVAILABLE, SCENE
from knowthyself_tui.domain.scenario.narration import Narration
from knowthyself_tui.domain.scenario.region import VARIANTS, Region
from knowthyself_tui.domain.scenario.voice import Clue
from knowthyself_tui.domain.vitals import round_channel
from knowthyself_tui.session.dialogue import AWAKE_EYES, condition_of, parts_of

Values = dict[str, str | float | int | bool | None]
STRAY_WORDS = 3
"""Up to this verbal score it is not breath that keeps a patient from speaking."""
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

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of `by_state` that fit at this moment."""
        return condition_of(self.state).states

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
            "pupils_mm": self._pupils,
            "still_moving": self._still_moving,
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
        if step == "check_airway" and slots.get("region"):
            self._tell_region(str(slots["region"]), report)
        if step == "examine_neuro" and slots.get("test"):
            self._tell_test(str(slots["test"]), report)
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
        else:
            self._body_finding(key, report)

    def _body_finding(self, key: str, report: _Report, own: Mapping[str, str] | None = None) -> None:
        """What the body has for a finding, in the case's own words or the common ones."""
        if key == "pupils_mm":
            return self._pupils(report)
        if key == "work_of_breathing" and "ventilation" in report.state.body.running():
            return report.say(self.narration.phrases["bagged"][self._own_breaths(report)], f"finding:{key}")
        code = report.state.body.findings()[key]
        if key == "speech" and condition_of(report.state).verbal <= STRAY_WORDS:
            return None
        if key == "avpu" and code == "V" and parts_of(report.state)[0] == AWAKE_EYES:
            code = "C"
        report.values[key] = code
        report.note(f"finding:{key}")
        if isinstance(code, str):
            common = self.narration.phrases.get(key, {})
            report.say((own or {}).get(code, common.get(code, "")), f"finding:{key}")
        else:
            report.say(self.narration.numbers[key].format(value=f"{code:.0f}"), f"finding:{key}")

    def _own_breaths(self, report: _Report) -> str:
        return "breathes" if report.state.body.values()["own_rr"] >= 1.0 else "still"

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
            return self._rhythm(report)
        variant = str(report.slots.get("variant", ""))
        if variant in VARIANTS and variant not in ecg.variants:
            return self._not_available(variant, report)
        report.values["ecg_12lead"] = variant or True
        return report.say(ecg.variants.get(variant) or ecg.now(report.keys), "finding:ecg_12lead")

    def _gcs_parts(self, report: _Report) -> None:
        eye, verbal, motor = parts_of(report.state)
        report.values |= {"gcs_eye": eye, "gcs_verbal": verbal, "gcs_motor": motor}
        report.say(f"E{eye} V{verbal} M{motor}.", "finding:gcs_parts")

    def _pupils(self, report: _Report) -> None:
        findings = report.state.body.findings()
        keys = ("pupils_equal", "pupils_reactive", "pupil_right_reactive", "pupil_left_reactive")
        report.values |= {key: findings[key] for key in (*keys, "pupils_mm", "pupil_right_mm", "pupil_left_mm")}
        reacts, one_reacts = self.narration.phrases["pupils_react"], self.narration.phrases["pupil_reacts"]
        equal = "equal" if findings["pupils_equal"] == "yes" else "unequal"
        text = self.narration.phrases["pupils"][equal].format(
            value=f"{findings['pupils_mm']:.0f}",
            reaction=reacts[str(findings["pupils_reactive"])],
            right=f"{findings['pupil_right_mm']:.0f}",
            left=f"{findings['pupil_left_mm']:.0f}",
            right_reaction=one_reacts[str(findings["pupil_right_reactive"])],
            left_reaction=one_reacts[str(findings["pupil_left_reactive"])],
        )
        report.say(text, "finding:pupils_mm")

    def _still_moving(self, report: _Report) -> None:
        code = str(report.state.body.findings()["movement"])
        report.values["movement"] = code
        report.say(self.narration.phrases["still_moving"][code], "finding:movement")

    def _bleeding(self, report: _Report) -> None:
        """The case's own words for its bleeding; the body's elsewhere."""
        if not self._tell_region("bleeding", report):
            self._body_finding("bleeding", report)

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
            self._show(region, report)
        return region is not None

    def _tell_test(self, test: str, report: _Report) -> None:
        """The case's region of a neurological test; FAST looks at face and limbs where the case has none of its own."""
        if not self._tell_region(test, report) and test == "fast":
            for region in ("face", "limb"):
                self._tell_region(region, report)

    def _show(self, region: Region, report: _Report) -> None:
        report.say(region.now(report.keys), region.id)
        for key, own in region.shows.items():
            self._body_finding(key, report, own)

    def _all_regions(self, report: _Report) -> None:
        for region in report.state.scenario.regions:
            self._show(region, report)

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
        scenario = report.state.scenario
        removed = report.state.hazard_removed and scenario.hazards_removed
        report.say(scenario.hazards_removed if removed else scenario.hazards, HAZARDS, FOUND)


def _is_in(clue: Clue, focus: str) -> bool:
    return any(word in focus for word in clue.focus)


def _region_called(name: str, regions: tuple[Region, ...]) -> Region | None:
    """The first region one of whose names is a word of `name`, a plural s aside."""
    wanted = {_singular(word) for word in re.findall(r"[a-z]+", name.casefold())}
    return next((region for region in regions if any(_singular(alias) in wanted for alias in region.names)), None)


def _singular(word: str) -> str:
    return word.casefold().removesuffix("s")
