"""What goes wrong beneath a working student is told in a sentence and costs nothing."""

from __future__ import annotations

import sys

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.e2e.fault_kit import Fault
from tests.e2e.faults import FAULTS, call_fault, disk_full, file_moved, outcome


def name_of(fault: Fault) -> str:
    return fault.__name__


def judge(fault: Fault) -> None:
    fine, line = outcome(fault)
    if line.startswith("SKIPPED"):
        pytest.skip(line)
    assert fine, line


@pytest.mark.slow
@pytest.mark.parametrize("fault", [disk_full, file_moved, call_fault("sync_error")], ids=name_of)
def test_the_commonest_faults_are_told_and_outlived(fault: Fault) -> None:
    judge(fault)


@pytest.mark.long
@pytest.mark.parametrize("fault", FAULTS, ids=name_of)
def test_every_fault_is_told_and_outlived(fault: Fault) -> None:
    judge(fault)
