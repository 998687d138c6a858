"""The instructor's part: who needs help, the class at a glance, who is still in a sitting, what was appealed."""

from __future__ import annotations

from ...results.findings import Findings
from ...results.help import StudentPage
from ...tables.frames import records
from ..apa import decimal
from ..document import Block, Bullets, Paragraph, Section, TableBlock
from ..pictures import Pictures

_SINGLE_PAGES = 300
"""More students would make a page that nobody can open; the list above has them all."""


def instructor(findings: Findings, pictures: Pictures) -> Section:
    """The section that shows single students."""
    return Section(
        "For the instructor",
        [
            Paragraph(
                "This part shows single students: keep it to yourself. With the option --min-cell 10 it is left out."
                + ("" if findings.request.identified else " With --identified it has names.")
            ),
            _who_needs_help(findings),
            *pictures.at("heat maps"),
        ],
        "instructor",
        (_in_progress(findings), _appeals(findings), _students(findings)),
        for_instructor=True,
    )


def _shown_name(page: StudentPage, findings: Findings) -> str:
    if not findings.request.identified:
        return page.student
    return f"{page.name} ({page.code})" if page.name else page.code


def _who_needs_help(findings: Findings) -> Block:
    if not findings.pages:
        return Paragraph("Nobody began an encounter.")
    rows = [
        (
            _shown_name(page, findings),
            page.arm or "",
            decimal(page.score, 1),
            *(str(len(found)) if page.judged else "–" for found in _lists(page)),
            _why(page),
            _trend(page),
        )
        for page in findings.pages
    ]
    header = (
        "Student",
        "Arm",
        "Score",
        "Gates failed",
        "Dangerous decisions",
        "Medication errors",
        "Critical items missed",
        "First of all",
        "Trend",
    )
    note = (
        "Those with most to talk about in an encounter come first: gates and dangerous decisions count double. "
        "– means that no encounter was judged."
    )
    anchors = [_anchor(number) for number in range(1, min(len(rows), _SINGLE_PAGES) + 1)]
    return TableBlock(header, rows, "Who needs help", note, anchors)


def _lists(page: StudentPage) -> tuple[list[str], ...]:
    return page.gates, page.dangerous, page.errors, page.missed


def _why(page: StudentPage) -> str:
    """The gravest thing in words; empty when there is none."""
    return next((found[0] for found in _lists(page) if found), "")


def _trend(page: StudentPage) -> str:
    if page.slope is None or not page.trend:
        return "too few encounters"
    return f"{page.trend}, {decimal(page.slope, 1)} points an encounter"


def _in_progress(findings: Findings) -> Section:
    students = findings.tables.students
    column = "student_code" if findings.request.identified else "student"
    still = students.loc[students["in_progress"].astype("bool"), column].tolist()
    blocks: list[Block] = [Bullets(still)] if still else [Paragraph("Nobody.")]
    return Section("Still in a sitting", blocks, "in-progress")


def _appeals(findings: Findings) -> Section:
    appeals = findings.tables.appeals
    if appeals.empty:
        return Section("Appeals", [Paragraph("No verdict was challenged.")], "appeals")
    names = ["encounter", "scenario", "item", "verdict"]
    if findings.request.with_text:
        names += ["appeal", "turns", "answer"]
    rows = [tuple(str(cell or "") for cell in row.values()) for row in records(appeals[names])]
    hint = (
        "" if findings.request.with_text else "What they wrote, and the lines in question, are shown with --with-text."
    )
    return Section("Appeals", [TableBlock(tuple(names), rows, "Verdicts that students challenge", hint)], "appeals")


def _students(findings: Findings) -> Section:
    pages = findings.pages[:_SINGLE_PAGES]
    left = len(findings.pages) - len(pages)
    blocks: list[Block] = [Paragraph(f"The first {len(pages)} of {len(findings.pages)}.")] if left else []
    inner = tuple(_student(page, findings, number) for number, page in enumerate(pages, start=1))
    return Section("Student by student", blocks, "students", inner)


def _student(page: StudentPage, findings: Findings, number: int) -> Section:
    rows = [
        (name, scenario, status.replace("_", " "), decimal(score, 1))
        for name, scenario, status, score in page.encounters
    ]
    lines = [
        f"{word}: {'; '.join(found)}"
        for word, found in (
            ("Safety gates failed", page.gates),
            ("Dangerous decisions", page.dangerous),
            ("Medication errors", page.errors),
            ("Critical items missed", page.missed),
        )
        if found
    ]
    blocks: list[Block] = [
        TableBlock(("Encounter", "Scenario", "Status", "Score"), rows),
        Bullets([*lines, f"Trend: {_trend(page)}"]),
    ]
    return Section(_shown_name(page, findings), blocks, _anchor(number))


def _anchor(number: int) -> str:
    """Of the student who is this far down the list of those who need help."""
    return f"student-{number}"
