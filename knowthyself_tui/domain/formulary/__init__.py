"""The one registry of what can be given and done: drugs with doses, devices, fluids, positions."""

from knowthyself_tui.domain.formulary.drugs import DRUGS, SEDATIVE_CLASSES, members_of
from knowthyself_tui.domain.formulary.equipment import (
    DESTINATIONS,
    DEVICES,
    FLUIDS,
    POSITIONS,
    RESOURCES,
    TRANSPORT_MODES,
)
from knowthyself_tui.domain.formulary.types import Device, DoseRange, Drug, Fluid

__all__ = [
    "DESTINATIONS",
    "DEVICES",
    "DRUGS",
    "FLUIDS",
    "POSITIONS",
    "RESOURCES",
    "SEDATIVE_CLASSES",
    "TRANSPORT_MODES",
    "Device",
    "DoseRange",
    "Drug",
    "Fluid",
    "members_of",
]
