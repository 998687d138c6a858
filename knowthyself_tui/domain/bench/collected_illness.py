"""Collected cases: anaphylaxis, asthma and sepsis."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import change, highest_change, lowest_change, percent_change, when

SEVERITIES = (*(f"{0.20 + 0.05 * i:.2f}" for i in range(16)), "0.97")
"""Rising bronchospasm; the body takes no more than 0.97."""
WORSENING_ASTHMA = tuple(f"{1 + 4 * i:02d}:00 bronchospasm={severity}" for i, severity in enumerate(SEVERITIES))

CASES: tuple[Case, ...] = (
    Case(
        "anaphylaxis-map",
        "anaphylactic shock, untreated: greatest MAP fall",
        "mmHg", -32, -60, -15,
        "van der Linden 1993 Ann Intern Med (17 with shock after sting challenge: MAP 97 SD 11 to 65 SD 17 within 5 "
        "min of onset); severity chosen for the case",
        lowest_change("map", "00:55", "01:00", "16:00"),
        ("01:00 mediator=0.8",), 17, "age=40,weight=75,height=172,sex=m,tolerance=1",
    ),
    Case(
        "b-anaphylaxis-volume",
        "severe anaphylaxis, untreated: blood volume change in 10 min",
        "%", -35, -40, -8,
        "Fisher 1986 Anaesth Intensive Care 14:17 (up to 35 % of intravascular volume lost within 10 min, "
        "haematocrit method; upper end, hence the asymmetric window); severity chosen for the case",
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
        "Tarala 1980 Br J Clin Pharmacol 10:393 (17 admitted acute severe asthmatics, FEV1 1.16 L = 36 % predicted; "
        "maximal response to cumulative inhaled salbutamol +0.435±0.330 L, here in points of 36 %); severity chosen "
        "for the case",
        highest_change("fev1_percent", "09:55", "10:00", "46:00"),
        ("00:05 bronchospasm=0.6", "10:00 give_drug drug=salbutamol dose=5 unit=mg route=NEB"),
        46, "age=32,weight=66,height=166,sex=f,tolerance=1",
    ),
    Case(
        "c-asthma-pao2",
        "acute asthma on air, FEV1 falling below 30 % predicted: PaO2",
        "mmHg", 64, 50, 80,
        "McFadden & Lyons 1968 N Engl J Med 278:1027 (101 acute asthmatics, gas tensions by FEV1 band); Nowak 1983 "
        "JAMA (PaO2 < 60 practically only with FEV1 < 1 L)",
        when("pao2_mmhg", "fev1_percent<30"),
        WORSENING_ASTHMA, 70, "age=32,weight=65,height=168,sex=f,tolerance=1", recalled=True,
    ),
    Case(
        "c-asthma-paco2",
        "acute asthma on air, FEV1 falling below 45 % predicted: PaCO2",
        "mmHg", 35, 28, 39.5,
        "McFadden & Lyons 1968 N Engl J Med 278:1027 (respiratory alkalosis until FEV1 about 20-25 %); Nowak 1983 "
        "JAMA (PaCO2 > 42 only with FEV1 < 1 L)",
        when("paco2_mmhg", "fev1_percent<45"),
        WORSENING_ASTHMA, 70, "age=32,weight=65,height=168,sex=f,tolerance=1", recalled=True,
    ),
    Case(
        "c-sepsis-hr",
        "worsening sepsis, MAP falling below 60 mmHg: HR",
        "beats/min", 94, 80, 140,
        "Hamzaoui 2010 Crit Care 14:R142 (105 patients before noradrenaline: MAP 54±8, CI 3.2±1.0, SVI 34±12); "
        "heart rate derived as CI/SVI, steps of severity chosen for the case",
        when("hr", "map<60"),
        ("01:00 sepsis=0.2", "21:00 sepsis=0.4", "41:00 sepsis=0.6", "61:00 sepsis=0.8", "81:00 sepsis=1.0"),
        181, "age=60,weight=75,height=172,sex=m,tolerance=1",
    ),
)  # fmt: skip
