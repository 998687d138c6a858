"""Collected cases: children and old people, at rest, without breath, short of oxygen and in fever."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import at, change, highest_change, minutes_until, percent_change, slope

OXYGEN_THEN_APNOEA = ("01:00 fio2=1.0", "04:00 fio2=0.21", "04:00 breathing=apnoea")

CASES: tuple[Case, ...] = (
    Case(
        "b-apnoea-toddler",
        "apnoea after oxygen, toddler of 1 year: to SpO2 90 %",
        "min", 1.98, 1.3, 2.8,
        "Patel 1994 Can J Anaesth 41:771 (7-23 months, mask ventilated with O2, mask then removed, saturation "
        "99-100 to 90 %: 118.5±9.0 s as recalled; 0-6 months 96.5 s and 2-5 y 160.4 s were checked)",
        minutes_until("spo2", below=90, since="04:00"),
        OXYGEN_THEN_APNOEA, 9, "age=1,weight=10,height=76,sex=m,tolerance=1", recalled=True,
    ),
    Case(
        "b-apnoea-4y",
        "apnoea after oxygen, child of 4 years: to SpO2 90 %",
        "min", 2.67, 1.7, 3.7,
        "Patel 1994 Can J Anaesth 41:771 (2-5 y, time to SpO2 90 % after denitrogenation: 160.4±30.7 s)",
        minutes_until("spo2", below=90, since="04:00"),
        OXYGEN_THEN_APNOEA, 11, "age=4,weight=16,height=102,sex=f,tolerance=1",
    ),
    Case(
        "c-apnoea-14y",
        "apnoea after oxygen, adolescent of 14 years: to SpO2 90 %",
        "min", 6.37, 4.2, 9,
        "Patel 1994 Can J Anaesth 41:771 (11-18 y, end-tidal N2 < 3 %, mask removed: 382±80 s)",
        minutes_until("spo2", below=90, since="05:00"),
        ("01:00 fio2=1.0", "05:00 fio2=0.21", "05:00 breathing=apnoea"),
        18, "age=14,weight=50,height=162,sex=m,tolerance=1",
    ),
    Case(
        "b-apnoeic-oxygenation-child-co2",
        "apnoea with oxygen in the airway, child: PaCO2 rise in minutes 1 to 5",
        "mmHg", 16.8, 12, 24,
        "Cook 1998 Br J Anaesth 81:338 (26 anaesthetised children, apnoeic oxygenation: after the first minute "
        "PaCO2 +4.2 mmHg/min, 95 % CI 3.7-4.7, here x4 min)",
        change("paco2_mmhg", "05:00", "09:00"),
        ("01:00 fio2=1.0", "04:00 breathing=apnoea", "04:00 airway=open"),
        10, "age=6,weight=20,height=115,sex=m,tolerance=1",
    ),
    Case(
        "b-elderly-apnoea",
        "apnoea after 3 min of oxygen, 75 years: to SpO2 93 %",
        "min", 5.4, 2.8, 8.2,
        "McCarthy 1991 Anaesthesia 46:824 (patients over 65 y, 3 min tidal breathing of O2: 5.4±1.4 min to 93 %; "
        "abstract checked, first author as recalled)",
        minutes_until("spo2", below=93, since="04:00"),
        OXYGEN_THEN_APNOEA, 17, "age=75,weight=67,height=167,sex=f,tolerance=1",
    ),
    Case(
        "elderly-pao2",
        "healthy man of 75, supine on air: PaO2",
        "mmHg", 79, 65, 92,
        "Hardie 2004 Chest (men >70 y, supine: 77.0 SD 9.1); Cerveri 1995 AJRCCM (>=75 y: 83.4 SD 9.2); published "
        "between the two",
        at("pao2_mmhg", "04:55"),
        (), 5, "age=75,weight=75,height=172,sex=m,tolerance=1",
    ),
    Case(
        "b-elderly-hypoxia-hr",
        "old man, alveolar PO2 near 40 mmHg, CO2 held: HR change",
        "%", 12, 2, 25,
        "Kronenberg & Drage 1973 J Clin Invest 52:1812 (men 64-73 y: HR +12±2 SEM % between PAO2 100 and 40 mmHg, "
        "isocapnic; young men +34±5 %); inspired gases chosen to come near it, rebreathing in the paper",
        percent_change("hr", "00:55", "08:00"),
        ("01:00 fio2=0.105", "01:00 fico2=0.02"), 10, "age=69,weight=74,height=173,sex=m,tolerance=1",
    ),
    Case(
        "c-hcvr-elderly",
        "hypercapnic ventilatory response in hyperoxia, man of 68: VE per mmHg of EtCO2",
        "L/min per mmHg", 2, 0.7, 3,
        "Kronenberg & Drage 1973 J Clin Invest 52:1812 (8 men of 64-73 y, hyperoxic CO2 response 41 % below the "
        "young; slope of about 2 recalled; steady-state slopes run somewhat lower than rebreathing)",
        slope("ve_l_min", "etco2_mmhg", "10:55", "20:55"),
        ("00:10 fio2=0.5", "01:00 fico2=0.03", "11:00 fico2=0.06"),
        22, "age=68,weight=72,height=173,sex=m,tolerance=1", recalled=True,
    ),
    Case(
        "rest-1y-rr",
        "resting child of 1 year: RR",
        "breaths/min", 35, 25, 45,
        "Fleming 2011 Lancet (systematic review of 3,881 children; 12-18 months median 35 recalled; median 44 at "
        "birth and 26 at 2 y checked in the abstract)",
        at("rr", "04:55"),
        (), 5, "age=1,weight=10,height=76,sex=f,tolerance=1", recalled=True,
    ),
    Case(
        "b-rest-rr-2y",
        "resting child of 2 years: RR",
        "breaths/min", 26, 20, 34,
        "Fleming 2011 Lancet 377:1011 (systematic review, 3881 children: median 26/min at 2 y; median heart rate "
        "113/min at 2 y)",
        at("rr", "05:00"),
        (), 6, "age=2,weight=12.2,height=87,sex=m,tolerance=1",
    ),
    Case(
        "b-child-stand-hr",
        "child of 9 stands up: greatest HR rise in 10 min",
        "beats/min", 22, 8, 38,
        "BMJ Open active-standing reference study, table 2 (6-12 y: supine HR 88±11, rise 22±8 at the maximum in 10 "
        "min standing)",
        highest_change("hr", "00:55", "01:05", "11:00"),
        ("01:00 position=standing",), 12, "age=9,weight=29,height=133,sex=f,tolerance=1",
    ),
    Case(
        "c-fever-child-hr",
        "fever of 39 degC, child of 3 years: HR per degree",
        "beats/min per degC", 10, 5, 18,
        "Davies & Maconochie 2009 Emerg Med J 26:641 (21,033 children: about 10 /min per degC); Hanna & Greenes "
        "2004 (9.6); Daymont 2015 (10)",
        slope("hr", "temp_c", "00:55", "16:00"),
        ("01:00 temp_c=39.0",), 17, "age=3,weight=15,height=95,sex=f,tolerance=1",
    ),
)  # fmt: skip
