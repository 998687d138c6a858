"""`methods.md`: the headings of CONSORT for simulation research (Cheng 2016), filled in where the data know."""

from __future__ import annotations

from ..results.findings import Findings
from ..results.flow import EVERYBODY
from .document import Block, Bullets, Document, Paragraph, Section, TableBlock
from .markdown import markdown
from .sections.methods import METHODS, clustering_sentence, versions
from .words import marks, outcome_label, software, unit_sentence

_BLANK = "[to be written by the researcher]"
_ENVIRONMENT = (
    ("Participant orientation", _BLANK),
    ("Simulator type", "Screen-based: a terminal program with a physiological patient model"),
    ("Simulation environment", _BLANK),
    ("Debriefing", "After each sitting by the program: evidence from the log, reflection questions"),
    ("Instructor characteristics", _BLANK),
    ("Prior simulation experience (item 15)", "Not collected"),
)


def methods_file(findings: Findings) -> bytes:
    """The whole file."""
    sections = [
        Section("Design and allocation (items 1 to 3, 8 to 10)", _design(findings)),
        Section("Participants (item 4, 13)", _participants(findings)),
        Section("Simulation exposures (item 5)", _exposures(findings)),
        Section("Outcomes and their validity (item 6)", _outcomes(findings)),
        Section(
            "Sample size (item 7)",
            [Paragraph(_BLANK), Paragraph("What the numbers reached could detect is in report.md.")],
        ),
        Section(
            "Statistical methods (item 12)",
            [Paragraph(unit_sentence(findings)), Paragraph(clustering_sentence(findings)), Bullets(METHODS)],
        ),
        Section("Inter-rater reliability (item 17)", _raters(findings)),
        Section("Simulation elements (Table 3)", [TableBlock(("Element", "Description"), _ENVIRONMENT)]),
        Section("Limits (items 20, 21)", [Paragraph(_BLANK)]),
        Section("Data and software (item 25)", [Paragraph(findings.plan.line), Paragraph(software())]),
    ]
    lead = [*(Paragraph(mark, mark=True) for mark in marks(findings)), Paragraph(_FIRST)]
    return markdown(Document("Methods", lead, sections)).encode()


_FIRST = (
    "A draft by the headings of Cheng et al. 2016 (Advances in Simulation 1:25). What the databases know is filled in; "
    "the rest is for the researcher."
)


def _design(findings: Findings) -> list[Block]:
    sources = sorted(set(findings.tables.students["arm_source"].dropna()))
    said = f"Arms were allotted by: {', '.join(sources)}." if sources else "How arms were allotted is not recorded."
    return [Bullets([f"{meaning}." for meaning in findings.arm_meanings]), Paragraph(said), Paragraph(_BLANK)]


def _participants(findings: Findings) -> list[Block]:
    frame = findings.flow_by_arm
    rows = [(str(row.label), str(row.n)) for row in frame[frame["arm"] == EVERYBODY].itertuples()]
    return [TableBlock(("Step", "Students"), rows), Paragraph(_BLANK)]


def _exposures(findings: Findings) -> list[Block]:
    return [TableBlock(("Scenario", "Version", "SHA-256", "Program"), versions(findings))]


def _outcomes(findings: Findings) -> list[Block]:
    rules = sorted(set(findings.tables.encounters["rule_version"].dropna()))
    return [
        Paragraph(f"Primary outcome: {outcome_label(findings.study.plan.primary_outcome).lower()}."),
        Paragraph(
            "An encounter's score is 60 times the share of the checklist, 30 times the mean of the decision points "
            "(optimal 1, acceptable 0.75, suboptimal 0.4, dangerous 0), 5 points for communication and 5 for handover, "
            f"at most the lowest cap of a failed safety gate. Version of the rules: {', '.join(rules) or 'none yet'}."
        ),
        Paragraph("Reliability of the checklists is in report.md; evidence of validity: " + _BLANK),
    ]


def _raters(findings: Findings) -> list[Block]:
    if findings.agreement is None or findings.agreement.empty:
        return [Paragraph("No rating of a person was given: every verdict is the program's.")]
    return [Paragraph("An instructor rated some encounters as well; the agreement is in report.md.")]
