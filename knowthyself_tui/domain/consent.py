"""The consent text that a student agrees to, with its version."""

from __future__ import annotations

import hashlib

from knowthyself_tui.domain.scenario.voice import Block


class Consent(Block):
    """Shown before a first sitting and stored with it."""

    version: str
    title: str
    text: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()
