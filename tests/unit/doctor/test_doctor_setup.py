"""Settings, scenarios, and a key of which nothing is ever shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowthyself_tui.config import load_settings
from knowthyself_tui.doctor.setup import check_key, check_scenarios, check_settings
from knowthyself_tui.locations import bundled, config_file

SECRET = "sk-ant-abc123"


def test_settings_that_are_not_there_need_not_be(data: Path) -> None:
    check, settings = check_settings(config_file())
    assert check.verdict == "fine"
    assert settings == load_settings()


@pytest.mark.parametrize(
    "text", ["seed = ", "sead = 2", "seed = 'many'", "queue = ','", "db = 'mysql://x/y'", "scenarios_dir='~nosuch/x'"]
)
def test_settings_that_keep_the_program_from_starting(data: Path, text: str) -> None:
    data.mkdir()
    config_file().write_text(text, encoding="utf-8")
    check, settings = check_settings(config_file())
    assert check.verdict == "problem"
    assert settings.queue == "asthma"


@pytest.mark.parametrize(
    ("key", "verdict", "answer"),
    [(SECRET, "fine", "Yes"), ("", "fine", "No"), ("   ", "fine", "No"), (f"{SECRET}\n", "note", "Yes")],
)
def test_a_key_is_there_or_not(key: str, verdict: str, answer: str) -> None:
    check = check_key({"ANTHROPIC_API_KEY": key})
    assert check.verdict == verdict
    assert check.sentence.startswith(answer)
    assert SECRET not in repr(check)


def test_a_key_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    assert check_key({}, file).verdict == "note"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    check = check_key({}, file)
    assert check.verdict == "fine"
    assert check.sentence.startswith("Yes")
    assert SECRET not in repr(check)


def test_the_bundled_scenarios_can_be_played() -> None:
    assert [check.verdict for check in check_scenarios((), ("asthma",))] == ["fine"]


def test_every_scenario_that_is_wrong_is_a_problem(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(bundled("scenarios") / "asthma", tmp_path / name)
    checks = list(check_scenarios((tmp_path,), ("asthma",)))
    assert [check.verdict for check in checks] == ["problem", "problem"]
    assert all("the id is 'asthma'" in check.sentence for check in checks)


def test_a_folder_or_an_id_that_is_not_there(tmp_path: Path) -> None:
    verdicts = [check.verdict for check in check_scenarios((tmp_path / "no",), ("asthma", "nosuch"))]
    assert verdicts == ["problem", "problem"]
