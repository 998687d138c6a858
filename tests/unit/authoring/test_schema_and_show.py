"""The schema is made from the model; a case can be shown in words and as curves."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from knowthyself_tui.authoring.describe import description
from knowthyself_tui.authoring.preview import preview_lines, preview_svg
from knowthyself_tui.authoring.schema import schema_text
from knowthyself_tui.cli import cli
from knowthyself_tui.content import Library
from knowthyself_tui.locations import bundled


def test_the_schema_file_is_fresh() -> None:
    """Made by `knowthyself scenarios schema > scenarios/schema.json`."""
    assert (bundled("scenarios") / "schema.json").read_text(encoding="utf-8") == schema_text()


def test_the_schema_knows_every_block() -> None:
    schema = json.loads(schema_text())
    assert {"facts", "judgement", "regions", "body", "others"} <= set(schema["properties"])
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("scenario_id", Library().ids())
def test_a_case_is_shown_in_plain_words(scenario_id: str) -> None:
    loaded = Library().load(scenario_id)
    text = "\n".join(description(loaded))
    assert loaded.sha256[:12] in text
    assert "not clinically signed off" in text.casefold()
    assert "optimal:" in text
    for rule_word in ("T(", "INF", "DUR("):
        assert rule_word not in text


def test_show_tells_a_rule_as_people_say_it() -> None:
    shown = CliRunner().invoke(cli, ["scenarios", "show", "asthma"]).output
    assert "oxygen" in shown
    assert "within" in shown or "by 3 min" in shown or "at most 3 min" in shown


@pytest.mark.slow
def test_the_preview_draws_both_courses(case: Path, tmp_path: Path) -> None:
    library = Library((case.parent.parent,))
    lines = list(preview_lines(library, "my_case", 80))
    assert lines[0].startswith("untreated: initial")
    assert any(line.startswith("optimal: initial") for line in lines)
    assert max(map(len, lines)) <= 80
    picture = tmp_path / "case.svg"
    preview_svg(library, "my_case", picture)
    root = ElementTree.parse(picture).getroot()
    assert len(root.findall("{http://www.w3.org/2000/svg}polyline")) == 12
