"""Describes the exported files for programs: a `datapackage.json` (Frictionless Data Package, version 1).

Whoever has it can check that no file was changed, and that every cell is one that may stand there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..codebook.column import Column
from ..dataset import Dataset
from ..folder import PACKAGE_NAME, FileFacts
from .portable import categories, check_names, one_line

_DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}
_TYPES = {"text": "string", "category": "string"}
"""Types that go by another name there."""
_MEDIA_TYPES = {
    "csv": "text/csv",
    "dta": "application/x-stata-dta",
    "html": "text/html",
    "md": "text/markdown",
    "R": "text/x-r",
    "sav": "application/x-spss-sav",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Json = dict[str, Any]


def data_package(datasets: Sequence[Dataset], files: Mapping[str, FileFacts], created_by: str) -> bytes:
    """The descriptor of all files.

    Args:
        datasets: the tables; one whose `<name>.csv` is not among the files is left out.
        files: what is known of every file of the export, by its name.
        created_by: the program and its version.

    Raises:
        ValueError: a column has a name that not every program takes.
    """
    tables = {f"{each.table.name}.csv": each for each in datasets}
    package = {
        "profile": "data-package",
        "name": PACKAGE_NAME,
        "title": "Know Thyself: analysis of a cohort",
        "created_by": created_by,
        "resources": [_resource(name, facts, tables.get(name)) for name, facts in files.items()],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _resource(name: str, facts: FileFacts, dataset: Dataset | None) -> Json:
    extension = name.rpartition(".")[2]
    resource: Json = {
        "name": name.lower() if dataset is None else dataset.table.name,
        "path": name,
        "format": extension,
        "mediatype": _MEDIA_TYPES.get(extension, "application/octet-stream"),
        "bytes": facts.size_bytes,
        "hash": f"sha256:{facts.sha256}",
    }
    return resource | ({"profile": "data-resource", "type": "file"} if dataset is None else _table(dataset))


def _table(dataset: Dataset) -> Json:
    check_names(dataset.table)
    return {
        "profile": "tabular-data-resource",
        "type": "table",
        "title": f"One row is {one_line(dataset.table.one_row)}",
        "encoding": "utf-8",
        "dialect": _DIALECT,
        "schema": _schema(dataset),
    }


def _schema(dataset: Dataset) -> Json:
    table = dataset.table
    schema: Json = {"fields": [_field(dataset, column) for column in table.columns], "missingValues": [""]}
    if set(table.key) <= set(table.names):
        schema["primaryKey"] = list(table.key)
    return schema


def _field(dataset: Dataset, column: Column) -> Json:
    field: Json = {
        "name": column.name,
        "type": _TYPES.get(column.type, column.type),
        "title": one_line(column.label),
        "description": _description(column),
        "constraints": _constraints(dataset, column),
    }
    if column.type == "boolean":
        field |= {"trueValues": ["1"], "falseValues": ["0"]}
    return {name: value for name, value in field.items() if value}


def _description(column: Column) -> str:
    parts = {"Unit": column.unit, "Formula": column.formula, "Empty": column.missing, "Source": column.source}
    return " ".join(f"{name}: {one_line(text)}." for name, text in parts.items() if text)


def _constraints(dataset: Dataset, column: Column) -> Json:
    constraints: Json = {} if column.missing else {"required": True}
    if dataset.table.key == (column.name,):
        constraints["unique"] = True
    if column.type == "category" and (allowed := categories(dataset, column)):
        constraints["enum"] = list(allowed)
    if column.low is not None:
        constraints["minimum"] = column.low
    if column.high is not None:
        constraints["maximum"] = column.high
    return constraints
