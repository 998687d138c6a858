"""Collected cases: plasma levels, and sedatives and opioids on breathing."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import highest, lowest, percent_change

CASES: tuple[Case, ...] = (
    Case(
        "midaz-fent-spo2",
        "midazolam 0.05 mg/kg, then fentanyl 2 mcg/kg IV, left alone on air: lowest SpO2",
        "%", None, 60, 91,
        "Bailey 1990 Anesthesiology (12 volunteers: SaO2 <90 % in 11 of 12, apnoea >=15 s in 6 of 12; no mean "
        "nadir in the abstract, so window only)",
        lowest("spo2", "02:00", "20:00"),
        (
            "01:00 give_drug drug=midazolam dose=3.5 unit=mg route=IV",
            "02:00 give_drug drug=fentanyl dose=140 unit=mcg route=IV",
        ),
        21,
    ),
    Case(
        "b-fentanyl-2mcgkg-spo2",
        "fentanyl 2 mcg/kg IV, left alone on air: lowest SpO2",
        "%", 90, 80, 94.5,
        "Bailey 1990 Anesthesiology 73:826 (12 volunteers, fentanyl 2 mcg/kg IV, room air: saturation <90 % in "
        "half, no apnoea => median nadir about 90). NOTE: 90 inferred from the incidence, not a reported mean",
        lowest("spo2", "01:00", "31:00"),
        ("01:00 give_drug drug=fentanyl dose=140 unit=mcg route=IV",),
        31, "age=26,weight=70,height=175,sex=m,tolerance=1",
    ),
    Case(
        "fent-naloxone-ve",
        "naloxone 4 mg IN during a fentanyl infusion: VE change at 6 min",
        "%", 50, 15, 120,
        "van Lemmen 2026 Anesthesiology (fentanyl infusion titrated to VE -30 to -40 %, then naloxone 4 mg IN: VE "
        "recovered in 2-4 min; +43 to +67 % of the depressed value; the infusion rate here is my choice to reach "
        "that depression)",
        percent_change("ve_l_min", "30:55", "37:00"),
        (
            "01:00 give_drug drug=fentanyl dose=100 unit=mcg route=IV over_minutes=5",
            "01:00 infusion_fentanyl_mcg_min=4",
            "31:00 give_drug drug=naloxone dose=4 unit=mg route=IN",
        ),
        38,
    ),
    Case(
        "naloxone-in-4mg-peak",
        "naloxone 4 mg IN (strong spray): Cmax",
        "ng/mL", 5.4, 2.5, 9.5,
        "McDonald 2018 Addiction (38 volunteers, 4 mg IN: Cmax 6.02); Krieter 2016 J Clin Pharmacol / Narcan label "
        "(4.83, recalled); published = mean",
        highest("c_naloxone", "01:00", "91:00"),
        ("01:00 give_drug drug=naloxone dose=4 unit=mg route=IN",), 92, recalled=True,
    ),
    Case(
        "b-naloxone-in-2mg",
        "naloxone 2 mg IN (strong spray): Cmax",
        "ng/mL", 2.87, 1.5, 4.8,
        "McDonald 2018 Addiction 113:484 (38 volunteers, 2 mg/0.1 mL intranasal: mean Cmax 2.87; 0.4 mg IM 1.27)",
        highest("c_naloxone", "01:00", "91:00"),
        ("01:00 give_drug drug=naloxone dose=2 unit=mg route=IN",), 91, "age=30,weight=74,height=174,sex=m,tolerance=1",
    ),
    Case(
        "adrenaline-im-peak",
        "adrenaline 0.3 mg IM in the thigh: Cmax",
        "ng/mL", 0.44, 0.2, 1.2,
        "Worm 2020 Clin Transl Allergy (0.3 mg mid-thigh: geometric mean Cmax 0.52 auto-injector, 0.35 syringe); "
        "published = mean. Simons' higher figures (several ng/mL) are outliers to later series",
        highest("c_adrenaline", "01:00", "61:00"),
        ("01:00 give_drug drug=adrenaline dose=0.3 unit=mg route=IM",), 62,
    ),
    Case(
        "b-adrenaline-im-child",
        "adrenaline 0.3 mg IM, child: Cmax",
        "ng/mL", 2.14, 0.8, 4.2,
        "Simons 1998 J Allergy Clin Immunol 101:33 (8 children 4-12 y, 0.3 mg IM: Cmax 2136+-351 SEM pg/mL at 8+-2 "
        "min)",
        highest("c_adrenaline", "01:00", "61:00"),
        ("01:00 give_drug drug=adrenaline dose=0.3 unit=mg route=IM",),
        61, "age=9,weight=29,height=133,sex=m,tolerance=1",
    ),
    Case(
        "b-midazolam-im-child",
        "midazolam 0.3 mg/kg IM, child: Cmax",
        "ng/mL", 253, 125, 480,
        "Muchohi 2008 Br J Clin Pharmacol 66:529 (children with convulsions, 0.3 mg/kg IM: median Cmax 253, 95 % "
        "CI 145-475, tmax 15 min; F about 1)",
        highest("c_midazolam", "01:00", "61:00"),
        ("01:00 give_drug drug=midazolam dose=3.6 unit=mg route=IM",),
        61, "age=3,weight=12,height=92,sex=m,tolerance=1",
    ),
    Case(
        "b-ketamine-in-child",
        "ketamine 3 mg/kg IN, child: Cmax",
        "ng/mL", 496, 240, 850,
        "Malinovsky 1996 Br J Anaesth 77:203 (children 2-9 y under halothane, 3 mg/kg nasal: mean peak 496 ng/mL "
        "within 20 min, F 0.50)",
        highest("c_ketamine", "01:00", "61:00"),
        ("01:00 give_drug drug=ketamine dose=54 unit=mg route=IN",), 61, "age=5,weight=18,height=108,sex=m,tolerance=1",
    ),
)  # fmt: skip
