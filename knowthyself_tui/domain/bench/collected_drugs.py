"""Collected cases: sedatives and opioids on breathing."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import lowest, minutes_to_peak, percent_change

CASES: tuple[Case, ...] = (
    Case(
        "midaz-fent-spo2",
        "midazolam 0.05 mg/kg, then fentanyl 2 mcg/kg IV, left alone on air: lowest SpO2",
        "%", None, 60, 91,
        "Bailey 1990 Anesthesiology (12 volunteers: SaO2 <90 % in 11 of 12, apnoea >=15 s in 6 of 12; no mean nadir "
        "in the abstract, so window only)",
        lowest("spo2", "02:00", "20:00"),
        (
            "01:00 give_drug drug=midazolam dose=3.5 unit=mg route=IV",
            "02:00 give_drug drug=fentanyl dose=140 unit=mcg route=IV",
        ),
        21,
    ),
    Case(
        "b-fentanyl-2mcgkg-spo2",
        "fentanyl 2 mcg/kg IV, left alone on air: lowest SpO2",
        "%", 90, 80, 94.5,
        "Bailey 1990 Anesthesiology 73:826 (12 volunteers, fentanyl 2 mcg/kg IV, room air: saturation <90 % in "
        "half, no apnoea); median nadir of 90 inferred from the incidence",
        lowest("spo2", "01:00", "31:00"),
        ("01:00 give_drug drug=fentanyl dose=140 unit=mcg route=IV",),
        31, "age=26,weight=70,height=175,sex=m,tolerance=1",
    ),
    Case(
        "c-fentanyl-tpeak",
        "fentanyl 2 mcg/kg IV on oxygen: time to the highest PaCO2",
        "min", 5, 2.5, 16,
        "Harper 1976 Anesth Analg (10 volunteers on oxygen: depression greatest 5 min after IV fentanyl); Hwang "
        "1996 Korean J Anesth (1-4 mcg/kg: PaCO2 peak at 5 min, held to 20 min)",
        minutes_to_peak("paco2_mmhg", "01:00", "41:00"),
        ("00:10 fio2=1.0", "01:00 give_drug drug=fentanyl dose=140 unit=mcg route=IV"), 42,
    ),
    Case(
        "fent-naloxone-ve",
        "naloxone 4 mg IN during a fentanyl infusion: VE change at 6 min",
        "%", 50, 15, 120,
        "van Lemmen 2026 Anesthesiology (fentanyl infusion titrated to VE -30 to -40 %, then naloxone 4 mg IN: VE "
        "recovered in 2-4 min; +43 to +67 % of the depressed value); infusion rate chosen to reach that depression",
        percent_change("ve_l_min", "30:55", "37:00"),
        (
            "01:00 give_drug drug=fentanyl dose=100 unit=mcg route=IV over_minutes=5",
            "01:00 infusion_fentanyl_mcg_min=4",
            "31:00 give_drug drug=naloxone dose=4 unit=mg route=IN",
        ),
        38,
    ),
)  # fmt: skip
