"""Verdicts, acts and errors of the encounters that are not excluded."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..codebook.column import Table
from ..codebook.verdicts import RATINGS, wide_checklist
from ..gather.merge import SourceFile
from ..gather.rows import ActRow, ChecklistRow, DecisionRow, ErrorRow, GateRow, MilestoneRow
from .frames import critical_items, frame_of, natural_order, of_encounters
from .names import unused_name

RATING_WEIGHTS = {"optimal": 1.0, "acceptable": 0.75, "suboptimal": 0.4, "dangerous": 0.0}


def checklist_table(files: list[SourceFile], encounters: pd.DataFrame) -> pd.DataFrame:
    """One row a checklist item of each judged encounter, also for what was not done."""
    frame = of_encounters(frame_of(files, "checklist", ChecklistRow, empty=True), encounters)
    frame = frame.assign(done_at=frame["done_at"].clip(lower=0))
    done = frame["done_at"].notna()
    in_time = (frame["done_at"] <= frame["target"]).astype("float64").where(frame["target"].notna())
    return frame.assign(done=done, in_time=in_time, critical=_critical(files, frame)).rename(
        columns={"item_id": "item", "done_at": "done_seconds", "target": "target_seconds"}
    )


def _critical(files: list[SourceFile], frame: pd.DataFrame) -> pd.Series[float]:
    """1 and 0 for each row's item; missing where its scenario cannot be read."""
    known = critical_items(files)
    rows = zip(frame["file"], frame["encounter_id"], frame["item_id"], strict=True)
    found = [known.get((file, encounter), {}).get(item) for file, encounter, item in rows]
    return pd.Series([None if value is None else float(value) for value in found], index=frame.index, dtype="float64")


def decision_table(files: list[SourceFile], encounters: pd.DataFrame) -> pd.DataFrame:
    """One row a decision point; one that did not arise has no rating."""
    frame = of_encounters(frame_of(files, "decisions", DecisionRow, empty=True), encounters)
    rating = frame["rating"].where(frame["rating"].isin(RATINGS))
    return frame.assign(rating=rating, rating_weight=rating.map(RATING_WEIGHTS).astype("float64")).rename(
        columns={"item_id": "decision"}
    )


def gate_table(files: list[SourceFile], encounters: pd.DataFrame) -> pd.DataFrame:
    frame = of_encounters(frame_of(files, "gates", GateRow, empty=True), encounters)
    return frame.assign(critical=_critical(files, frame)).rename(columns={"item_id": "gate"})


def milestone_table(files: list[SourceFile], encounters: pd.DataFrame) -> pd.DataFrame:
    frame = of_encounters(frame_of(files, "milestones", MilestoneRow, empty=True), encounters)
    return frame.assign(reached=frame["reached_at"].notna()).rename(
        columns={"item_id": "milestone", "reached_at": "reached_seconds"}
    )


def error_table(files: list[SourceFile], encounters: pd.DataFrame) -> pd.DataFrame:
    frame = of_encounters(frame_of(files, "errors", ErrorRow, empty=True), encounters)
    return _timed(frame)


def action_table(files: list[SourceFile], encounters: pd.DataFrame) -> pd.DataFrame:
    """One row an act, in the order of their times; words as categories, because acts are many."""
    frame = frame_of(files, "acts", ActRow, empty=True)
    words = [name for name, values in frame.items() if pd.api.types.is_string_dtype(values)]
    return _timed(of_encounters(frame.astype(dict.fromkeys(words, "category")), encounters))


def _timed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(number=frame.groupby("order").cumcount() + 1, at_seconds=frame["at_ms"] / 1000)


def wide_checklists(checklist: pd.DataFrame) -> Iterator[tuple[Table, pd.DataFrame]]:
    """The checklist of each scenario with two columns an item: done, and when."""
    used = ["long"]
    for scenario, rows in checklist.groupby("scenario"):
        name = unused_name(str(scenario), used, room=len("checklist_"))
        used.append(name)
        yield _wide(name, rows)


def _wide(scenario: str, rows: pd.DataFrame) -> tuple[Table, pd.DataFrame]:
    titles = rows.drop_duplicates("item", keep="last").sort_values("item", key=natural_order)
    names: dict[str, str] = {}
    for item in titles["item"]:
        names[item] = unused_name(item, names.values(), room=len("_done"))
    table = wide_checklist(
        scenario, [(names[item], title) for item, title in zip(titles["item"], titles["title"], strict=True)]
    )
    wide = rows.pivot(index="encounter", columns="item", values=["done", "done_seconds"])
    frame = rows.drop_duplicates("encounter")[["encounter", "student", "arm", "scenario"]].set_index("encounter")
    columns = {
        f"{name}{ending}": wide[value, item].reindex(frame.index)
        for item, name in names.items()
        for value, ending in (("done", "_done"), ("done_seconds", "_s"))
    }
    return table, pd.concat([frame, pd.DataFrame(columns)], axis=1).reset_index()
