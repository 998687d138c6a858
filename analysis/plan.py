"""The analysis plan: what was decided before the data were looked at, hashed so that a reader can check it."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from knowthyself_tui.errors import UsageError

PLAN_OUTCOMES = (
    "score_mean",
    "decision_mean",
    "checklist_share_mean",
    "safety_score_mean",
    "communication_mean",
    "handover_mean",
    "pivotal_share",
    "pivotal_time_mean",
)
"""What may be the primary outcome: one number a student."""


class Plan(BaseModel):
    """Every setting of a plan; the defaults are what is done without one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = ""
    primary_outcome: str = "score_mean"
    """A column of the table of students."""
    arms: tuple[str, ...] = ()
    """The two arms that are compared, the first minus the second; empty for the two that the data have."""
    alpha: float = Field(default=0.05, gt=0, lt=0.5)
    """Two-sided; intervals cover 1 - alpha."""
    equivalence_bound: float | None = Field(default=None, gt=0)
    """In units of the primary outcome: a difference within it does not matter."""
    exclude_students: tuple[str, ...] = ()
    """Enrolment codes or pseudonyms that are left out; each is listed in the merge log."""
    exclude_scenarios: tuple[str, ...] = ()
    """Ids of scenarios that are left out."""
    left_early_count: bool = False
    """Encounters left before their minimum time enter the means."""

    @field_validator("primary_outcome")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in PLAN_OUTCOMES:
            raise ValueError(f"is none of {', '.join(PLAN_OUTCOMES)}")
        return value

    @field_validator("arms")
    @classmethod
    def _two(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        arms = tuple(arm.strip().upper() for arm in value)
        if arms and (len(arms) != 2 or arms[0] == arms[1]):
            raise ValueError("names two different arms or none")
        return arms


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan and how to recognise it again."""

    plan: Plan
    sha256: str | None
    """Of the file's bytes; None when there was no file."""
    bound_from_plan: bool = True
    """The equivalence bound, if any, is the plan's and was not given with the command."""

    @property
    def line(self) -> str:
        """What a report says about it."""
        if self.sha256 is None:
            bound = self.plan.equivalence_bound
            given = "" if bound is None else f" An equivalence bound of {bound:g} was given with the command."
            return f"There was no analysis plan: outcomes and methods are the program's defaults.{given}"
        title = f"“{self.plan.title}”, " if self.plan.title else ""
        return f"Analysis plan: {title}SHA-256 {self.sha256}. {self._settings}"

    @property
    def _settings(self) -> str:
        plan = self.plan
        parts = [f"Primary outcome {plan.primary_outcome}", f"alpha {plan.alpha:g}"]
        parts += [f"arms {' minus '.join(plan.arms)}"] if plan.arms else []
        whose = "" if self.bound_from_plan else " (given with the command, not the plan's)"
        parts += [f"equivalence bound {plan.equivalence_bound:g}{whose}"] if plan.equivalence_bound else []
        parts += [f"{len(plan.exclude_students)} students left out"] if plan.exclude_students else []
        parts += [f"scenarios left out: {', '.join(plan.exclude_scenarios)}"] if plan.exclude_scenarios else []
        parts += ["encounters left early count"] if plan.left_early_count else []
        return f"{'; '.join(parts)}."


NO_PLAN = PlanFile(Plan(), None)


def read_plan(path: Path) -> PlanFile:
    """Reads a plan in TOML; raises a UsageError that names what is wrong with it."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"The analysis plan {path} cannot be read ({error.strerror}).") from error
    try:
        read: dict[str, Any] = tomllib.loads(content.decode("utf-8-sig"))
        plan = Plan.model_validate(read)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "it"
        raise UsageError(f"The analysis plan {path} is wrong: {where}: {_told(first['msg'])}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"The analysis plan {path} is no TOML: {error}.") from error
    return PlanFile(plan, hashlib.sha256(content).hexdigest())


def _told(message: str) -> str:
    return message.removeprefix("Value error, ").rstrip(".")
