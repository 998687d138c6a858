"""Collected cases: convulsions, and pressure in the injured head."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import highest, lowest, percent_change, slope

CASES: tuple[Case, ...] = (
    Case(
        "seizure-lactate",
        "one tonic-clonic seizure of 90 s: highest lactate",
        "mmol/L", 12.7, 6, 17,
        "Orringer 1977 N Engl J Med (12.7 SE 1.0 mEq/L immediately after a grand mal, pH 7.14 SE 0.06, 6.6 at 60 "
        "min); ED series median 5.7 later after the fit; duration not reported, 90 s chosen for the case",
        highest("lactate_mmol_l", "01:00", "12:30"),
        ("01:00 seizure_drive=1", "02:30 seizure_drive=0"), 13,
    ),
    Case(
        "c-seizure-lactate-recovery",
        "one generalised convulsion of 90 s: lactate change in the hour after it",
        "%", -48, -80, -30,
        "Orringer 1977 N Engl J Med 297:796 (12.7 to 6.6 mmol/L in 60 min, untreated); duration not reported, 90 s "
        "chosen for the case",
        percent_change("lactate_mmol_l", "04:00", "63:00"),
        ("01:00 seizure_drive=1", "02:30 seizure_drive=0"), 66, "age=35,weight=70,height=172,sex=f,tolerance=1",
    ),
    Case(
        "c-seizure-spo2",
        "one generalised convulsion of 80 s on air: lowest SpO2",
        "%", 75.4, 56, 90,
        "Bateman 2008 Brain 131:3239 (51 secondarily generalised convulsions: nadir 75.4±11.4 %)",
        lowest("spo2", "01:00", "07:00"),
        ("01:00 seizure_drive=1", "02:20 seizure_drive=0"), 8, "age=35,weight=70,height=172,sex=f,tolerance=1",
    ),
    Case(
        "c-headup-tbi",
        "head injury, from flat to 30 degrees head up: ICP change",
        "%", -28, -50, -10,
        "Feldman 1992 J Neurosurg 76:207 (22 patients: 19.7±8.3 to 14.1±6.7 mmHg, CPP unchanged); size of the "
        "haematoma chosen for the case",
        percent_change("icp_mmhg", "20:55", "26:00"),
        ("01:00 intracranial_haematoma_ml=50", "21:00 position=head_up_30"),
        30, "age=33,weight=75,height=175,sex=m,tolerance=1",
    ),
    Case(
        "c-hyperventilation-icp",
        "head injury, hyperventilated: ICP per mmHg of PaCO2",
        "mmHg per mmHg", 0.88, 0.25, 1.6,
        "Oertel 2002 J Neurosurg 97:1045 (57 tests: PaCO2 35 to 27, ICP 20±11 to 13±8 mmHg); size of the haematoma "
        "chosen for the case",
        slope("icp_mmhg", "paco2_mmhg", "30:55", "46:00"),
        (
            "00:30 fio2=0.5",
            "01:00 intracranial_haematoma_ml=50",
            "01:00 breathing=apnoea",
            "01:00 ventilate_bvm rate=12 volume=550",
            "31:00 ventilate_bvm rate=20 volume=550",
        ),
        50, "age=33,weight=75,height=175,sex=m,tolerance=1",
    ),
    Case(
        "c-mannitol-icp",
        "raised ICP, ventilated, mannitol 0.5 g/kg: ICP change in 30 min",
        "%", -60, -72, -15,
        "Marshall 1978 J Neurosurg 48:169 (8 paralysed, hyperventilated: 41 to 16 mmHg, same for 0.25-1 g/kg); "
        "later series 20-45 %; size of the haematoma chosen for the case",
        percent_change("icp_mmhg", "30:55", "61:00"),
        (
            "00:30 fio2=0.5",
            "01:00 intracranial_haematoma_ml=60",
            "01:00 breathing=apnoea",
            "01:00 ventilate_bvm rate=16 volume=550",
            "31:00 give_drug drug=mannitol dose=37.5 unit=g route=IV over_minutes=10",
        ),
        65, "age=33,weight=75,height=175,sex=m,tolerance=1",
    ),
)  # fmt: skip
