"""Stopping what runs: the device or the drug that is named, else all that its intent put there."""

from __future__ import annotations

from collections.abc import Callable

from knowthyself_tui.domain.body import airway_orders, bleeding_orders
from knowthyself_tui.domain.body.applied import DONE, NO_EFFECT, Applied, Slots
from knowthyself_tui.domain.body.devices import AIRWAY_DEVICES, MANOEUVRES
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.formulary import DEVICES

Stopper = Callable[[State, str], None]


def cancel(n: Norms, s: State, slots: Slots) -> Applied:
    """Stop one thing; what is already in the body stays there. What is named decides, not the intent that was heard."""
    device, drug = str(slots.get("device", "")), str(slots.get("drug", ""))
    if drug and drug != "oxygen":
        _stop_drug(s, drug)
        return DONE
    target = "give_oxygen" if drug == "oxygen" else str(slots.get("target_intent", ""))
    if device in DEVICES:
        target = DEVICES[device].intent
    stopper = _STOPPERS.get(target)
    if stopper is None:
        return NO_EFFECT
    stopper(s, device)
    return DONE


def _stop_drug(s: State, drug: str) -> None:
    s.infusions = [row for row in s.infusions if drug and row[0] != drug]
    s.nebuliser = [row for row in s.nebuliser if drug and row[0] != drug]
    if not s.nebuliser:
        s.nebuliser_seconds = 0


def _stop_oxygen(s: State, device: str) -> None:
    airway_orders.stop_oxygen(s)


def _stop_bag(s: State, device: str) -> None:
    airway_orders.stop_bag(s)


def _stop_fluids(s: State, device: str) -> None:
    s.fluids = []


def _stop_airway(s: State, device: str) -> None:
    if device and device not in AIRWAY_DEVICES and device not in MANOEUVRES:
        return
    if device not in AIRWAY_DEVICES:
        s.manoeuvre = ""
    if device not in MANOEUVRES:
        s.airway_device = ""


def _stop_resuscitation(s: State, device: str) -> None:
    if device in ("", "cpr"):
        s.compressions = 0
    if device in ("", "pacing"):
        s.pacing_rate = 0.0
    if device == "pads":
        s.pads = 0


def _stop_pressing(s: State, device: str) -> None:
    if not device:
        bleeding_orders.release(s)
    elif device == "tourniquet":
        s.tourniquet = 0.0
    else:
        bleeding_orders.press(s, device, on=False)


def _unsplint(s: State, device: str) -> None:
    bleeding_orders.press(s, "pelvic_binder", on=False)


def _stop_warming(s: State, device: str) -> None:
    s.warmed = 0


def _stop_moving(s: State, device: str) -> None:
    s.exertion_seconds = 0


def _stop_all_drugs(s: State, device: str) -> None:
    _stop_drug(s, "")


def _take_access_out(s: State, device: str) -> None:
    s.access = 0


_STOPPERS: dict[str, Stopper] = {
    "give_oxygen": _stop_oxygen,
    "ventilate_bvm": _stop_bag,
    "give_fluids": _stop_fluids,
    "manage_airway": _stop_airway,
    "defib_cpr": _stop_resuscitation,
    "control_bleeding": _stop_pressing,
    "apply_splint_binder": _unsplint,
    "keep_warm": _stop_warming,
    "move_transport": _stop_moving,
    "give_drug": _stop_all_drugs,
    "vascular_access": _take_access_out,
}
