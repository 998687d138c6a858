"""What is told about an error of the program names kinds and places, nothing that somebody typed or keeps secret."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from knowthyself_tui.app.crash import explain
from knowthyself_tui.content import Library
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.errors import StoreError
from knowthyself_tui.session.desk import Desk
from tests.app.conftest import StageMaker
from tests.security.controls import CONTROLS, harmful

SECRET = "Zuzana's own words"


def a_message() -> None:
    raise ValueError(f"no number: {SECRET}")


def a_key() -> None:
    raise KeyError(SECRET)


def a_cause() -> None:
    try:
        a_message()
    except ValueError as error:
        raise RuntimeError("outer") from error


def a_context() -> None:
    try:
        a_message()
    except ValueError:
        json.loads("{")


def a_note() -> None:
    error = ValueError()
    error.add_note(SECRET)
    raise error


def a_group() -> None:
    raise ExceptionGroup(SECRET, [ValueError(SECRET)])


def a_value_that_does_not_fit() -> None:
    Scenario.model_validate({"title": [SECRET]})


def a_text_that_cannot_be_encoded() -> None:
    f"{SECRET}\ud800".encode()


@pytest.mark.parametrize(
    "fail",
    [
        a_message,
        a_key,
        a_cause,
        a_context,
        a_note,
        a_group,
        a_value_that_does_not_fit,
        a_text_that_cannot_be_encoded,
    ],
)
def test_neither_sentence_nor_report_holds_what_the_error_quotes(data_folder: Path, fail: Callable[[], None]) -> None:
    try:
        fail()
    except Exception as error:
        sentence = explain(error)
    report = (data_folder / "crash.txt").read_text(encoding="utf-8")
    assert SECRET not in sentence + report
    assert "Zuzana" not in sentence + report
    assert f"in {fail.__name__}" in report


def test_the_report_still_tells_the_kind_of_every_error_behind(data_folder: Path) -> None:
    try:
        a_cause()
    except RuntimeError as error:
        explain(error)
    report = (data_folder / "crash.txt").read_text(encoding="utf-8")
    assert report.index("RuntimeError") < report.index("ValueError")


@pytest.mark.parametrize("text", CONTROLS.values(), ids=CONTROLS)
def test_a_sentence_with_a_path_in_it_is_plain_text(text: str) -> None:
    assert not harmful(explain(StoreError(f"{text}.db is damaged.")))


async def test_the_application_ends_without_a_word_that_was_typed(
    on_stage: StageMaker, data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(self: Desk, code: str) -> None:
        secret_local = code + SECRET
        raise ZeroDivisionError(secret_local)

    monkeypatch.setattr(Desk, "find", fail)
    with pytest.raises(Exception, match="ZeroDivisionError"):
        async with on_stage(desk=Desk(Library())) as stage:
            await stage.register(code="secretcode", name=SECRET)
    printed = capsys.readouterr()
    everything = printed.out + printed.err + (data_folder / "crash.txt").read_text(encoding="utf-8")
    assert "had to stop" in everything
    assert "ZeroDivisionError" in everything
    assert "Zuzana" not in everything
    assert "secretcode" not in everything
