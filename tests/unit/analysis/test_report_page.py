"""The page: whole, harmless, the same every time, and quiet."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from tests.unit.analysis.conftest import Played, Sitting, write_database
from tests.unit.analysis.outputs import analysed

HOSTILE = "<script>alert(1)</script> \"'&{{7*7}} javascript:x https://evil.example/ \x1b[31m $x^2$"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An analysis with pictures of students whose names and scenarios are hostile."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "in").mkdir()
    for number in range(8):
        played = [Played(50.0 + 5 * number, scenario=name) for name in ("asthma", HOSTILE[:60])]
        sitting = Sitting("AB"[number % 2], played)
        write_database(folder / "in" / f"s{number}.db", f"s{number}{HOSTILE[:20]}", sitting, name=HOSTILE)
    analysed(folder / "in", folder / "out", plots=True, identified=True)
    return folder / "out"


def test_the_page_is_well_formed_and_shows_its_pictures_and_their_numbers(drawn: Path) -> None:
    page = ElementTree.parse(drawn / "report.html").getroot()
    figures = page.findall(".//figure")
    assert len(figures) >= 8
    for figure in figures:
        svg = next(child for child in figure if child.tag.endswith("svg"))
        texts = {part.tag.rpartition("}")[2]: part.text for part in svg if part.text}
        assert texts["title"]
        assert texts["desc"]
        assert figure.find(".//table") is not None
    anchors = {link.attrib["href"][1:] for link in page.findall(".//nav//a")}
    assert anchors <= {section.attrib.get("id") for section in page.findall(".//section")}
    ids = [element.attrib["id"] for element in page.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))


def test_nothing_in_the_page_runs_or_is_fetched(drawn: Path) -> None:
    page = (drawn / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"<script|<img|<iframe|<link|<object|@import|\son\w+=", page)
    for reference in re.findall(r'(?:src|href|action|xlink:href)\s*=\s*"([^"]*)"', page):
        assert reference.startswith("#")
    assert not re.search(r"url\((?!['\"]?#)", page)
    assert "default-src 'none'" in page
    assert "\x1b" not in page


def test_markdown_holds_no_markup_of_others(drawn: Path) -> None:
    for name in ("report.md", "methods.md"):
        text = (drawn / name).read_text(encoding="utf-8")
        assert not re.search(r"(?<!\\)<script", text)
        assert "\x1b" not in text


class _Logging(SimpleHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012  (the server makes a handler for each request; the list is theirs together)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the name is the library's)
        self.asked.append(self.path)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
def test_a_browser_shows_the_page_and_asks_for_nothing_else(drawn: Path, tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Logging, directory=str(drawn))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", *quiet, f"--user-data-dir={tmp_path}"]
        address = f"http://127.0.0.1:{server.server_port}/report.html"
        done = subprocess.run(
            [*command, "--dump-dom", address], capture_output=True, text=True, timeout=120, check=True
        )
        server.shutdown()
    assert "Primary outcome" in done.stdout
    assert done.stdout.count("<svg") >= 8
    assert "alert(1)&lt;/script&gt;" in done.stdout
    assert set(_Logging.asked) <= {"/report.html", "/favicon.ico"}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook_without_a_formula(drawn: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    convert = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*convert, str(drawn / "results.xlsx")], capture_output=True, timeout=180, check=True)
    written, opened = load_workbook(drawn / "results.xlsx"), load_workbook(tmp_path / "results.xlsx")
    assert opened.sheetnames == written.sheetnames
    for sheet in opened:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    names = {cell.value for row in opened["Students"].iter_rows(min_row=2) for cell in row}
    assert any(str(name).startswith("<script>") for name in names)
