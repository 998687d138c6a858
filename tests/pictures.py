"""Makes the README's picture: `python -m tests.pictures`."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

from knowthyself_tui.app.app import KnowThyselfApp
from knowthyself_tui.content import Library
from knowthyself_tui.session.desk import Desk
from knowthyself_tui.session.sitting import Plan

PICTURE = Path(__file__).resolve().parents[1] / ".readme" / "encounter.svg"
LINES = [
    "hi Maya, I'm Sam, student paramedic. Is it ok if I help you?",
    "NRB at 15 litres",
    "full set of obs",
    "wait one minute",
    "listen to the chest",
    "wait half a minute",
    "give salbutamol",
    "5 mg nebulised",
    "have you been in intensive care before?",
]


async def encounter() -> str:
    """The encounter screen after a few lines, as SVG."""
    app = KnowThyselfApp(Desk(Library()), Plan(("asthma",)), code="student", name="Sam")
    async with app.run_test(size=(120, 34)) as pilot:
        await pilot.pause(1)
        await pilot.press("a")
        await pilot.pause(1)
        await pilot.press("enter")
        await pilot.pause(1)
        for line in LINES:
            await pilot.press(*line, "enter")
            await pilot.pause(0.5)
        await pilot.pause(1)
        return app.export_screenshot(title="Know Thyself")


def without_web_fonts(svg: str) -> str:
    """The picture with the viewer's own monospace font, so that nothing is fetched to show it."""
    return re.sub(r"@font-face\s*{.*?}\s*", "", svg, flags=re.DOTALL)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KNOWTHYSELF_DATA_DIR"] = folder
        picture = asyncio.run(encounter())
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(without_web_fonts(picture), encoding="utf-8")


if __name__ == "__main__":
    main()
