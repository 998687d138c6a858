"""Published cases of the physiology page: apnoea, altitude, the control of breathing and oxygen devices."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import ADULT, Case
from knowthyself_tui.domain.bench.figures import (
    Figure,
    at,
    change,
    minutes_until,
    per_minute,
    percent_of_figure,
    slope,
    times,
)

BENUMOF = "Benumof 1997 (Farmery-Roe model)"
NAVY = "hypobaric chamber study of the US Navy, 25 subjects an altitude"
WEIL = "Weil 1975"
DEVICES = "OpenCriticalCare 2023; BTS O2 guideline 2017"

APNOEA = "06:40"
"""After an end-tidal oxygen fraction near .87 has been reached."""
PREOXYGENATED = ("00:00 fio2=0.92", f"{APNOEA} airway=closed", f"{APNOEA} breathing=apnoea")
ON_AIR = ("00:00 airway=closed", "00:00 breathing=apnoea")
AT_30000_FEET = ("00:00 fio2=1", "10:00 altitude_ft=30000", "20:00 fio2=0.21")
CO2_BEFORE_AND_AFTER_MORPHINE = (
    "01:00 fico2=0.05",
    "07:00 fico2=0",
    "40:00 give_drug drug=morphine dose=7.5 unit=mg route=SC",
    "70:00 fico2=0.05",
)
AWAKE_SLOPE = slope("ve_l_min", "paco2_mmhg", "01:00", "07:00")
MORPHINE_SLOPE = slope("ve_l_min", "paco2_mmhg", "70:00", "76:00")


def _to_saturation(percent: float) -> Figure:
    return minutes_until("sao2", below=percent, since=APNOEA)


def _apnoea(
    case_id: str, title: str, unit: str, window: tuple[float, float, float], source: str, figure: Figure,
    patient: str = ADULT,
) -> Case:  # fmt: skip
    published, low, high = window
    return Case(case_id, title, unit, published, low, high, source, figure, PREOXYGENATED, 25, patient)


def _altitude(case_id: str, title: str, unit: str, published: float, low: float, high: float, figure: Figure) -> Case:
    return Case(case_id, title, unit, published, low, high, NAVY, figure, AT_30000_FEET, 25, position="upright")


def _seconds_to(percent: float) -> Figure:
    return times(minutes_until("sao2", below=percent, since="20:00"), 60.0)


def _control(
    case_id: str, title: str, unit: str, window: tuple[float, float, float], source: str, figure: Figure
) -> Case:
    return Case(case_id, title, unit, *window, source, figure, CO2_BEFORE_AND_AFTER_MORPHINE, 76)


def _device(name: str, device: str, flow: int, published: float, low: float, high: float) -> Case:
    return Case(
        f"F-{name}", f"FiO2 {device.replace('_', ' ')} {flow} L/min, quiet breathing", "fraction", published, low, high,
        DEVICES, at("fio2", "00:05"), (f"00:00 give_oxygen device={device} flow={flow}",), 1,
    )  # fmt: skip


CASES: tuple[Case, ...] = (
    _apnoea(
        "A1", "apnoea, healthy 70 kg, FAO2 .87, obstructed: time to SaO2 80%", "min", (8.7, 6.96, 10.4), BENUMOF,
        _to_saturation(80),
    ),
    _apnoea("A2", "same apnoea, to SaO2 60%", "min", (9.9, 7.9, 11.9), "Benumof 1997", _to_saturation(60)),
    _apnoea(
        "A3", "PaCO2 rise in first minute", "mmHg", (9, 6, 14), "Eger 1961 / Frumin 1959 6-13",
        change("paco2_mmhg", APNOEA, "07:40"),
    ),
    _apnoea(
        "A4", "PaCO2 slope min 2-5", "mmHg/min", (3.4, 2.4, 4.5), "Eger 1961; Frumin 1959",
        per_minute("paco2_mmhg", "08:40", "11:40"),
    ),
    _apnoea(
        "A5", "desaturation slope 90->60%", "%/min", (30, 20, 45), "Sirian & Wills 2009",
        times(per_minute("sao2", "sao2<90", "sao2<60"), -1.0),
    ),
    _apnoea(
        "A6", "apnoea, obese 127 kg: to 80%", "min", (3.1, 2.3, 3.9), "Benumof 1997", _to_saturation(80),
        "age=30,weight=127,height=175,sex=m",
    ),
    _apnoea(
        "A7", "apnoea, child 10 kg (FRC 30 mL/kg): to 80%", "min", (3.7, 2.8, 4.6), "Benumof 1997", _to_saturation(80),
        "age=1.5,weight=10,height=80,sex=m",
    ),
    _apnoea(
        "A8", "apnoea, moderately ill adult: to 80%", "min", (5.5, 4.1, 6.9), "Benumof 1997", _to_saturation(80),
        f"{ADULT},comorbidity=little_reserve",
    ),
    Case(
        "A9", "apnoea from room air: to SaO2 90%", "s", 55, 35, 75,
        "Weingart & Levitan 2012 45-60 s; Sirian & Wills 2009", times(minutes_until("sao2", below=90), 60.0),
        ON_AIR, 20,
    ),
    Case(
        "A10", "apnoea from room air, untreated: time to pulseless", "min", 7.5, 5.5, 11, "asphyxial arrest 5-10 min",
        minutes_until("arrested", above=0.5), ON_AIR, 20,
    ),
    _altitude("ALT30-64", "mask off at 30000 ft: time to SaO2 64%", "s", 73, 47.5, 98.6, _seconds_to(64)),
    _altitude(
        "ALT30-56", "mask off at 30000 ft: time to SaO2 56% (imminent unconsciousness)", "s", 98, 63.7, 132,
        _seconds_to(56),
    ),
    _altitude("ALT30-LOC", "mask off at 30000 ft: SaO2 when GCS reaches 8", "%", 56, 50, 62, at("sao2", "gcs<8.5")),
    _control(
        "V1", "hypercapnic ventilatory response slope", "L/min/mmHg", (1.7, 1, 3), "Weil 1975 1.69(.24)", AWAKE_SLOPE
    ),
    _control(
        "V2", "morphine 7.5 mg SC: change of that slope", "%", (-42, -58, -28), WEIL,
        percent_of_figure(MORPHINE_SLOPE, AWAKE_SLOPE),
    ),
    _control(
        "V3", "morphine 7.5 mg SC: PaCO2 rise at 30 min", "mmHg", (2.5, 1.2, 4), "Weil 1975 42.9->45.4",
        change("paco2_mmhg", "40:00", "70:00"),
    ),
    _device("nasal2", "nasal_cannula", 2, 0.28, 0.26, 0.31),
    _device("nasal4", "nasal_cannula", 4, 0.36, 0.33, 0.39),
    _device("nasal6", "nasal_cannula", 6, 0.44, 0.39, 0.47),
    _device("mask6", "simple_mask", 6, 0.44, 0.38, 0.5),
    _device("mask10", "simple_mask", 10, 0.58, 0.5, 0.65),
    _device("nrb15", "non_rebreather", 15, 0.8, 0.7, 0.9),
    _device("venturi284", "venturi_28", 4, 0.28, 0.27, 0.3),
)  # fmt: skip
