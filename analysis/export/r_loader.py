"""Writes `load_data.R`: reads the CSV files into data frames with factors and labels, in base R alone.

The script is plain ASCII, so that it means the same in every locale; other letters are written as \\uXXXX.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..codebook.column import Column
from ..dataset import Dataset
from .portable import categories, check_names, labelled, scored_arms

_HEAD = """\
# Reads the tables of a Know Thyself analysis. Needs nothing but R.
# Say here where the files are; then: source("load_data.R")
folder <- "."

read_table <- function(name, classes) {
  read.csv(file.path(folder, paste0(name, ".csv")), encoding = "UTF-8", na.strings = "",
           colClasses = classes, check.names = FALSE)
}
"""
_CLASSES = {"integer": "numeric", "number": "numeric", "boolean": "numeric"}
_TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def r_script(datasets: Sequence[Dataset]) -> str:
    """A script that makes a data frame of each table, named like it; booleans stay 0 and 1.

    Raises:
        ValueError: a table or a column has a name that not every program takes.
    """
    return "\n".join([_HEAD, *map(_table, datasets), *_example(datasets)])


def _table(dataset: Dataset) -> str:
    check_names(dataset.table)
    return "\n".join([*_reading(dataset), *_columns(dataset), ""])


def _reading(dataset: Dataset) -> Iterable[str]:
    table = dataset.table
    yield f"{table.name} <- read_table({_quoted(table.name)}, c("
    classes = [
        f"  {_quoted(column.name)} = {_quoted(_CLASSES.get(column.type, 'character'))}" for column in table.columns
    ]
    yield ",\n".join(classes)
    yield "))"


def _columns(dataset: Dataset) -> Iterable[str]:
    for column in dataset.table.columns:
        place = f"{dataset.table.name}[[{_quoted(column.name)}]]"
        if column.type == "category":
            yield f"{place} <- factor({place}, levels = {_levels(dataset, column)}{_ordered(column)})"
        elif column.type == "datetime":
            yield f'{place} <- as.POSIXct({place}, format = {_quoted(_TIME_FORMAT)}, tz = "UTC")'
        yield f'attr({place}, "label") <- {_quoted(labelled(column))}'


def _levels(dataset: Dataset, column: Column) -> str:
    return f"c({', '.join(map(_quoted, categories(dataset, column)))})"


def _ordered(column: Column) -> str:
    return ", ordered = TRUE" if column.level == "ordinal" else ""


def _example(datasets: Sequence[Dataset]) -> Iterable[str]:
    """A comparison of the students' scores that runs as it stands, when there are arms to compare."""
    arms = scored_arms(datasets)
    if len(arms) < 2:
        return
    yield "# Welch's test of the students' mean scores:"
    yield f"# {'t.test' if len(arms) == 2 else 'oneway.test'}(score_mean ~ arm, data = students)"
    yield ""


def _quoted(text: str) -> str:
    """A string of R."""
    return '"' + "".join(map(_character, text)) + '"'


def _character(character: str) -> str:
    number = ord(character)
    if character in '"\\':
        return "\\" + character
    if 0x20 <= number < 0x7F:
        return character
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
