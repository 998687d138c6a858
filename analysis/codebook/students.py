"""The table of students: one row a student, ready for a comparison of arms."""

from __future__ import annotations

from .column import Column, Table, category, count, flag, number, points, seconds, share
from .common import CODE, NAME, NO_SCORE, STUDENT

_FINISHED = "over the student's finished encounters"

STUDENTS = Table(
    "students",
    "a student over all sittings, also one who only registered",
    ("student",),
    (
        STUDENT,
        CODE,
        NAME,
        Column(
            "registered_at",
            "Time of registration (UTC)",
            "datetime",
            "ratio",
            "student.registered_at",
            identifying=True,
        ),
        category("cohort", "Cohort of the roster", source="student.cohort", missing="none was set"),
        category("arm", "Study arm", source="session.arm", missing="no arm, two arms or an unknown label"),
        category("arm_status", "How the arm stands", ("allocated", "none", "two_arms", "unknown", "excluded")),
        category(
            "arm_source", "How the arm was allotted", source="session.arm_source", missing="not recorded or several"
        ),
        flag("consented", "Consent is recorded", source="student.consented_at"),
        count("sittings", "Sittings begun", formula="count of session"),
        count("sittings_completed", "Sittings completed", formula="count of session with status completed"),
        flag("in_progress", "A sitting is still open", formula="1 when a session is in_progress or paused"),
        count("encounters_planned", "Encounters of the sittings' queues", source="session.scenario_queue"),
        count("encounters_started", "Encounters begun", formula="count of encounters"),
        count("encounters_finished", "Encounters finished", formula="count of encounters with status finished"),
        flag("in_analysis", "In the primary analysis", formula="arm_status allocated and a finished encounter"),
        flag("completer", "Finished every encounter of a sitting's queue", formula="in at least one sitting"),
        points("score_mean", "Mean score", missing=NO_SCORE, formula=f"mean of score_total {_FINISHED}"),
        share(
            "checklist_share_mean",
            "Mean share of the checklist",
            missing=NO_SCORE,
            formula=f"mean of checklist_share {_FINISHED}",
        ),
        share(
            "decision_mean",
            "Mean decision quality",
            missing="no decision point could be judged",
            formula=f"mean of decision_mean {_FINISHED}",
        ),
        points(
            "communication_mean",
            "Mean of communication",
            high=5,
            missing=NO_SCORE,
            formula=f"mean of communication {_FINISHED}",
        ),
        points("handover_mean", "Mean of handover", high=5, missing=NO_SCORE, formula=f"mean of handover {_FINISHED}"),
        points("safety_score_mean", "Mean safety score", missing=NO_SCORE, formula=f"mean of safety_score {_FINISHED}"),
        share(
            "pivotal_share",
            "Share of encounters with the pivotal treatment",
            missing=NO_SCORE,
            formula=f"mean of pivotal_given {_FINISHED}",
        ),
        seconds(
            "pivotal_time_mean",
            "Mean time without the pivotal treatment",
            missing=NO_SCORE,
            formula=f"mean of without_pivotal_seconds {_FINISHED}: the restricted mean time",
        ),
        count("medication_errors", "Medication errors", missing=NO_SCORE, formula=f"sum {_FINISHED}"),
        count("dangerous_decisions", "Decision points rated dangerous", missing=NO_SCORE, formula=f"sum {_FINISHED}"),
        count("gates_failed", "Safety gates failed", missing=NO_SCORE, formula=f"sum {_FINISHED}"),
        count("critical_missed", "Critical checklist items not done", missing=NO_SCORE, formula=f"sum {_FINISHED}"),
        count("messages", "Lines that the student typed in encounters", formula="count of turn with speaker student"),
        seconds("scenario_seconds", "Scenario time over all encounters", formula="sum of duration_seconds"),
        number(
            "learning_slope",
            "Learning slope",
            "points per encounter",
            missing="fewer than two finished encounters",
            formula="least squares of score_total minus the scenario's mean on the order of the encounter",
        ),
    ),
    sheet="Students",
)


def scenario_score(scenario: str, name: str) -> Column:
    """The student's score in one scenario, a column that only exists when somebody finished it."""
    return points(
        name,
        f"Score in {scenario}",
        missing="not finished",
        formula="score_total of the first finished encounter of that scenario",
    )
