"""What an order does to the body: one handler an intent, each of which says what was really done."""

from __future__ import annotations

from collections.abc import Callable

from knowthyself_tui.domain.acts import Order, SlotValue
from knowthyself_tui.domain.body import airway_orders, bleeding_orders, heart, pharmacology, stop_orders
from knowthyself_tui.domain.body.applied import DONE, NO_EFFECT, STOP_ACTIONS, Applied, Slots, impossible
from knowthyself_tui.domain.body.brain import gcs_of
from knowthyself_tui.domain.body.doses import micrograms, minutes_of, number
from knowthyself_tui.domain.body.drugs import DRUGS, INERT, VEIN, Drug
from knowthyself_tui.domain.body.effects import effects_of
from knowthyself_tui.domain.body.maths import clamp
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.positions import POSITION_SYNONYMS, POSITIONS
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant
from knowthyself_tui.domain.formulary import DRUGS as FORMULARY
from knowthyself_tui.domain.formulary import FLUIDS
from knowthyself_tui.errors import ContentError

WALK_SECONDS = 180
"""Three flights of stairs and the way to the ambulance."""
FLUID_ML_PER_MIN = {"fast": 100.0, "bolus": 100.0, "stat": 100.0, "slow": 10.0, "kvo": 0.5}
USUAL_FLUID_ML_PER_MIN = 50.0
"""A bolus through an 18 G cannula without pressure [H]."""

RESUSCITATION = frozenset({"cpr", "shock", "pacing"})
NEEDLE_LEAVES = constant("needle_leaves", 0.3, "share", "H", "air that a cannula leaves behind at once")
NEEDLE_HARM = constant("needle_harm", 0.12, "pneumothorax", "H", "a needle into a healthy chest")
ISCHAEMIC = constant("ischaemic", 0.5, "", "H", "a heart too short of oxygen to walk")
WALKED_INTO_VF = constant("walked_into_vf", 1.0, "min", "H", "S7.11: fibrillation a minute after walking")
UNSAFE_GCS = 10
"""At this GCS or less nothing by mouth is swallowed safely (fact sheet S8.7)."""
RUNS_DOWN = constant("runs_down", 0.5, "soiling", "H", "a mouthful that is not swallowed")
INTO_A_SLACK_MOUTH = 0.2
"""Share of a gel that is taken up through the cheek of someone who does not swallow [H]."""
COOLED = constant("cooled", 0.8, "exposure", "H", "undressed, wet cloths, fan")

Handler = Callable[[Norms, State, Slots], Applied]


def known_position(name: str) -> str:
    """The position's own name, from itself or a synonym."""
    position = POSITION_SYNONYMS.get(name, name)
    if position not in POSITIONS:
        raise ContentError(f"The body has no position “{name}”; it has {', '.join(POSITIONS)}.")
    return position


def apply(n: Norms, s: State, order: Order) -> Applied:
    """Carry out one order; an intent that means nothing to a body changes nothing."""
    handler = _HANDLERS.get(order.intent)
    return NO_EFFECT if handler is None else handler(n, s, order.slots)


def _give_drug(n: Norms, s: State, slots: Slots) -> Applied:
    name = str(slots.get("drug", ""))
    if name == "oxygen":
        return airway_orders.give_oxygen(n, s, slots)
    drug = DRUGS.get(name)
    if drug is not None and drug.hidden:
        return impossible("Nobody carries that drug.")
    if drug is None:
        return DONE if name in INERT else NO_EFFECT
    route = str(slots.get("route", "")).upper() or _usual_route(drug)
    if route not in VEIN and route not in drug.routes:
        return impossible(f"{name.replace('_', ' ').capitalize()} cannot be given by the route {route}.")
    unsafe = route in ("PO", "BUCCAL") and (gcs_of(s) <= UNSAFE_GCS or s.seizure > 0.5)
    if route == "PO" and gcs_of(s) < 9 and not drug.glucose:
        return impossible("The patient is not awake enough to swallow.")
    if route == "INH" and (gcs_of(s) < 12 or s.arrest):
        return impossible("The patient is not awake enough to use an inhaler.")
    mcg = micrograms(drug, slots)
    if mcg is None:
        return impossible(f"That dose of {name.replace('_', ' ')} cannot be measured out.")
    if unsafe and drug.glucose:
        s.airway_soiling = min(0.9, s.airway_soiling + RUNS_DOWN)
        mcg *= INTO_A_SLACK_MOUTH
    pharmacology.give(s, drug, route, mcg, minutes_of(slots, drug.push_minutes))
    if route == "NEB":
        return airway_orders.start_nebuliser(s, slots)
    return DONE


def _usual_route(drug: Drug) -> str:
    return FORMULARY[drug.name].routes[0] if FORMULARY[drug.name].routes else "IV"


def _position(n: Norms, s: State, slots: Slots) -> Applied:
    name = str(slots.get("position", ""))
    name = POSITION_SYNONYMS.get(name, name)
    if name not in POSITIONS:
        return NO_EFFECT
    if name in ("standing", "tripod", "upright") and (s.arrest or gcs_of(s) < 9):
        s.position = "supine" if name == "standing" else "semi_recumbent"
        note = "The patient cannot hold that position and is laid down as well as can be."
        return Applied(True, "corrected", {"position": s.position}, note)
    s.position = name
    return DONE


def _fluids(n: Norms, s: State, slots: Slots) -> Applied:
    if str(slots.get("action", "")) in STOP_ACTIONS:
        s.fluids = []
        return DONE
    fluid = str(slots.get("fluid", "sodium_chloride_0.9"))
    if fluid in DRUGS:
        bag: dict[str, SlotValue] = {"route": "IV", "drug": fluid, "dose": _ml(slots), "unit": "mL"}
        return _give_drug(n, s, bag | dict(slots))
    if fluid not in FLUIDS:
        return impossible(f"There is no fluid called {fluid}; there is {', '.join(FLUIDS)}.")
    ml = _ml(slots)
    if ml <= 0.0:
        return impossible("That volume cannot be given.")
    given = min(ml, 5000.0)
    over = number(slots.get("over_minutes"))
    rate = (
        FLUID_ML_PER_MIN.get(str(slots.get("rate", "")).lower(), USUAL_FLUID_ML_PER_MIN)
        if over is None
        else given / max(over, 1.0)
    )
    s.fluids.append([fluid, min(rate, 150.0) / 60.0, given])
    return Applied(True, "done", {"fluid": fluid, "volume": given, "volume_unit": "mL"})


def _ml(slots: Slots) -> float:
    volume = number(slots.get("volume"))
    return 250.0 if volume is None else volume * (1000.0 if slots.get("volume_unit") == "L" else 1.0)


def _access(n: Norms, s: State, slots: Slots) -> Applied:
    s.access = 1
    return DONE


def _suction(n: Norms, s: State, slots: Slots) -> Applied:
    s.airway_soiling *= 0.25
    return DONE


def _defib_cpr(n: Norms, s: State, slots: Slots) -> Applied:
    device = str(slots.get("device", "cpr"))
    stop = str(slots.get("action", "")) in STOP_ACTIONS
    if device == "pads":
        s.pads = int(not stop)
        return DONE
    if device not in RESUSCITATION:
        return NO_EFFECT
    if device == "shock":
        return _shock(n, s)
    if device == "pacing":
        return _pace(s, 0.0 if stop else clamp(number(slots.get("rate")) or 70.0, 30.0, 120.0))
    if not stop and not s.arrest:
        return impossible("The patient has a pulse.")
    s.compressions = int(not stop)
    return DONE


def _shock(n: Norms, s: State) -> Applied:
    s.pads = 1
    if not s.arrest:
        heart.arrest(s, "vf")
        return Applied(True, "done", {}, "The shock falls on a beating heart.")
    if heart.shock(s, effects_of(n, s)):
        return DONE
    return Applied(True, "no_effect", {}, "The rhythm is the same after the shock.")


def _pace(s: State, rate: float) -> Applied:
    """Transcutaneous pacing captures a heart that beats too slowly by itself."""
    if s.arrest and rate > 0.0:
        return impossible("The heart cannot be paced now.")
    s.pacing_rate = rate
    s.pads = 1
    return Applied(True, "done", {"rate": rate})


def _move(n: Norms, s: State, slots: Slots) -> Applied:
    bleeding_orders.carry(s)
    if slots.get("mode") != "walk":
        return DONE
    if s.arrest or gcs_of(s) < 9:
        return impossible("The patient cannot walk.")
    s.position = "standing"
    s.exertion_seconds = WALK_SECONDS
    if s.ischaemia > ISCHAEMIC:
        soon = s.seconds / 60.0 + WALKED_INTO_VF
        s.vf_at_min = soon if s.vf_at_min < 0.0 else min(s.vf_at_min, soon)
    return DONE


def _reassess(n: Norms, s: State, slots: Slots) -> Applied:
    """A hand on the tourniquet; every other look at the patient changes nothing."""
    if slots.get("focus") != "tourniquet":
        return NO_EFFECT
    bleeding_orders.look_after(s)
    return DONE


def _chest(n: Norms, s: State, slots: Slots) -> Applied:
    if slots.get("device") != "needle_decompression":
        return NO_EFFECT
    if s.pneumothorax > 0.0 or s.pneumothorax_rate_per_min > 0.0:
        s.pneumothorax *= NEEDLE_LEAVES if s.pneumothorax > 0.15 else 1.0
        s.vented = 1
        return DONE
    s.pneumothorax = max(s.pneumothorax, NEEDLE_HARM)
    return DONE


def _keep_warm(n: Norms, s: State, slots: Slots) -> Applied:
    action = str(slots.get("action", ""))
    s.warmed = int(action not in (*STOP_ACTIONS, "cool"))
    if action == "cool":
        s.cold_exposure = max(s.cold_exposure, COOLED)
    return DONE


_HANDLERS: dict[str, Handler] = {
    "give_drug": _give_drug,
    "give_oxygen": airway_orders.give_oxygen,
    "ventilate_bvm": airway_orders.ventilate,
    "manage_airway": airway_orders.manage_airway,
    "position_patient": _position,
    "give_fluids": _fluids,
    "vascular_access": _access,
    "defib_cpr": _defib_cpr,
    "control_bleeding": bleeding_orders.control_bleeding,
    "apply_splint_binder": bleeding_orders.splint,
    "suction": _suction,
    "move_transport": _move,
    "chest_procedure": _chest,
    "keep_warm": _keep_warm,
    "reassess": _reassess,
    "hold_or_cancel": stop_orders.cancel,
}
