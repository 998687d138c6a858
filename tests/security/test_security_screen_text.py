"""Whatever is typed, pasted or kept of a student's: the screens show plain text and the record holds nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual import events

from knowthyself_tui.app.screens.sheet import SheetScreen
from knowthyself_tui.app.widgets.prompt import PlainInput, PlainTextArea
from knowthyself_tui.store.drafts import read_draft
from tests.app.conftest import Stage, StageMaker
from tests.security.controls import ALL_CONTROLS, CONTROLS, MARKUP, NASTY, harmful

LARGE = (110, 40)
LINES = [ALL_CONTROLS, " ".join(MARKUP.values()), MARKUP["bare closing"], MARKUP["unclosed"]]
ZOE = {"code": "S12", "name": "Zoë"}


def assert_plain(stage: Stage) -> None:
    assert not harmful(stage.text())
    assert not stage.app._exit


def everything(data_folder: Path) -> str:
    """The words of every event that was stored, and of every draft."""
    drafts = [path.read_text(encoding="utf-8") for path in (data_folder / "drafts").glob("*.json")]
    return " ".join(drafts)


async def press_each(stage: Stage, text: str) -> None:
    """Every character as a key of its own, as a terminal that does not bracket its pastes sends them."""
    for character in text:
        stage.app.post_message(events.Key(f"key-{ord(character)}", character))
    await stage.pilot.pause()


async def test_what_is_pasted_and_typed_to_the_patient_and_into_notes_is_plain(on_stage: StageMaker) -> None:
    async with on_stage(size=LARGE, **ZOE) as stage:
        await stage.walk_in()
        for text in LINES:
            await stage.paste(text)
            assert not harmful(stage.app.screen.prompt.value)  # type: ignore[attr-defined]  # the encounter is shown
            await stage.press("enter", "f3")
            await stage.paste(text)
            await stage.press("enter")
        await press_each(stage, "".join(sorted(harmful(ALL_CONTROLS) - {"\r", "\n"})))
        assert not harmful(stage.app.screen.prompt.value)  # type: ignore[attr-defined]  # the encounter is shown
        await stage.settle()
        assert_plain(stage)
        for kind in ("said", "note_written"):
            kept = [event.body["text"] for event in stage.app.sitting.events if event.kind == kind]
            assert kept[1:] == LINES[1:]
            assert len(kept) == len(LINES)
            assert not harmful(" ".join(kept))


async def test_the_reflection_and_its_draft_are_plain(on_stage: StageMaker, data_folder: Path) -> None:
    async with on_stage(size=LARGE, **ZOE) as stage:
        await stage.walk_in()
        await stage.leave_early()
        area = stage.app.screen.query_one("#went-well", PlainTextArea)
        await stage.paste("\n".join(NASTY))
        await press_each(stage, "\x9b\u202e\u200b\x05")
        assert not harmful(area.text.replace("\t", ""))
        assert_plain(stage)
        stage.app.screen.query_one("#estimate").focus()
        await stage.paste(ALL_CONTROLS)
        assert_plain(stage)
        assert stage.app.drafts is not None
        await stage.app.drafts.finish()
        assert not harmful(everything(data_folder).replace("\t", ""))


async def test_a_draft_that_somebody_spoilt_is_plain_on_the_line(on_stage: StageMaker, data_folder: Path) -> None:
    async with on_stage(size=LARGE, **ZOE) as stage:
        await stage.walk_in()
        await stage.paste("half a l")
        assert stage.app.drafts is not None
        await stage.app.drafts.finish()
        session_id = stage.app.sitting.session_id
    fields = {"line": ALL_CONTROLS + "[/b]", "note": ALL_CONTROLS, "mode": "", "ahead": ALL_CONTROLS}
    (data_folder / "drafts" / f"{session_id}.json").write_text(json.dumps(fields), encoding="utf-8")
    async with on_stage(size=LARGE, resume=True, **ZOE) as stage:
        await stage.see("00:00")
        await stage.until(lambda: stage.app.screen.prompt.value.endswith("[/b]"), "the draft")  # type: ignore[attr-defined]
        for keys in (("f3",), ("f3", "up"), ("up",)):
            await stage.press(*keys)
            assert not harmful(stage.app.screen.prompt.value)  # type: ignore[attr-defined]  # the encounter is shown
            assert_plain(stage)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"x"', b'{"line": 5}', b"\xff", b"[" * 100_000, b"null"])
def test_a_draft_that_is_none_is_forgotten(data_folder: Path, content: bytes) -> None:
    (data_folder / "drafts").mkdir()
    (data_folder / "drafts" / "one.json").write_bytes(content)
    assert read_draft("one") == {}


async def test_every_field_of_the_registration_is_plain(on_stage: StageMaker) -> None:
    async with on_stage(size=LARGE) as stage:
        await stage.see("Your code")
        for name in ("code", "name", "email"):
            field = stage.app.screen.query_one(f"#{name}", PlainInput)
            field.focus()
            await stage.paste("\n".join(NASTY))
            await press_each(stage, "\x9b\u202e\x05")
            assert "[@click=app.quit]x[/]" in field.value
            assert not harmful(field.value)
        assert_plain(stage)


async def test_codes_and_names_from_the_command_line_are_plain(on_stage: StageMaker) -> None:
    async with on_stage(size=LARGE, code="S" + CONTROLS["clipboard"] + "[/b]", name=ALL_CONTROLS) as stage:
        await stage.see("Before you begin")
        assert_plain(stage)
        student = stage.app.sitting.student
        assert not harmful(student.name + student.code)


@pytest.mark.parametrize("text", [ALL_CONTROLS, " ".join(MARKUP.values()), "[/]"])
async def test_sheets_and_notices_are_plain_whoever_wrote_them(on_stage: StageMaker, text: str) -> None:
    async with on_stage(size=LARGE) as stage:
        await stage.see("Your code")
        await stage.app.push_screen(SheetScreen(text, [text, text]))
        await stage.pilot.pause()
        assert_plain(stage)
        assert stage.shows(text) or text == ALL_CONTROLS
