"""Writes a document as Markdown: what is shared, so single students are not in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..text import for_markdown
from .document import Block, Bullets, Document, Paragraph, PictureBlock, Section, TableBlock


def markdown(document: Document) -> str:
    """The whole `report.md`."""
    parts = [f"# {for_markdown(document.title)}", *_blocks(document.blocks)]
    for section in document.sections:
        parts += _section(section, 2)
    return "\n\n".join(parts) + "\n"


def _section(section: Section, depth: int) -> Iterator[str]:
    if section.for_instructor:
        return
    yield f"{'#' * depth} {for_markdown(section.title)}"
    yield from _blocks(section.blocks)
    for inner in section.subsections:
        yield from _section(inner, depth + 1)


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield f"**{for_markdown(block.text)}**" if block.mark else for_markdown(block.text)
        elif isinstance(block, Bullets):
            yield "\n".join(f"- {for_markdown(item)}" for item in block.items)
        elif isinstance(block, PictureBlock):
            yield for_markdown(f"Picture in report.html: {block.picture.title}. {block.picture.alt}")
        else:
            yield from _table(block)


def _table(table: TableBlock) -> Iterator[str]:
    if table.caption:
        yield f"**{for_markdown(table.caption)}**"
    lines = [[for_markdown(cell) for cell in table.header], ["---"] * len(table.header)]
    shown = ["| " + " | ".join(line) + " |" for line in lines]
    yield "\n".join(shown + ["| " + " | ".join(for_markdown(cell) for cell in row) + " |" for row in table.rows])
    if table.note:
        yield f"Note. {for_markdown(table.note)}"
