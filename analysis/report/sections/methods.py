"""How everything was done, in the words of a methods section."""

from __future__ import annotations

from typing import Any

from ...results.findings import Findings
from ...tables.frames import records
from ..apa import decimal
from ..document import Bullets, Paragraph, Section, TableBlock
from ..words import software, unit_sentence

METHODS = (
    "Means of two arms: Welch's t test, always, never chosen by a pre-test; the difference in original units with its "
    "interval (Welch 1947).",
    "Effect sizes: Cohen's d with the pooled SD and Hedges' g with the exact correction (Hedges 1981), intervals from "
    "the noncentral t distribution (Steiger & Fouladi 1997); d* with the average variance (Delacre et al. 2021) in "
    "tests.csv.",
    "Robustness: Student's t, Mann-Whitney with the Hodges-Lehmann shift, permutation of means, BCa bootstrap, a "
    "random-intercept model (REML), completers only. Resampling with a fixed seed.",
    "Shares: Wilson intervals; differences by Newcombe's method 10; Fisher's exact test. Rates: ratio with an exact "
    "conditional interval, or a quasi-Poisson one when the dispersion over students exceeds 1.5.",
    "Times: Kaplan-Meier with log-log intervals, log-rank test, restricted means. No student is dropped for not "
    "acting.",
    "Reliability: KR-20 with Feldt's interval for 30 encounters or more; corrected item-rest correlations.",
    "Multiplicity: one primary outcome; Holm over the secondary ones; Benjamini-Hochberg over each kind of exploratory "
    "comparison (outcomes, scores of scenarios, times, restricted means, checklist items).",
    "On request: equivalence by two one-sided Welch tests, analysis of covariance with a pre-test, negative binomial "
    "models, Aalen-Johansen curves; agreement by quadratic weighted and plain kappa and ICC(2,1).",
    "Missing values stay missing; nothing is imputed. Allocated students with a finished encounter are analysed in the "
    "arm they were allocated to.",
)


def methods(findings: Findings) -> Section:
    """The section of methods."""
    return Section(
        "Methods and software",
        [
            Paragraph(unit_sentence(findings)),
            Paragraph(clustering_sentence(findings)),
            Bullets(METHODS),
            Paragraph(findings.plan.line),
            TableBlock(("Scenario", "Version", "SHA-256", "Program"), versions(findings), "What was played"),
            Paragraph(software()),
        ],
        "methods",
    )


def clustering_sentence(findings: Findings) -> str:
    """How alike the encounters of one student are."""
    row = next(row for row in findings.results if row.method.startswith("ICC(1)"))
    if row.estimate is None:
        return f"Clustering of encounters in students: {row.note}."
    found = f"ICC(1) = {decimal(row.estimate, 3)} over {row.n_1} students; {row.note}"
    return f"Clustering of encounters in students: {found}."


def versions(findings: Findings) -> list[tuple[str, ...]]:
    """Every version of every scenario that was played, with the program and the voice."""
    columns = ["scenario", "scenario_version", "scenario_sha256", "app_version", "engine_version", "patient", "model"]
    kept = findings.tables.encounters[columns].drop_duplicates().sort_values(columns)
    return [
        (
            row["scenario"],
            row["scenario_version"],
            row["scenario_sha256"][:12],
            _program(row),
        )
        for row in records(kept)
    ]


def _program(row: dict[str, Any]) -> str:
    model = f" ({row['model']})" if row["model"] else ""
    program = row["app_version"] or "version not recorded"
    return f"{program}, engine {row['engine_version']}, patient {row['patient'] or 'not recorded'}{model}"
