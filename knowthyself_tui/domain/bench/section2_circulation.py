"""Published cases of the physiology page: blood loss, fluids, and drugs on the circulation."""

from __future__ import annotations

from collections.abc import Iterator

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import (
    Figure,
    at,
    change,
    highest,
    lowest_change,
    minutes_to_peak,
    percent_change,
    percent_of,
    times,
)

JOHNSON = "Johnson 2013/2014"
ATLS = "ATLS; Guly 2011 widens HR downwards"
STRATTON = "Stratton 1985"

BLOOD_ML = 4900.0
"""Blood volume of the adult."""
INFUSED_ML = 1750.0

ONE_LITRE = ("01:00 bleed_ml_min=66.667", "16:00 bleed_ml_min=0")
TRAUMA = ("00:00 pain=0.6", "01:00 bleed_ml_min=150")
ADRENALINE_50_NG_KG_MIN = ("01:00 infusion_adrenaline_mcg_min=3.5",)
ADRENALINE_IM = ("01:00 give_drug drug=adrenaline dose=0.5 unit=mg route=IM",)
NITRATE = ("01:00 give_drug drug=gtn dose=0.4 unit=mg route=SL",)
CRYSTALLOID = ("01:00 give_fluids fluid=sodium_chloride_0.9 volume=1.75 volume_unit=L over_minutes=30",)

ATLS_CLASSES: tuple[tuple[str, int, dict[str, tuple[float, float]]], ...] = (
    ("I", 10, {"hr": (70, 100), "sbp": (105, 135), "rr": (14, 21)}),
    ("II", 22, {"hr": (85, 120), "sbp": (95, 130), "rr": (18, 30)}),
    ("III", 35, {"hr": (100, 140), "sbp": (75, 105), "rr": (24, 40)}),
    ("IV", 45, {"hr": (110, 160), "sbp": (50, 88), "rr": (28, 46)}),
)
"""Class, blood lost in % of the blood volume at which it is read, windows."""


def _litre(case_id: str, title: str, unit: str, published: float, low: float, high: float, figure: Figure) -> Case:
    return Case(case_id, title, unit, published, low, high, JOHNSON, figure, ONE_LITRE, 16)


def _infusion(name: str, title: str, unit: str, published: float, low: float, high: float, figure: Figure) -> Case:
    return Case(f"E50-{name}", title, unit, published, low, high, STRATTON, figure, ADRENALINE_50_NG_KG_MIN, 16)


def _atls() -> Iterator[Case]:
    for number, (roman, percent, windows) in enumerate(ATLS_CLASSES, 1):
        lost = f"blood_lost_ml>{BLOOD_ML * percent / 100:g}"
        for column, (low, high) in windows.items():
            title = f"ATLS class {roman} blood loss (150 mL/min, pain): {column}"
            unit = "mmHg" if column == "sbp" else "/min"
            yield Case(f"ATLS{number}-{column}", title, unit, None, low, high, ATLS, at(column, lost), TRAUMA, 40)


CASES: tuple[Case, ...] = (
    _litre("C1", "1 L haemorrhage in volunteers: HR change", "/min", 7, 2, 15, change("hr", "01:00", "16:00")),
    _litre("C2", "1 L haemorrhage: MAP change", "mmHg", -8.7, -14, -2, change("map", "01:00", "16:00")),
    _litre("C3", "1 L haemorrhage: SV change", "%", -16, -30, -10, percent_change("sv_ml", "01:00", "16:00")),
    _litre("C4", "1 L haemorrhage: CVP change", "mmHg", -4.7, -6, -2.5, change("cvp_mmhg", "01:00", "16:00")),
    *_atls(),
    Case(
        "ATLS-death", "loss at arrest (no fluids)", "% BV", 52, 42, 62, ">40% lethal (ATLS)",
        percent_of("blood_lost_ml", "arrested>0.5", "blood_volume_ml", "00:00"), TRAUMA, 40,
    ),
    _infusion("hr", "adrenaline 50 ng/kg/min: HR", "/min", 12, 5, 19, change("hr", "01:00", "16:00")),
    _infusion("sbp", "adrenaline 50 ng/kg/min: SBP", "mmHg", 18, 5.4, 27, change("sbp", "01:00", "16:00")),
    _infusion("sv", "adrenaline 50 ng/kg/min: SV", "%", 31, 19, 43, percent_change("sv_ml", "01:00", "16:00")),
    _infusion("co", "adrenaline 50 ng/kg/min: CO", "%", 58, 40, 76, percent_change("co_l_min", "01:00", "16:00")),
    Case(
        "E-im-t", "adrenaline 0.5 mg IM: time of peak", "min", 8, 4, 12, "Simons 2001; Dreborg & Kim 2021 5-10",
        minutes_to_peak("c_adrenaline", "01:00", "31:00"), ADRENALINE_IM, 31,
    ),
    Case(
        "E-im-c", "adrenaline 0.5 mg IM: peak of added plasma adrenaline", "ng/mL", None, 0.25, 0.5,
        "ARS-1 integrated analysis (epinephrine IM, 175 subjects)", highest("c_adrenaline", "01:00", "31:00"),
        ADRENALINE_IM, 31,
    ),
    Case(
        "C6", "GTN 0.4 mg SL: SBP nadir within 10 min", "mmHg", -14, -22, -7, "Wuerz 1994 -14 (CI 11-16)",
        lowest_change("sbp", "00:55", "01:00", "11:00"), NITRATE, 11,
    ),
    Case(
        "C7", "crystalloid 25 mL/kg in 30 min: retained at end", "%", 52, 38, 65, "Hahn 2020 50-60%",
        times(change("blood_volume_ml", "01:00", "31:00"), 100.0 / INFUSED_ML), CRYSTALLOID, 61,
    ),
    Case(
        "C8", "crystalloid 25 mL/kg: retained 30 min later", "%", 20, 12, 30, "Hahn 2020 15-20%",
        times(change("blood_volume_ml", "01:00", "61:00"), 100.0 / INFUSED_ML), CRYSTALLOID, 61,
    ),
)  # fmt: skip
