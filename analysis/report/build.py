"""Puts the sections together: the instructor's page, the shared report, the methods section, the terminal's summary."""

from __future__ import annotations

from collections.abc import Sequence

from ..results.findings import Findings
from .document import Document, Paragraph, Section
from .markdown import markdown
from .page import page, stylesheet
from .pictures import Pictures
from .sections.instructor import instructor
from .sections.items import agreement, items
from .sections.methods import methods
from .sections.outcomes import exploratory, primary, primary_sentence, secondary
from .sections.who import who
from .words import SHARED_LEAST, TITLE, marks, unknown_in_plan


def report_page(findings: Findings, pictures: Pictures) -> bytes:
    """`report.html`; with `--min-cell` it is for sharing, and shows no single student."""
    least = findings.request.min_cell
    sections = _sections(findings, pictures, least or 0)
    if least is None:
        sections.insert(1, instructor(findings, pictures))
    return page(_document(findings, pictures, sections), stylesheet()).encode()


def report_markdown(findings: Findings) -> bytes:
    """`report.md`: for sharing."""
    least = findings.request.min_cell
    sections = _sections(findings, Pictures(), SHARED_LEAST if least is None else least)
    return markdown(_document(findings, Pictures(), sections)).encode()


def _sections(findings: Findings, pictures: Pictures, least: int) -> list[Section]:
    return [
        primary(findings, pictures, least),
        secondary(findings, pictures, least),
        exploratory(findings, pictures),
        items(findings, pictures, least),
        *agreement(findings),
        who(findings, pictures, least),
        methods(findings),
    ]


def _document(findings: Findings, pictures: Pictures, sections: Sequence[Section]) -> Document:
    lead = [
        *(Paragraph(mark, mark=True) for mark in marks(findings)),
        Paragraph("Training with simulated patients; not clinically signed off, and no statement about real care."),
        Paragraph(primary_sentence(findings.primary), statistics=True),
        Paragraph(findings.plan.line),
        *map(Paragraph, unknown_in_plan(findings) if findings.request.identified else ()),
    ]
    if pictures.skipped:
        lead.append(Paragraph(pictures.skipped))
    return Document(TITLE, lead, sections)
