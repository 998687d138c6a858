"""Tables that account for the data: what was found, what was left out and why, and how far students came."""

from __future__ import annotations

from .column import Table, category, count, identifier, text

MERGE_LOG = Table(
    "merge_log",
    "a file, sitting, student or encounter and what became of it",
    ("scope", "file", "student", "encounter", "reason"),
    (
        category("scope", "What the row is about", ("file", "sitting", "student", "encounter")),
        category("status", "What became of it", ("analysed", "duplicate", "excluded")),
        text("reason", "Why", missing="nothing to say"),
        identifier("file", "Number of the file, in the order of the paths"),
        identifier("student", "Pseudonym of the student", missing="not about one student"),
        identifier("encounter", "Encounter", missing="not about one encounter"),
        identifier(
            "sha256",
            "SHA-256 of the file",
            missing="the file could not be read, or the row is not about a file",
            formula="as it was found, without its journals",
        ),
        text("path", "Where the file was found", identifying=True),
    ),
)
FLOW = Table(
    "flow",
    "a step of the way from registration to the last encounter, in an arm",
    ("step", "arm"),
    (
        identifier("step", "Step"),
        text("label", "What it counts"),
        category("arm", "Study arm", formula="a label, (none), or all"),
        count("n", "Students"),
    ),
    sheet="Flow",
)
