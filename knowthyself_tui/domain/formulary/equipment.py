"""Devices, fluids, positions and procedures that can be ordered."""

from __future__ import annotations

from knowthyself_tui.domain.formulary.types import Device, Fluid

_DEVICES: tuple[Device, ...] = (
    Device("non_rebreather", "give_oxygen", 15),
    Device("simple_mask", "give_oxygen"),
    Device("nasal_cannula", "give_oxygen"),
    Device("venturi", "give_oxygen"),
    Device("venturi_24", "give_oxygen", 2),
    Device("venturi_28", "give_oxygen", 4),
    Device("venturi_31", "give_oxygen", 6),
    Device("venturi_35", "give_oxygen", 8),
    Device("venturi_40", "give_oxygen", 10),
    Device("venturi_60", "give_oxygen", 15),
    Device("nebuliser_mask", "give_oxygen", 8),
    Device("bvm", "ventilate_bvm", 15),
    Device("head_tilt_chin_lift", "manage_airway"),
    Device("jaw_thrust", "manage_airway"),
    Device("opa", "manage_airway"),
    Device("npa", "manage_airway"),
    Device("igel", "manage_airway"),
    Device("ett", "manage_airway"),
    Device("bite_block", "manage_airway"),
    Device("yankauer", "suction"),
    Device("hand_held", "suction"),
    Device("tourniquet", "control_bleeding"),
    Device("haemostatic_gauze", "control_bleeding"),
    Device("wound_packing", "control_bleeding"),
    Device("direct_pressure", "control_bleeding"),
    Device("dressing", "control_bleeding"),
    Device("belt", "control_bleeding"),
    Device("pelvic_binder", "apply_splint_binder"),
    Device("box_splint", "apply_splint_binder"),
    Device("sam_splint", "apply_splint_binder"),
    Device("traction_splint", "apply_splint_binder"),
    Device("splint", "apply_splint_binder"),
    Device("sling", "apply_splint_binder"),
    Device("mils", "spinal_restriction"),
    Device("collar", "spinal_restriction"),
    Device("collar_loosened", "spinal_restriction"),
    Device("scoop", "spinal_restriction"),
    Device("blocks", "spinal_restriction"),
    Device("vac_mat", "spinal_restriction"),
    Device("chest_seal", "chest_procedure"),
    Device("needle_decompression", "chest_procedure"),
    Device("pads", "defib_cpr"),
    Device("shock", "defib_cpr"),
    Device("cpr", "defib_cpr"),
    Device("IV", "vascular_access"),
    Device("IO", "vascular_access"),
    Device("blanket", "keep_warm"),
    Device("foil_blanket", "keep_warm"),
    Device("heater", "keep_warm"),
    Device("autoinjector", "give_drug"),
    Device("spacer", "give_drug"),
)
DEVICES: dict[str, Device] = {device.id: device for device in _DEVICES}

FLUIDS: dict[str, Fluid] = {
    fluid.id: fluid
    for fluid in (
        Fluid("sodium_chloride_0.9"),
        Fluid("hartmanns"),
        Fluid("glucose_5"),
        Fluid("blood", carried=False),
        Fluid("plasma", carried=False),
    )
}

POSITIONS = frozenset(
    {
        "upright",
        "tripod",
        "semi_recumbent",
        "semi_recumbent_legs_raised",
        "supine",
        "supine_legs_raised",
        "leg_elevated",
        "recovery",
        "lateral_log_roll",
        "head_up_30",
        "standing",
        "prone",
    }
)

TRANSPORT_MODES = frozenset({"carry_chair", "walk", "stretcher", "emergency"})
DESTINATIONS = frozenset({"hospital", "ed_resus", "mtc", "ppci", "ambulance", "stroke_unit"})
RESOURCES = frozenset({"crew", "critical_care", "hems", "police", "fire", "als", "doctor"})
