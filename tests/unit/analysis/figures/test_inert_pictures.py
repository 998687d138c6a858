"""A picture is one harmless element of a page that holds many."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from knowthyself_tui.analysis.figures.inert_svg import tidy
from knowthyself_tui.analysis.figures.labels import inert
from knowthyself_tui.analysis.figures.picture import Picture
from tests.unit.analysis.figures.sample_pictures import HARMFUL, SAMPLES

HREF = "{http://www.w3.org/1999/xlink}href"
ALLOWED = {"svg", "title", "desc", "g", "path", "text", "use", "defs", "clipPath", "rect"}

each_sample = pytest.mark.parametrize("name", SAMPLES)


def parsed(picture: Picture) -> list[Element]:
    """Every element of the picture, which must be well-formed."""
    return list(ElementTree.fromstring(picture.svg).iter())


def ids_of(picture: Picture) -> list[str]:
    return [element.attrib["id"] for element in parsed(picture) if "id" in element.attrib]


@each_sample
def test_it_is_an_svg_element_and_no_document(pictures: dict[str, Picture], name: str) -> None:
    assert pictures[name].svg.startswith("<svg ")
    assert "<?xml" not in pictures[name].svg
    assert "<!" not in pictures[name].svg


@each_sample
def test_it_holds_nothing_but_shapes_and_text(pictures: dict[str, Picture], name: str) -> None:
    assert {element.tag.rpartition("}")[2] for element in parsed(pictures[name])} <= ALLOWED


@each_sample
def test_it_refers_to_nothing_outside_itself(pictures: dict[str, Picture], name: str) -> None:
    ids = set(ids_of(pictures[name]))
    for element in parsed(pictures[name]):
        values = " ".join(element.attrib.values())
        assert "http" not in values
        assert not any(key.startswith("on") or key == "src" for key in element.attrib)
        references = [*re.findall(r"url\(#([^)]*)\)", values), element.attrib.get(HREF, "#")[1:]]
        assert set(references) - {""} <= ids


@each_sample
def test_its_ids_are_its_own(pictures: dict[str, Picture], name: str) -> None:
    ids = ids_of(pictures[name])
    assert len(ids) == len(set(ids))
    assert all(found.startswith(f"{pictures[name].name}-") for found in ids)


def test_all_pictures_fit_in_one_page(pictures: dict[str, Picture]) -> None:
    ids = [found for picture in pictures.values() for found in ids_of(picture)]
    assert len(ids) == len(set(ids))


@each_sample
def test_it_says_what_it_is_and_takes_the_width_it_gets(pictures: dict[str, Picture], name: str) -> None:
    picture = pictures[name]
    root, title, description = parsed(picture)[:3]
    assert (root.get("role"), root.get("width"), root.get("height")) == ("img", "100%", None)
    assert re.fullmatch(r"0 0 480 [\d.]+", root.attrib["viewBox"])
    assert (title.text, description.text) == (picture.title, picture.alt)
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert re.fullmatch("[a-z_]+", picture.name)


@each_sample
def test_labels_are_text_shortened_and_never_formulas(pictures: dict[str, Picture], name: str) -> None:
    texts = ["".join(element.itertext()) for element in parsed(pictures[name]) if element.tag.endswith("text")]
    assert any(text.startswith("<scr") for text in texts)
    assert any(text.endswith("…") for text in texts)
    assert max(map(len, texts)) < 130


def test_a_formula_and_an_ampersand_stay_as_they_were_written(pictures: dict[str, Picture]) -> None:
    texts = [element.text or "" for element in parsed(pictures["differences"])]
    assert any(text.startswith('<script>alert("1")</script> $x^2$ & id="patch_1"') for text in texts[3:])


@each_sample
def test_tables_have_a_cell_under_every_heading(pictures: dict[str, Picture], name: str) -> None:
    picture = pictures[name]
    assert picture.rows
    assert all(len(row) == len(picture.header) for row in picture.rows)
    assert any(inert(HARMFUL) in cell for row in picture.rows for cell in row)


@each_sample
def test_alt_text_stays_a_sentence(pictures: dict[str, Picture], name: str) -> None:
    assert len(pictures[name].alt) < 900
    assert pictures[name].alt.endswith(".")
    assert "\x1b" not in pictures[name].alt


def test_a_label_that_looks_like_a_reference_is_left_alone() -> None:
    document = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>*{}</style><metadata/>
    <!-- note --><g id="patch_1"><text id="t">#p url(#p) id="p"</text><rect id="p" width="1.23456"/></g>
    <g clip-path="url(#p)"/></svg>"""
    svg = tidy(document, "name", "T", "A")
    assert '#p url(#p) id="p"</text><rect width="1.23" id="name-1"' in svg
    assert "note" not in svg
    assert "style>" not in svg
