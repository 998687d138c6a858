"""The ids that a rule may use: intents, slots, drugs, devices, values, findings, treatments, states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowthyself_tui.domain.body.finding_codes import FINDINGS
from knowthyself_tui.domain.formulary import (
    DESTINATIONS,
    DEVICES,
    DRUGS,
    FLUIDS,
    POSITIONS,
    RESOURCES,
    SEDATIVE_CLASSES,
    TRANSPORT_MODES,
)
from knowthyself_tui.domain.procedures import PROCEDURES
from knowthyself_tui.domain.rules.intents import COMMON_SLOTS, DERIVED_SLOTS, INTENT_SLOTS
from knowthyself_tui.domain.vitals import CHANNELS

STATES = ("arrest", "critical", "deteriorating", "initial", "improving", "stable")
"""The patient's states, worst first."""

_LATENT = """
map fev1_percent obstruction fatigue exhausted exertion energy consciousness arrested sao2 pao2_mmhg paco2_mmhg ph
etco2_mmhg ve_l_min vt_ml fio2 co_l_min sv_ml cvp_mmhg icp_mmhg cpp_mmhg blood_volume_ml blood_lost_ml lactate_mmol_l
own_rr seizing postictal swelling mediator_level lung_water bleeding_ml_min plasma_leaked_ml pain_felt opioid_effect
withdrawal
"""
BODY_VALUES = frozenset({*CHANNELS, *_LATENT.split()})
"""Vital channels and the body's other named values."""

_TREATMENTS = "oxygen nebuliser ventilation cpr pads iv_access infusion fluid airway pressure tourniquet pacing"
TREATMENTS = frozenset(_TREATMENTS.split())
"""What can run; one kind of it is written `infusion:<drug>`, `fluid:<fluid>` or `airway:<device>`."""

ALIASES = {"oxygen": "give_oxygen"}
"""Terms whose name is no intent, drug or device of its own."""

_TOLD = {key for procedure in PROCEDURES.values() for key in (*procedure.channels, *procedure.findings)}
FINDING_KEYS = frozenset({*_TOLD, *PROCEDURES, *FINDINGS})
"""Findings, measured channels, and the procedures that tell them."""


def _classes() -> dict[str, frozenset[str]]:
    members: dict[str, set[str]] = {}
    for drug in DRUGS.values():
        members.setdefault(drug.drug_class, set()).add(drug.id)
        if drug.drug_class in SEDATIVE_CLASSES:
            members.setdefault("sedative", set()).add(drug.id)
    return {name: frozenset(drugs) for name, drugs in members.items() if name not in DRUGS}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the checker knows; a scenario's own value names and findings can be added with `replace`."""

    intents: Mapping[str, frozenset[str]]
    """Intent to its slots."""
    drugs: frozenset[str]
    classes: Mapping[str, frozenset[str]]
    """Drug class to its drugs."""
    devices: Mapping[str, str]
    """Device to the intent that applies it."""
    values: frozenset[str]
    """True values of the body."""
    findings: frozenset[str]
    """Finding keys and topics that can be told."""
    treatments: frozenset[str]
    """Treatments that can run."""
    states: frozenset[str] = frozenset(STATES)
    slot_values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Slot to its values, where the list is closed."""

    def intent_of(self, name: str) -> str | None:
        """The intent that a term called `name` stands for; None when no act is called so."""
        if name in ALIASES:
            return ALIASES[name]
        if name in self.intents:
            return name
        if name in self.drugs or name in self.classes:
            return "give_drug"
        return self.devices.get(name)

    def act_names(self) -> set[str]:
        """Every name a term may have."""
        return {*ALIASES, *self.intents, *self.drugs, *self.classes, *self.devices}


STANDARD = Vocabulary(
    intents={
        name: frozenset(slots.split()) | COMMON_SLOTS | DERIVED_SLOTS.get(name, frozenset())
        for name, slots in INTENT_SLOTS.items()
    },
    drugs=frozenset(DRUGS),
    classes=_classes(),
    devices={device.id: device.intent for device in DEVICES.values()},
    values=BODY_VALUES,
    findings=FINDING_KEYS,
    treatments=TREATMENTS,
    slot_values={
        "drug": frozenset(DRUGS),
        "route": frozenset({"BUCCAL", "IM", "IN", "INH", "IO", "IV", "NEB", "PO", "PR", "SC", "SL"}),
        "fluid": frozenset(FLUIDS),
        "position": POSITIONS,
        "mode": TRANSPORT_MODES,
        "destination": DESTINATIONS,
        "resource": RESOURCES,
        "state": frozenset(STATES),
    },
)
"""The ids of the formulary, the intents and the body."""
