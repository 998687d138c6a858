"""Collected cases: glucose, convulsion, anaphylaxis and asthma."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import change, highest, highest_change, lowest_change, percent_change

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
        "insulin-itt",
        "insulin 0.05 units/kg IV, healthy: change of blood glucose at 15 min",
        "mmol/L", -1.8, -2.8, -0.9,
        "short insulin tolerance test, Diabet Med 1993;10:839 (18 healthy: 4.6 to 2.8 mmol/L over the test, Kitt "
        "mean 4.4 %/min, range 2.1-6.5); bolus there, 1-min infusion of 3,500 mU here; read 15 min after the "
        "middle of the infusion",
        change("glucose_mmol_l", "00:55", "16:30"),
        ("01:00 give_drug drug=insulin dose=3.5 unit=units route=IV over_minutes=1",), 18,
    ),
    Case(
        "b-glucagon-child",
        "glucagon 0.5 mg SC, hypoglycaemic child: rise of blood glucose at 15 min",
        "mmol/L", 1.7, 0.6, 3.4,
        "Stenninger & Aman 1993 Diabetologia 36:931 (11 children 7-12 y with type 1 diabetes, insulin-induced "
        "nadir 1.8+-0.2: +1.7+-0.2 SEM mmol/L at 15 min; abstract checked, authors as recalled). NOTE: patients "
        "had type 1 diabetes with insulin running; a healthy child would add counter-regulation",
        change("glucose_mmol_l", "00:55", "16:00"),
        ("00:30 glucose=1.8", "01:00 give_drug drug=glucagon dose=0.5 unit=mg route=SC"),
        18, "age=10,weight=32,height=138,sex=m,tolerance=1",
    ),
    Case(
        "seizure-lactate",
        "one tonic-clonic seizure of 90 s: highest lactate",
        "mmol/L", 12.7, 6, 17,
        "Orringer 1977 N Engl J Med (12.7 SE 1.0 mEq/L immediately after a grand mal, pH 7.14 SE 0.06, 6.6 at 60 "
        "min); ED series median 5.7 later after the fit; duration not reported, 90 s is my choice",
        highest("lactate_mmol_l", "01:00", "12:30"),
        ("01:00 seizure_drive=1", "02:30 seizure_drive=0"), 13,
    ),
    Case(
        "anaphylaxis-map",
        "anaphylactic shock, untreated: greatest MAP fall",
        "mmHg", -32, -60, -15,
        "van der Linden 1993 Ann Intern Med (17 with shock after sting challenge: MAP 97 SD 11 to 65 SD 17 within "
        "5 min of onset; the severity setting 0.8 is my choice for 'shock')",
        lowest_change("map", "00:55", "01:00", "16:00"),
        ("01:00 mediator=0.8",), 17, "age=40,weight=75,height=172,sex=m,tolerance=1",
    ),
    Case(
        "b-anaphylaxis-volume",
        "severe anaphylaxis, untreated: blood volume change in 10 min",
        "%", -35, -40, -8,
        "Fisher 1986 Anaesth Intensive Care 14:17 (up to 35 % of intravascular volume lost within 10 min, "
        "haematocrit method; upper end, hence the asymmetric window). NOTE: severity scale guessed (1.0 = severe); "
        "figure not checked",
        percent_change("blood_volume_ml", "00:55", "11:00"),
        ("01:00 mediator=1.0",), 13, "age=40,weight=72,height=172,sex=f,tolerance=1", recalled=True,
    ),
    Case(
        "asthma-salbutamol-fev1",
        "severe asthma, salbutamol 5 mg NEB every 20 min x3: FEV1 gain at 60 min",
        "% predicted (points)", 16, 6, 30,
        "Emerman 1999 Chest / Rodrigo & Rodrigo reviews (severe adult asthma, FEV1 about 35-40 % rising to 50-55 % "
        "after three doses in 1 h); PEF gain 30 SD 18 % of predicted at 6 h in Besbes-Ouanes 2000 Ann Emerg Med "
        "(checked)",
        change("fev1_percent", "10:55", "71:00"),
        (
            "01:00 bronchospasm=0.6",
            "11:00 give_drug drug=salbutamol dose=5 unit=mg route=NEB",
            "31:00 give_drug drug=salbutamol dose=5 unit=mg route=NEB",
            "51:00 give_drug drug=salbutamol dose=5 unit=mg route=NEB",
        ),
        72, "age=30,weight=65,height=168,sex=f,tolerance=1", recalled=True,
    ),
    Case(
        "b-asthma-salbutamol-fev1",
        "severe asthma, salbutamol 5 mg NEB once: greatest FEV1 gain",
        "percentage points", 13.5, 4, 30,
        "Tarala 1980 Br J Clin Pharmacol 10:393 (17 admitted acute severe asthmatics, FEV1 1.16 L = 36 % "
        "predicted; maximal response to salbutamol +0.435+-0.330 L). NOTE: bronchospasm=0.6 is a guess; severity "
        "should be set so that baseline FEV1 is near 36 %; +13.5 points derived as 0.435/1.16*36; the gain was to "
        "cumulative MDI salbutamol, not 5 mg nebulised alone",
        highest_change("fev1_percent", "09:55", "10:00", "46:00"),
        ("00:05 bronchospasm=0.6", "10:00 give_drug drug=salbutamol dose=5 unit=mg route=NEB"),
        46, "age=32,weight=66,height=166,sex=f,tolerance=1",
    ),
)  # fmt: skip
