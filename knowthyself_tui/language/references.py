"""What "again", "it", "that", "double it" or a bare "how often?" refer to in what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowthyself_tui.domain.acts import TREATMENT_INTENTS, Act
from knowthyself_tui.domain.ordering import decide
from knowthyself_tui.language.cues import clause_of
from knowthyself_tui.language.dialogue import cancelled, is_inferred
from knowthyself_tui.language.grammar import grammar, light_words
from knowthyself_tui.language.intents import asks_history
from knowthyself_tui.language.numbers import is_number
from knowthyself_tui.language.reading import Context
from knowthyself_tui.language.resources import word_set
from knowthyself_tui.language.slots import quantity

_COPIED = ("drug", "dose", "unit", "route", "concentration", "site", "device", "flow", "fluid", "volume", "volume_unit")
_STOPS = frozenset({"negated", "stopped", "negated_after", "off_after", "later"})


def with_references(acts: tuple[Act, ...], tokens: Sequence[str], context: Context) -> tuple[Act, ...]:
    """The acts with what they refer to filled in from the last acts; a line that only refers becomes an act."""
    if all(_says_little(act) for act in acts) and _is_plain(tokens):
        found = _elliptic(tokens, context.recent)
        if found is not None:
            return (found,)
    return tuple(_referred(act, tokens, context.recent) for act in acts)


def postponed(acts: tuple[Act, ...], tokens: Sequence[str]) -> tuple[Act, ...]:
    """A hold by "not yet" keeps something from being begun and stops nothing that runs."""
    if not any(list(tokens[at : at + 2]) == ["not", "yet"] for at in range(len(tokens))):
        return acts
    return tuple(replace(a, slots={**a.slots, "not_yet": True}) if a.intent == "hold_or_cancel" else a for a in acts)


def _is_plain(tokens: Sequence[str]) -> bool:
    """Nothing in the line refuses, reports, sets a condition or asks about an order; a bare "how often?" is plain."""
    bare = [token for token in tokens if token != "?"]
    asked = "?" in tokens and bool(bare) and bare[0] not in word_set("asking") | {"and", "so", "but", "since", "from"}
    cues = [cue for cue in clause_of(bare, asks=False).cues if cue.intent not in ("crew_request", "question", "past")]
    return not asked and not cues


def _says_little(act: Act) -> bool:
    return act.intent == "unintelligible" or act.route == "back-off"


def _elliptic(tokens: Sequence[str], recent: Sequence[Act]) -> Act | None:
    """A line that means nothing by itself, in the light of what went before."""
    kinds = {match.intent: match for match in grammar("references").matches(tokens)}
    if "go_ahead" in kinds:
        return Act("unintelligible", "none", {"about": "order"}, route="context")
    if "double" in kinds or "half" in kinds:
        return _scaled(recent, 2.0 if "double" in kinds else 0.5)
    if "same" in kinds:
        return _again(Act("give_drug", "request", {"repeat": True}), recent)
    if "set_flow" in kinds:
        return _with_flow(tokens, recent)
    if "goes_on" in kinds:
        return _same_question(recent)
    asked = next((kind for kind in kinds if asks_history(kind)), None)
    goes_on = asked is not None and _same_question(recent) is not None
    return Act(asked, "question", route="context") if asked is not None and goes_on else None


def _same_question(recent: Sequence[Act]) -> Act | None:
    """More of the question that was asked last."""
    last = recent[-1] if recent else None
    if last is None or not asks_history(last.intent):
        return None
    return replace(last, route="context")


def _scaled(recent: Sequence[Act], factor: float) -> Act | None:
    """The last dose doubled or halved; always read back."""
    last = next((act for act in reversed(recent) if act.intent == "give_drug" and act.executes), None)
    dose = last.slots.get("dose") if last is not None else None
    if last is None or not isinstance(dose, int | float):
        return None
    copied = {name: last.slots[name] for name in _COPIED if name in last.slots}
    order = decide(Act("give_drug", "request", {**copied, "dose": dose * factor, "repeat": True}, route="context"))
    return replace(order, executes=False, read_back=order.read_back or "You did not name the dose.")


def _with_flow(tokens: Sequence[str], recent: Sequence[Act]) -> Act | None:
    """ "Put it on at 10": the oxygen device that was ordered last, at this flow."""
    last = next((act for act in reversed(recent) if act.intent == "give_oxygen" and "device" in act.slots), None)
    flow = next((value for token in tokens if (value := _number(token)) is not None), None)
    if last is None or flow is None:
        return None
    slots = {"device": last.slots["device"], "flow": flow, "flow_unit": "L/min"}
    return decide(Act("give_oxygen", "request", slots, route="context"))


def _number(token: str) -> float | int | None:
    if is_number(token):
        return float(token) if "." in token else int(token)
    found = quantity(token)
    return found[0] if found is not None and found[1] == "l" else None


def _referred(act: Act, tokens: Sequence[str], recent: Sequence[Act]) -> Act:
    if act.intent == "hold_or_cancel" and not act.slots:
        if act.route == "back-off" and _names_something(tokens):
            return replace(act, slots={"unknown_target": True})
        last = _worn(recent) if word_set("takes_off") & set(tokens) else None
        last = last or next((a for a in reversed(recent) if a.intent in TREATMENT_INTENTS), None)
        return act if last is None else replace(cancelled(last), completes_open=False)
    if act.intent not in ("give_drug", "give_fluids") or not act.slots.get("repeat") or act.modality != "request":
        return act
    if "?" in tokens or not _is_plain(tokens):
        return act
    return _again(act, recent) or act


def _names_something(tokens: Sequence[str]) -> bool:
    """A refusal that is only guessed is of a thing that the grammar does not know: "take off that belt"."""
    small = light_words() | word_set("small_answers") | word_set("takes_off")
    stops = [cue for cue in clause_of(tokens, asks=False).cues if cue.intent in _STOPS]
    spelt = {at for cue in stops for at in range(cue.start, cue.end)}
    rest = [token for at, token in enumerate(tokens) if at not in spelt and token not in small]
    return not all(token.startswith("name:") for token in rest)


def _worn(recent: Sequence[Act]) -> Act | None:
    """The last thing that was put on the patient: only that can be taken off."""
    return next((a for a in reversed(recent) if "device" in a.slots and a.intent != "vascular_access"), None)


def _again(act: Act, recent: Sequence[Act]) -> Act | None:
    """The order that "another" or "the same again" repeats, with what this line says differently."""
    last = next((a for a in reversed(recent) if _is_antecedent(a, act)), None)
    if last is None or act.slots.get("conditional"):
        return None
    copied = {name: last.slots[name] for name in _COPIED if name in last.slots}
    said = {name: value for name, value in act.slots.items() if not is_inferred(name, dict(act.slots))}
    said.pop("class", None)
    again = replace(act, slots={**copied, **said}, missing=(), read_back=None, refusal=None, route="context")
    return decide(again)


def _is_antecedent(earlier: Act, act: Act) -> bool:
    """The earlier order is one that "another" may repeat: the same drug and route where they are named."""
    if not earlier.executes or earlier.intent != act.intent or not {"dose", "volume"} & set(earlier.slots):
        return False
    if act.slots.get("drug_inferred"):
        return earlier.slots.get("route") == "NEB"
    if "drug" not in act.slots and act.slots.get("route") not in (None, earlier.slots.get("route")):
        return False
    return act.slots.get("drug") in (None, earlier.slots.get("drug"))
