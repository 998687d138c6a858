"""What a disk, its space, its speed and its locks mean for a database."""

from __future__ import annotations

import pytest

from knowthyself_tui.doctor.durability import check_disk, check_fsync, check_locks, check_space, check_sync
from knowthyself_tui.doctor.mounts import Disk, Kind


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        ("local", "fine"),
        ("memory", "problem"),
        ("optical", "problem"),
        ("network", "note"),
        ("container", "note"),
        ("removable", "note"),
        ("unknown", "note"),
    ],
)
def test_every_kind_of_disk_has_its_verdict_and_remedy(kind: Kind, verdict: str) -> None:
    check = check_disk("/data", Disk(kind, "some type"))
    assert check.verdict == verdict
    assert bool(check.remedy) == (verdict != "fine")


@pytest.mark.parametrize(
    ("free_bytes", "verdict"),
    [(0, "problem"), (99_999_999, "problem"), (100_000_000, "note"), (999_999_999, "note"), (1_000_000_000, "fine")],
)
def test_free_space(free_bytes: int, verdict: str) -> None:
    assert check_space("/data", free_bytes).verdict == verdict


def test_the_typical_sync_counts_and_not_the_slowest() -> None:
    assert check_fsync("/data", [0.001] * 9 + [2.0]).verdict == "fine"
    assert check_fsync("/data", [0.001, 0.06, 0.07]).verdict == "note"
    assert check_fsync("/data", [0.05]).verdict == "fine"
    assert check_fsync("/data", []).verdict == "note"


@pytest.mark.parametrize(
    ("second", "verdict"), [("refused", "fine"), ("taken", "problem"), ("failed", "problem"), (None, "note")]
)
def test_what_a_second_program_says(second: str | None, verdict: str) -> None:
    assert check_locks("/data", second).verdict == verdict


def test_a_service_that_synchronises_is_named() -> None:
    assert "OneDrive" in check_sync("/data", "OneDrive").sentence
    assert check_sync("/data", "OneDrive").verdict == "note"
    assert check_sync("/data", None).verdict == "fine"
