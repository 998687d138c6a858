"""Alt text and table say the numbers that were given, and what is not known is a dash."""

from __future__ import annotations

from collections.abc import Sequence

from knowthyself_tui.analysis.figures.checklist_heat_map import checklist_heat_map
from knowthyself_tui.analysis.figures.forest import forest
from knowthyself_tui.analysis.figures.item_difficulty import item_difficulty
from knowthyself_tui.analysis.figures.learning_curve import learning_curve
from knowthyself_tui.analysis.figures.missingness import missingness
from knowthyself_tui.analysis.figures.picture import (
    ForestRow,
    ItemRow,
    LearningPoint,
    Picture,
    RatingRow,
    StepCurve,
    VitalsPanel,
    VitalsSeries,
)
from knowthyself_tui.analysis.figures.ratings_by_arm import ratings_by_arm
from knowthyself_tui.analysis.figures.score_by_arm import score_by_arm
from knowthyself_tui.analysis.figures.time_to_action import share_at, time_to_action
from knowthyself_tui.analysis.figures.vitals_by_arm import vitals_by_arm


def there(picture: Picture | None) -> Picture:
    assert picture is not None
    return picture


def row_of(picture: Picture, *cells: str) -> tuple[str, ...]:
    """The only row that begins with these cells."""
    found: list[tuple[str, ...]] = [row for row in picture.rows if row[: len(cells)] == cells]
    assert len(found) == 1
    return found[0]


def test_scores_give_n_mean_interval_and_five_numbers() -> None:
    scores: dict[str, Sequence[float]] = {"A": [40, 50, 60, 80], "B": [70]}
    picture = there(score_by_arm(scores, {"A": (57.5, 30.3, 84.7), "B": (70, None, None)}, "Score (points)"))
    assert row_of(picture, "A") == ("A", "4", "57.5", "[30.3, 84.7]", "40.0", "47.5", "55.0", "65.0", "80.0")
    assert row_of(picture, "B") == ("B", "1", "70.0", "–", "70.0", "70.0", "70.0", "70.0", "70.0")
    assert "5 students" in picture.alt
    assert "A: n = 4, mean 57.5, 95% CI [30.3, 84.7]; B: n = 1, mean 70.0." in picture.alt


def test_scores_say_how_many_points_are_drawn() -> None:
    picture = there(score_by_arm({"A": [float(n % 90) for n in range(450)]}, {}, "Score"))
    assert "Points drawn: 300 of 450 in A." in picture.alt
    assert row_of(picture, "A")[1] == "450"


def test_a_forest_gives_estimates_with_a_true_minus_and_notes() -> None:
    rows = [
        ForestRow("Score", "Primary", -0.456, -1.0, 0.1, ""),
        ForestRow("Oxygen", "", None, None, None, "n = 1 in arm B"),
    ]
    picture = there(forest(rows, xlabel="Hedges’ g"))
    assert picture.rows == (
        ("Primary", "Score", "−0.46", "[−1.00, 0.10]", ""),
        ("", "Oxygen", "–", "–", "n = 1 in arm B"),
    )
    assert "Primary, Score: −0.46 [−1.00, 0.10]; Oxygen: n = 1 in arm B." in picture.alt
    assert "n = 1 in arm B</text>" in picture.svg


def test_curves_give_median_shares_and_who_is_left() -> None:
    curve = StepCurve([90, 300], [0.25, 0.5], [0.1, None], [0.5, None], {0: 4, 120: 3, 600: 2}, 300)
    picture = there(time_to_action("Oxygen", {"A": curve}, 600, 180))
    assert picture.header == ("Arm", "Median (min)", "By 2 min", "By 10 min")
    assert picture.rows == (("A", "5", "25% [10%, 50%]; 3 not yet", "50%; 2 not yet"),)
    assert "target 3 min" in picture.alt
    assert "A: 25% by the target, 50% in the end, median 5 min." in picture.alt


def test_nobody_has_done_it_before_the_first_time() -> None:
    curve = StepCurve([90, 300], [0.25, 0.5], [0.1, 0.2], [0.5, 0.8], {}, None)
    assert [share_at(curve, second)[0] for second in (0, 89, 90, 299, 300, 999)] == [0, 0, 0.25, 0.25, 0.5, 0.5]


def test_vitals_give_start_extremes_end_and_first_actions_once() -> None:
    series = VitalsSeries([0, 1, 2], [86, None, 95.26], [84, None, 94], [90, None, 97])
    panels = [VitalsPanel(label, "%", 90, None, {"A": series}, {"A": [1.0, 3.0]}) for label in ("SpO₂", "EtCO₂")]
    picture = there(vitals_by_arm("Asthma", panels))
    assert row_of(picture, "SpO₂ (%)") == ("SpO₂ (%)", "A", "86", "86", "95.3", "95.3", "94 to 97")
    assert row_of(picture, "First critical action (min), n = 2")[3:5] == ("1", "3")
    assert "SpO₂ A: median from 86 to 95.3 %" in picture.alt


def test_the_heat_map_counts_each_item() -> None:
    cells = [["done", "missed"], ["late", "missed"], ["done", ""]]
    picture = there(checklist_heat_map(["P-1", "P-2", "P-3"], ["Oxygen", "Salbutamol"], cells))
    assert picture.rows == (
        ("1. Oxygen", "2 (67%)", "1 (33%)", "0 (0%)", "0 (0%)"),
        ("2. Salbutamol", "0 (0%)", "0 (0%)", "2 (67%)", "1 (33%)"),
    )
    assert "3 students by 2 checklist items" in picture.alt
    assert "Salbutamol: 2 of 3." in picture.alt
    assert all(f">{text}</text>" in picture.svg for text in ("P-2", "1/2", "1/1", "100"))


def test_items_give_share_interval_and_a_correlation_without_a_nought() -> None:
    rows = [ItemRow("Oxygen", 0.9, 0.7, 0.97, 0.314, 20), ItemRow("Magnesium", 0.2, 0.08, 0.42, -0.05, 20)]
    picture = there(item_difficulty(rows))
    assert picture.rows == (
        ("Oxygen", "20", "90%", "[70%, 97%]", ".31"),
        ("Magnesium", "20", "20%", "[8%, 42%]", "−.05"),
    )
    assert picture.alt.endswith("hardest first. Magnesium: 20% [8%, 42%]; Oxygen: 90% [70%, 97%].")


def test_the_learning_curve_gives_each_point() -> None:
    points = [LearningPoint(2, 3.0, 1.0, 5.0, 19), LearningPoint(1, -4.0, -6.0, -2.0, 20)]
    picture = there(learning_curve({"": points}))
    assert picture.rows == (
        ("no arm", "1", "20", "−4.0", "[−6.0, −2.0]"),
        ("no arm", "2", "19", "3.0", "[1.0, 5.0]"),
    )
    assert "no arm: −4.0 at encounter 1, 3.0 at encounter 2." in picture.alt


def test_ratings_give_counts_and_shares() -> None:
    picture = there(ratings_by_arm([RatingRow("A", 4, 1, 0, 1, 2), RatingRow("B", 0, 0, 0, 0, 0)]))
    assert row_of(picture, "A") == ("A", "4", "1 (25%)", "0 (0%)", "1 (25%)", "2 (50%)")
    assert row_of(picture, "B") == ("B", "0", "0", "0", "0", "0")
    assert "A, 4 decisions: 25% dangerous, 0% suboptimal, 25% acceptable, 50% optimal" in picture.alt
    assert ">50%</text>" in picture.svg


def test_missing_values_are_counted_in_every_column() -> None:
    columns = [(f"column {place}", place % 3, 50) for place in range(60)]
    picture = there(missingness(columns))
    assert len(picture.rows) == 60
    assert row_of(picture, "column 2") == ("column 2", "2", "50", "4%")
    assert "40 of 60 columns, the 40 that miss most drawn. Most: column 2: 2 of 50" in picture.alt
