"""Collected cases: blood glucose under glucose, glucagon and insulin."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import change, highest_change, lowest

INSULIN = ("01:00 give_drug drug=insulin dose=10.5 unit=units route=IV over_minutes=1",)

CASES: tuple[Case, ...] = (
    Case(
        "d50-glucose-5min",
        "glucose 25 g IV, fasting adult: rise of blood glucose at 5 min",
        "mmol/L", 9.0, 5.5, 12.5,
        "Balentine 1998 Acad Emerg Med (25 volunteers: 82.3 SD 13.5 to 244.4 SD 44.6 mg/dL at 5 min; back to "
        "baseline at 30 min); read 5 min after the middle of a 1-min injection",
        change("glucose_mmol_l", "00:55", "06:30"),
        ("01:00 give_drug drug=glucose_iv dose=25 unit=g route=IV over_minutes=1",), 8,
    ),
    Case(
        "c-d10-hypoglycaemia",
        "glucose 10 g IV (100 mL of 10 %) in hypoglycaemia: rise of blood glucose at 8 min",
        "mmol/L", 3, 1.8, 5,
        "Hern 2017 J Emerg Med (871 EMS patients: median 37 to 91 mg/dL, second test at 8 min); Kiefer 2014",
        change("glucose_mmol_l", "00:55", "09:00"),
        ("00:30 glucose=2.06", "01:00 give_drug drug=glucose_iv dose=10 unit=g route=IV over_minutes=5"),
        11, "age=66,weight=78,height=170,sex=m,tolerance=1",
    ),
    Case(
        "b-glucagon-child",
        "glucagon 0.5 mg SC, hypoglycaemic child: rise of blood glucose at 15 min",
        "mmol/L", 1.7, 0.6, 3.4,
        "Stenninger & Aman 1993 Diabetologia 36:931 (11 children 7-12 y with type 1 diabetes and insulin running, "
        "nadir 1.8±0.2: +1.7±0.2 SEM mmol/L at 15 min; abstract checked, authors as recalled); a healthy child "
        "would add counter-regulation",
        change("glucose_mmol_l", "00:55", "16:00"),
        ("00:30 glucose=1.8", "01:00 give_drug drug=glucagon dose=0.5 unit=mg route=SC"),
        18, "age=10,weight=32,height=138,sex=m,tolerance=1",
    ),
    Case(
        "c-glucagon-im-adult",
        "glucagon 1 mg IM, healthy fasting adult: greatest rise of blood glucose in 1 h",
        "mmol/L", 2.8, 1.3, 5.5,
        "glucagon and GlucaGen prescribing information and bioequivalence studies (1 mg IM in healthy adults: "
        "maximum about 138 mg/dL near 26-30 min)",
        highest_change("glucose_mmol_l", "00:55", "01:00", "61:00"),
        ("01:00 give_drug drug=glucagon dose=1 unit=mg route=IM",), 62, recalled=True,
    ),
    Case(
        "insulin-itt",
        "insulin 0.05 units/kg IV, healthy: change of blood glucose at 15 min",
        "mmol/L", -1.8, -2.8, -0.9,
        "short insulin tolerance test, Diabet Med 1993;10:839 (18 healthy: 4.6 to 2.8 mmol/L over the test, Kitt "
        "mean 4.4 %/min, range 2.1-6.5); bolus there, 1-min infusion of 3,500 mU here; read 15 min after the middle "
        "of the infusion",
        change("glucose_mmol_l", "00:55", "16:30"),
        ("01:00 give_drug drug=insulin dose=3.5 unit=units route=IV over_minutes=1",), 18,
    ),
    Case(
        "c-itt-nadir",
        "insulin 0.15 units/kg IV: lowest blood glucose",
        "mmol/L", 1.6, 0.8, 2.4,
        "insulin tolerance test of 0.15 U/kg: 113 tests 1.07±0.36 (Int J Endocrinol 2022, pituitary patients); "
        "healthy volunteers about 1.7-2.2 (recalled)",
        lowest("glucose_mmol_l", "01:00", "91:00"),
        INSULIN, 92, recalled=True,
    ),
    Case(
        "c-itt-recovery",
        "insulin 0.15 units/kg IV, untreated: change of blood glucose from 30 to 90 min",
        "mmol/L", 1.8, 0.5, 3.3,
        "counter-regulation in the healthy insulin tolerance test (Garber/Cryer 1976, Gerich 1979: nadir near 25-30 "
        "min, most of the deficit regained by 90 min)",
        change("glucose_mmol_l", "31:00", "91:00"),
        INSULIN, 92, recalled=True,
    ),
)  # fmt: skip
