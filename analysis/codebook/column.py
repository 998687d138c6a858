"""What a column and a table are: the words that every export describes the same data with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypedDict, Unpack

Type = Literal["text", "category", "integer", "number", "boolean", "datetime"]
Level = Literal["id", "nominal", "ordinal", "ratio"]

FIRST_VERSION = "0.1.0"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one table."""

    name: str
    """At most 32 lower-case letters, digits and underscores: what SPSS and Stata take."""
    label: str
    type: Type
    level: Level
    source: str = "computed"
    """table.column of the databases, or "computed"."""
    unit: str = ""
    values: tuple[str, ...] = ()
    """The categories that may stand here, lowest first; SPSS and Stata number them from 1. Empty when data decide."""
    missing: str = ""
    """What an empty cell means; empty when there is none."""
    formula: str = ""
    low: float | None = None
    """The least number that can be true."""
    high: float | None = None
    """The greatest number that can be true."""
    identifying: bool = False
    """Written only with --identified."""
    free_text: bool = False
    """Somebody typed it, so anything may stand in it: written only with --with-text."""
    first_version: str = FIRST_VERSION

    @property
    def values_text(self) -> str:
        """The values in words, for the codebook."""
        return "0 no; 1 yes" if self.type == "boolean" else "; ".join(self.values)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the export: the file `<name>.csv`, in the workbook the sheet `sheet`."""

    name: str
    one_row: str
    """What one row is."""
    key: tuple[str, ...]
    """The columns that tell its rows apart."""
    columns: tuple[Column, ...]
    sheet: str = ""
    """The workbook's name for it; empty when it is in no workbook."""

    def written(self, *, identified: bool, with_text: bool) -> Table:
        """The same without the columns that were not asked for."""
        kept = (
            column
            for column in self.columns
            if (identified or not column.identifying) and (with_text or not column.free_text)
        )
        return replace(self, columns=tuple(kept))

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def with_columns(self, more: Iterable[Column]) -> Table:
        """The same with columns that only these data have."""
        return replace(self, columns=(*self.columns, *more))


class More(TypedDict, total=False):
    """What may be said of a column besides its kind."""

    source: str
    missing: str
    formula: str
    identifying: bool
    free_text: bool


def identifier(name: str, label: str, **more: Unpack[More]) -> Column:
    return Column(name, label, "text", "id", **more)


def text(name: str, label: str, **more: Unpack[More]) -> Column:
    return Column(name, label, "text", "nominal", **more)


def flag(name: str, label: str, **more: Unpack[More]) -> Column:
    return Column(name, label, "boolean", "nominal", **more)


def category(
    name: str, label: str, values: tuple[str, ...] = (), *, ordered: bool = False, **more: Unpack[More]
) -> Column:
    return Column(name, label, "category", "ordinal" if ordered else "nominal", values=values, **more)


def count(name: str, label: str, **more: Unpack[More]) -> Column:
    return Column(name, label, "integer", "ratio", low=0, **more)


def points(name: str, label: str, *, high: float = 100, **more: Unpack[More]) -> Column:
    """A score from 0 to `high`."""
    return Column(name, label, "number", "ratio", unit=f"points, 0 to {high:g}", low=0, high=high, **more)


def share(name: str, label: str, **more: Unpack[More]) -> Column:
    return Column(name, label, "number", "ratio", unit="share, 0 to 1", low=0, high=1, **more)


def seconds(name: str, label: str, **more: Unpack[More]) -> Column:
    return Column(name, label, "number", "ratio", unit="s", low=0, **more)


def number(name: str, label: str, unit: str = "", **more: Unpack[More]) -> Column:
    return Column(name, label, "number", "ratio", unit=unit, **more)
