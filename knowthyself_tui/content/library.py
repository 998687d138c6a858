"""Finds and loads scenarios: the bundled ones and an author's own folders."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from knowthyself_tui.content.blocks import B, read_block
from knowthyself_tui.content.problems import explain_validation
from knowthyself_tui.content.protocols import under_protocol
from knowthyself_tui.content.safe_yaml import read_yaml
from knowthyself_tui.domain.consent import Consent
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.domain.scenario.narration import Narration
from knowthyself_tui.domain.scenario.protocol import DEFAULT
from knowthyself_tui.domain.scenario.voice import Block
from knowthyself_tui.domain.scenario.voices import Voices
from knowthyself_tui.errors import ContentError
from knowthyself_tui.locations import bundled

FILE_NAME = "scenario.yaml"


@dataclass(frozen=True)
class LoadedScenario:
    """A scenario with what the store keeps of it."""

    scenario: Scenario
    document: dict[str, Any]
    """The file as read, so that a stored encounter can be folded without the file."""
    sha256: str
    """Of the file's bytes."""
    protocol: str = DEFAULT
    """The overlay that is laid over the file."""


class Library:
    """The scenarios that can be played; later folders win over earlier ones and over the bundle."""

    def __init__(self, folders: Sequence[Path] = (), protocol: str = DEFAULT) -> None:
        self.folders = (bundled("scenarios"), *folders)
        self.protocol = protocol

    def ids(self) -> list[str]:
        """Every scenario id that can be found, sorted."""
        return sorted({path.parent.name for path in self.files()})

    def files(self) -> list[Path]:
        """Every scenario file of every folder."""
        return [path for folder in self.folders for path in sorted(folder.glob(f"*/{FILE_NAME}"))]

    def load(self, scenario_id: str) -> LoadedScenario:
        """The scenario `scenario_id`.

        Raises:
            ContentError: there is none, or its file is wrong.
        """
        return load_file(self.path_of(scenario_id), self.protocol)

    def path_of(self, scenario_id: str) -> Path:
        """The file of `scenario_id`.

        Raises:
            ContentError: there is none.
        """
        for folder in reversed(self.folders):
            path = folder / scenario_id / FILE_NAME
            if scenario_id in self.ids() and path.is_file():
                return path
        known = ", ".join(self.ids()) or "none"
        raise ContentError(f"There is no scenario called {scenario_id!r}; these can be played: {known}.")

    def document_of(self, scenario_id: str, sha256: str) -> dict[str, Any] | None:
        """The scenario in exactly the version of a hash; None where this machine has another or none."""
        try:
            loaded = self.load(scenario_id)
        except ContentError:
            return None
        return loaded.document if loaded.sha256 == sha256 else None

    def narration(self) -> Narration:
        """The sentences that all scenarios share, with the voices of the people in them."""
        return _common("narration", Narration, voices=common_voices())

    def consent(self) -> Consent:
        """The consent text in force."""
        return _common("consent", Consent)


@lru_cache(maxsize=1)
def common_voices() -> Voices:
    """How people sound where a persona says nothing else."""
    return _common("voices", Voices)


@lru_cache(maxsize=32)
def load_file(path: Path, protocol: str = DEFAULT) -> LoadedScenario:
    """One scenario file with a protocol laid over it, checked."""
    document, raw = read_yaml(path)
    document = under_protocol(document, protocol)
    try:
        scenario = Scenario.model_validate(document, context={"voices": common_voices()})
    except ValidationError as error:
        raise ContentError(explain_validation(path, raw.decode("utf-8"), error)) from error
    if scenario.id != path.parent.name:
        raise ContentError(f"{path}: the id is {scenario.id!r} but its folder is called {path.parent.name!r}.")
    return LoadedScenario(scenario, document, hashlib.sha256(raw).hexdigest(), protocol)


def _common(name: str, model: type[B], **parts: Block) -> B:
    return read_block(bundled("scenarios") / "common" / f"{name}.yaml", model, **parts)
