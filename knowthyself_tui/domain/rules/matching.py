"""Which acts of the log a pattern means."""

from __future__ import annotations

from collections.abc import Iterable

from knowthyself_tui.domain.acts import TREATMENT_INTENTS, SlotValue
from knowthyself_tui.domain.rules.compare import compares, is_among
from knowthyself_tui.domain.rules.nodes import SlotTest
from knowthyself_tui.domain.rules.slots import slot_of
from knowthyself_tui.domain.rules.vocabulary import ALIASES, Vocabulary
from knowthyself_tui.domain.timeline import LoggedAct


def counts(act: LoggedAct) -> bool:
    """Whether an act can satisfy any rule.

    A treatment counts only when carried out. Holding something back is negated by nature and still counts.
    """
    if act.slots.get("conditional") is True:
        return False
    if act.intent in TREATMENT_INTENTS:
        carried_out = act.status == "executed" or is_note(act)
        return act.is_valid and carried_out and act.modality != "question"
    if act.intent in ("state_impression", "state_plan") and act.modality == "question":
        return False
    if act.intent == "hold_or_cancel":
        return act.status in ("executed", "noted")
    return act.is_valid


def is_note(act: LoggedAct) -> bool:
    """Only a time is written down: the act puts nothing on."""
    return act.modality == "statement" and act.status == "noted" and act.slots.get("note_time") is True


def is_called(act: LoggedAct, name: str, vocabulary: Vocabulary) -> bool:
    """Whether `name` (an intent, drug, class or device) means this act."""
    if act.intent == ALIASES.get(name, name):
        return True
    if name in vocabulary.intents or name in ALIASES or act.intent not in TREATMENT_INTENTS:
        return False
    if act.intent == "give_drug" and (name in vocabulary.drugs or name in vocabulary.classes):
        drug = act.slots.get("drug")
        return drug == name or drug in vocabulary.classes.get(name, ())
    return name in vocabulary.devices and act.slots.get("device") == name


def passes(act: LoggedAct, tests: Iterable[SlotTest]) -> bool:
    """Whether every test of the act's slots holds; a slot that is not said holds no test.

    A note of the time passes only where the time is asked for.
    """
    tests = tuple(tests)
    if is_note(act) and not any(test.slot == "note_time" for test in tests):
        return False
    return all(_passes(slot_of(act, test.slot), test) for test in tests)


def _passes(value: SlotValue | None, test: SlotTest) -> bool:
    if test.operator == "!=":
        return value is not None and not any(is_among(part, test.values) for part in _parts(value))
    if test.operator in ("in", "="):
        return any(is_among(part, test.values) for part in _parts(value))
    return compares(value, test.operator, test.values[0])


def _parts(value: SlotValue | None) -> list[SlotValue]:
    """One act can name several values of a slot, written with commas between them."""
    if value is None:
        return []
    if isinstance(value, str) and "," in value:
        return [part.strip() for part in value.split(",")]
    return [value]
