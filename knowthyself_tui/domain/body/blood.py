"""Blood gas chemistry: the oxygen dissociation curve, carbon dioxide content and pH, in both directions."""

from __future__ import annotations

from math import log10

from knowthyself_tui.domain.body.maths import clamp
from knowthyself_tui.domain.body.tables import constant

HUEFNER = constant("huefner", 1.34, "mL/g", "S", "oxygen bound by haemoglobin")
O2_SOLUBILITY = constant("o2_solubility", 0.031, "mL/L/mmHg", "S", "dissolved oxygen in blood")
BOHR = constant("bohr", 0.48, "log10/pH", "S", "Severinghaus 1979")
BOHR_TEMPERATURE = constant("bohr_temperature", 0.024, "log10/degC", "S", "Severinghaus 1979")
CO2_SCALE = constant("co2_scale", 110.2, "mL/L", "D", "fits CO2 content tables at 24 mmol/L bicarbonate")
CO2_POWER = constant("co2_power", 0.396, "", "D", "fits CO2 content tables")
HALDANE = constant("haldane", 0.64, "mL/L per %", "D", "fits CO2 content tables")
BUFFER = constant("buffer", 0.10, "mmol/L/mmHg", "S", "acute bicarbonate rise with PCO2")
BICARBONATE = constant("bicarbonate", 24.0, "mmol/L", "S", "resting")
LACTATE_BUFFERED = constant("lactate_buffered", 0.9, "mmol/mmol", "S", "bicarbonate used by lactate")


def metabolic_bicarbonate(lactate: float, resting: float = BICARBONATE) -> float:
    """Bicarbonate at a PCO2 of 40 mmHg, mmol/L."""
    return max(3.0, resting - LACTATE_BUFFERED * (lactate - 1.0))


def ph_of(pco2: float, metabolic: float) -> float:
    """Arterial pH from PCO2 (mmHg) and metabolic bicarbonate (mmol/L)."""
    bicarbonate = max(1.0, metabolic + BUFFER * (pco2 - 40.0))
    return 6.1 + log10(bicarbonate / (0.0307 * pco2))


def curve_shift(pco2: float, metabolic: float, temp_c: float) -> float:
    """Factor on PO2 that carries it to the standard curve (pH 7.40, 37 degC)."""
    return float(10.0 ** (BOHR * (ph_of(pco2, metabolic) - 7.4) - BOHR_TEMPERATURE * (temp_c - 37.0)))


def saturation(po2: float, shift: float) -> float:
    """Oxygen saturation as a fraction, Severinghaus 1979."""
    p = po2 * shift
    x = p * p * p + 150.0 * p
    return x / (x + 23400.0)


def o2_content(po2: float, shift: float, haemoglobin: float) -> float:
    """mL of oxygen per litre of blood."""
    return HUEFNER * haemoglobin * saturation(po2, shift) + O2_SOLUBILITY * po2


def po2_of_content(content: float, shift: float, haemoglobin: float, guess: float, steps: int = 3) -> float:
    """PO2 that holds this oxygen content, by Newton steps from a guess."""
    capacity, po2 = HUEFNER * haemoglobin, guess
    for _ in range(steps):
        p = po2 * shift
        x = p * p * p + 150.0 * p
        total = x + 23400.0
        error = capacity * x / total + O2_SOLUBILITY * po2 - content
        slope = capacity * shift * 23400.0 * (3.0 * p * p + 150.0) / (total * total) + O2_SOLUBILITY
        po2 = clamp(po2 - error / slope, 0.4 * po2 + 0.1, 2.5 * po2 + 1.0)
    return clamp(po2, 0.5, 760.0)


def co2_content(pco2: float, metabolic: float, sat: float, haemoglobin: float) -> float:
    """mL of carbon dioxide per litre of blood."""
    haldane = HALDANE * (haemoglobin / 150.0) * (95.0 - 100.0 * sat)
    return float(metabolic / BICARBONATE * CO2_SCALE * pco2**CO2_POWER + haldane)


def pco2_of_content(content: float, metabolic: float, sat: float, haemoglobin: float) -> float:
    """PCO2 that holds this carbon dioxide content."""
    haldane = HALDANE * (haemoglobin / 150.0) * (95.0 - 100.0 * sat)
    base = max(1.0, content - haldane) * BICARBONATE / (metabolic * CO2_SCALE)
    return clamp(float(base ** (1.0 / CO2_POWER)), 5.0, 250.0)
