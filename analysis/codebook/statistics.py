"""Tables of results: what was estimated, from how many, how, and with what certainty."""

from __future__ import annotations

from .column import Column, Table, category, count, flag, identifier, number, seconds, share, text

_SIDE = (("1", "first"), ("2", "second"))
NOT_ESTIMABLE = "not estimable, see note"


def _estimate(name: str, label: str) -> Column:
    return number(name, label, missing=NOT_ESTIMABLE)


TESTS = Table(
    "tests",
    "a statistic, unrounded",
    ("family", "outcome", "scenario", "item", "method"),
    (
        category("family", "Family", ("primary", "robustness", "secondary", "exploratory", "description")),
        identifier("outcome", "Outcome"),
        text("scenario", "Scenario", missing="over all scenarios"),
        identifier("item", "Item", missing="not about one item"),
        text("method", "Method"),
        text("unit_of_analysis", "Unit of analysis"),
        text("unit", "Unit of the estimate"),
        *(text(f"arm_{n}", f"{word.capitalize()} arm", missing="not a comparison of arms") for n, word in _SIDE),
        *(count(f"n_{n}", f"Units in the {word} arm", missing="not a comparison of arms") for n, word in _SIDE),
        *(_estimate(f"mean_{n}", f"Mean, share or rate of the {word} arm") for n, word in _SIDE),
        *(_estimate(f"sd_{n}", f"Standard deviation of the {word} arm") for n, word in _SIDE),
        text("estimate_name", "What the estimate is"),
        _estimate("estimate", "Estimate"),
        _estimate("ci_low", "Lower bound of the interval"),
        _estimate("ci_high", "Upper bound of the interval"),
        number("ci_level", "Level of the interval", "%", missing="no interval"),
        text("statistic_name", "Name of the test statistic", missing="none"),
        _estimate("statistic", "Test statistic"),
        _estimate("df", "Degrees of freedom"),
        share("p", "p value", missing="not estimable, or not a test"),
        share("p_adjusted", "p value adjusted for its family", missing="not adjusted"),
        text("adjustment", "How it was adjusted", missing="not adjusted"),
        *(
            _estimate(f"{name}{suffix}", f"{word}{', ' + bound if bound else ''}")
            for name, word in (
                ("d", "Cohen's d_s (pooled SD)"),
                ("g", "Hedges' g (pooled SD)"),
                ("d_star", "d*_s (average variance, Delacre 2021)"),
                ("g_star", "g*_s (average variance, Delacre 2021)"),
            )
            for suffix, bound in (("", ""), ("_low", "lower bound"), ("_high", "upper bound"))
        ),
        text("note", "What is not estimable and why, or what to know", missing="nothing to say"),
    ),
    sheet="Tests",
)
ARMS = Table(
    "arms",
    "an outcome in an arm: the students' values described",
    ("outcome", "arm"),
    (
        identifier("outcome", "Outcome"),
        text("unit", "Unit"),
        category("arm", "Study arm", formula="a label, or (none)"),
        count("n", "Students with a value"),
        count("missing", "Students without one"),
        _estimate("mean", "Mean"),
        _estimate("sd", "Standard deviation (n - 1)"),
        _estimate("ci_low", "Lower bound of the mean's 95 % interval"),
        _estimate("ci_high", "Upper bound of the mean's 95 % interval"),
        _estimate("median", "Median"),
        _estimate("q1", "First quartile"),
        _estimate("q3", "Third quartile"),
        _estimate("min", "Lowest"),
        _estimate("max", "Highest"),
        _estimate("skewness", "Skewness"),
        _estimate("excess_kurtosis", "Excess kurtosis"),
        _estimate("shapiro_w", "Shapiro-Wilk W"),
        _estimate("shapiro_p", "Shapiro-Wilk p"),
        text("note", "What is not estimable, and why", missing="all is estimable"),
    ),
    sheet="Arms",
)
ITEMS = Table(
    "items",
    "an item of a scenario, over all judged first encounters",
    ("scenario", "kind", "item"),
    (
        category("scenario", "Scenario, with its version where there are several"),
        category("kind", "Kind of item", ("checklist", "decision", "gate", "milestone")),
        identifier("item", "Item"),
        text("title", "What it asks for"),
        flag("critical", "It is critical", missing="not known"),
        count("n", "Encounters"),
        share("share_done", "Share done, passed or reached; of decisions, the mean weight", missing=NOT_ESTIMABLE),
        share("ci_low", "Lower bound (Wilson)", missing="not estimable, or a mean weight"),
        share("ci_high", "Upper bound (Wilson)", missing="not estimable, or a mean weight"),
        share("share_in_time", "Share done by the target time", missing="no target"),
        seconds("target_seconds", "Target time", missing="no target, or several"),
        seconds("median_seconds", "Median time (Kaplan-Meier)", missing="half of them never did it"),
        seconds("median_low", "Lower bound of the median", missing=NOT_ESTIMABLE),
        seconds("median_high", "Upper bound of the median", missing="unbounded or not estimable"),
        number("item_rest_r", "Correlation with the rest of the checklist", missing=NOT_ESTIMABLE),
        number("alpha_if_dropped", "Alpha without it", missing=NOT_ESTIMABLE),
        number("discrimination", "Share in the best minus in the worst 27 %", missing=NOT_ESTIMABLE),
        *(
            count(name, f"Rated {name}", missing="not a decision point")
            for name in ("optimal", "acceptable", "suboptimal", "dangerous")
        ),
        text("note", "What is not estimable, and why", missing="nothing to say"),
    ),
    sheet="Items",
)
CURVES = Table(
    "curves",
    "a step of a curve: the share who had done it by a time",
    ("scenario", "outcome", "arm", "time_seconds"),
    (
        category("scenario", "Scenario"),
        identifier("outcome", "Action"),
        category("arm", "Study arm"),
        seconds("time_seconds", "Scenario time"),
        count("at_risk", "Students who had not done it yet and were still watched"),
        count("events", "Students who did it then"),
        share("share_done", "Share who had done it", formula="1 - Kaplan-Meier"),
        share("ci_low", "Lower bound (log-log)", missing="after the last event, or all or nobody has done it"),
        share("ci_high", "Upper bound (log-log)", missing="after the last event, or all or nobody has done it"),
    ),
)
AGREEMENT = Table(
    "agreement",
    "agreement of an instructor's ratings with ours",
    ("kind", "scenario", "item"),
    (
        category("kind", "Kind of item", ("checklist", "decision", "gate", "score")),
        text("scenario", "Scenario", missing="over all scenarios"),
        identifier("item", "Item", missing="over all items"),
        count("n", "Pairs of ratings"),
        share("agreement", "Share of equal ratings", missing=NOT_ESTIMABLE),
        text("method", "Coefficient"),
        number("coefficient", "Coefficient", missing=NOT_ESTIMABLE),
        number("ci_low", "Lower bound", missing=NOT_ESTIMABLE),
        number("ci_high", "Upper bound", missing=NOT_ESTIMABLE),
        text("note", "What is not estimable, and why", missing="nothing to say"),
    ),
    sheet="Agreement",
)
