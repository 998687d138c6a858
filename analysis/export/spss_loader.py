"""Writes `load_data.sps`: reads the CSV files into SPSS or PSPP, with the same codes and labels as the .sav files.

Categories are read as text under the names @1, @2 and so on and then recoded. SPSS ends a case where a line ends,
so a text with a line end in it is for the .sav files only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..codebook.column import Column
from ..dataset import Dataset
from .portable import categories, check_names, cut_to_bytes, labelled, scored_arms, value_labels
from .spss import MEASURES, TEXT_BYTES, VALUE_LABEL_BYTES, number_format, text_bytes

TABLES = ("students", "encounters")
"""The tables that it reads; for the others there are .sav files or the CSV itself."""

_HEAD = """\
* Reads tables of a Know Thyself analysis into SPSS or PSPP.
* Go to the folder of the files first, as in: CD "C:\\study".
SET DECIMAL=DOT.
"""
_READ_AS_NUMBER = "F40.0"
"""Takes as many decimals as there are, and none that are not."""
_LABEL_BYTES = 200
"""So that a line of syntax keeps below 256 bytes."""
_TIME_CHARACTERS = 20


def spss_script(datasets: Sequence[Dataset]) -> str:
    """Syntax that makes an SPSS data set of the students and one of the encounters.

    Raises:
        ValueError: a column has a name that SPSS does not take.
    """
    chosen = [each for each in datasets if each.table.name in TABLES]
    return "\n".join([_HEAD, *map(_table, chosen), *_example(datasets)])


def _table(dataset: Dataset) -> str:
    check_names(dataset.table)
    table = dataset.table
    commands = [
        *_reading(dataset),
        *_conversions(dataset),
        _command("ADD FILES FILE=*", ["/KEEP=", *table.names]),
        _command("FORMATS", (_format(column) for column in table.columns if column.type != "text")),
        _command("VARIABLE LABELS", (_label(column) for column in table.columns)),
        *_value_labels(dataset),
        _command("VARIABLE LEVEL", (f"{column.name} ({MEASURES[column.level].upper()})" for column in table.columns)),
        "EXECUTE.",
        f"DATASET COPY {table.name}.",
    ]
    return "\n".join([*commands, ""])


def _reading(dataset: Dataset) -> Iterable[str]:
    yield _command(
        "GET DATA",
        [
            "/TYPE=TXT",
            f'/FILE="{dataset.table.name}.csv"',
            '/ENCODING="UTF8"',
            "/ARRANGEMENT=DELIMITED",
            "/DELCASE=LINE",
            "/FIRSTCASE=2",
            '/DELIMITERS=","',
            "/QUALIFIER='\"'",
            "/VARIABLES=",
            *(_read_as(dataset, number, column) for number, column in enumerate(dataset.table.columns, start=1)),
        ],
    )


def _read_as(dataset: Dataset, number: int, column: Column) -> str:
    if column.type == "text":
        return f"{column.name} A{text_bytes(dataset, column)}"
    if column.type == "category":
        return f"@{number} A{max((len(text.encode()) for text in _literals(dataset, column)), default=1)}"
    return f"@{number} A{_TIME_CHARACTERS}" if column.type == "datetime" else f"{column.name} {_READ_AS_NUMBER}"


def _conversions(dataset: Dataset) -> Iterable[str]:
    for number, column in enumerate(dataset.table.columns, start=1):
        if column.type == "datetime":
            yield _time(f"@{number}", column.name)
        elif column.type == "category":
            literals = enumerate(_literals(dataset, column), start=1)
            pairs = [f"({_quoted(text)}={code})" for code, text in literals] or ["(ELSE=SYSMIS)"]
            yield _command(f"RECODE @{number}", [*pairs, f"INTO {column.name}"])


def _literals(dataset: Dataset, column: Column) -> list[str]:
    """The categories as they stand in the CSV file, in the order of their numbers."""
    texts = (text.replace("\n", " ") for text in categories(dataset, column))
    return [cut_to_bytes(text, TEXT_BYTES, mark="") for text in texts]


def _time(text: str, name: str) -> str:
    day, month, year, hour, minute, second = (
        f"NUMBER(SUBSTR({text},{start},{length}),F{length})"
        for start, length in ((9, 2), (6, 2), (1, 4), (12, 2), (15, 2), (18, 2))
    )
    return _command(
        f"COMPUTE {name} =", [f"DATE.DMY({day}, {month}, {year})", f"+ TIME.HMS({hour}, {minute}, {second})"]
    )


def _value_labels(dataset: Dataset) -> Iterable[str]:
    for column in dataset.table.columns:
        if labels := value_labels(dataset, column):
            lines = (f"{number} {_quoted(cut_to_bytes(label, VALUE_LABEL_BYTES))}" for number, label in labels.items())
            yield _command("VALUE LABELS", [column.name, *lines])


def _label(column: Column) -> str:
    return f"{column.name} {_quoted(cut_to_bytes(labelled(column), _LABEL_BYTES))}"


def _format(column: Column) -> str:
    return f"{column.name} ({'DATETIME20' if column.type == 'datetime' else number_format(column)})"


def _example(datasets: Sequence[Dataset]) -> Iterable[str]:
    """A comparison of the students' scores that runs as it stands, when there are two arms to compare."""
    arms = scored_arms(datasets)
    if len(arms) == 2:
        first, second = arms.values()
        yield "* Welch's test of the students' mean scores is the second line of this one's answer."
        yield "* DATASET ACTIVATE students."
        yield f"* T-TEST GROUPS=arm({first} {second}) /VARIABLES=score_mean."
        yield ""


def _command(name: str, lines: Iterable[str]) -> str:
    """A command over several lines, of which only the first begins at the margin."""
    return "\n  ".join([name, *lines]) + "."


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
