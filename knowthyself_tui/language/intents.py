"""How an act of each intent is meant by default, and what people call it."""

from __future__ import annotations

from typing import cast

from knowthyself_tui.domain.acts import Modality
from knowthyself_tui.language.resources import load_yaml

_NO_HISTORY = frozenset({"ask_collateral", "ask_coach", "ask_treatment_question", "ask_identity"})


def modality_of(intent: str) -> Modality:
    """Request, question, statement, negated or none."""
    return cast(Modality, load_yaml("intents.yaml")[intent]["modality"])


def label_of(intent: str) -> str:
    """What a choice with this intent says."""
    return str(load_yaml("intents.yaml")[intent]["label"])


def asks_history(intent: str) -> bool:
    """A question about the patient's history, which a bystander may answer too."""
    return intent.startswith("ask_") and intent not in _NO_HISTORY
