"""The body as others use it: make one, let time pass, give orders, read it, save it and go on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from knowthyself_tui.domain.acts import Order
from knowthyself_tui.domain.body import (
    bleeding_orders,
    brain,
    circulation,
    diseases,
    display,
    effects,
    fluids,
    forcing,
    gas,
    haemorrhage,
    heart,
    lungs,
    mediator,
    metabolism,
    orders,
    pharmacology,
    reflexes,
    seizure,
    ventilation,
)
from knowthyself_tui.domain.body.applied import Applied
from knowthyself_tui.domain.body.brain import gcs_of
from knowthyself_tui.domain.body.circulation import Pressures
from knowthyself_tui.domain.body.devices import AIRWAY_DEVICES
from knowthyself_tui.domain.body.findings import Findings, findings_of
from knowthyself_tui.domain.body.maths import approach, clamp
from knowthyself_tui.domain.body.mediator import mediation_of
from knowthyself_tui.domain.body.norms import norms_of
from knowthyself_tui.domain.body.patient import Norms, Patient
from knowthyself_tui.domain.body.readings import running_of, values_of, vitals_of
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant
from knowthyself_tui.domain.body.ventilation import Breath
from knowthyself_tui.domain.vitals import Vitals

ENGINE_VERSION = "3"
SETTLING_SECONDS = 900
SUBSTEPS = 2
TENSION = constant("tension", 24.0, "mmHg", "H", "mean pressure in the chest of a full tension pneumothorax")
FAINTING = 0.6
"""Consciousness below which nobody stands."""
LIMP = 0.25
"""Consciousness below which nobody holds themselves up on their arms."""
GAGS_AFTER = 3
"""GCS points above what an airway needs, at which the patient pulls it out."""


_Derived = tuple[lungs.Lungs, Breath, effects.Effects, Pressures]


class Body:
    """One patient's physiology: a pure function of patient, seed, conditions and the orders given."""

    def __init__(self, patient: Patient, state: State) -> None:
        self.patient = patient
        self._norms = norms_of(patient, state.seed)
        self._state = state
        self._now: _Derived | None = None
        """What follows from the state, until it changes."""

    @classmethod
    def new(
        cls,
        patient: Patient,
        conditions: Mapping[str, float],
        *,
        seed: int = 1,
        lead_seconds: int = 0,
        position: str = "tripod",
    ) -> Body:
        """A patient at contact: settled in health, then ill for `lead_seconds` before anyone came.

        Args:
            conditions: Severities by the names in `CONDITION_NAMES`.
            lead_seconds: How long the illness has run at contact.
        """
        found = _at_contact(patient, tuple(conditions.items()), seed, lead_seconds, position)
        return cls(patient, State.from_json(found))

    @property
    def seconds(self) -> int:
        """Whole seconds since patient contact."""
        return self._state.seconds

    @property
    def is_standing(self) -> bool:
        """Whether the patient is on his or her feet."""
        return self._state.position == "standing"

    @property
    def arrested(self) -> bool:
        """Whether the heart has stopped pumping."""
        return bool(self._state.arrest)

    def step(self, seconds: int = 1) -> None:
        """Let whole seconds pass."""
        self._now = None
        for _ in range(seconds):
            _second(self._norms, self._state)

    def apply(self, order: Order) -> Applied:
        """Carry out an order; it works from the next second on."""
        self._now = None
        return orders.apply(self._norms, self._state, order)

    def force(self, name: str, value: float | str) -> None:
        """Set something from outside, as the physiology bench does; names are in `FORCED_NAMES`."""
        self._now = None
        forcing.force(self._norms, self._state, name, value)

    def vitals(self) -> Vitals:
        """The true vital signs of this second."""
        _, breath, fx, p = self._derived()
        return vitals_of(self._norms, self._state, breath, p, fx)

    def displayed(self) -> Vitals:
        """The vital signs as a monitor shows them at this second, with the noise of measurement."""
        return display.shown(self.vitals(), self._state.seed, self._state.seconds)

    def values(self) -> dict[str, float]:
        """Every named number of this second; what does not exist is left out."""
        mechanics, breath, fx, p = self._derived()
        return values_of(self._norms, self._state, mechanics, breath, p, fx)

    def findings(self) -> Findings:
        """Examination codes of this second."""
        mechanics, breath, fx, p = self._derived()
        return findings_of(self._norms, self._state, mechanics, breath, p, fx)

    def running(self) -> frozenset[str]:
        """Names of the treatments that are running."""
        return running_of(self._state)

    def to_json(self) -> dict[str, Any]:
        """One flat dictionary from which `from_json` goes on bit for bit."""
        patient = {f"patient:{key}": value for key, value in self.patient.to_json().items()}
        return self._state.to_json() | patient

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Body:
        """The body that `to_json` wrote."""
        prefix = "patient:"
        person = {key.removeprefix(prefix): value for key, value in data.items() if key.startswith(prefix)}
        return cls(Patient.from_json(person), State.from_json(data))

    def _derived(self) -> _Derived:
        if self._now is None:
            n, s = self._norms, self._state
            fx = effects.effects_of(n, s)
            mechanics = lungs.lungs_of(n, s, fx)
            breath = ventilation.breath_of(n, s, mechanics, fx)
            self._now = mechanics, breath, fx, circulation.pressures_of(n, s, fx, _intrathoracic(s, breath))
        return self._now


@lru_cache(maxsize=64)
def _at_contact(
    patient: Patient, conditions: tuple[tuple[str, float], ...], seed: int, lead_seconds: int, position: str
) -> Mapping[str, Any]:
    """The state at contact; settling and falling ill are the same whenever the same patient is met."""
    norms = norms_of(patient, seed)
    state = _healthy(norms, seed, position, -SETTLING_SECONDS - lead_seconds)
    for _ in range(SETTLING_SECONDS):
        _second(norms, state)
    for name, severity in conditions:
        diseases.insert(state, name, severity)
    for _ in range(lead_seconds):
        _second(norms, state)
    return state.to_json()


def _second(n: Norms, s: State) -> None:
    """One second: drugs, disease, fluids, mechanics, the fast loop, slow chemistry, the heart."""
    pharmacology.advance(n, s, s.ve)
    fx = effects.effects_of(n, s)
    diseases.advance(n, s, fx)
    mediator.advance(s)
    bleeding_orders.advance(s)
    haemorrhage.advance(n, s, circulation.mean_pressure(n, s), fx)
    fluids.advance(n, s, mediation_of(n, s, fx).leak, fx)
    seizure.advance(s, fx)
    mechanics = lungs.lungs_of(n, s, fx)
    breath = ventilation.breath_of(n, s, mechanics, fx)
    demand = ventilation.oxygen_demand(n, s, breath)
    pressure = _intrathoracic(s, breath)
    dt = 1.0 / SUBSTEPS
    used = missing = 0.0
    for _ in range(SUBSTEPS):
        metabolic = gas.advance(n, s, mechanics, breath, demand, dt)
        p = circulation.advance(n, s, fx, pressure, dt)
        reflexes.advance(n, s, p, breath, fx, dt)
        brain.advance(n, s, p, fx, dt)
        used += metabolic.used / SUBSTEPS
        missing += metabolic.missing / SUBSTEPS
    s.vo2 = used
    ventilation.advance(n, s, mechanics, breath, fx)
    reflexes.advance_catecholamines(s, breath.load)
    metabolism.advance(n, s, gas.Metabolism(used, missing), breath, fx)
    _monitor(n, s, mechanics, breath)
    heart.advance(n, s, p, fx)
    _stance(s)
    _exertion(s)
    s.seconds += 1


def _intrathoracic(s: State, breath: Breath) -> float:
    tension = TENSION * s.pneumothorax**1.6 * (1.25 if breath.bagged else 1.0)
    return float(breath.pressure + tension)


def _monitor(n: Norms, s: State, mechanics: lungs.Lungs, breath: Breath) -> None:
    """The delays of the oximeter's probe and of the capnograph."""
    perfusion = clamp(s.co / n.co * (1.25 - s.vessel_drive), 0.15, 1.6)
    delay = clamp(8.0 / perfusion, 5.0, 45.0)
    s.probe = approach(s.probe, 100.0 * s.sao2, delay, 1.0)
    s.spo2 = approach(s.spo2, s.probe, delay, 1.0)
    gas.flush(s, breath, mechanics.frc)
    s.etco2 = approach(s.etco2, gas.end_tidal(n, s, mechanics, breath), gas.CAPNOGRAPH_SECONDS, 1.0)


def _stance(s: State) -> None:
    """Who loses consciousness sinks down; who wakes pulls out the airway."""
    if (s.arrest and s.position in ("standing", "tripod", "upright")) or (
        s.position == "standing" and s.consciousness < FAINTING
    ):
        s.position, s.exertion_seconds = "supine", 0
    elif s.position == "tripod" and s.consciousness < LIMP:
        s.position = "semi_recumbent"
    if s.airway_device and gcs_of(s) >= AIRWAY_DEVICES[s.airway_device].needs_gcs_below + GAGS_AFTER:
        s.airway_device = ""


def _exertion(s: State) -> None:
    if s.exertion_seconds > 0:
        s.exertion_seconds -= 1
    s.exertion = approach(s.exertion, float(s.exertion_seconds > 0 and not s.arrest), 20.0, 1.0)


def _healthy(n: Norms, seed: int, position: str, seconds: int) -> State:
    s = State(seed=seed, seconds=seconds, position=orders.known_position(position))
    gas.settle(n, s)
    circulation.settle(n, s)
    s.drive = s.ve = n.ve
    return s
