"""Collected cases: posture, and drugs on heart and vessels."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import change, highest_change, percent_change

CASES: tuple[Case, ...] = (
    Case(
        "stand-sv",
        "standing quietly for 3 min, young man: SV change",
        "%", -41, -50, -20,
        "Wang, Marshall & Shepherd 1960 J Clin Invest (dye-dilution, 4 healthy men, supine to quiet standing: "
        "stroke index 54 to 32 mL/m2); later beat-to-beat series -25 to -40 % (recalled)",
        percent_change("sv_ml", "00:55", "04:00"),
        ("01:00 position=standing",), 5,
    ),
    Case(
        "c-standing-blood-volume",
        "standing quietly for 15 min: blood volume change",
        "mL", -707, -850, -200,
        "Lundvall & Bjerkhoel 1990s Acta Physiol Scand (7 men: plasma volume -707±41 mL at 15 min); older studies "
        "300-600 mL at 20-30 min",
        change("blood_volume_ml", "00:55", "16:00"),
        ("01:00 position=standing",), 18,
    ),
    Case(
        "c-plr-sv",
        "legs raised for 1 min, supine healthy adult: SV change",
        "%", 5.7, -2, 14,
        "Godfrey 2014 Anaesthesia 69:306 (5.7±9.6 %); Gaffney 1982 J Trauma (8-10 % at 20 s, gone by 7 min or after "
        "a long rest)",
        percent_change("sv_ml", "00:55", "02:00"),
        ("01:00 position=supine_legs_raised",), 5,
    ),
    Case(
        "sit-icp",
        "from supine to sitting, normal adult: ICP change",
        "mmHg", -7.4, -14, -3,
        "Norager 2021 Fluids Barriers CNS (systematic review of normal ICP: 90 % reference 0.9-16.3 supine, "
        "-5.9-8.3 upright; difference of the mid-points)",
        change("icp_mmhg", "00:55", "05:00"),
        ("01:00 position=sitting",), 6,
    ),
    Case(
        "b-adrenaline-infusion-co",
        "adrenaline 0.1 mcg/kg/min for 14 min: CO change",
        "%", 74, 35, 110,
        "Stratton 1985 J Appl Physiol 58:1199 (10 normals supine, 100 ng/kg/min 14 min: CO +74 %, HR +17, SBP +30 "
        "mmHg, SV +40 %)",
        percent_change("co_l_min", "00:55", "15:00"),
        ("01:00 infusion_adrenaline_mcg_min=7",), 16, "age=28,weight=70,height=176,sex=m,tolerance=1",
    ),
    Case(
        "b-salbutamol-iv-hr",
        "salbutamol 10 mcg/min IV for 30 min: HR change",
        "beats/min", 16, 7, 30,
        "Morice 1986 Br J Clin Pharmacol 22:149 (6 volunteers, 10 mcg/min 30 min: pulse +16, minute ventilation +26 "
        "%); posture not checked",
        change("hr", "00:55", "31:00"),
        ("01:00 infusion_salbutamol_mcg_min=10",), 32, "age=28,weight=70,height=175,sex=m,tolerance=1",
    ),
    Case(
        "atropine-hr",
        "atropine 0.04 mg/kg IV (full vagal block), young adult: greatest HR rise",
        "beats/min", 47, 28, 65,
        "Study of atropine and diastolic time in 10 normal volunteers (65 SD 11 to 112 SD 14 after 0.04 mg/kg IV in "
        "increments of 0.01; abstract checked on scilit.com, its listing showed no authors or year)",
        highest_change("hr", "00:55", "01:00", "11:00"),
        ("01:00 give_drug drug=atropine dose=2.8 unit=mg route=IV",), 12,
    ),
    Case(
        "b-atropine-elderly",
        "atropine 0.02 mg/kg IV at 70 years: greatest HR rise",
        "beats/min", 33, 17, 47,
        "Stratton 2003 J Am Coll Cardiol 41:2077 (atropine 0.02 mg/kg: 28 healthy aged 65-80 HR +33, 22 young +48 "
        "beats/min)",
        highest_change("hr", "00:55", "01:00", "16:00"),
        ("01:00 give_drug drug=atropine dose=1.4 unit=mg route=IV",),
        16, "age=70,weight=70,height=168,sex=f,tolerance=1",
    ),
    Case(
        "b-gtn-sl-hr",
        "GTN 0.6 mg SL, supine: greatest HR rise",
        "beats/min", 17, 5, 28,
        "Wei & Reid 1981 Am J Cardiol 48:778 (12 normals, 0.6 mg SL: HR +17±7 at 2 min, +12±3 at 5 min; plasma "
        "1.1-1.4 ng/mL)",
        highest_change("hr", "00:55", "01:00", "16:00"),
        ("01:00 give_drug drug=gtn dose=0.6 unit=mg route=SL",), 16, "age=30,weight=72,height=175,sex=m,tolerance=1",
    ),
    Case(
        "ketamine-map",
        "ketamine 2 mg/kg IV: greatest MAP rise",
        "mmHg", 25, 7, 45,
        "Tweed 1972 Anesthesiology (2 mg/kg: MAP +28 %, HR +33 %; about +25 mmHg on MAP 90); smaller effects with "
        "2.2 mg/kg in later series",
        highest_change("map", "00:55", "01:00", "11:00"),
        ("01:00 give_drug drug=ketamine dose=140 unit=mg route=IV over_minutes=1",), 12, recalled=True,
    ),
)  # fmt: skip
