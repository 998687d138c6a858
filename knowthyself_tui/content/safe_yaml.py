"""YAML as authors mean it: strings stay strings, and nothing that can hang or blow up the reader gets in.

PyYAML's C safe loader, with YAML 1.1's traps closed: `no`, `on` and `1:30` are strings; duplicate keys, many
aliases, deep nesting and large files are refused before anything is built.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from knowthyself_tui.domain.text import clean_text
from knowthyself_tui.errors import ContentError

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_ALIASES = 20

try:
    _Base: Any = yaml.CSafeLoader
except AttributeError:
    _Base = yaml.SafeLoader


class _Loader(_Base):  # type: ignore[misc]  # the base is picked at run time
    """YAML 1.2's idea of scalars, and no duplicate keys."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  (PyYAML's own shape)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise ContentError(f"line {key_node.start_mark.line + 1}: a key must be one plain word")
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                line = key_node.start_mark.line + 1
                raise ContentError(f"line {line}: {key!r} is given twice; keep one of them")
            seen.add(key)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping

    def construct_scalar(self, node: yaml.ScalarNode) -> str:
        """Text as a terminal may have it: an escape like `\\e` in quotes is no control character afterwards."""
        text: str = super().construct_scalar(node)
        return text if text.replace("\n", "").isprintable() else clean_text(text, limit=MAX_BYTES)


_SCALARS = (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", "n~"),
    ("tag:yaml.org,2002:int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?$", "-+0123456789."),
)
for _tag, _pattern, _first in _SCALARS:
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))
_Loader.yaml_implicit_resolvers.setdefault("", []).append((_SCALARS[1][0], re.compile(r"^$")))


def read_yaml(path: Path) -> tuple[Any, bytes]:
    """The document in `path` and its bytes.

    Raises:
        ContentError: the file cannot be read, is too large, or is not YAML that we take; the sentence names file
        and line.
    """
    try:
        if path.exists() and not path.is_file():
            raise ContentError(f"{path} is not a file; name a scenario file or its folder.")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ContentError(f"{path} cannot be read ({error.strerror}); check the path and its permissions.") from error
    if len(raw) > MAX_BYTES:
        raise ContentError(f"{path} is larger than {MAX_BYTES:,} bytes; a scenario file is much smaller.")
    try:
        text = raw.decode("utf-8")
        _refuse_traps(text)
        return yaml.load(text, Loader=_Loader), raw
    except UnicodeDecodeError as error:
        raise ContentError(f"{path} is not UTF-8 text; save it as UTF-8.") from error
    except ContentError as error:
        raise ContentError(f"{path}: {error}") from error
    except yaml.YAMLError as error:
        raise ContentError(f"{path}: {_sentence(error)}") from error
    except ValueError as error:
        raise ContentError(f"{path}: a number in it is longer than any number here; write it shorter.") from error


def _refuse_traps(text: str) -> None:
    depth = aliases = 0
    for event in yaml.parse(text, Loader=_Base):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        aliases += isinstance(event, yaml.AliasEvent)
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise ContentError(f"line {_line(event)}: explicit types ({tag}) are not used here; leave it out")
        if depth > MAX_DEPTH or aliases > MAX_ALIASES:
            raise ContentError(f"line {_line(event)}: nested too deeply or too many aliases; write it out plainly")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _sentence(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}: " if mark else ""
    return f"{where}{getattr(error, 'problem', None) or 'not valid YAML'}"
