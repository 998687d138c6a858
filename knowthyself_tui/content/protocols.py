"""Reads protocol overlays and lays them over scenario files."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from knowthyself_tui.content.blocks import read_block
from knowthyself_tui.domain.scenario.protocol import DEFAULT, Protocol, laid_over
from knowthyself_tui.errors import ContentError
from knowthyself_tui.locations import bundled


def protocol_ids() -> list[str]:
    """Every overlay that can be chosen."""
    return sorted(path.stem for path in (bundled("scenarios") / "overlays").glob("*.yaml"))


@lru_cache(maxsize=8)
def load_protocol(name: str) -> Protocol:
    """The overlay called `name`.

    Raises:
        ContentError: there is none, or its file is wrong.
    """
    if name not in protocol_ids():
        raise ContentError(f"There is no protocol called {name!r}; these can be chosen: {', '.join(protocol_ids())}.")
    return read_block(bundled("scenarios") / "overlays" / f"{name}.yaml", Protocol)


def under_protocol(document: Any, name: str) -> Any:
    """A scenario's document as this protocol has it; the default one changes nothing.

    Raises:
        ContentError: the overlay changes something that the case does not have.
    """
    if name == DEFAULT or not isinstance(document, dict):
        return document
    protocol = load_protocol(name)
    formulary = {
        "id": protocol.id,
        "doses": [dose.model_dump() for dose in protocol.doses],
        "not_carried": list(protocol.not_carried),
    }
    try:
        merged = laid_over(document, protocol.cases.get(str(document.get("id")), {}))
    except KeyError as error:
        missing = f"{error.args[0]!r}, which {document.get('id')} does not have"
        raise ContentError(f"The protocol {name} changes {missing}; mend one of them.") from error
    return {**merged, "formulary": formulary}
