"""Whatever a disk without power kept, the program and the instructor read every acknowledged turn from it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs strace", allow_module_level=True)

from tests.e2e import traced
from tests.e2e.disk import Disk
from tests.e2e.power_cuts import run

needs_strace = pytest.mark.skipif(not traced.is_available(), reason=traced.MISSING)


@needs_strace
@pytest.mark.slow
def test_some_power_cuts_cost_nothing(tmp_path: Path) -> None:
    report = run(150, 3, tmp_path, runs=1, turns=2)
    assert report.is_fine, report.lines()
    assert report.tried > 100


@needs_strace
@pytest.mark.long
def test_thousands_of_power_cuts_cost_nothing(tmp_path: Path) -> None:
    report = run(3000, 1, tmp_path)
    assert report.is_fine, report.lines()
    assert report.tried > 800


def test_only_what_was_synced_is_sure_to_be_there() -> None:
    disk = Disk()
    disk.create("a")
    disk.sync("a")
    disk.sync(".")
    disk.write("a", 0, b"x" * 512)
    disk.sync("a")
    disk.write("a", 512, b"y" * 1024)
    left = {disk.after(cut)["a"] for cut in disk.cuts()}
    assert {b"x" * 512, b"x" * 512 + b"y" * 1024, b"x" * 512 + b"y" * 512} <= left
    assert b"x" * 512 + b"\0" * 512 + b"y" * 512 in left
    assert all(content.startswith(b"x" * 512) for content in left)


def test_a_name_is_sure_only_when_its_folder_was_synced() -> None:
    disk = Disk()
    disk.create("a.part")
    disk.write("a.part", None, b"whole")
    disk.sync("a.part")
    disk.rename("a.part", "a")
    assert {tuple(disk.after(cut)) for cut in disk.cuts()} >= {(), ("a.part",), ("a",)}
    disk.sync(".")
    assert {tuple(disk.after(cut).items()) for cut in disk.cuts()} == {(("a", b"whole"),)}
