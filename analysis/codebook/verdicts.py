"""Tables of verdicts, acts and errors: rows that belong to an encounter."""

from __future__ import annotations

from .column import Column, Table, category, flag, identifier, number, points, seconds, text
from .common import WHERE

RATINGS = ("dangerous", "suboptimal", "acceptable", "optimal")
SEVERITIES = ("minor", "moderate", "severe", "critical")
_NOT_DONE = "not done (censored at the scenario's horizon_seconds)"

CHECKLIST = Table(
    "checklist_long",
    "a checklist item of a judged encounter; what was not done is a row",
    ("encounter", "item"),
    (
        *WHERE,
        identifier("item", "Checklist item", source="checklist_result.item_id"),
        text("title", "What it asks for", source="checklist_result.title"),
        flag("critical", "It is a critical item", source="encounter.scenario", missing="not readable"),
        flag("done", "It was done", source="checklist_result.done_at", formula="1 when done_at is set"),
        flag("in_time", "It was done by its target", formula="done_seconds <= target_seconds", missing="no target"),
        seconds("done_seconds", "When it was done", source="checklist_result.done_at", missing=_NOT_DONE),
        seconds("target_seconds", "Target time", source="checklist_result.target", missing="no target"),
        number("credit", "Credit given", "weight", source="checklist_result.credit"),
        number("weight", "Weight of the item", "weight", source="checklist_result.weight"),
    ),
    sheet="Checklist",
)
DECISIONS = Table(
    "decisions",
    "a decision point of a judged encounter",
    ("encounter", "decision"),
    (
        *WHERE,
        identifier("decision", "Decision point", source="decision_result.item_id"),
        text("title", "What is decided", source="decision_result.title"),
        category(
            "rating",
            "Rating",
            RATINGS,
            ordered=True,
            source="decision_result.rating",
            missing="the question did not arise",
        ),
        Column(
            "rating_weight",
            "Weight of the rating",
            "number",
            "ratio",
            unit="share, 0 to 1",
            low=0,
            high=1,
            missing="the question did not arise",
            formula="optimal 1, acceptable 0.75, suboptimal 0.4, dangerous 0",
        ),
    ),
    sheet="Decisions",
)
GATES = Table(
    "gates",
    "a safety gate of a judged encounter",
    ("encounter", "gate"),
    (
        *WHERE,
        identifier("gate", "Safety gate", source="gate_result.item_id"),
        text("title", "What fails it", source="gate_result.title"),
        flag("failed", "It failed", source="gate_result.failed"),
        points("cap", "The most points that a failed gate leaves", source="gate_result.cap"),
    ),
    sheet="Gates",
)
MILESTONES = Table(
    "milestones",
    "a milestone of a judged encounter",
    ("encounter", "milestone"),
    (
        *WHERE,
        identifier("milestone", "Milestone", source="milestone_result.item_id"),
        flag("reached", "It was reached", source="milestone_result.reached_at"),
        seconds("reached_seconds", "When", source="milestone_result.reached_at", missing="not reached"),
    ),
)
ACTIONS = Table(
    "actions",
    "an act: something that a line was understood to ask, order or say",
    ("encounter", "number"),
    (
        *WHERE,
        Column("number", "Running number in the encounter", "integer", "ordinal"),
        seconds("at_seconds", "Scenario time", source="act.at_ms", formula="at_ms / 1000"),
        category("intent", "What was meant", source="act.intent"),
        category("modality", "How it was meant", source="act.modality", missing="not recorded"),
        category(
            "status",
            "What became of it",
            ("executed", "clarify", "refused", "cancelled", "noted"),
            source="act.status",
        ),
        category("drug", "Drug", source="act.slots", missing="no drug"),
        number("dose", "Dose", "as in dose_unit", source="act.slots", missing="no dose"),
        category("dose_unit", "Unit of the dose", source="act.slots", missing="no dose"),
        category("route", "Route of the drug", source="act.slots", missing="no route"),
        category("device", "Device", source="act.slots", missing="no device"),
        number("flow_l_min", "Flow", "L/min", source="act.slots", missing="no flow"),
        category("patient_state", "State of the patient", source="act.patient_state", missing="not recorded"),
        category("read_by", "How the line was read", source="act.route", missing="not recorded"),
        number("confidence", "Confidence of the reading", "share, 0 to 1", source="act.confidence", missing="none"),
    ),
)
MEDICATION_ERRORS = Table(
    "med_errors",
    "a harmful or wrong order that was carried out",
    ("encounter", "number"),
    (
        *WHERE,
        Column("number", "Running number in the encounter", "integer", "ordinal"),
        seconds("at_seconds", "Scenario time", source="medication_error.at_ms", formula="at_ms / 1000"),
        category("drug", "Drug", source="medication_error.drug"),
        category("kind", "Kind", source="medication_error.kind"),
        category("severity", "Severity", SEVERITIES, ordered=True, source="medication_error.severity"),
        text("reason", "Why it is one", source="medication_error.reason"),
    ),
    sheet="Medication errors",
)


def wide_checklist(scenario: str, items: list[tuple[str, str]]) -> Table:
    """The checklist of one scenario with a pair of columns an item: (name, title)."""
    pairs = [
        (
            flag(f"{name}_done", title, source="checklist_result.done_at"),
            seconds(f"{name}_s", f"When: {title}", source="checklist_result.done_at", missing=_NOT_DONE),
        )
        for name, title in items
    ]
    columns = (*WHERE, *(column for pair in pairs for column in pair))
    return Table(f"checklist_{scenario}", f"a judged encounter of {scenario}", ("encounter",), columns)
