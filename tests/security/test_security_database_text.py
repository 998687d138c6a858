"""Names and words in a database that anybody may have edited, and names of files: plain text wherever they show."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from knowthyself_tui.analysis.cli import Request, analyze
from knowthyself_tui.errors import StoreError
from knowthyself_tui.store.reader import open_copy
from tests.app.conftest import Stage, StageMaker
from tests.security.controls import ALL_CONTROLS, CONTROLS, MARKUP, harmful
from tests.security.databases import NAME

NAMES = [
    ALL_CONTROLS.encode("utf-8", "replace").decode().replace("\x00", ""),
    " ".join(MARKUP.values())[:90],
    "[/]",
]
ZOE = {"code": "S12", "name": "Zoë"}
LARGE = (140, 40)


def sql(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, values)


def assert_plain(stage: Stage) -> None:
    assert not harmful(stage.text())
    assert not stage.app._exit


async def play_a_little(on_stage: StageMaker) -> None:
    """Leaves an unfinished sitting."""
    async with on_stage(size=LARGE, **ZOE) as stage:
        await stage.walk_in()
        await stage.say("sats?")


@pytest.mark.parametrize("text", NAMES)
async def test_the_start_screen_lists_names_as_plain_text(
    on_stage: StageMaker, data_folder: Path, sound_file: Path, text: str
) -> None:
    path = Path(shutil.copyfile(sound_file, data_folder / "p001.db"))
    sql(path, "UPDATE student SET name = ?, code = ?", text, text)
    sql(path, "UPDATE session SET status = 'in_progress', phase = ?", text)
    sql(path, "UPDATE encounter SET scenario_id = ?", text)
    async with on_stage(size=LARGE) as stage:
        await stage.see("Go on:")
        assert_plain(stage)
        assert "\x1b" in text or stage.shows(f"Go on: {text}")


async def test_a_time_that_is_none_ends_nothing(on_stage: StageMaker, data_folder: Path, sound_file: Path) -> None:
    values = ("", "yesterday", "9999-99-99", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "\x1b[2J")
    for number, value in enumerate(values):
        path = Path(shutil.copyfile(sound_file, data_folder / f"p{number}.db"))
        sql(path, "UPDATE session SET status = 'in_progress', updated_at = ?", value)
    async with on_stage(size=LARGE) as stage:
        await stage.see("Go on:")
        assert stage.words().count("Go on:") == len(values)
        assert_plain(stage)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps such names out")
async def test_names_of_damaged_files_are_plain(on_stage: StageMaker, data_folder: Path) -> None:
    for text in (CONTROLS["clipboard"], CONTROLS["c1 osc"], "[/b]".replace("/", ""), "a\u202eb"):
        (data_folder / f"{text}.db").write_bytes(b"")
    (data_folder / "\udcff.db").write_bytes(b"")
    async with on_stage(size=LARGE) as stage:
        await stage.see("[b].db")
        assert_plain(stage)


async def test_a_conversation_from_an_edited_log_is_plain_also_when_it_is_brought_back(
    on_stage: StageMaker, data_folder: Path
) -> None:
    await play_a_little(on_stage)
    path = data_folder / "s12.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        for identity, body in connection.execute("SELECT id, body FROM event WHERE kind IN ('said', 'measured')"):
            spoilt = json.dumps({**json.loads(body), "text": ALL_CONTROLS})
            connection.execute("UPDATE event SET body = ? WHERE id = ?", (spoilt, identity))
    async with on_stage(size=LARGE, resume=True, **ZOE) as stage:
        await stage.see("You:")
        assert_plain(stage)
        await stage.press("up")
        assert stage.app.screen.prompt.value  # type: ignore[attr-defined]  # the encounter is shown
        assert not harmful(stage.app.screen.prompt.value)  # type: ignore[attr-defined]  # the encounter is shown
        assert_plain(stage)


@pytest.mark.parametrize("text", CONTROLS.values(), ids=CONTROLS)
def test_the_summary_of_an_analysis_is_plain(sound: Path, text: str) -> None:
    harmless_here = text.replace("\x00", "").replace("/", "").encode("utf-8", "replace").decode()
    spoilt = sound.with_name(f"{harmless_here}.db") if sys.platform != "win32" else sound.with_name("y.db")
    spoilt.write_bytes(b"")
    outcome = analyze(
        Request([sound.parent], sound.parent.parent / "out", identified=True, key_file=sound.parent / "k", plots=False)
    )
    assert not harmful(outcome.summary.replace("\t", ""))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes any byte in a name")
def test_a_file_name_that_is_no_text_stops_no_analysis(sound: Path, tmp_path: Path) -> None:
    shutil.copyfile(sound, sound.with_name("\udcff\udcfe.db"))
    outcome = analyze(
        Request([sound.parent], tmp_path / "out", identified=True, key_file=tmp_path / "key", plots=False)
    )
    assert outcome.exit_code in (0, 3)


def test_the_error_about_a_text_that_is_no_text_does_not_repeat_it(sound: Path) -> None:
    sql(sound, "UPDATE student SET name = CAST(x'5a757a616e61ff' AS TEXT)")
    with open_copy(sound) as reader:
        with pytest.raises(StoreError) as caught:
            reader.students()
        assert "Zuzana" not in str(caught.value)
        with pytest.raises(StoreError) as caught:
            reader.rows("SELECT name FROM student")
        assert "Zuzana" not in str(caught.value)


def test_the_error_about_a_value_that_does_not_fit_does_not_repeat_it(sound: Path) -> None:
    sql(sound, "UPDATE event SET kind = ?", NAME)
    with open_copy(sound) as reader:
        [session] = reader.sessions()
        with pytest.raises(StoreError) as caught:
            reader.sitting(session.id)
        assert NAME not in str(caught.value)
