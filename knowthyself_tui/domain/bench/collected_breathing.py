"""Collected cases: apnoea, oxygen, altitude and the control of breathing in adults."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import at, change, minutes_until, percent_change, slope

OXYGEN_THEN_APNOEA = ("00:30 fio2=1.0", "06:00 fio2=0.21", "06:00 breathing=apnoea")

CASES: tuple[Case, ...] = (
    Case(
        "apnoea-adult-preox",
        "apnoea after 5 min of 100 % oxygen, lean adult, mask taken off: to SpO2 90 %",
        "min", 8.3, 5.3, 11.5,
        "Berthoud 1991 Br J Anaesth (6 normal-weight controls: 595 SD 142 s); Jense 1991 Anesth Analg 364 s and "
        "Gambee 1987 Anesth Analg 8.9 min are recalled; published = mean of the three",
        minutes_until("spo2", below=90, since="06:00"),
        OXYGEN_THEN_APNOEA, 20, "age=35,weight=70,height=175,sex=m,tolerance=1", recalled=True,
    ),
    Case(
        "apnoea-obese-preox",
        "apnoea after oxygen, very obese, supine: to SpO2 90 %",
        "min", 3.0, 1.6, 4.5,
        "Altermatt 2005 Br J Anaesth (BMI >=35, supine, 20 patients: 162 SD 38 s); Berthoud 1991 Br J Anaesth (196 "
        "SD 80 s); Jense 1991 163 s (recalled); published = mean of the two checked",
        minutes_until("spo2", below=90, since="06:00"),
        OXYGEN_THEN_APNOEA, 14, "age=40,weight=125,height=168,sex=f,tolerance=1",
    ),
    Case(
        "b-obese-headup-apnoea",
        "apnoea after 3 min of oxygen, very obese, 25 to 30 degrees head up: to SpO2 92 %",
        "min", 3.35, 1.7, 5.2,
        "Dixon 2005 Anesthesiology 102:1110 (BMI 45-47, anaesthetised; 3 min preoxygenation; 25 degrees head up "
        "201±55 s, supine 155±69 s to 92 %); 30 degrees here",
        minutes_until("spo2", below=92, since="04:00"),
        ("00:10 position=head_up_30", "01:00 fio2=1.0", "04:00 fio2=0.21", "04:00 breathing=apnoea"),
        13, "age=40,weight=125,height=166,sex=f,tolerance=1",
    ),
    Case(
        "c-apnoea-fio2-60",
        "apnoea after 5 min of 60 % oxygen, healthy woman: to SpO2 90 %",
        "min", 3.55, 1.9, 5.4,
        "Edmark 2003 Anesthesiology 98:28 (36 healthy women, 60 % oxygen: 213±69 s)",
        minutes_until("spo2", below=90, since="06:00"),
        ("01:00 fio2=0.6", "06:00 fio2=0.21", "06:00 breathing=apnoea"),
        16, "age=40,weight=65,height=165,sex=f,tolerance=1",
    ),
    Case(
        "c-apnoea-paco2-1min",
        "apnoea on oxygen, adult: PaCO2 rise in the first minute",
        "mmHg", 9.8, 6, 14,
        "Kobayashi 1994 Masui 43:1130 (15 adults: 9.8±1.9 mmHg in the first minute); Eger & Severinghaus 1961 "
        "(about 12)",
        change("paco2_mmhg", "05:55", "07:00"),
        ("01:00 fio2=1.0", "06:00 breathing=apnoea"), 8, "age=35,weight=65,height=168,sex=m,tolerance=1",
    ),
    Case(
        "c-o2-pao2",
        "100 % oxygen for 20 min, healthy young adult: PaO2",
        "mmHg", 640, 560, 680,
        "classic hyperoxic shunt studies in healthy adults (PaO2 about 600-660 mmHg on pure oxygen at sea level)",
        at("pao2_mmhg", "21:00"),
        ("01:00 fio2=1.0",), 22, recalled=True,
    ),
    Case(
        "b-obese-rest-pao2",
        "very obese adult (BMI 48) sitting on air: PaO2",
        "mmHg", 81, 66, 95,
        "Zavorsky & Hoffman 2008 Obes Rev 9:326 (review, 768 subjects, mean 40 y, BMI 48, upright rest at sea "
        "level: PaO2 81, range of studies 50-95)",
        at("pao2_mmhg", "11:00"),
        ("00:30 position=sitting",), 12, "age=40,weight=135,height=168,sex=f,tolerance=1",
    ),
    Case(
        "b-breathhold-frc",
        "breath held at resting lung volume on air: PaO2 change in 35 s",
        "mmHg", -50, -66, -33,
        "Sasse 1996 Chest 110:958 (8 normal adults, arterial line, breath-hold from FRC on air: PaO2 -50, PaCO2 "
        "+10.2 mmHg in 35 s)",
        change("pao2_mmhg", "01:00", "01:35"),
        ("01:00 breathing=apnoea", "02:00 breathing=own"), 3, "age=32,weight=72,height=175,sex=m,tolerance=1",
    ),
    Case(
        "hypervent-ph",
        "passive hyperventilation for 15 min: slope of pH on PaCO2",
        "pH per mmHg", -0.01, -0.013, -0.0065,
        "Arbus 1969 N Engl J Med (in-vivo CO2 titration curve of acute hypocapnia in anaesthetised man: 0.74 nmol/L "
        "H+ per mmHg; 40 to 20 mmHg gives pH about 7.60)",
        slope("ph", "paco2_mmhg", "00:55", "16:00"),
        ("01:00 breathing=apnoea", "01:00 ventilate_bvm rate=25 volume=600"), 17, recalled=True,
    ),
    Case(
        "c-ventilated-paco2",
        "apnoeic adult of 70 kg ventilated 12 x 500 mL for 30 min: PaCO2",
        "mmHg", 37, 30, 46,
        "Radford 1954 / Nunn nomograms for artificial ventilation (85 mL/kg/min at 12/min gives about normocapnia)",
        at("paco2_mmhg", "31:00"),
        ("00:30 fio2=0.5", "01:00 breathing=apnoea", "01:00 ventilate_bvm rate=12 volume=500"), 32, recalled=True,
    ),
    Case(
        "co2-slope",
        "hypercapnic ventilatory response: VE per mmHg of EtCO2 between 3 % and 6 % inspired CO2",
        "L/min per mmHg", 2.0, 0.9, 3.4,
        "Dahan/Sarton 1998 Anesthesiology (controls: men 2.0 SD 0.4, women 1.8 SD 0.9 L/min/mmHg, steady-state "
        "method; gas mix differs, end-tidal forcing there)",
        slope("ve_l_min", "etco2_mmhg", "10:55", "20:55"),
        ("01:00 fico2=0.03", "11:00 fico2=0.06"), 22,
    ),
    Case(
        "b-co2-6pct",
        "breathing 6 % CO2 in air at rest: minute ventilation",
        "L/min", 26.5, 16, 38,
        "Int J Sports Exerc Med 2015-16, table 4 (clinmedjournals ijsem-1-014; n=8, rest: air 8.8±1.1, 3 % CO2 "
        "14.9±0.8, 6 % CO2 26.5±4.3 L/min); window widened for the large spread between published groups",
        at("ve_l_min", "11:00"),
        ("00:05 position=sitting", "01:00 fico2=0.06"), 12, "age=25,weight=72,height=176,sex=m,tolerance=1",
    ),
    Case(
        "c-co2-recovery",
        "10 min after 15 min of 7 % CO2 in oxygen: VE change from rest",
        "%", 0, -25, 25,
        "Sechzer 1960 J Appl Physiol (12 men, 7-14 % CO2 for 10-20 min: ventilation, pressure and rate back to "
        "normal in roughly 10 min)",
        percent_change("ve_l_min", "00:55", "26:00"),
        ("01:00 fio2=0.93", "01:00 fico2=0.07", "16:00 fico2=0"), 28,
    ),
    Case(
        "alt-14000-spo2",
        "15 min at 14,000 ft on air: SpO2 at rest",
        "%", 83, 76, 90,
        "NCT01477450, USAF chamber study of 30 subjects (mean SpO2 83 % at 14,000 ft as stated in the registered "
        "protocol); agrees with acute chamber data 80-86 % (recalled)",
        at("spo2", "16:00"),
        ("01:00 altitude_ft=14000",), 17,
    ),
    Case(
        "b-altitude-8000ft",
        "ascent to a cabin altitude of 8,000 ft: SpO2 change",
        "percentage points", -4.4, -7.5, -2,
        "Muhm 2007 N Engl J Med 357:18 (502 adults in hypobaric chamber; at 8000 ft SpO2 -4.4, 95 % CI 3.9-4.9)",
        change("spo2", "00:55", "30:00"),
        ("00:05 position=sitting", "01:00 altitude_ft=8000"), 31, "age=47,weight=76,height=172,sex=m,tolerance=1",
    ),
    Case(
        "c-altitude-30000",
        "oxygen mask off at 30,000 ft: to SaO2 64 % (end of useful consciousness)",
        "min", 1.22, 0.5, 2.5,
        "US Navy low-pressure-chamber study, 25 men per altitude (30,000 ft: first card-sorting error at 73 s with "
        "mean oximeter saturation 64 %; imminent unconsciousness 98 s, 56 %)",
        minutes_until("sao2", below=64, since="06:00"),
        ("00:30 fio2=1.0", "01:00 altitude_ft=30000", "06:00 fio2=0.21"),
        10, "age=22,weight=72,height=177,sex=m,tolerance=1",
    ),
)  # fmt: skip
