"""Turns a validation error into a sentence with file, line and field."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from pydantic import ValidationError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one of the reader: Python's own takes many seconds for a large file."""

_PLAIN = {"extra_forbidden": "no field is called so here", "missing": "this field is missing"}
_NAMED = re.compile(r"(?P<kind>fact|worry|reaction|region|clue|mood|teaching point) (?P<name>[\w.-]+)[:,]")


def explain_validation(path: Path, text: str, error: ValidationError) -> str:
    """The first few problems of `error`, each with its line in the file."""
    root = yaml.compose(text, Loader=_LOADER)
    problems = error.errors(include_url=False)
    sentences = []
    for problem in problems[:5]:
        field = ".".join(str(part) for part in problem["loc"]) or "the file"
        line = _line_of(root, problem["loc"]) if problem["loc"] else _line_named(text, problem["msg"])
        sentences.append(f"{path}, line {line}, {field}: {_in_words(problem['type'], problem['msg'])}")
    if len(problems) > 5:
        sentences.append(f"… and {len(problems) - 5} more")
    return "\n".join(sentences)


def _in_words(kind: str, message: str) -> str:
    return _PLAIN.get(kind, message.removeprefix("Value error, "))


def _line_named(text: str, message: str) -> int:
    """The line of the block that a problem of the whole file names: "fact allergies: …", "worry tube: …"."""
    match = _NAMED.match(message.removeprefix("Value error, "))
    if match is None:
        return 1
    key = "intent" if match["kind"] == "reaction" else "id"
    wanted = re.compile(rf"\b{key}:\s*{re.escape(match['name'])}\b")
    found = next((number for number, line in enumerate(text.splitlines(), 1) if wanted.search(line)), None)
    return found or _line_with(text, match["name"])


def _line_with(text: str, word: str) -> int:
    return next((number for number, line in enumerate(text.splitlines(), 1) if word in line), 1)


def _line_of(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    line = 1
    for part in location:
        if node is None:
            break
        line = node.start_mark.line + 1
        node = _child(node, part)
        if node is not None:
            line = node.start_mark.line + 1
    return line


def _child(node: yaml.Node, part: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        child: yaml.Node = node.value[part]
        return child
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                found: yaml.Node = value
                return found
    return None
