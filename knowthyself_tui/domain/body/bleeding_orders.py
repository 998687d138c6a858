"""Orders that hold bleeding: a tourniquet closes a limb, each other device presses once however often it is ordered."""

from __future__ import annotations

from math import prod

from knowthyself_tui.domain.body import haemorrhage
from knowthyself_tui.domain.body.applied import DONE, NO_EFFECT, STOP_ACTIONS, Applied, Slots, impossible
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

SPLINTED = constant("splinted", 0.75, "share of pain", "H", "pain that a splint leaves")
PRESSED_AT_MOST = constant("pressed_at_most", 0.95, "share", "H", "pressing never stops all of it")
LOOSENING = (*STOP_ACTIONS, "loosen", "release")
ARM = ("arm", "forearm", "hand", "wrist", "elbow", "finger", "shoulder")
BELOW_THE_THIGH = ("knee", "calf", "calves", "shin", "lower leg", "lower_leg", "ankle", "foot", "feet", "toe")
SITES = ("any", "lower_leg", "thigh", "arm")
ELSEWHERE: dict[str, tuple[str, ...]] = {
    "any": (),
    "lower_leg": (*ARM, "ankle", "foot", "feet", "toe"),
    "thigh": (*ARM, *BELOW_THE_THIGH),
    "arm": ("thigh", "leg", *BELOW_THE_THIGH, "wrist", "hand", "finger"),
}
"""Where a tourniquet does nothing for a wound at each site: on another limb, below it or over the joint."""
SLIP_SECONDS = 120
"""A strap that moving has loosened gives way this long afterwards (fact sheet S3.11)."""
TRUNK = ("neck", "throat", "head", "chest", "abdomen", "pelvis", "groin", "trunk")


def control_bleeding(n: Norms, s: State, slots: Slots) -> Applied:
    """Put a tourniquet or a way of pressing on, or take it off."""
    if slots.get("note_time") and "device" not in slots:
        return DONE
    device = str(slots.get("device", "direct_pressure"))
    off = str(slots.get("action", "")) in LOOSENING
    if device == "tourniquet":
        return _tourniquet(s, str(slots.get("region", "")).lower(), off)
    if device not in haemorrhage.PRESSURES:
        return NO_EFFECT
    press(s, device, not off)
    return DONE


def splint(n: Norms, s: State, slots: Slots) -> Applied:
    """A binder presses on the part of a bleeding that no tourniquet reaches; a splint eases pain, once."""
    off = str(slots.get("action", "")) in LOOSENING
    if slots.get("device") == "pelvic_binder":
        press(s, "pelvic_binder", not off)
        return DONE
    if not s.splinted and not off:
        s.splinted = 1
        s.pain *= SPLINTED
    return DONE


def press(s: State, device: str, on: bool) -> None:
    """Keep the set of what presses, and how much of the bleeding it stops together."""
    pressing = set(filter(None, s.pressing.split("+")))
    pressing = pressing | {device} if on else pressing - {device}
    s.pressing = "+".join(sorted(pressing))
    shares = (_share(s, name) for name in pressing)
    s.pressure = min(PRESSED_AT_MOST, 1.0 - prod(1.0 - share for share in shares))


def release(s: State) -> None:
    """Take everything off that holds the bleeding."""
    s.tourniquet, s.pressing, s.pressure, s.slips_in_seconds = 0.0, "", 0.0, 0


def _tourniquet(s: State, region: str, off: bool) -> Applied:
    if any(word in region for word in TRUNK):
        return impossible("A tourniquet closes limbs only.")
    if off:
        s.tourniquet = 0.0
    elif _is_above(region, SITES[round(s.haemorrhage_site)]):
        s.tourniquet, s.slips_in_seconds = haemorrhage.TOURNIQUET, 0
    return DONE


def _is_above(region: str, site: str) -> bool:
    """Whether a tourniquet there lies between the wound and the heart, on the bleeding limb."""
    return not any(word in region for word in ELSEWHERE[site])


def carry(s: State) -> None:
    """Moving the patient works a tourniquet loose, once, unless somebody looks after it in time."""
    if s.tourniquet > 0.0 and s.tourniquet_slips > 0.0 and s.slips_in_seconds == 0:
        s.slips_in_seconds = SLIP_SECONDS


def look_after(s: State) -> None:
    """Check a tourniquet and tighten it."""
    if s.slips_in_seconds or s.tourniquet > 0.0:
        s.slips_in_seconds, s.tourniquet_slips = 0, 0.0
        s.tourniquet = haemorrhage.TOURNIQUET


def advance(s: State) -> None:
    """One second of a tourniquet that works loose."""
    if s.slips_in_seconds > 0:
        s.slips_in_seconds -= 1
        if s.slips_in_seconds == 0:
            s.tourniquet = haemorrhage.TOURNIQUET * (1.0 - s.tourniquet_slips)
            s.slips_in_seconds = -1


def _share(s: State, device: str) -> float:
    if device == "pelvic_binder":
        return haemorrhage.BINDER * (1.0 - s.haemorrhage_limb)
    return haemorrhage.PRESSURES[device]
