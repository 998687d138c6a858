"""Communication and handover: five points each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from knowthyself_tui.domain.rules import Evaluator
from knowthyself_tui.domain.scenario.judgement import CommunicationItem, HandoverElement
from knowthyself_tui.domain.timeline import Timeline

POINTS = 5.0
_TURN_BREAK = " | "


def communication_points(items: Sequence[CommunicationItem], evaluator: Evaluator) -> float:
    """Five times the share of the items that were done; items that cannot arise are left out."""
    due = [item for item in items if item.applies is None or evaluator.result(item.applies.node).holds]
    done = sum(evaluator.result(item.done.node).holds for item in due)
    return POINTS * done / len(due) if due else 0.0


def handover_points(elements: Sequence[HandoverElement], timeline: Timeline) -> float:
    """Five times the share of the elements that were heard."""
    return POINTS * len(heard_elements(elements, timeline)) / len(elements)


def heard_elements(elements: Sequence[HandoverElement], timeline: Timeline) -> tuple[str, ...]:
    """Ids of the elements that the student said in handover."""
    said = _handover_text(timeline)
    return tuple(element.id for element in elements if _is_heard(element, said))


def _handover_text(timeline: Timeline) -> str:
    acts = {act.turn_id for act in timeline.acts if act.intent == "handover" and act.is_valid}
    turns = (
        turn.text
        for turn in timeline.turns
        if turn.speaker == "student" and (turn.phase == "handover" or turn.id in acts)
    )
    return _TURN_BREAK.join(_plain(text) for text in turns)


def _is_heard(element: HandoverElement, said: str) -> bool:
    return all(any(_says(said, phrase) for phrase in group) for group in element.hear)


def _says(said: str, phrase: str) -> bool:
    words = (_word_pattern(word) for word in _plain(phrase, keep="*#").split())
    return re.search(rf"(?<!\w){' '.join(words)}(?!\w)", said) is not None


def _word_pattern(word: str) -> str:
    if word == "#":
        return r"\d+"
    return re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "")


def _plain(text: str, keep: str = "") -> str:
    """Lower case, compatibility forms folded, everything but letters, digits and `keep` as single spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(letter if letter.isalnum() or letter in keep else " " for letter in folded)
    return " ".join(kept.split())
