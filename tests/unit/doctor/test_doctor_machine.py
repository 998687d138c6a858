"""Python, system, SQLite and packages."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError

import pytest

from knowthyself_tui.doctor.check import Check
from knowthyself_tui.doctor.machine import check_packages, check_python, check_sqlite, check_system


@pytest.mark.parametrize(
    ("version", "level", "implementation", "verdict"),
    [
        ((3, 10, 9), "final", "cpython", "problem"),
        ((3, 11, 0), "final", "cpython", "fine"),
        ((3, 14, 2), "final", "cpython", "fine"),
        ((3, 15, 0), "beta", "cpython", "note"),
        ((3, 11, 9), "final", "pypy", "note"),
    ],
)
def test_python(version: tuple[int, int, int], level: str, implementation: str, verdict: str) -> None:
    assert check_python(version, level, implementation).verdict == verdict


@pytest.mark.parametrize(
    ("system", "verdict"), [("linux", "fine"), ("darwin", "fine"), ("win32", "fine"), ("freebsd14", "note")]
)
def test_system(system: str, verdict: str) -> None:
    assert check_system(system, "1.2").verdict == verdict


@pytest.mark.parametrize(("version", "verdict"), [((3, 36, 0), "problem"), ((3, 37, 0), "fine"), ((3, 51, 3), "fine")])
def test_sqlite(version: tuple[int, ...], verdict: str) -> None:
    assert check_sqlite(version).verdict == verdict


def packages(installed: Mapping[str, str], *requires: str) -> list[Check]:
    def version_of(name: str) -> str:
        if name not in installed:
            raise PackageNotFoundError(name)
        return installed[name]

    return list(check_packages(requires, version_of))


@pytest.mark.parametrize(
    ("found", "least", "verdict"),
    [
        ("8.2.8", "8.2", "fine"),
        ("8.2", "8.2.0", "fine"),
        ("8.10", "8.9", "fine"),
        ("8.1.9", "8.2", "problem"),
        ("2.12.0rc1", "2.12", "fine"),
    ],
)
def test_a_package_is_as_new_as_it_must_be(found: str, least: str, verdict: str) -> None:
    assert [check.verdict for check in packages({"textual": found}, f"textual>={least}")] == [verdict]


def test_every_package_that_is_missing_or_old_is_named() -> None:
    checks = packages({"click": "7.0"}, "click>=8.1", "peewee>=4.5", "pytest>=9; extra == 'dev'")
    assert [check.verdict for check in checks] == ["problem", "problem"]
    assert "click is 7.0, and 8.1" in checks[0].sentence
    assert "peewee is missing" in checks[1].sentence


def test_other_limits_do_not_hide_the_least_version() -> None:
    assert packages({"click": "7.0"}, "click<9,>=8.1")[0].verdict == "problem"
    assert packages({"click": "7.0"}, "click")[0].verdict == "fine"


def test_a_program_that_was_never_installed_is_a_note() -> None:
    assert [check.verdict for check in check_packages(None, lambda name: name)] == ["note"]
