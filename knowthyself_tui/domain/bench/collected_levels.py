"""Collected cases: levels of drugs in plasma and at the effect site."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import at, highest, minutes_to_peak, percent_change

CASES: tuple[Case, ...] = (
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
        "Simons 1998 J Allergy Clin Immunol 101:33 (8 children 4-12 y, 0.3 mg IM: Cmax 2136±351 SEM pg/mL at 8±2 "
        "min)",
        highest("c_adrenaline", "01:00", "61:00"),
        ("01:00 give_drug drug=adrenaline dose=0.3 unit=mg route=IM",),
        61, "age=9,weight=29,height=133,sex=m,tolerance=1",
    ),
    Case(
        "c-adrenaline-washout",
        "adrenaline 0.1 mcg/kg/min stopped after 30 min: plasma level change in 5 min",
        "%", -75, -97, -50,
        "infusions of 0.08-0.1 mcg/kg/min in 6 volunteers (Clin Sci: biexponential decline, clearance 9.4 L/min); "
        "early half-life of 2-3 min recalled",
        percent_change("c_adrenaline", "30:55", "36:00"),
        ("01:00 infusion_adrenaline_mcg_min=7", "31:00 infusion_adrenaline_mcg_min=0"), 38, recalled=True,
    ),
    Case(
        "c-noradrenaline-plasma",
        "noradrenaline 0.2 mcg/kg/min: plasma level at 30 min",
        "ng/mL", 7.5, 4, 11.5,
        "Ensinger, Crit Care Med (8 volunteers, five rates of 30 min each: 7475±1071 pg/mL at 0.2 mcg/kg/min)",
        at("c_noradrenaline", "31:00"),
        ("01:00 infusion_noradrenaline_mcg_min=14",), 32, "age=26,weight=70,height=177,sex=m,tolerance=1",
    ),
    Case(
        "b-midazolam-im-child",
        "midazolam 0.3 mg/kg IM, child: Cmax",
        "ng/mL", 253, 125, 480,
        "Muchohi 2008 Br J Clin Pharmacol 66:529 (children with convulsions, 0.3 mg/kg IM: median Cmax 253, 95 % CI "
        "145-475, tmax 15 min; F about 1)",
        highest("c_midazolam", "01:00", "61:00"),
        ("01:00 give_drug drug=midazolam dose=3.6 unit=mg route=IM",),
        61, "age=3,weight=12,height=92,sex=m,tolerance=1",
    ),
    Case(
        "c-midazolam-in",
        "midazolam 5 mg IN (strong spray): Cmax",
        "ng/mL", 66, 35, 100,
        "Schrier 2017 Br J Clin Pharmacol 83:721 (16 volunteers: 66 ng/mL, CV 32 %, at 14 min)",
        highest("c_midazolam", "01:00", "61:00"),
        ("01:00 give_drug drug=midazolam dose=5 unit=mg route=IN",),
        62, "age=25,weight=70,height=175,sex=m,tolerance=1",
    ),
    Case(
        "c-midazolam-buccal-7y",
        "midazolam 7.5 mg buccal, child of 7 years: Cmax",
        "ng/mL", 140, 60, 230,
        "Buccolam SmPC population kinetics (5 to < 10 y, 7.5 mg: Cmax 140, SD 60 ng/mL, within 30 min)",
        highest("c_midazolam", "01:00", "61:00"),
        ("01:00 give_drug drug=midazolam dose=7.5 unit=mg route=BUCCAL",),
        62, "age=7,weight=23,height=122,sex=f,tolerance=1", recalled=True,
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
    Case(
        "c-propofol-tpeak",
        "propofol bolus IV, adult: time to peak effect",
        "min", 1.33, 0.7, 2.8,
        "Munoz 2004 Anesthesiology 101:1269 (25 adults 35-48 y: time to peak effect 80±20 s), read as the peak of "
        "the effect-site level",
        minutes_to_peak("e_propofol", "01:00", "11:00"),
        ("00:10 fio2=1.0", "01:00 infusion_propofol_mcg_min=210000", "01:20 infusion_propofol_mcg_min=0"),
        13, "age=40,weight=70,height=172,sex=m,tolerance=1",
    ),
    Case(
        "c-morphine-im",
        "morphine 10 mg IM: Cmax",
        "ng/mL", 57, 35, 85,
        "Stanski 1978 Clin Pharmacol Ther 24:52 (8 young men: peaks 51-62 ng/mL within 20 min)",
        highest("c_morphine", "01:00", "91:00"),
        ("01:00 give_drug drug=morphine dose=10 unit=mg route=IM",),
        91, "age=25,weight=72,height=177,sex=m,tolerance=1",
    ),
    Case(
        "c-fentanyl-in",
        "fentanyl 100 mcg IN: Cmax",
        "ng/mL", 0.6, 0.25, 1.2,
        "Kaasa 2010 J Opioid Manag (nasal spray, 100 mcg: Cmax 595±400 pg/mL at 12 min; 200 mcg 1195)",
        highest("c_fentanyl", "01:00", "61:00"),
        ("01:00 give_drug drug=fentanyl dose=100 unit=mcg route=IN",),
        62, "age=58,weight=68,height=170,sex=f,tolerance=1",
    ),
    Case(
        "c-gtn-plasma",
        "GTN 0.6 mg SL: Cmax",
        "ng/mL", 2.3, 0.9, 4.5,
        "Armstrong 1979 Circulation 59:585 (10 studies in volunteers: 2.3±0.36 SEM ng/mL at 2 min, half of it at "
        "7.5 min)",
        highest("c_gtn", "01:00", "21:00"),
        ("01:00 give_drug drug=gtn dose=0.6 unit=mg route=SL",), 31,
    ),
    Case(
        "c-txa-1h",
        "tranexamic acid 10 mg/kg IV: plasma level at 1 h",
        "ng/mL", 18300, 11000, 27000,
        "Eriksson 1974 Eur J Clin Pharmacol (10 mg/kg IV: 18.3 mcg/mL at 1 h); Pilbrant 1981 (clearance 110-116 "
        "mL/min)",
        at("c_tranexamic_acid", "61:00"),
        ("01:00 give_drug drug=tranexamic_acid dose=700 unit=mg route=IV over_minutes=5",), 67, recalled=True,
    ),
)  # fmt: skip
