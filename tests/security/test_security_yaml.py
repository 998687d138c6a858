"""Scenario files of anybody's: read soon, meant as written, and no more than text to a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowthyself_tui.content.library import Library, load_file
from knowthyself_tui.content.safe_yaml import MAX_BYTES, read_yaml
from knowthyself_tui.errors import ContentError
from knowthyself_tui.locations import bundled
from tests.security.controls import CONTROLS, harmful
from tests.security.in_time import in_time

BUNDLED = bundled("scenarios") / "asthma" / "scenario.yaml"
NINE = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))

TRAPS: dict[str, str | bytes] = {
    "duplicate key": "a: 1\na: 2\n",
    "duplicate key deep inside": "a:\n  - b: {c: 1, d: 2, c: 3}\n",
    "duplicate key in quotes": "a: 1\n'a': 2\n",
    "alias bomb": f"a0: &a0 [x, x, x, x, x, x, x, x, x]\n{NINE}",
    "merge bomb": "a: &a {b: 1}\n" + "".join(f"c{n}: {{<<: *a}}\n" for n in range(30)),
    "itself inside itself": "a: &a [*a]\n",
    "flow nesting": "[" * 100_000,
    "block nesting": "\n".join("  " * n + "a:" for n in range(500)),
    "sequence nesting": "- " * 100_000 + "x",
    "mapping as a key": "? {a: 1}\n: 2\n",
    "sequence as a key": "? [a]\n: 2\n",
    "python object": "a: !!python/object/apply:os.system ['true']\n",
    "python name": "a: !!python/name:os.system\n",
    "binary": "a: !!binary aGk=\n",
    "own tag": "a: !x 1\n",
    "two documents": "a: 1\n---\nb: 2\n",
    "nothing": "",
    "a list": "[a, b]\n",
    "a word": "scenario\n",
    "number without end": f"a: {'9' * 10_000}\n",
    "just over the limit": b"#" * (MAX_BYTES + 1),
    "raw escape": "a: '\x1b[2J'\n",
    "raw c1": "a: '\x9b2J'\n",
    "null": b"a: \x00\n",
    "not utf-8": b"a: \xff\n",
    "utf-16": "a: 1\n".encode("utf-16"),
    "tab": "a:\n\tb: 1\n",
    "unclosed quote": 'a: "x\n',
    "a key of control characters": '"\\e]52;c;x\\a": 1\n',
}


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "trap" / "scenario.yaml"
    path.parent.mkdir()
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return path


@pytest.mark.parametrize("content", TRAPS.values(), ids=TRAPS)
def test_a_trap_is_refused_soon_with_a_sentence_that_names_the_file(tmp_path: Path, content: str | bytes) -> None:
    path = write(tmp_path, content)
    with pytest.raises(ContentError) as caught:
        in_time(lambda: load_file(path))
    assert str(path) in str(caught.value)
    assert not harmful(str(caught.value))


def a_fifo(path: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_folder(path: Path) -> None:
    path.mkdir()


def a_file_without_end(path: Path) -> None:
    path.touch()
    os.truncate(path, 1_000_000_000_000)


@pytest.mark.skipif(sys.platform == "win32", reason="needs fifos and devices")
@pytest.mark.parametrize("put", [a_fifo, a_device, a_folder, a_file_without_end], ids=lambda put: put.__name__)
def test_what_is_no_scenario_file_is_not_waited_for(tmp_path: Path, put: Callable[[Path], None]) -> None:
    path = tmp_path / "scenario.yaml"
    put(path)
    with pytest.raises(ContentError) as caught:
        in_time(lambda: read_yaml(path))
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("yes", "yes"),
        ("y", "y"),
        ("1:30", "1:30"),
        ("190:20:30", "190:20:30"),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("2026-01-01", "2026-01-01"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1e3", "1e3"),
        ("<<", "<<"),
        ("=", "="),
        ("True", "True"),
        ("null", None),
        ("true", True),
        ("-3", -3),
        ("0.5", 0.5),
    ],
)
def test_a_plain_word_means_what_the_author_wrote(tmp_path: Path, written: str, meant: object) -> None:
    document, _ = read_yaml(write(tmp_path, f"value: {written}\n{written}: key\n"))
    assert document["value"] == meant
    assert type(document["value"]) is type(meant)


def strings(value: Any) -> list[str]:
    """Every text in a document, keys included."""
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("text", CONTROLS.values(), ids=CONTROLS)
def test_control_characters_that_quotes_let_in_are_gone(tmp_path: Path, text: str) -> None:
    """YAML refuses them raw, and makes them from escapes."""
    escaped = json.dumps(text.encode("utf-8", "replace").decode("utf-8"))
    document, _ = read_yaml(write(tmp_path, f"a: {escaped}\nb:\n  - {escaped}\n"))
    assert not [found for found in strings(document) if harmful(found.replace("\t", ""))]


def test_a_scenario_full_of_control_characters_is_a_scenario_without_any(tmp_path: Path) -> None:
    document = yaml.safe_load(BUNDLED.read_text(encoding="utf-8"))
    document["id"] = "trap"
    document["title"] += "\x1b]52;c;aGk=\x07"
    document["scene"] = "\x9b2J\u202e" + document["scene"]
    path = write(tmp_path, yaml.safe_dump(document, allow_unicode=False, width=10_000))
    scenario = Library([tmp_path]).load("trap").scenario
    assert not harmful(scenario.title + scenario.scene)
    assert not [text for text in strings(load_file(path).document) if harmful(text)]


def test_a_large_file_that_fits_nothing_is_refused_soon(tmp_path: Path) -> None:
    """Where each problem is in the file is looked up without reading it slowly."""
    path = write(tmp_path, "".join(f"key_{n}: [a, b, {{c: d}}]\n" for n in range(1_000)))
    with pytest.raises(ContentError):
        in_time(lambda: load_file(path))
