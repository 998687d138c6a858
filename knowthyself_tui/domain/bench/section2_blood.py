"""Published cases of the physiology page: the oxygen dissociation curve and a body at rest."""

from __future__ import annotations

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.figures import Figure, at, computed
from knowthyself_tui.domain.body import blood

SEVERINGHAUS = "Severinghaus 1979"
NORMAL = "standard adult values"
ALVEOLAR = "alveolar gas equation, A-a 10-30"


def _saturation(po2: float) -> Figure:
    def percent() -> float:
        return float(100.0 * blood.saturation(po2, blood.curve_shift(40.0, 24.0, 37.0)))

    return computed(percent, f"oxygen saturation at PO2 {po2:g}, PCO2 40, bicarbonate 24, 37 degC")


def _curve(po2: float, published: float, low: float, high: float) -> Case:
    title = f"ODC PO2 {po2:g} mmHg, pH 7.40, 37C"
    return Case(f"G{po2:g}", title, "%", published, low, high, SEVERINGHAUS, _saturation(po2))


def _resting(name: str, column: str, unit: str, published: float, low: float, high: float) -> Case:
    return Case(f"B-{name}", f"resting adult {name}", unit, published, low, high, NORMAL, at(column, "00:00"))


def _oxygen(fio2: float, published: float, low: float, high: float) -> Case:
    return Case(
        f"G-FiO2 {fio2:.1f}", f"PaO2 breathing FiO2 {fio2:.2f}", "mmHg", published, low, high, ALVEOLAR,
        at("pao2_mmhg", "15:00"), (f"00:00 fio2={fio2:g}",), 15,
    )  # fmt: skip


CASES: tuple[Case, ...] = (
    _curve(27, 50, 48.5, 51.5),
    _curve(40, 75, 73.5, 76.5),
    _curve(60, 90, 88.5, 91.5),
    _curve(100, 97.5, 96, 99),
    _resting("hr", "hr", "/min", 72, 60, 85),
    _resting("rr", "rr", "/min", 14, 12, 18),
    _resting("sbp", "sbp", "mmHg", 121, 110, 132),
    _resting("spo2", "spo2", "%", 97, 96, 99),
    _resting("etco2", "etco2_mmhg", "mmHg", 38, 35, 42),
    _resting("paco2", "paco2_mmhg", "mmHg", 40, 37, 43),
    _resting("pao2", "pao2_mmhg", "mmHg", 95, 85, 105),
    _resting("gcs", "gcs", "", 15, 15, 15),
    _resting("crt", "crt_seconds", "s", 1.6, 1, 2),
    _resting("temp", "temp_c", "degC", 37, 36.5, 37.5),
    _resting("lactate", "lactate_mmol_l", "mmol/L", 1, 0.5, 2),
    _oxygen(0.4, 225, 190, 260),
    _oxygen(1.0, 620, 540, 660),
)
