"""Values and files far larger than any of ours are told as such, and soon."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowthyself_tui.errors import StoreError
from tests.security.databases import analysed, read_copy, read_in_place, run_sql, write_sound
from tests.security.in_time import in_time


@pytest.fixture(scope="module")
def huge_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A name of 300 MB of text, in pages so large that few of them must be linked."""
    path = write_sound(tmp_path_factory.mktemp("huge") / "given" / "x.db")
    run_sql(
        path,
        "PRAGMA page_size = 65536; VACUUM; PRAGMA journal_mode = off; PRAGMA synchronous = off;"
        " UPDATE student SET name = CAST(zeroblob(300000000) AS TEXT)",
    )
    return path


@pytest.mark.slow
@pytest.mark.parametrize(("read", "says"), [(read_copy, "larger than 200 MB"), (read_in_place, "too large")])
def test_a_text_of_300_mb_is_not_read(huge_file: Path, read: Callable[[Path], None], says: str) -> None:
    assert huge_file.stat().st_size > 300_000_000
    with pytest.raises(StoreError, match=says):
        in_time(lambda: read(huge_file))


@pytest.mark.slow
def test_a_text_of_300_mb_is_a_line_in_the_log_of_the_analysis(huge_file: Path) -> None:
    import knowthyself_tui.analysis.export.workbook  # noqa: F401  (half a second that is no part of the answer)

    outcome = in_time(lambda: analysed(huge_file))
    assert "larger than 200 MB" in outcome.summary


@pytest.mark.parametrize("read", [read_copy, read_in_place])
def test_a_text_of_40_mb_in_a_file_of_a_fair_size_is_too_large(sound: Path, read: Callable[[Path], None]) -> None:
    run_sql(sound, "UPDATE student SET name = CAST(zeroblob(40000000) AS TEXT)")
    with pytest.raises(StoreError, match="too large"):
        in_time(lambda: read(sound))


def test_a_file_that_only_claims_its_size_is_not_copied(sound: Path, tmp_path: Path) -> None:
    os.truncate(sound, 1_000_000_000_000)
    free = shutil.disk_usage(tmp_path).free
    with pytest.raises(StoreError, match="larger than 200 MB"):
        in_time(lambda: read_copy(sound))
    assert free - shutil.disk_usage(tmp_path).free < 100_000_000
