"""Collected cases: bleeding and fluids."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import at, change, percent_change

CASES: tuple[Case, ...] = (
    Case(
        "saline-1l-bv",
        "1 L of 0.9 % saline in 60 min: blood volume gain at the end",
        "mL", 320, 180, 520,
        "Lobo 2010 Crit Care Med (10 men, 68 % of the infused saline had left the intravascular space at the end of "
        "the hour)",
        change("blood_volume_ml", "00:55", "61:00"),
        ("01:00 give_fluids fluid=sodium_chloride_0.9 volume=1 volume_unit=L over_minutes=60",),
        62, "age=25,weight=75,height=178,sex=m,tolerance=1",
    ),
    Case(
        "b-saline-bolus-retained",
        "0.9 % saline 20 mL/kg in 13 min: blood volume gain 20 min after the end",
        "mL", 600, 330, 950,
        "Greenfield 1989 Ann Emerg Med 18:51 (28 volunteers, 10-30 mL/kg at 115 mL/min; about 60 % had left the "
        "circulation within 20 min, so 40 % of 1500 mL)",
        change("blood_volume_ml", "00:55", "34:00"),
        ("01:00 give_fluids fluid=sodium_chloride_0.9 volume=1500 volume_unit=mL over_minutes=13",),
        36, "age=28,weight=75,height=176,sex=m,tolerance=1",
    ),
    Case(
        "c-plasma-250",
        "250 mL of plasma IV: blood volume gain 1 h later",
        "mL", 230, 140, 270,
        "Haskell 1998 Acta Physiol Scand (8 men, 234 mL of 5 % albumin fast: plasma volume 44.3 to 47.2 mL/kg at 1 "
        "h)",
        change("blood_volume_ml", "00:55", "71:00"),
        ("01:00 give_fluids fluid=plasma volume=250 volume_unit=mL over_minutes=10",),
        73, "age=28,weight=75,height=178,sex=m,tolerance=1",
    ),
    Case(
        "c-glucose5-recovery",
        "2 L of 5 % glucose in 60 min: blood volume change 1 h after the end",
        "mL", 0, -250, 250,
        "Lobo 2001 Clin Sci 101:173 (10 men: haemoglobin -6.5 % at the end; water excreted within 2 h, albumin back "
        "to baseline 1 h after the end)",
        change("blood_volume_ml", "00:55", "121:00"),
        ("01:00 give_fluids fluid=glucose_5 volume=2 volume_unit=L over_minutes=60",),
        123, "age=22,weight=74,height=177,sex=m,tolerance=1",
    ),
    Case(
        "donation-sv",
        "500 mL withdrawn in 10 min, supine: SV change",
        "%", -20, -32, -8,
        "Crit Care Med 1989;17:979 (27 volunteers, 500 mL, bioimpedance: SV index -22 %, HR and MAP unchanged); "
        "Leonetti 2004 Clin Auton Res (375 mL: 94 to 81 mL, -14 %, = -19 % for 500 mL)",
        percent_change("sv_ml", "00:55", "12:00"),
        ("01:00 bleed_ml_min=50", "11:00 bleed_ml_min=0"), 13,
    ),
    Case(
        "c-donation-refill",
        "400 mL drawn in 8 min: blood volume change at the end, refill included",
        "mL", -212, -390, -130,
        "Saito 2013 Transfusion (736 donors, 400 mL: 188±80 mL in men had entered the circulation by the end of "
        "collection; older isotope studies found slower refill)",
        change("blood_volume_ml", "00:55", "09:30"),
        ("01:00 bleed_ml_min=50", "09:00 bleed_ml_min=0"), 12, "age=35,weight=66,height=171,sex=m,tolerance=1",
    ),
    Case(
        "b-bleed-elderly-500",
        "500 mL donated at 72 years, supine: SBP change",
        "mmHg", None, -22, 6,
        "Kuchel 1992 Arch Intern Med 152:366 (532 donors aged 66-78, 500 mL: nearly all stable; only 15.2 % had a "
        "systolic fall of 20 mmHg or more); mean change not seen, window set from the incidence",
        change("sbp", "00:55", "13:00"),
        ("01:00 bleed_ml_min=50", "11:00 bleed_ml_min=0"), 17, "age=72,weight=74,height=170,sex=m,tolerance=1",
    ),
    Case(
        "c-bleed-667-hr",
        "667 mL withdrawn in two stages from a conscious supine man: HR change",
        "beats/min", 4, -2, 13,
        "Johnson 2013 FASEB J 27:1206.3 / 2014 J Appl Physiol 117:131 (59±4 to 63±4 /min at 667 mL, the match of "
        "LBNP 30 mmHg)",
        change("hr", "00:55", "21:00"),
        ("01:00 bleed_ml_min=66.7", "06:00 bleed_ml_min=0", "11:00 bleed_ml_min=66.7", "16:00 bleed_ml_min=0"),
        23, "age=30,weight=82,height=180,sex=m,tolerance=1",
    ),
    Case(
        "b-bleed-900-co",
        "900 mL withdrawn from volunteers: CO change",
        "%", -18, -32, -8,
        "Riddez 1997 Crit Care Med 25:635 (18 men, mean 26 y, 900 mL withdrawn, catheter study: CO and "
        "splanchnic/renal flow -16 to -20 %)",
        percent_change("co_l_min", "00:55", "20:00"),
        ("01:00 bleed_ml_min=60", "16:00 bleed_ml_min=0"), 25, "age=26,weight=76,height=180,sex=m,tolerance=1",
    ),
    Case(
        "bleed-1l-hr",
        "1 L withdrawn from a conscious supine man: HR change",
        "beats/min", 7, 0, 20,
        "Johnson 2013 FASEB J abstract and 2014 J Appl Physiol (1 L in three stages: HR 59 SE 4 to 66 SE 5, 6 men, "
        "MAP 89.5 to 80.8); withdrawal staged there, constant here",
        change("hr", "00:55", "23:00"),
        ("01:00 bleed_ml_min=50", "21:00 bleed_ml_min=0"), 24, "age=30,weight=80,height=180,sex=m,tolerance=1",
    ),
    Case(
        "b-bleed-1000-cvp",
        "1 L withdrawn in three stages: CVP change",
        "mmHg", -4.7, -7.5, -2,
        "Johnson 2013 FASEB J 27:1206.3 / 2014 J Appl Physiol 117:131 (conscious men bled 3 x 333 mL: CVP 5.8±1.1 "
        "to 1.1±1.4; HR 59 to 66 n.s.; MAP 89.5 to 80.8); numbers from the conference abstract on 6 men",
        change("cvp_mmhg", "00:55", "31:00"),
        (
            "01:00 bleed_ml_min=66.6",
            "06:00 bleed_ml_min=0",
            "11:00 bleed_ml_min=66.6",
            "16:00 bleed_ml_min=0",
            "21:00 bleed_ml_min=66.8",
            "26:00 bleed_ml_min=0",
        ),
        32, "age=30,weight=82,height=180,sex=m,tolerance=1",
    ),
    Case(
        "c-bleed-1000-standing",
        "standing up after a bleed of 1 L: HR change",
        "beats/min", 35, 20, 65,
        "McGee 1999 JAMA 281:1022 (postural pulse increment 30 or more in 97 % after 630-1150 mL; 11 in the "
        "normovolaemic); Knopp 1980",
        change("hr", "25:55", "28:00"),
        ("01:00 bleed_ml_min=50", "21:00 bleed_ml_min=0", "26:00 position=standing"), 30, recalled=True,
    ),
    Case(
        "b-bleed-25pct-map",
        "a quarter of the blood volume lost over 1 h: MAP change",
        "%", None, -20, 8,
        "Hamilton-Davies 1997 Intensive Care Med 23:276 (6 volunteers bled 21-31 % over 1 h: SV fell markedly; BP, "
        "HR, lactate, base excess not consistently changed nor enough to suggest hypovolaemia); no number in the "
        "abstract, window set for the case",
        percent_change("map", "00:55", "75:00"),
        ("01:00 bleed_ml_min=21.7", "61:00 bleed_ml_min=0"), 95, "age=32,weight=74,height=178,sex=m,tolerance=1",
    ),
    Case(
        "class4-sbp",
        "2 L (about 40 %) lost in 20 min, untreated: SBP",
        "mmHg", None, 35, 95,
        "ATLS class III-IV boundary (ACS: >=40 % loss = marked hypotension, pre-terminal but still with a "
        "pressure); clinical consensus, no controlled human series",
        at("sbp", "21:30"),
        ("01:00 bleed_ml_min=100", "21:00 bleed_ml_min=0"), 23, recalled=True,
    ),
    Case(
        "b-trauma-class4-hr",
        "injured, more than 40 % of the blood volume lost: HR",
        "beats/min", 114, 80, 145,
        "Guly 2011 Resuscitation 82:556 (TARN registry, estimated loss >40 %: heart rate reached at most 114, not "
        ">140 as ATLS teaches), read only in the summary of J Emerg Med 2011;41:447; pain, bleeding rate and window "
        "chosen for the case; weak evidence",
        at("hr", "25:00"),
        ("01:00 pain=0.6", "01:00 bleed_ml_min=110", "21:00 bleed_ml_min=0"),
        35, "age=35,weight=75,height=176,sex=m,tolerance=1",
    ),
)  # fmt: skip
