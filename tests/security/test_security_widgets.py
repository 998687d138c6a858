"""Every kind of widget that the application makes: nothing but plain text comes out, and markup is text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from knowthyself_tui.app import widgets as package
from knowthyself_tui.app.keeper import Storing
from knowthyself_tui.app.plain import plain
from knowthyself_tui.app.readout import Tile
from knowthyself_tui.app.screens.question import QuestionScreen
from knowthyself_tui.app.themes import NIGHT
from knowthyself_tui.app.transcript import Line
from knowthyself_tui.app.widgets.conversation import Conversation
from knowthyself_tui.app.widgets.monitor import TileView
from knowthyself_tui.app.widgets.panel import Panel
from knowthyself_tui.app.widgets.prompt import PlainInput, PlainTextArea, Prompt
from knowthyself_tui.app.widgets.storing_bar import StoringBar
from knowthyself_tui.domain.text import clean_text
from tests.security.controls import CONTROLS, MARKUP, NASTY, harmful

Make = Callable[[App[None], str], Awaitable[None]]


class Bench(App[None]):
    """An empty screen to put a widget on."""

    CSS = """
    Conversation, Panel, TextArea, OptionList, Button { height: 5; }
    """
    ENABLE_COMMAND_PALETTE = False

    def on_mount(self) -> None:
        self.register_theme(NIGHT)
        self.theme = NIGHT.name


@asynccontextmanager
async def bench() -> AsyncIterator[tuple[Bench, Pilot[None]]]:
    app = Bench()
    async with app.run_test(size=(160, 5 * len(NASTY)), notifications=True) as pilot:
        yield app, pilot


def shown(app: App[None]) -> str:
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


async def a_static(app: App[None], text: str) -> None:
    await app.mount(Static(plain(text), markup=False))


async def a_button(app: App[None], text: str) -> None:
    await app.mount(Button(plain(text)))


async def an_option(app: App[None], text: str) -> None:
    await app.mount(OptionList(Option(plain(text)), markup=False))


async def a_conversation(app: App[None], text: str) -> None:
    conversation = Conversation()
    await app.mount(conversation)
    conversation.add([Line("patient", 0, text, text)])


async def a_panel(app: App[None], text: str) -> None:
    panel = Panel("Notes", text, id=f"panel-{len(app.screen.children)}")
    await app.mount(panel)
    panel.add([text])


async def a_storing_bar(app: App[None], text: str) -> None:
    bar = StoringBar()
    await app.mount(bar)
    bar.show(Storing("failing", text))


async def a_prompt(app: App[None], text: str) -> None:
    prompt = Prompt(id=f"prompt-{len(app.screen.children)}")
    await app.mount(prompt)
    prompt.remember(text)
    prompt.action_earlier()


async def a_pasted_input(app: App[None], text: str) -> None:
    field = PlainInput()
    await app.mount(field)
    field.take_in(text)


async def a_text_area(app: App[None], text: str) -> None:
    await app.mount(PlainTextArea(clean_text(text)))


async def a_tile(app: App[None], text: str) -> None:
    tile = TileView()
    await app.mount(tile)
    tile.show(Tile("HR", clean_text(text), "", "now"))


KINDS: list[Make] = [
    a_static,
    a_button,
    an_option,
    a_conversation,
    a_panel,
    a_storing_bar,
    a_prompt,
    a_pasted_input,
    a_text_area,
    a_tile,
]


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
async def test_nothing_but_plain_text_comes_out(make: Make) -> None:
    async with bench() as (app, pilot):
        for text in NASTY:
            await make(app, text)
        await pilot.pause()
        assert not harmful(shown(app))
        assert [text for text in MARKUP.values() if text not in shown(app)] == []


@pytest.mark.parametrize("text", ["".join(CONTROLS.values()), "[/]", "[@click=app.quit]x[/]"])
async def test_a_question_says_what_it_says(text: str) -> None:
    async with bench() as (app, pilot):
        await app.push_screen(QuestionScreen("quit", text, text, yes=text, no=text))
        await pilot.pause()
        assert not harmful(shown(app))
        assert text not in MARKUP.values() or shown(app).count(text) >= 2


def test_no_module_of_the_application_uses_a_widget_that_nobody_tested() -> None:
    """A Label, RichLog, DataTable, Tree, Select or Markdown would let control sequences and markup through."""
    tested = {"Button", "Footer", "Input", "OptionList", "Static", "TextArea"}
    folder = Path(package.__file__).parent.parent
    used: set[str] = set()
    for path in folder.rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("from textual.widgets import "):
                used |= {name.strip() for name in line.removeprefix("from textual.widgets import ").split(",")}
    assert used <= tested
