"""Makes the SVG of the drawing library a small element that lives in a page of many: inert, named and the same twice.

The library writes a whole document: with a DTD and metadata that refer to other places, a style rule that would hold
for the page around it, and ids that clash with those of the next picture.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

_XLINK = "{http://www.w3.org/1999/xlink}href"
_DROPPED = ("metadata", "style")
_POINTERS = ("xlink:href", "clip-path")
_NUMBERS = ("d", "x", "y", "width", "height", "transform", "points", "cx", "cy", "r")
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_COMMAND = re.compile(r" ?([A-Za-z]) ?")
_NO_ROTATION = re.compile(r"rotate\(-?0 [^)]*\)")
_REFERENCE = re.compile(r"#([\w.-]+)")
_GROUP_OPACITY = re.compile(r"(?:^|;)opacity:")
_FONT_FAMILY = re.compile(r"font-family:[^;]*;?\s*")
_FONT = re.compile(r"font:([^;]*?[\d.]+px)[^;]*")
_ROOT_STYLE = "font-family:sans-serif;stroke-linejoin:round;stroke-linecap:butt"


def tidy(document: bytes, name: str, title: str, alt: str) -> str:
    """The picture as an `<svg>` element with title, description and ids that begin with `name`."""
    root = ElementTree.fromstring(document)
    _plain_names(root)
    _drop(root)
    _rename_ids(root, name)
    for element in root.iter():
        _shorten(element)
    _hoist_styles(root)
    _flatten(root)
    _describe(root, name, title, alt)
    return ElementTree.tostring(root, encoding="unicode")


def _plain_names(root: Element) -> None:
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        element.tail = None
        if element.tag not in ("text", "tspan"):
            element.text = None
        if _XLINK in element.attrib:
            element.set("xlink:href", element.attrib.pop(_XLINK))


def _drop(parent: Element) -> None:
    for child in list(parent):
        if child.tag in _DROPPED or (child.tag == "path" and not child.get("d")):
            parent.remove(child)
        else:
            _drop(child)
    for child in [child for child in parent if child.tag == "defs" and not len(child)]:
        parent.remove(child)


def _rename_ids(root: Element, name: str) -> None:
    """Numbers the ids that something refers to; the others go."""
    pointers = [(element, key) for element in root.iter() for key in _POINTERS if key in element.attrib]
    used: dict[str, str] = {}
    for element, key in pointers:
        for reference in _REFERENCE.findall(element.attrib[key]):
            used.setdefault(reference, f"{name}-{len(used) + 1}")
        element.set(key, _REFERENCE.sub(lambda found: "#" + used[found[1]], element.attrib[key]))
    for element in root.iter():
        own = element.attrib.pop("id", None)
        if own in used:
            element.set("id", used[own])


def _shorten(element: Element) -> None:
    for key in _NUMBERS:
        if key in element.attrib:
            element.set(key, _LONG_NUMBER.sub(_two_decimals, element.attrib[key]))
    if "style" in element.attrib:
        element.set("style", _short_style(element.attrib["style"]))
    if _NO_ROTATION.fullmatch(element.get("transform", "")):
        del element.attrib["transform"]
    if element.tag == "path":
        element.set("d", _COMMAND.sub(r"\1", " ".join(element.attrib["d"].split())))


def _short_style(style: str) -> str:
    """The style without names of fonts: the reader's sans-serif will do."""
    plain = _FONT.sub(r"font:\1 sans-serif", _FONT_FAMILY.sub("", style))
    return plain.replace(": ", ":").replace("; ", ";").rstrip("; ")


def _two_decimals(found: re.Match[str]) -> str:
    return f"{round(float(found[0]), 2) + 0.0:g}" if abs(float(found[0])) < 1000 else f"{float(found[0]):.2f}"


def _flatten(parent: Element) -> None:
    """Replaces groups that say nothing by what they hold."""
    for child in list(parent):
        _flatten(child)
        if child.tag == "g" and not child.attrib:
            place = list(parent).index(child)
            parent.remove(child)
            for offset, grandchild in enumerate(child):
                parent.insert(place + offset, grandchild)


def _hoist_styles(root: Element) -> None:
    """Says a style that all parts of a group share once, at the group; opacity would not mean the same there."""
    for group in root.iter("g"):
        styles = {child.get("style", "") for child in group}
        style = styles.pop() if len(styles) == 1 else ""
        if len(group) < 2 or not style or "style" in group.attrib or _GROUP_OPACITY.search(style):
            continue
        group.set("style", style)
        for child in group:
            del child.attrib["style"]


def _describe(root: Element, name: str, title: str, alt: str) -> None:
    view_box = root.attrib["viewBox"]
    root.attrib.clear()
    root.attrib.update(
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "xmlns:xlink": "http://www.w3.org/1999/xlink",
            "viewBox": view_box,
            "width": "100%",
            "role": "img",
            "aria-labelledby": f"{name}-title {name}-alt",
            "style": _ROOT_STYLE,
        }
    )
    for place, (tag, text) in enumerate((("title", title), ("desc", alt))):
        said = SubElement(root, tag, {"id": f"{name}-{'alt' if tag == 'desc' else tag}"})
        said.text = text
        root.remove(said)
        root.insert(place, said)
