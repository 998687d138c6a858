"""Published cases of the physiology page: asthma, anaphylaxis, seizure, low glucose, head injury and arrest."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import (
    Figure,
    at,
    change,
    highest_change,
    minutes_until,
    percent_change,
    percent_of,
    times,
)

MCFADDEN = "McFadden & Lyons 1968: hypocapnia in 73/101"
SEIZURE_SIGNS = "Walton 1993; JNNP 2001 tab 2"
GLUCOSE = "Moore & Woollard 2005"
CUSHING = "Cushing triad"

PLASMA_SHARE = 0.55
"""Of blood, at a haematocrit of 0.45."""


def obstructed(bronchospasm: float, mucus_plugging: float) -> tuple[str, str]:
    """Airways narrowed by spasm and by plugs, the plugs being 0.62 of the spasm."""
    return (f"00:00 bronchospasm={bronchospasm:g}", f"00:00 mucus_plugging={mucus_plugging:g}")


FEV1_38 = obstructed(0.4657, 0.2888)
FEV1_24 = obstructed(0.6129, 0.38)
FEV1_11 = obstructed(0.7856, 0.487)
SALBUTAMOL = tuple(f"{time} give_drug drug=salbutamol dose=5 unit=mg route=NEB" for time in ("15:00", "35:00", "55:00"))
FOOD_ALLERGY = ("00:00 mediator=1", "00:00 mediator_onset_min=5")
CONVULSING = ("01:00 seizure_drive=1",)
MIDAZOLAM_GIVEN = (*CONVULSING, "07:00 give_drug drug=midazolam dose=10 unit=mg route=IM")
LOW_GLUCOSE = ("00:00 insulin=0.9", "gcs<8.5 give_drug drug=glucose_iv dose=10 unit=g route=IV")
HAEMATOMA = ("00:00 intracranial_haematoma_ml=30", "00:00 intracranial_haematoma_rate_ml_min=1.1")
RESUSCITATION = (
    "01:00 rhythm=vf",
    "01:30 defib_cpr device=cpr",
    "01:30 manage_airway device=igel",
    "01:30 ventilate_bvm rate=10",
)
RETURN_OF_PULSE = (
    "00:00 rhythm=vf",
    "00:30 defib_cpr device=cpr",
    "00:30 manage_airway device=igel",
    "00:30 ventilate_bvm rate=10",
    "03:30 defib_cpr device=shock",
    "arrested<0.5 hold_or_cancel target_intent=defib_cpr",
)


def _asthma(
    case_id: str, title: str, unit: str, window: tuple[float, float, float], source: str, figure: Figure,
    steps: tuple[str, ...], minutes: float,
) -> Case:  # fmt: skip
    return Case(case_id, title, unit, *window, source, figure, steps, minutes, position="upright")


def _allergy(
    case_id: str, title: str, unit: str, window: tuple[float, float, float], source: str, figure: Figure
) -> Case:
    return Case(case_id, title, unit, *window, source, figure, FOOD_ALLERGY, 75, position="upright")


CASES: tuple[Case, ...] = (
    _asthma(
        "AS-FEV1 38%", "asthma FEV1 38%: PaCO2", "mmHg", (35, 31, 38.5), MCFADDEN, at("paco2_mmhg", "15:00"),
        FEV1_38, 15,
    ),
    _asthma(
        "AS-FEV1 24%", "asthma FEV1 24%: PaCO2", "mmHg", (36, 31, 40), MCFADDEN, at("paco2_mmhg", "15:00"),
        (*FEV1_24, *SALBUTAMOL), 75,
    ),
    _asthma(
        "AS-O2", "asthma FEV1 24%: PaO2 on air", "mmHg", (63, 52, 78), "McFadden & Lyons 1968; Nowak 1983",
        at("pao2_mmhg", "15:00"), (*FEV1_24, *SALBUTAMOL), 75,
    ),
    _asthma(
        "AS-hyper", "asthma FEV1 ~11% at 12 min: PaCO2 (retention only at extreme obstruction)", "mmHg", (50, 42, 75),
        "McFadden & Lyons 1968; Nowak 1983 (FEV1<1 L)", at("paco2_mmhg", "12:00"), FEV1_11, 12,
    ),
    _asthma(
        "AS-salb", "salbutamol 5 mg x3 neb in 1 h: FEV1 gain at 60 min (from 24%)", "% pred", (18, 10, 28),
        "Besbes-Ouanes 2000; Tarala 1980", change("fev1_percent", "15:00", "75:00"), (*FEV1_24, *SALBUTAMOL), 75,
    ),
    _allergy(
        "AN-food", "fatal anaphylaxis (food) untreated: time to arrest", "min", (30, 15, 45), "Pumphrey 2000 median",
        minutes_until("arrested", above=0.5),
    ),
    _allergy(
        "AN-leak", "anaphylaxis: plasma volume lost at 15 min", "% PV", (35, 15, 50),
        "Fisher 1986 (20-37% within 10-15 min)",
        times(percent_change("blood_volume_ml", "00:00", "15:00"), -1.0 / PLASMA_SHARE),
    ),
    Case(
        "SE-hr", "convulsive SE at 6 min: HR", "/min", 125, 105, 155, SEIZURE_SIGNS, at("hr", "07:00"), CONVULSING, 7
    ),
    Case(
        "SE-sbp", "convulsive SE at 6 min: SBP", "mmHg", 165, 140, 190, SEIZURE_SIGNS, at("sbp", "07:00"), CONVULSING, 7
    ),
    Case(
        "SE-mid", "midazolam 10 mg IM: seizure stops", "min", 3.3, 2, 7, "RAMPART 2012 3.3 min (responders)",
        minutes_until("seizing", below=0.1, since="07:00"), MIDAZOLAM_GIVEN, 40,
    ),
    Case(
        "HG-1", "10 g glucose IV: rise of blood glucose", "mmol/L", 4.2, 3, 5.5, f"{GLUCOSE} (10 g -> 6.2)",
        highest_change("glucose_mmol_l", "gcs<8.5", "gcs<8.5", "gcs<8.5+10:00"), LOW_GLUCOSE, 150,
    ),
    Case(
        "HG-2", "10 g glucose IV: time to GCS 15 (from GCS 8)", "min", 8, 3, 12, GLUCOSE,
        minutes_until("gcs", above=14.5, since="gcs<8.5"), LOW_GLUCOSE, 150,
    ),
    Case(
        "TBI-hr", "Cushing response at ICP 55: HR", "/min", 52, 38, 64, CUSHING, at("hr", "icp_mmhg>55"), HAEMATOMA, 90
    ),
    Case(
        "TBI-sbp", "Cushing response at ICP 55: SBP", "mmHg", 155, 135, 200, CUSHING,
        at("sbp", "icp_mmhg>55"), HAEMATOMA, 90,
    ),
    Case(
        "CA-et", "VF, good CPR 3 min: EtCO2", "mmHg", 16, 8, 26, "Levine 1997; Kolar 2008; ERC 2021",
        at("etco2_mmhg", "04:30"), RESUSCITATION, 5,
    ),
    Case(
        "CA-co", "VF, good CPR 3 min: CO / normal", "%", 25, 15, 32, "Kim 2008 17-27%",
        percent_of("co_l_min", "04:30", "co_l_min", "00:55"), RESUSCITATION, 5,
    ),
    Case(
        "CA-rosc", "EtCO2 1 min after ROSC", "mmHg", 40, 30, 65, "abrupt rise >=10 to 35-45",
        at("etco2_mmhg", "arrested<0.5+01:00"), RETURN_OF_PULSE, 20,
    ),
)  # fmt: skip
