"""`knowthyself understand`: how a line is read, for people."""

from __future__ import annotations

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.domain.describe import describe
from knowthyself_tui.language import Context, read


def explain_line(text: str, scenario_id: str | None) -> str:
    """One line for each act in `text`, with what would become of it."""
    reading = read(text, Context(scenario_id=scenario_id))
    lines = [_explain(act) for act in reading.acts]
    lines += [f"or: {label}" for label, _ in reading.choices]
    return "\n".join(lines) or "nothing was understood"


def _explain(act: Act) -> str:
    slots = ", ".join(f"{name}={value}" for name, value in act.slots.items())
    outcome = _outcome(act)
    return f"{act.intent} ({act.modality}) {slots}".rstrip() + (f": {outcome}" if outcome else "")


def _outcome(act: Act) -> str:
    if act.executes:
        return f"carried out: {describe(act.intent, act.slots)}"
    if act.refusal:
        return f"refused: {act.refusal}"
    if act.read_back:
        return f"read back: {act.read_back}"
    return f"asked: {', '.join(act.missing)}" if act.missing else ""
