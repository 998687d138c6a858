"""The codebook as a table of its own, so that it is exported like every other."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ..codebook import CODEBOOK_FIELDS, codebook_rows
from ..codebook.column import Table, identifier, text
from ..dataset import Dataset, dataset

CODEBOOK = Table(
    "codebook",
    "a column of a table",
    ("table", "name"),
    (
        identifier("table", "Table: the file with this name"),
        identifier("name", "Column"),
        text("label", "What it holds"),
        text("type", "Type: text, category, integer, number, boolean (0, 1) or datetime (UTC)"),
        text("unit", "Unit", missing="none"),
        text(
            "values",
            "Values that may stand there, in the order in which SPSS and Stata number them from 1",
            missing="any; those of a category that the data have are numbered in alphabetical order",
        ),
        text("missing", "What an empty cell means", missing="no cell is empty"),
        text("level", "Level of measurement: id, nominal, ordinal or ratio"),
        text("source", "Where it comes from: table.column of the databases, or computed"),
        text("formula", "How it is computed", missing="as stored"),
        text("first_version", "First version that wrote it"),
    ),
)


def codebook_dataset(tables: Iterable[Table]) -> Dataset:
    """One row for each column of the tables."""
    rows = pd.DataFrame(codebook_rows(tables), columns=list(CODEBOOK_FIELDS), dtype="str")
    return dataset(CODEBOOK, rows.replace("", None))
