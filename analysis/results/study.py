"""What every result is made from: the tables, the plan, and the two arms."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from ..plan import Plan
from ..stats.estimable import NotEstimable
from ..tables.cohort_tables import CohortTables
from .comparison import Arms, arms_to_compare
from .row import Result

SEED = 2026
"""Of every resampling: the same data give the same digits."""


@dataclass(frozen=True, slots=True)
class Study:
    """The data of one analysis."""

    tables: CohortTables
    plan: Plan
    arms: Arms | NotEstimable

    @property
    def level(self) -> float:
        """Of every interval: 0.95 unless the plan has another alpha."""
        return 1 - self.plan.alpha

    @property
    def analysed(self) -> pd.DataFrame:
        """Students in the primary analysis: allocated, with at least one finished encounter, by allocated arm."""
        students = self.tables.students
        return students[students["in_analysis"].astype("bool")]

    @property
    def encounters(self) -> pd.DataFrame:
        """Finished encounters of the analysed students, under the arm that the student was allocated to."""
        finished = self.tables.finished.drop(columns="arm")
        arms = self.analysed[["student", "arm"]]
        return finished.merge(arms, on="student", how="inner", validate="many_to_one")

    @property
    def arm_of(self) -> pd.Series[str]:
        """The arm that each student was allocated to, by student."""
        return self.tables.students.set_index("student")["arm"]

    def of_analysed(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows of the finished encounters of the analysed students, under the arm that the student was allocated to."""
        return rows.drop(columns="arm").merge(self.encounters[["encounter", "arm"]], on="encounter", how="inner")

    def begun(self, row: Result) -> Result:
        """The row with the names of the two arms, where there are two."""
        if isinstance(self.arms, NotEstimable):
            return replace(row, note=str(self.arms))
        return replace(row, arm_1=self.arms.first, arm_2=self.arms.second)


def study(tables: CohortTables, plan: Plan) -> Study:
    return Study(tables, plan, arms_to_compare(tables.students, plan.arms))
