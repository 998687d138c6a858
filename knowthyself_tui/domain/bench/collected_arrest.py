"""Collected cases: end-tidal carbon dioxide in resuscitation."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import at, highest

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
        "Lah 2011 Crit Care 15:R13 (51 asphyxial arrests, initial PetCO2 6.74+-4.22 kPa = 50.6+-31.7 mmHg; Grmec "
        "2003 Crit Care 7:R139 even higher). NOTE: arrest times assumed (not in the paper)",
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
        "Lah 2011 Crit Care 15:R13 (63 VF/VT arrests, initial PetCO2 4.51+-2.47 kPa = 33.8+-18.5 mmHg). NOTE: "
        "paper gives the first value after intubation; 8 min no-flow and 2 min CPR assumed",
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
)  # fmt: skip
