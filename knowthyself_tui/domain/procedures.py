"""How long examinations, measurements and preparations take, and what each one tells.

Durations are scenario seconds [S: pedagogic, from the fact sheets' conventions: a cuff cycles in 30 s, a 12-lead
takes 60 s, a finger-prick 20 s, a history question 5 s]. The findings are keys of `Body.findings()`, the channels
those of `domain.vitals`.
"""

from __future__ import annotations

from dataclasses import dataclass

HISTORY_SECONDS = 5
"""How long a question and its answer keep the crew busy."""
DRUG_PREPARATION_SECONDS = 15
"""Drawing up, checking and connecting a drug; until then the order can still be cancelled."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """One examination or measurement."""

    seconds: int
    channels: tuple[str, ...] = ()
    """Vital channels that the student has seen when it is done."""
    findings: tuple[str, ...] = ()
    """Keys of the body's findings that the narrator tells."""
    sensor: str | None = None
    """A sensor that stays on afterwards and keeps its channels live."""


CHECK_MOVEMENT = "check_movement"
"""A look at whether the patient still convulses."""
CHECK_TOURNIQUET = "check_tourniquet"
"""A look at, and a hand on, whatever holds the bleeding."""

PROCEDURES: dict[str, Procedure] = {
    "measure_spo2": Procedure(8, ("spo2", "hr"), sensor="spo2"),
    "monitor_ecg": Procedure(15, ("hr",), ("rhythm",), sensor="ecg"),
    "measure_etco2": Procedure(10, ("etco2_kpa", "rr"), ("capnogram",), sensor="etco2"),
    "measure_bp": Procedure(30, ("sbp", "dbp")),
    "measure_temp": Procedure(10, ("temp_c",)),
    "measure_bgl": Procedure(20, ("glucose_mmol_l",)),
    "measure_peak_flow": Procedure(15, (), ("peak_flow",)),
    "ecg_12lead": Procedure(60, ("hr",), ("ecg_12lead",)),
    "check_breathing": Procedure(
        15, ("rr",), ("work_of_breathing", "accessory_muscles", "expansion", "speech", "cyanosis")
    ),
    "auscultate_chest": Procedure(15, (), ("air_entry", "wheeze", "crackles", "bases", "percussion", "trachea")),
    "check_circulation": Procedure(10, ("hr",), ("radial_pulse", "crt_seconds", "skin", "skin_temperature")),
    "check_consciousness": Procedure(5, ("gcs",), ("movement", "avpu", "gcs_parts")),
    "check_pupils": Procedure(5, (), ("pupils_mm",)),
    "check_airway": Procedure(5, (), ("airway", "face_swelling")),
    "check_catastrophic_bleeding": Procedure(5, (), ("bleeding",)),
    "primary_survey": Procedure(
        20,
        (),
        (
            "movement",
            "bleeding",
            "airway",
            "work_of_breathing",
            "speech",
            "radial_pulse",
            "skin",
            "rash",
            "avpu",
            "cyanosis",
        ),
    ),
    "examine_region": Procedure(10, (), ("region",)),
    "examine_neuro": Procedure(15, ("gcs",), ("gcs_parts", "pupils_mm")),
    CHECK_TOURNIQUET: Procedure(5, (), ("bleeding",)),
    CHECK_MOVEMENT: Procedure(2, (), ("still_moving",)),
    "secondary_survey": Procedure(60, (), ("all_regions",)),
    "survey_scene": Procedure(5, (), ("clues",)),
    "scene_safety": Procedure(3, (), ("hazards",)),
}

FULL_SET = (
    "measure_spo2",
    "check_breathing",
    "check_circulation",
    "check_consciousness",
    "measure_bp",
    "measure_temp",
)
"""What "a full set of observations" sets going, side by side."""

REASSESSMENT = ("check_breathing", "auscultate_chest", "measure_spo2")
"""What an unspecified "reassess" sets going."""

REASSESSED: dict[str, tuple[str, ...]] = {
    "tourniquet": (CHECK_TOURNIQUET,),
    "seizure": (CHECK_MOVEMENT, "check_consciousness"),
    "wound": (CHECK_TOURNIQUET,),
    "bleeding": (CHECK_TOURNIQUET,),
    "bgl": ("measure_bgl",),
    "bp": ("measure_bp",),
    "spo2": ("measure_spo2",),
    "etco2": ("measure_etco2",),
    "temp": ("measure_temp",),
    "crt": ("check_circulation",),
    "air_entry": ("auscultate_chest",),
    "breathing": ("check_breathing", "measure_spo2"),
    "rr": ("check_breathing",),
    "pulse": ("check_circulation",),
    "gcs": ("check_consciousness",),
    "pupils": ("check_pupils",),
    "airway": ("check_airway",),
}
"""What "reassess" sets going when it says what is to be looked at again."""


def procedures_of(intent: str, focus: object = None) -> tuple[str, ...]:
    """The procedures that an examination act sets going; empty for any other act."""
    if intent == "vitals_all":
        return FULL_SET
    if intent == "reassess":
        named = [step for one in str(focus).split(",") for step in REASSESSED.get(one, ())]
        return tuple(dict.fromkeys(named)) or REASSESSMENT
    return (intent,) if intent in PROCEDURES else ()
