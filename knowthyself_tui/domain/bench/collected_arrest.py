"""Collected cases: consciousness and end-tidal carbon dioxide in cardiac arrest."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import at, change, highest, minutes_until

CASES: tuple[Case, ...] = (
    Case(
        "cpr-etco2",
        "VF, manual CPR for 5 min, 10 breaths/min: EtCO2",
        "mmHg", 20, 8, 36,
        "Sheak 2015 Resuscitation (583 arrests, mean about 20 mmHg in CPR; recalled). Frame checked: Lah 2011 Crit "
        "Care initial VF 4.51 SD 2.47 kPa (34 mmHg); Kolar 2008 Crit Care at 20 min 6.9 SD 2.2 without and 32.8 SD "
        "9.1 with ROSC",
        at("etco2_mmhg", "07:00"),
        ("01:00 rhythm=vf", "02:00 defib_cpr device=cpr", "02:00 ventilate_bvm rate=10 volume=500"),
        8, "age=60,weight=80,height=175,sex=m,tolerance=1", recalled=True,
    ),
    Case(
        "b-asphyxial-arrest-etco2",
        "asphyxial arrest: highest EtCO2 in the first breaths of resuscitation",
        "mmHg", 50.6, 35, 115,
        "Lah 2011 Crit Care 15:R13 (51 asphyxial arrests, initial PetCO2 6.74±4.22 kPa = 50.6±31.7 mmHg; Grmec 2003 "
        "Crit Care 7:R139 even higher); times of the arrest chosen for the case",
        highest("etco2_mmhg", "12:05", "13:30"),
        (
            "01:00 airway=closed",
            "07:00 rhythm=asystole",
            "12:00 airway=open",
            "12:00 breathing=apnoea",
            "12:00 fio2=1.0",
            "12:00 defib_cpr device=cpr",
            "12:00 ventilate_bvm rate=10 volume=500",
        ),
        15, "age=50,weight=75,height=174,sex=m,tolerance=1",
    ),
    Case(
        "b-vf-arrest-etco2",
        "VF, CPR begun after 8 min: EtCO2 at 2 min of CPR",
        "mmHg", 33.8, 12, 52,
        "Lah 2011 Crit Care 15:R13 (63 VF/VT arrests, initial PetCO2 4.51±2.47 kPa = 33.8±18.5 mmHg, the first "
        "value after intubation); 8 min without flow and 2 min of CPR chosen for the case",
        at("etco2_mmhg", "11:00"),
        (
            "01:00 rhythm=vf",
            "01:00 breathing=apnoea",
            "09:00 fio2=1.0",
            "09:00 defib_cpr device=cpr",
            "09:00 ventilate_bvm rate=10 volume=500",
        ),
        13, "age=58,weight=78,height=175,sex=m,tolerance=1",
    ),
    Case(
        "c-asystole-adrenaline-etco2",
        "asystole, CPR, adrenaline 2 mg IV: EtCO2 change in 3 min",
        "mmHg", -4.15, -9, -0.5,
        "Cantineau 1994 Am J Emerg Med 12:267 (20 patients in asystole, constant ventilation: 16.7±9.3 to 12.6±7.1; "
        "fall 4.15±3.5)",
        change("etco2_mmhg", "14:55", "18:00"),
        (
            "01:00 rhythm=asystole",
            "06:00 fio2=1.0",
            "06:00 defib_cpr device=cpr",
            "06:00 ventilate_bvm rate=12 volume=500",
            "15:00 give_drug drug=adrenaline dose=2 unit=mg route=IV",
        ),
        20, "age=60,weight=75,height=172,sex=m,tolerance=1",
    ),
    Case(
        "c-vf-consciousness",
        "VF: time to coma (GCS below 9)",
        "min", 0.15, 0.08, 0.42,
        "acute arrest of cerebral flow in man: rapid-onset +Gz 8.9±1.5 s (98 subjects), neck cuff 6-8 s (Rossen "
        "1943), vascular neck restraint 9.5 s (Mitchell 2012); a few seconds longer from the beat of arrest",
        minutes_until("gcs", below=9, since="01:00"),
        ("01:00 rhythm=vf",), 4, "age=60,weight=80,height=175,sex=m,tolerance=1",
    ),
)  # fmt: skip
