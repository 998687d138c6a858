"""One case's column of the drug matrix: what every carried drug is here, from core treatment to what fails a gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pydantic import Field, model_validator

from knowthyself_tui.domain.formulary import DRUGS
from knowthyself_tui.domain.rules.suggest import did_you_mean
from knowthyself_tui.domain.scenario.voice import Block

CARRIED = frozenset(drug.id for drug in DRUGS.values() if drug.carried)
CLASSES = frozenset(drug.drug_class for drug in DRUGS.values() if drug.carried)


class DrugColumn(Block):
    """Drugs or classes of drugs by what they are in this case; a drug by its own name beats its class."""

    core: tuple[str, ...] = ()
    """The treatment itself."""
    adjunct: tuple[str, ...] = ()
    """Acceptable beside it."""
    no_effect: tuple[str, ...] = ()
    """Of no use here, and no harm."""
    minor: tuple[str, ...] = ()
    """A distraction or a small harm."""
    severe: tuple[str, ...] = ()
    """Harms."""
    gate: tuple[str, ...] = ()
    """Fails a safety gate."""
    conditional: Mapping[str, str] = Field(default_factory=dict)
    """Right or wrong by circumstances, which are said here and judged by the rules."""

    def kind_of(self, drug_id: str) -> str | None:
        """The kind of a drug, by its name or else by its class; None when the column does not say."""
        kinds = self._kinds()
        return kinds.get(drug_id) or kinds.get(DRUGS[drug_id].drug_class)

    def _named(self) -> list[tuple[str, str]]:
        groups: tuple[tuple[str, Iterable[str]], ...] = (
            ("core", self.core),
            ("adjunct", self.adjunct),
            ("no_effect", self.no_effect),
            ("minor", self.minor),
            ("severe", self.severe),
            ("gate", self.gate),
            ("conditional", self.conditional),
        )
        return [(name, kind) for kind, names in groups for name in names]

    def _kinds(self) -> dict[str, str]:
        return dict(self._named())

    @model_validator(mode="after")
    def _is_complete(self) -> DrugColumn:
        names = [name for name, _ in self._named()]
        unknown = sorted(set(names) - CARRIED - CLASSES)
        if unknown:
            hint = did_you_mean(unknown[0], CARRIED | CLASSES)
            raise ValueError(f"there is no drug or class of drugs {unknown[0]!r}{hint}")
        twice = sorted(name for name, times in Counter(names).items() if times > 1)
        if twice:
            raise ValueError(f"{twice[0]!r} is given twice; a drug is one thing in a case")
        missing = sorted(drug for drug in CARRIED if self.kind_of(drug) is None)
        if missing:
            raise ValueError(f"the column does not say what {', '.join(missing)} is here")
        return self
