"""The descriptor of the export: an independent validator accepts our files and catches what was changed."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from knowthyself_tui.analysis.codebook import TABLES
from knowthyself_tui.analysis.dataset import Dataset
from knowthyself_tui.analysis.export.codebook_table import codebook_dataset
from knowthyself_tui.analysis.export.data_package import data_package
from knowthyself_tui.analysis.folder import FileFacts
from tests.unit.analysis.export.samples import HARD_TEXTS, SAMPLE, filled, full_sample, notes, sample
from tests.unit.analysis.export.whole import csv_bytes

VALIDATE = """
import json, sys, frictionless
report = frictionless.validate(sys.argv[1])
print(json.dumps(report.flatten(["type", "fieldName", "rowNumber"])))
"""
"""In a process of its own: the validator's libraries warn of this and that."""


def described(given: Dataset) -> dict[str, Any]:
    """The resource that describes a table."""
    package = json.loads(data_package([given], {"sample.csv": FileFacts.of(csv_bytes(given))}, "Know Thyself 1.2"))
    assert package["created_by"] == "Know Thyself 1.2"
    [resource] = package["resources"]
    return dict(resource)


def fields(given: Dataset) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in described(given)["schema"]["fields"]}


def test_a_table_is_described_with_its_size_its_hash_and_its_key() -> None:
    content = csv_bytes(full_sample())
    resource = described(full_sample())
    assert (resource["path"], resource["bytes"], resource["encoding"]) == ("sample.csv", len(content), "utf-8")
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert resource["schema"]["primaryKey"] == ["student"]
    assert resource["schema"]["missingValues"] == [""]


def test_a_field_says_what_may_stand_there() -> None:
    by_name = fields(full_sample())
    assert by_name["student"]["constraints"] == {"required": True, "unique": True}
    assert by_name["arm"]["constraints"] == {"enum": ["A", "B"]}
    assert by_name["rating"]["constraints"] == {"enum": ["dangerous", "suboptimal", "acceptable", "optimal"]}
    assert by_name["score"]["constraints"] == {"minimum": 0, "maximum": 100}
    assert by_name["done"]["trueValues"] == ["1"]
    assert [field["type"] for field in by_name.values()] == [
        *("string", "string", "string", "string", "integer", "boolean", "number", "number", "number", "datetime"),
    ]
    assert by_name["score"]["description"] == "Unit: points, 0 to 100. Empty: no verdict. Source: computed."


def test_a_category_without_a_single_value_has_no_list_of_them() -> None:
    assert "constraints" not in fields(sample([{}]))["arm"]


def test_a_key_that_is_not_written_is_no_key() -> None:
    given = full_sample()
    columns = tuple(column for column in given.table.columns if column.name != "student")
    assert "primaryKey" not in described(Dataset(replace(SAMPLE, columns=columns), given.frame))["schema"]


def test_every_other_file_is_listed_with_its_hash() -> None:
    package = json.loads(data_package([], {"results.xlsx": FileFacts.of(b"abc")}, "Know Thyself 1.2"))
    [resource] = package["resources"]
    assert (resource["name"], resource["profile"], resource["bytes"]) == ("results.xlsx", "data-resource", 3)
    assert resource["hash"] == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A whole export, whose tables have rows, or none, or hard texts."""
    datasets = [*(filled(table, 3 if table.sheet else 0) for table in TABLES), codebook_dataset(TABLES)]
    datasets += [full_sample(), Dataset(replace(SAMPLE, name="hard"), notes(*HARD_TEXTS).frame)]
    files = {f"{each.table.name}.csv": csv_bytes(each) for each in datasets}
    files |= {"results.xlsx": b"abc", "students.sav": b"$FL2", "load_data.R": b"# R"}
    facts = {name: FileFacts.of(content) for name, content in files.items()}
    for name, content in {**files, "datapackage.json": data_package(datasets, facts, "Know Thyself 1.2")}.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.mark.slow
@pytest.mark.skipif(find_spec("frictionless") is None, reason="frictionless is not installed")
def test_a_validator_accepts_the_export_and_catches_what_was_changed(folder: Path) -> None:
    assert problems(folder) == []
    changed = folder / "sample.csv"
    content = changed.read_bytes()
    changed.write_bytes(content.replace(b",B,optimal,", b",C,optimal,").replace(b",66.66666666666667,", b",181.25,"))
    found = problems(folder)
    assert ["constraint-error", "arm", 2] in found
    assert ["constraint-error", "score", 2] in found
    assert ["hash-count", None, None] in found


def problems(folder: Path) -> list[Any]:
    command = [sys.executable, "-c", VALIDATE, str(folder / "datapackage.json")]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return list(json.loads(answer.stdout))
