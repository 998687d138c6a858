"""Everything the body remembers between two seconds, as one flat record that goes in and out of JSON unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from knowthyself_tui.errors import StoreError

SCHEMA_VERSION = 2


@dataclass(slots=True)
class State:
    """One body at one second. Volumes in mL, pressures in mmHg, contents in mL per L of blood."""

    seed: int = 1
    seconds: int = 0
    """Seconds since patient contact; negative while the body settles and the illness runs in."""
    position: str = "tripod"

    o2_fast: float = 0.0
    """Oxygen in the well ventilated lung unit, mL BTPS."""
    co2_fast: float = 0.0
    n2_fast: float = 0.0
    o2_slow: float = 0.0
    """Oxygen in the badly ventilated lung unit, mL BTPS."""
    co2_slow: float = 0.0
    n2_slow: float = 0.0
    arterial_o2: float = 0.0
    arterial_co2: float = 0.0
    venous_o2: float = 0.0
    venous_co2: float = 0.0
    tissue_co2: float = 0.0
    """Partial pressure in the quickly reached tissues."""
    deep_co2: float = 0.0
    """Partial pressure in the slowly reached tissues."""
    pao2: float = 0.0
    sao2: float = 0.0
    """Fraction."""
    paco2: float = 0.0
    ph: float = 0.0
    probe: float = 0.0
    """First stage of the oximeter's delay, percent."""
    spo2: float = 0.0
    etco2: float = 0.0
    vo2: float = 0.0
    """Oxygen that the tissues took up in the last second, mL/min."""
    flushed: float = 1.0
    """How far breaths have cleared the units without blood flow, 0 to 1."""
    brain_co2: float = 0.0
    drive: float = 0.0
    """Ventilation that the respiratory centre asks for, L/min."""
    ve: float = 0.0
    """Ventilation of the last second, L/min."""
    fatigue: float = 0.0

    blood: float = 0.0
    haemoglobin_g: float = 0.0
    crystalloid_in: float = 0.0
    """Infused crystalloid still in the blood."""
    crystalloid_out: float = 0.0
    """Infused crystalloid in the interstitium."""
    arterial_volume: float = 0.0
    central_volume: float = 0.0
    co: float = 0.0
    """Cardiac output of the last half second, L/min."""
    pulse_pressure: float = 0.0
    vessel_drive: float = 0.0
    """Sympathetic outflow to the vessels, 0 to 1, resting 0.25."""
    heart_drive: float = 0.0
    """Sympathetic outflow to the heart, 0 to 1, resting 0.20."""
    hr: float = 0.0
    catecholamine: float = 0.0
    """The patient's own circulating beta-drive, 0 to 1."""

    energy: float = 1.0
    """Myocardial energy, 0 to 1."""
    arrest: str = ""
    """The arrest rhythm: pea, asystole, vf; empty while the heart beats."""
    arrest_seconds: int = 0
    pulseless_seconds: int = 0
    """How long the pressure has been too low for a pulse."""
    rosc_seconds: int = 0
    """How long the conditions for a return of circulation have held."""
    no_flow: float = 0.0
    """Recovery that time without flow has cost the heart, 0 to 1."""
    stunning: float = 0.0
    """Contractility lost after an arrest, 0 to 1."""
    brain_injury: float = 0.0
    """What an arrest has done to consciousness, 0 to 1."""

    jugular: float = 0.64
    """Oxygen saturation of the blood that leaves the brain, fraction."""
    consciousness: float = 1.0
    brainstem: float = 1.0
    vasomotor: float = 1.0
    """Sympathetic output that the brainstem can still make, 0 to 1."""

    oxygen_debt: float = 0.0
    lactate: float = 1.0
    temp_c: float = 37.0
    glucose: float = 5.4

    bronchospasm: float = 0.0
    mucus_plugging: float = 0.0
    bronchospasm_rate_per_min: float = 0.0
    pneumothorax: float = 0.0
    pneumothorax_rate_per_min: float = 0.0
    mediator: float = 0.0
    """Mast cell mediators that the exposure aims at, 0 to 1."""
    mediator_level: float = 0.0
    """Mediators in the tissues at this moment."""
    mediator_onset_min: float = 5.0
    mediator_bronchial: float = 1.0
    mediator_laryngeal: float = 1.0
    mediator_vascular: float = 1.0
    airway_swelling: float = 0.0
    airway_swelling_rate_per_min: float = 0.0
    third_nerve: float = 0.0
    """How far the pupil of the haematoma's side is paralysed, 0 to 1."""
    haemorrhage_site: float = 0.0
    tourniquet_slips: float = 0.0
    slips_in_seconds: int = 0
    airway_soiling: float = 0.0
    airway_soiling_rate_per_min: float = 0.0
    """Vomit, blood or saliva in the upper airway, share of it blocked."""
    haemorrhage_ml_min: float = 0.0
    """Bleeding at a mean pressure of 93 mmHg."""
    haemorrhage_limb: float = 1.0
    """Share of the bleeding that a tourniquet can reach."""
    clot: float = 0.0
    """Share of the bleeding that clotting stops."""
    tourniquet: float = 0.0
    """Share of the limb's bleeding that it stops."""
    pressing: str = ""
    """What presses on the bleeding, names joined by +."""
    splinted: int = 0
    pressure: float = 0.0
    """Share of all bleeding that pressure or packing stops."""
    pain: float = 0.0
    seizure_drive: float = 0.0
    seizure: float = 0.0
    """Convulsion at this moment, 0 to 1."""
    seizure_seconds: int = 0
    postictal: float = 0.0
    intracranial_haematoma_ml: float = 0.0
    intracranial_haematoma_rate_ml_min: float = 0.0
    brain_oedema_ml: float = 0.0
    primary_brain_injury: float = 0.0
    icp: float = 10.0
    """Intracranial pressure, mmHg."""
    infarct: float = 0.0
    """Left ventricle that does not contract, share."""
    right_ventricular_infarct: float = 0.0
    ischaemia: float = 0.0
    """Angina and the fear that goes with it, 0 to 1."""
    vf_at_min: float = -1.0
    """Minute of contact at which the heart fibrillates; negative for never."""
    vagal_tone: float = 0.0
    av_block: float = 0.0
    """Degree of atrioventricular block, 0 to 3."""
    av_block_rate_per_min: float = 0.0
    insulin: float = 0.0
    """Fall of the glucose set point, share."""
    sepsis: float = 0.0
    lung_water: float = 0.0
    vented: int = 0
    """A cannula lets the air out of the pleura."""
    cold_exposure: float = 0.0
    paralysis: float = 0.0
    """Muscles that a relaxant has taken, 0 to 1."""
    brain_glucose: float = 5.4
    exertion_seconds: int = 0
    exertion: float = 0.0

    drugs: dict[str, list[float]] = field(default_factory=dict)
    """Amounts by drug: central, second, third compartment (mcg) and effect-site concentration (ng/mL)."""
    depots: list[list[Any]] = field(default_factory=list)
    """What waits to be absorbed: drug, rate per minute, amount in mcg, whether poor perfusion slows it."""
    infusions: list[list[Any]] = field(default_factory=list)
    """Drugs running into a vein: drug, mcg per second, seconds left (-1 without end)."""
    nebuliser: list[list[Any]] = field(default_factory=list)
    """Drugs in the nebuliser: drug, mcg left."""
    nebuliser_seconds: int = 0
    fluids: list[list[Any]] = field(default_factory=list)
    """Fluids running: fluid, mL per second, mL left."""

    oxygen_device: str = ""
    oxygen_flow: float = 0.0
    venturi_fraction: float = 0.28
    nebuliser_flow: float = 8.0
    bag_rate: float = 0.0
    bag_volume: float = 0.0
    bag_seal: float = 0.0
    bag_flow: float = 15.0
    airway_device: str = ""
    manoeuvre: str = ""
    compressions: int = 0
    pads: int = 0
    pacing_rate: float = 0.0
    access: int = 0
    warmed: int = 0

    forced_airway: str = ""
    forced_apnoea: int = 0
    forced_fio2: float = -1.0
    """Inspired oxygen set from outside; negative when the devices decide."""
    fico2: float = 0.0
    barometric: float = 760.0
    bleed_ml_min: float = 0.0
    blood_lost: float = 0.0
    plasma_leaked: float = 0.0
    seeped: float = 0.0
    """Plasma that has seeped into hanging legs, mL."""

    def to_json(self) -> dict[str, Any]:
        """One flat dictionary of what differs from a fresh state; lists are copies."""
        data: dict[str, Any] = {"v": SCHEMA_VERSION}
        for name, usual in _PLAIN.items():
            value = getattr(self, name)
            if value != usual:
                data[name] = value
        for name in _LISTS:
            data[name] = [list(row) for row in getattr(self, name)]
        for drug, amounts in self.drugs.items():
            data[f"drug:{drug}"] = list(amounts)
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> State:
        """The state that `to_json` wrote, whatever the order of its keys."""
        if data["v"] != SCHEMA_VERSION:
            raise StoreError(f"This body was saved with schema {data['v']}; this program reads {SCHEMA_VERSION}.")
        state = cls()
        for name, usual in _PLAIN.items():
            setattr(state, name, data.get(name, usual))
        for name in _LISTS:
            setattr(state, name, [list(row) for row in data[name]])
        state.drugs = {key[5:]: list(data[key]) for key in sorted(data) if key.startswith("drug:")}
        return state


_LISTS = ("depots", "infusions", "nebuliser", "fluids")
_PLAIN: dict[str, Any] = {item.name: item.default for item in fields(State) if item.name not in (*_LISTS, "drugs")}
