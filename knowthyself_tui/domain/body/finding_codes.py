"""The codes of every examination finding; a number has none."""

from __future__ import annotations

_ROWS = """
airway: clear snoring stridor gurgling obstructed
air_entry: normal reduced poor silent one_sided
accessory_muscles: yes no
avpu: A C V P U
bases: clear reduced almost_nothing
bleeding: none ooze steady brisk
capnogram: normal shark_fin low flat
carotid_pulse: present absent
chest_rise: good poor none
crackles: none bases widespread
cyanosis: none lips marked
expansion: full small minimal
face_swelling: none lips marked
movement: none shivering convulsing
neck_veins: normal distended flat
percussion: resonant hyper_resonant_one_side
pupils_equal: yes no
pupils_reactive: yes sluggish no
pupil_left_reactive: yes sluggish no
pupil_right_reactive: yes sluggish no
radial_pulse: strong fast weak absent
rash: none patches widespread
skin: normal sweaty pale_clammy mottled
skin_temperature: warm cold hot
speech: sentences phrases words syllables none
stridor: none soft loud
trachea: central deviated
wheeze: none expiratory loud faint
work_of_breathing: normal increased severe exhausted agonal none
crt_seconds:
gcs_eye:
gcs_motor:
gcs_verbal:
pain_score:
peak_flow_percent:
pupil_left_mm:
pupil_right_mm:
pupils_mm:
"""

FINDINGS: dict[str, tuple[str, ...]] = {
    key: tuple(codes.split()) for key, _, codes in (row.partition(":") for row in _ROWS.split("\n") if row)
}
"""Finding to its codes; empty for a number."""
