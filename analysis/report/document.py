"""A report as plain blocks, which the Markdown file and the page are both written from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..figures.picture import Picture


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    mark: bool = False
    """It must not be overlooked."""
    statistics: bool = False
    """It holds symbols of statistics, which print in italics."""


@dataclass(frozen=True, slots=True)
class TableBlock:
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    note: str = ""
    """The footnote that names test, unit and what is missing."""
    anchors: Sequence[str] = ()
    """For each row the anchor of the section that its first cell leads to, where the reader can follow it."""


@dataclass(frozen=True, slots=True)
class PictureBlock:
    picture: Picture


@dataclass(frozen=True, slots=True)
class Bullets:
    items: Sequence[str]


Block = Paragraph | TableBlock | PictureBlock | Bullets


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: Sequence[Block]
    anchor: str = ""
    subsections: Sequence[Section] = field(default_factory=tuple)
    for_instructor: bool = False
    """It shows single students: only in the page, never in what is shared."""


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    blocks: Sequence[Block]
    sections: Sequence[Section]
