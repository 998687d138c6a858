"""Writes a document as one HTML file: pictures inside, nothing fetched from anywhere, readable on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import zip_longest
from pathlib import Path

from ..text import clean
from .document import Block, Bullets, Document, Paragraph, PictureBlock, Section, TableBlock

_SYMBOL = re.compile(r"\b(t|p|g|d|n|F|M|SD|U|W|r)(?=\(| [=<]|$)|\bM(?=diff)")

_NUMERIC = re.compile(r"[\u2212\[<.]*\s*[\u2212.\d]|P-")
_LONGEST_NUMBER = 24


def page(document: Document, styles: str) -> str:
    """The whole `report.html`."""
    body = [f"<h1>{_text(document.title)}</h1>", *_blocks(document.blocks), _contents(document.sections)]
    for section in document.sections:
        body += _section(section, 2)
    inside = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{_text(document.title)}</title>\n<style>\n{styles}</style>\n</head>\n<body>\n<main>\n{inside}\n"
        f"</main>\n</body>\n</html>\n"
    )


def _contents(sections: Sequence[Section]) -> str:
    links = "".join(f'<li><a href="#{section.anchor}">{_text(section.title)}</a></li>' for section in sections)
    return f'<nav aria-label="Contents"><ol>{links}</ol></nav>'


def _section(section: Section, depth: int) -> Iterator[str]:
    anchor = f' id="{section.anchor}"' if section.anchor else ""
    yield f"<section{anchor}>\n<h{depth}>{_text(section.title)}</h{depth}>"
    yield from _blocks(section.blocks)
    for inner in section.subsections:
        yield from _section(inner, min(depth + 1, 6))
    yield "</section>"


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _paragraph(block)
        elif isinstance(block, Bullets):
            yield "<ul>" + "".join(f"<li>{_text(item)}</li>" for item in block.items) + "</ul>"
        elif isinstance(block, PictureBlock):
            yield _figure(block)
        else:
            yield _table(block)


def _paragraph(block: Paragraph) -> str:
    inside = _SYMBOL.sub(r"<i>\g<0></i>", _text(block.text)) if block.statistics else _text(block.text)
    return f'<p class="mark">{inside}</p>' if block.mark else f"<p>{inside}</p>"


def _figure(block: PictureBlock) -> str:
    picture = block.picture
    table = TableBlock(picture.header, picture.rows)
    return (
        f"<figure>\n<figcaption>{_text(picture.title)}</figcaption>\n{picture.svg}\n"
        f"<details><summary>The numbers of this picture</summary>\n{_table(table)}\n</details>\n</figure>"
    )


def _table(table: TableBlock) -> str:
    caption = f"<caption>{_text(table.caption)}</caption>" if table.caption else ""
    head = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in table.header)
    rows = "\n".join(
        "<tr>" + _first(row[0], anchor) + "".join(map(_cell, row[1:])) + "</tr>"
        for row, anchor in zip_longest(table.rows, table.anchors)
    )
    note = f'\n<p class="note"><i>Note.</i> {_text(table.note)}</p>' if table.note else ""
    return (
        f'<div class="scroll"><table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>'
        + note
    )


def _first(text: str, anchor: str | None) -> str:
    return f'<td class="n"><a href="#{anchor}">{_text(text)}</a></td>' if anchor else _cell(text)


def _cell(text: str) -> str:
    """A number or an interval is not broken over lines; a sentence is."""
    numeric = len(text) <= _LONGEST_NUMBER and bool(_NUMERIC.match(text))
    return f'<td class="n">{_text(text)}</td>' if numeric else f"<td>{_text(text)}</td>"


def _text(text: str) -> str:
    return escape(clean(text))


def stylesheet() -> str:
    """The styles of the page, for screen and paper."""
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")
