"""What a named treatment is in its clause: an order, a question, negated, conditional, a plan, a mention, done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from knowthyself_tui.domain.acts import TREATMENT_INTENTS
from knowthyself_tui.language.conditions import is_conditional
from knowthyself_tui.language.cues import SEPARATORS, Clause
from knowthyself_tui.language.grammar import Match
from knowthyself_tui.language.numbers import is_number
from knowthyself_tui.language.remarks import gives_reason, is_remark
from knowthyself_tui.language.resources import word_set

Standing = Literal[
    "order", "question", "negated", "unclear", "condition", "hypothetical", "mention", "reference", "done", "explain"
]

_TIMES = frozenset({"after", "since", "post", "following", "despite"})
_GIVING = frozenset({"give", "use", "start", "put", "get"})
"""Behind the thing that is refused these begin an order: "don't give adrenaline give salbutamol"."""
_DETERMINERS = frozenset({"the", "a", "any", "that", "his", "her", "your", "more"})
_STOP_WORDS = frozenset({"but", "then", "so", "instead"})


def _self_sufficient(tokens: Sequence[str], at: int) -> bool:
    """The clause part that begins at `at` names an amount of its own, as an order does."""
    for token in tokens[at:]:
        if token in (",", "then", "but"):
            return False
        if token.startswith("q:") or is_number(token):
            return True
    return False


def _begins_anew(tokens: Sequence[str], start: int, at: int) -> bool:
    """A verb of giving behind the thing that was refused, and not as its alternative."""
    joined = tokens[at - 1] in ("or", "nor", "and") or "never" in tokens[max(0, start - 1) : start + 2]
    refused = tokens[start + 1 : at]
    return not joined and any(token.startswith(("drug:", "device:", "class:", "fluid:")) for token in refused)


def _released(tokens: Sequence[str], start: int, end: int, kind: str) -> bool | None:
    """Whether what a cue at `start` said has ended before `end`; None where that is unclear.

    A fresh order verb after a separator ends every cue but a condition's comma. After "and" it goes on with a
    question and is unclear after "don't". After "hold" or "no", a comma with an order that names an amount ends
    the cue too; other words after a separator leave it unclear.
    """
    unclear = False
    for at in range(start, end):
        token = tokens[at]
        if kind == "stopped" and token == "and" and _is_one_more(tokens, at + 1, end):
            continue
        if kind in ("negated", "stopped") and token in _GIVING and _begins_anew(tokens, start, at):
            return True
        if token not in SEPARATORS and token not in _STOP_WORDS:
            continue
        following = tokens[at + 1] if at + 1 < len(tokens) else ""
        if kind == "condition" and token in (",", "then"):
            continue
        if token in ("but", "instead") or (token != "and" and following in word_set("order_openers")):
            return True
        if token == "and" and following in word_set("order_openers"):
            if kind not in ("negated", "question"):
                return True
            unclear = unclear or kind == "negated"
        if token == "," and (following in word_set("imperatives") or _comes_first(tokens, at + 1)):
            return True
        if kind == "done" and token in (",", "and") and _is_fresh(tokens, at + 1):
            return True
        if kind in ("stopped", "mention") and token in (",", "and", "then", "plus", "so"):
            if token in (",", "so") and _self_sufficient(tokens, at + 1):
                return True
            unclear = True
    return None if unclear else False


def _is_one_more(tokens: Sequence[str], at: int, end: int) -> bool:
    """What begins at `at` is only another thing of a list: "leave out the piriton and the hydrocortisone"."""
    named = end < len(tokens) and tokens[end].startswith(("drug:", "class:", "device:", "fluid:"))
    rest = tokens[end + 1 :]
    part = rest[: next((index for index, token in enumerate(rest) if token in (",", "and", "then", "but")), len(rest))]
    amount = any(token.startswith(("q:", "route:", "pct:")) or is_number(token) for token in part)
    return named and not amount and set(tokens[at:end]) <= _DETERMINERS


def _is_fresh(tokens: Sequence[str], at: int) -> bool:
    """The part that begins at `at` is about now, not about what was done."""
    part = tokens[at : next((end for end in range(at, len(tokens)) if tokens[end] in (",", "but")), len(tokens))]
    return bool({"now", "please", "next"} & set(part)) or bool({"starting", "commencing"} & set(part[:1]))


def _comes_first(tokens: Sequence[str], at: int) -> bool:
    """The part that begins at `at` says what to do instead: "don't bag him yet, jaw thrust first"."""
    for token in tokens[at:]:
        if token in (",", "and", "then", "but"):
            return False
        if token in ("first", "instead"):
            return True
    return False


def _holds(clause: Clause, kind: str, match: Match) -> bool | None:
    """Whether a cue of this kind before the match still holds there; None where that is unclear."""
    unclear = False
    for cue in clause.cues:
        if cue.intent != kind or cue.start >= match.start or _is_own(cue, match):
            continue
        if cue.end > match.start:
            return True
        released = _released(clause.tokens, min(cue.end, match.start) - 1, match.start, kind)
        if released is False:
            return True
        unclear = unclear or released is None
    return None if unclear else False


def _is_own(cue: Match, match: Match) -> bool:
    """The cue's words are part of what is ordered, as in "stop the bleeding"."""
    return match.start <= cue.start and cue.end <= match.end


def _fragment(clause: Clause, match: Match) -> tuple[int, int]:
    """The stretch between weak separators around a match."""
    start, end = match.start, match.end
    while start > 0 and clause.tokens[start - 1] not in (",", "and", "then", "but", "plus"):
        start -= 1
    while end < len(clause.tokens) and clause.tokens[end] not in (",", "and", "then", "but", "plus"):
        end += 1
    return start, end


def _negated_after(clause: Clause, match: Match, treatments: Sequence[Match]) -> bool:
    """A "not yet" or "can wait" behind the match, or behind a treatment that is joined to it by "and"."""
    return any(
        (cue.intent == "negated_after" and _trails(clause, cue, match, treatments))
        or (cue.intent == "off_after" and cue.start == match.end)
        for cue in clause.cues
    )


def _trails(clause: Clause, cue: Match, match: Match, treatments: Sequence[Match]) -> bool:
    if cue.start < match.end:
        return False
    _, end = _fragment(clause, match)
    if cue.start <= end + 1:
        return not any(match.end <= other.start < cue.start for other in treatments)
    return _joined_to(clause, cue, match, treatments)


def _joined_to(clause: Clause, cue: Match, match: Match, treatments: Sequence[Match]) -> bool:
    """The cue is in the part of a later treatment, and only "and" or "plus" lies between."""
    later = [other for other in treatments if match.end <= other.start <= cue.start]
    if not later or _fragment(clause, later[-1])[1] + 1 < cue.start:
        return False
    return not {",", "then", "but"} & set(clause.tokens[match.end : later[-1].start])


def part_of(clause: Clause, match: Match) -> tuple[str, ...]:
    """The words between weak separators around a match."""
    start, end = _fragment(clause, match)
    return clause.tokens[start:end]


def _is_asked(clause: Clause, match: Match, cover: Sequence[Match]) -> bool:
    """The question mark is about this treatment, not about another question at the end of the clause."""
    ends = [at for at, token in enumerate(clause.tokens) if token in (",", "and", "then", "but")]
    last = ends[-1] + 1 if ends else 0
    if match.start >= last or clause.tokens[last : last + 1] == ("or",):
        return clause.asks
    asks_else = any(other.start >= last and other.intent not in TREATMENT_INTENTS for other in cover)
    return clause.asks and not asks_else


def standing_of(clause: Clause, match: Match, cover: Sequence[Match]) -> Standing:
    """What the treatment at `match` is in its clause, whose words `cover` explains."""
    treatments = [other for other in cover if other.intent in TREATMENT_INTENTS]
    if _asks_whether(clause, match) or _asked_after(clause, match) or _follows_question(clause, match, cover):
        return "question"
    if _is_to_go_on(clause, match):
        return "hypothetical"
    negations = (_holds(clause, "negated", match), _holds(clause, "stopped", match))
    refused_after = not _is_asked(clause, match, cover) and _negated_after(clause, match, treatments)
    if True in negations or refused_after:
        return "negated"
    if _refers_back(clause, match) or gives_reason(clause, match, treatments):
        return "reference"
    mentioned = _holds(clause, "mention", match)
    if mentioned and not _crew_asks(clause, match):
        return "mention"
    done = _holds(clause, "done", match) or _around(clause, "done", match, treatments)
    if not clause.asks and not done and is_remark(clause, match):
        return "mention"
    if not clause.has("crew_request") and (_is_asked(clause, match, cover) or bool(_holds(clause, "question", match))):
        return "question"
    if is_conditional(clause, match, treatments):
        return "condition"
    if _holds(clause, "explain", match):
        return "explain"
    postponed = _holds(clause, "later", match) or _around(clause, "later", match, treatments)
    if postponed or _holds(clause, "hypothetical", match):
        return "hypothetical"
    if _around(clause, "past", match, treatments):
        return "mention"
    if done:
        return "done"
    return "unclear" if None in negations or mentioned is None else "order"


def _follows_question(clause: Clause, match: Match, cover: Sequence[Match]) -> bool:
    """A question about treatment opened the clause, and no fresh order came since."""
    return any(
        other.intent == "ask_treatment_question"
        and other.start < match.start
        and not _released(clause.tokens, other.start, match.start, "question")
        for other in cover
    )


def _asks_whether(clause: Clause, match: Match) -> bool:
    """The crew asks itself about the refusal: "should I stop bagging"."""
    openings = [cue for cue in clause.cues if cue.intent in ("negated", "stopped", "question")]
    own = [
        cue
        for cue in openings
        if cue.intent == "question"
        and cue.start == openings[0].start
        and _is_of_the_crew(clause.tokens[cue.start : cue.end])
    ]
    return bool(own) and bool(_holds(clause, "question", match))


def _is_of_the_crew(tokens: Sequence[str]) -> bool:
    """The opening of a question about what the crew should do or a thing does: "am I", "is it right", "is GTN"."""
    named = any(token.startswith(("drug:", "class:", "device:", "fluid:")) for token in tokens)
    return named or bool({"i", "we"} & set(tokens)) or tuple(tokens[:2]) in (("is", "it"), ("is", "that"))


def _asked_after(clause: Clause, match: Match) -> bool:
    """A question behind the treatment: "GTN, yes or no"."""
    return any(cue.intent == "question_after" and cue.start >= match.end for cue in clause.cues)


def _is_to_go_on(clause: Clause, match: Match) -> bool:
    """Stopping it is refused: "don't stop bagging"."""
    stops = {cue.start for cue in clause.cues if cue.intent == "stopped" and cue.start < match.start}
    return any(cue.intent == "negated" and cue.end in stops for cue in clause.cues)


def _crew_asks(clause: Clause, match: Match) -> bool:
    """A question of the crew about itself: "should I", "can we"."""
    return any(
        cue.intent == "question" and cue.start < match.start and {"i", "we"} & set(clause.tokens[cue.start : cue.end])
        for cue in clause.cues
    )


def _refers_back(clause: Clause, match: Match) -> bool:
    """The treatment only says when: "after the neb", "before the adrenaline"."""
    before = clause.tokens[max(0, match.start - 2) : match.start]
    if {"before", "until", "till", "during", "between"} & set(before):
        return True
    return any(
        cue.intent == "mention"
        and clause.tokens[cue.start] in _TIMES
        and cue.start < match.start
        and cue.end >= match.end
        for cue in clause.cues
    )


def _around(clause: Clause, kind: str, match: Match, treatments: Sequence[Match]) -> bool:
    """A cue of this kind in the match's part of the clause, or behind a treatment joined to it by "and"."""
    start, end = _fragment(clause, match)
    return any(
        cue.intent == kind and ((start <= cue.start and cue.end <= end) or _joined_to(clause, cue, match, treatments))
        for cue in clause.cues
    )
