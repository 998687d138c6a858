"""What a case tells unasked stands in the log once, and the log gives it again."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from knowthyself_tui.cli import cli

TOLD = [
    ("status_epilepticus", "00:30 oxygen 15 litres nrb\n02:00 midazolam 10 mg buccal\n", "jerking slows and stops"),
    ("haemorrhage", "01:00 walk him out\n", "legs give way"),
    ("opioid", "00:10 Linda, any allergies?\n00:30 bag him at 10 a minute\n", "chest rises"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("scenario_id", "lines", "told"), TOLD)
def test_what_was_told_unasked_verifies(
    scenario_id: str, lines: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(tmp_path / "data"))
    script, database = tmp_path / "lines.txt", str(tmp_path / "one.db")
    script.write_text(f"{lines}08:30 check his breathing\n", encoding="utf-8")
    run = CliRunner()
    stored = ["--student", "p1", "--db", database]
    played = run.invoke(cli, ["run", scenario_id, "--script", str(script), "--until", "09:00", *stored])
    assert told in played.output
    verified = run.invoke(cli, ["sessions", "verify", "--db", database])
    assert verified.exit_code == 0, verified.output
