"""The fold: an encounter's state as a pure function of (scenario, seed, log).

Playing, resuming, scoring, debriefing and verifying all use this one function, so they cannot disagree. `advance`
lets time pass, `evolve` takes in one event of the log. Orders reach the body at the next whole second.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from knowthyself_tui.domain.acts import TREATMENT_INTENTS, Order
from knowthyself_tui.domain.body import Applied, Body
from knowthyself_tui.domain.events import Event
from knowthyself_tui.domain.patient_state import StateTracker
from knowthyself_tui.domain.procedures import CHECK_TOURNIQUET, PROCEDURES
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.domain.tasks import Task, tasks_for
from knowthyself_tui.domain.timeline import Sample

RECENT_ORDERS = 20
"""How many of the last treatments the dialogue remembers, for "another one" and "take it off"."""
RECENT_OTHERS = 3
"""How many of the last other acts it remembers, for a bare "how often?"."""
ARREST_LIMIT_SECONDS = 120
"""An arrest without resuscitation ends the encounter after this long."""


@dataclass(frozen=True, slots=True)
class Second:
    """What the body is like at one whole second of the encounter."""

    at_seconds: int
    state: str
    moved_from: str | None
    """The patient's state a second ago, where it moved; None where it did not."""
    turn: str | None = None
    """What everybody sees change: "convulsing" when it begins, "still" when it ends, "collapsed" when the legs fail."""


@dataclass
class EncounterState:
    """Everything that an encounter is at one moment; `to_json` is the snapshot that resume starts from."""

    scenario: Scenario
    body: Body
    tracker: StateTracker
    at_ms: int = 0
    last_seq: int = 0
    sensors: list[str] = field(default_factory=list)
    readings: dict[str, tuple[float | None, int]] = field(default_factory=dict)
    """Channel to (value, at_ms) of what the student was last told."""
    tasks: list[Task] = field(default_factory=list)
    queued: list[tuple[int, Order]] = field(default_factory=list)
    """(whole second, order) that the body takes when it gets there."""
    open_order: dict[str, Any] | None = None
    """The act that waits for the student's answer, with `kind` missing or read_back."""
    recent: list[dict[str, Any]] = field(default_factory=list)
    told: dict[str, int] = field(default_factory=dict)
    """How often each fact, reaction or worry has been voiced."""
    arrest_seconds: int = 0
    handing_over: bool = False
    convulsing: bool = False
    hazard_removed: bool = False
    ended: str | None = None
    recorded: list[Sample] | None = None
    """The body second by second, for a player that keeps it and need not fold the log again; none else."""

    @classmethod
    def begin(cls, scenario: Scenario, seed: int) -> EncounterState:
        """The patient as the crew finds her: second 0."""
        setup = scenario.body
        body = Body.new(
            scenario.patient.body, setup.conditions, seed=seed, lead_seconds=setup.lead_seconds, position=setup.position
        )
        values = body.values()
        return cls(scenario, body, StateTracker(scenario.states, values), convulsing=values["seizing"] > 0.5)

    @property
    def patient_state(self) -> str:
        return self.tracker.current

    @property
    def arrest_is_over(self) -> bool:
        """The patient has been in arrest, without resuscitation, for as long as the case goes on."""
        return self.arrest_seconds >= ARREST_LIMIT_SECONDS

    def advance(self, to_ms: int) -> Iterator[Second]:
        """Let time pass up to `to_ms`; gives each whole second as the body reaches it."""
        while (self.body.seconds + 1) * 1000 <= to_ms:
            yield self._one_second()
        self.at_ms = max(self.at_ms, to_ms)

    def _one_second(self) -> Second:
        now = self.body.seconds
        for _, order in [entry for entry in self.queued if entry[0] <= now]:
            self.body.apply(order)
        self.queued = [entry for entry in self.queued if entry[0] > now]
        stood = self.body.is_standing
        self.body.step(1)
        self.at_ms = self.body.seconds * 1000
        before, convulsed = self.tracker.current, self.convulsing
        values = self.body.values()
        moved = self.tracker.update(values, arrested=self.body.arrested)
        self.convulsing = values["seizing"] > 0.5
        if self.recorded is not None:
            self.recorded.append(self.sample())
        turn = None if self.convulsing == convulsed else "convulsing" if self.convulsing else "still"
        turn = "collapsed" if stood and not self.body.is_standing else turn
        unattended = self.body.arrested and "cpr" not in self.body.running()
        self.arrest_seconds = self.arrest_seconds + 1 if unattended else 0
        return Second(self.body.seconds, self.tracker.current, before if moved else None, turn)

    def sample(self) -> Sample:
        """The body, the patient's state and what runs at this second."""
        body = self.body
        return Sample(float(body.seconds), body.values(), self.patient_state, body.running())

    def evolve(self, event: Event) -> None:
        """Take in one event; time passes up to it first."""
        for _ in self.advance(event.at_ms):
            pass
        handler = _HANDLERS.get(event.kind)
        if handler is not None:
            handler(self, event)
        self.last_seq = event.seq

    def preview(self, intent: str, slots: Mapping[str, Any]) -> Applied:
        """What the body would make of an order after those it is about to take, without giving it."""
        return self._body_after_queue().apply(Order(intent, slots))

    def would_change(self, intent: str, slots: Mapping[str, Any]) -> bool:
        """Whether an order would do anything at all to the body as it is."""
        body = self._body_after_queue()
        before = body.to_json()
        body.apply(Order(intent, slots))
        return body.to_json() != before

    def _body_after_queue(self) -> Body:
        body = Body.from_json(self.body.to_json())
        for _, order in self.queued:
            body.apply(order)
        return body

    @property
    def has_line(self) -> bool:
        """There is intravenous or intraosseous access, or there will be within the second."""
        return "iv_access" in self.body.running() or any(o.intent == "vascular_access" for _, o in self.queued)

    def is_live(self, channel: str) -> bool:
        """A sensor that is on keeps this channel on the monitor."""
        return any(channel in PROCEDURES[_BY_SENSOR[sensor]].channels for sensor in self.sensors)

    def to_json(self) -> dict[str, Any]:
        return {
            "body": self.body.to_json(),
            "tracker": self.tracker.to_json(),
            "at_ms": self.at_ms,
            "last_seq": self.last_seq,
            "sensors": list(self.sensors),
            "readings": {name: list(reading) for name, reading in self.readings.items()},
            "tasks": [task.to_json() for task in self.tasks],
            "queued": [[second, order.to_json()] for second, order in self.queued],
            "open_order": self.open_order,
            "recent": list(self.recent),
            "told": dict(self.told),
            "arrest_seconds": self.arrest_seconds,
            "handing_over": self.handing_over,
            "convulsing": self.convulsing,
            "hazard_removed": self.hazard_removed,
            "ended": self.ended,
        }

    @classmethod
    def from_json(cls, scenario: Scenario, data: Mapping[str, Any]) -> EncounterState:
        return cls(
            scenario=scenario,
            body=Body.from_json(data["body"]),
            tracker=StateTracker.from_json(scenario.states, data["tracker"]),
            at_ms=data["at_ms"],
            last_seq=data["last_seq"],
            sensors=list(data["sensors"]),
            readings={name: (value, at) for name, (value, at) in data["readings"].items()},
            tasks=[Task.from_json(task) for task in data["tasks"]],
            queued=[(second, Order.from_json(order)) for second, order in data["queued"]],
            open_order=data["open_order"],
            recent=list(data["recent"]),
            told=dict(data["told"]),
            arrest_seconds=data["arrest_seconds"],
            handing_over=data["handing_over"],
            convulsing=data.get("convulsing", False),
            hazard_removed=data.get("hazard_removed", False),
            ended=data["ended"],
        )


_BY_SENSOR = {procedure.sensor: intent for intent, procedure in PROCEDURES.items() if procedure.sensor}


def opens_handover(intent: str, modality: str) -> bool:
    """The line begins the handover; asking about it does not."""
    return intent == "handover" and modality not in ("question", "negated")


def _understood(state: EncounterState, event: Event) -> None:
    state.open_order = event.body.get("open_order")
    for act in event.body["acts"]:
        state.recent = _remembered([*state.recent, act])
        dealt_with = act["intent"] == "remove_trigger_hazard" and act["modality"] in ("request", "statement")
        state.hazard_removed = state.hazard_removed or dealt_with
        state.handing_over = state.handing_over or opens_handover(act["intent"], act["modality"])
        state.tasks += tasks_for(act, event.at_ms, sensors=state.sensors, has_line=state.has_line, pending=state.tasks)


def _remembered(acts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The last treatments and the last other acts, in their order."""
    orders = [at for at, act in enumerate(acts) if act["intent"] in TREATMENT_INTENTS]
    others = [at for at, act in enumerate(acts) if act["intent"] not in TREATMENT_INTENTS]
    return [acts[at] for at in sorted([*orders[-RECENT_ORDERS:], *others[-RECENT_OTHERS:]])]


def _carried_out(state: EncounterState, event: Event) -> None:
    second = -(-event.at_ms // 1000)
    state.queued.append((second, Order(event.body["intent"], event.body["slots"])))
    _drop_tasks(state, event.body["act_id"], event.body["intent"])


def _cancelled(state: EncounterState, event: Event) -> None:
    state.tasks = [task for task in state.tasks if task.act_id != event.body["act_id"]]
    state.recent = [act for act in state.recent if act["id"] != event.body["act_id"]]


def _told_something(state: EncounterState, event: Event) -> None:
    topic = event.body["topic"]
    _drop_tasks(state, event.body["act_id"], topic)
    for name, value in event.body["values"].items():
        if name in event.body.get("channels", ()):
            state.readings[name] = (value, event.at_ms)
    if topic == CHECK_TOURNIQUET:
        state.queued.append((-(-event.at_ms // 1000), Order("reassess", {"focus": "tourniquet"})))
    sensor = PROCEDURES[topic].sensor if topic in PROCEDURES else None
    if sensor and sensor not in state.sensors:
        state.sensors.append(sensor)


def _drop_tasks(state: EncounterState, act_id: str | None, step: str) -> None:
    state.tasks = [task for task in state.tasks if (task.act_id, task.step) != (act_id, step)]


def _replied(state: EncounterState, event: Event) -> None:
    for key, _ in event.body.get("ledger", ()):
        state.told[key] = state.told.get(key, 0) + 1


def _ended(state: EncounterState, event: Event) -> None:
    state.ended = event.body["reason"]


_HANDLERS = {
    "understood": _understood,
    "carried_out": _carried_out,
    "cancelled": _cancelled,
    "revealed": _told_something,
    "measured": _told_something,
    "replied": _replied,
    "encounter_ended": _ended,
}
