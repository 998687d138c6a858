"""Bytes that are no text, on standard input and from the keyboard, stop nothing and come out as plain text."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.command import PROGRAM
from tests.security.controls import ALL_CONTROLS, harmful

BYTES = b"\xff\xfe\x80sats?\xc3\n"
TYPED = ALL_CONTROLS.encode("utf-8", "surrogatepass")


def run(tmp_path: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "KNOWTHYSELF_DATA_DIR": str(tmp_path / "data")}
    return subprocess.run(
        [*PROGRAM, *arguments], input=given, capture_output=True, env=environment, timeout=60, check=False
    )


def test_a_line_to_understand_with_bytes_that_are_no_text_is_answered(tmp_path: Path) -> None:
    lines = b'{"id": 1, "text": "sats\xff?"}\n{"id": 2, "text": "\\ud800\\u001b[2J \xc2\x9b salbutamol 5mg neb"}\n'
    done = run(tmp_path, "understand", "--jsonl", given=lines)
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == [1, 2]


def test_a_line_that_is_no_json_is_told_without_its_control_characters(tmp_path: Path) -> None:
    done = run(tmp_path, "understand", "--jsonl", given=b"\xff" + TYPED.replace(b"\n", b"") + b"\n")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert not harmful(done.stderr.decode("utf-8"))


@pytest.mark.parametrize("json_too", [False, True])
def test_a_script_with_bytes_that_are_no_text_is_played(tmp_path: Path, json_too: bool) -> None:
    script = BYTES + TYPED.replace(b"\n", b" ") + b"\nsalbutamol 5mg neb\n"
    arguments = ["run", "asthma", "--script", "-", "--until", "01:00", *(["--json"] if json_too else [])]
    done = run(tmp_path, *arguments, given=script)
    assert done.returncode == 0, done.stderr
    printed = done.stdout.decode("utf-8")
    assert not harmful(printed)
    assert "sats?" in printed
    if json_too:
        rows = [json.loads(line) for line in printed.splitlines()]
        assert not harmful(" ".join(str(row.get("text", "")) for row in rows))


def test_arguments_with_control_characters_are_told_without_them(tmp_path: Path) -> None:
    for arguments in (["run", "\x1b]52;c;x\x07"], ["analyze", "no-such-\x1b[2J\x9b.db", "--out", "out"]):
        done = run(tmp_path, *arguments)
        assert not harmful((done.stdout + done.stderr).decode("utf-8", "replace"))


if sys.platform != "win32":
    import threading

    from tests.e2e.terminal import Terminal

    class Recorded(Terminal):
        """Also keeps every byte that reached the terminal."""

        def __init__(self, environment: dict[str, str]) -> None:
            self.output = bytearray()
            super().__init__(PROGRAM, environment, columns=100, rows=40)

        def _read(self) -> None:
            feed = self._stream.feed

            def keep(data: bytes) -> None:
                self.output += data
                feed(data)

            self._stream.feed = keep  # type: ignore[method-assign]
            super()._read()

        def send(self, data: bytes) -> None:
            os.write(self._master, data)
            time.sleep(0.1)

    @pytest.fixture
    def terminal(tmp_path: Path) -> Iterator[Recorded]:
        started = Recorded({"KNOWTHYSELF_DATA_DIR": str(tmp_path / "data"), "HOME": str(tmp_path)})
        yield started
        started.kill()
        assert threading.active_count() < 50

    def paste(text: bytes) -> bytes:
        return b"\x1b[200~" + text + b"\x1b[201~"

    @pytest.mark.slow
    def test_invalid_bytes_and_pasted_sequences_reach_no_terminal_and_the_keyboard_goes_on(terminal: Recorded) -> None:
        terminal.wait_for("Your code")
        terminal.send(b"\xff\xfe")
        terminal.send(b"s1\t")
        terminal.send(paste(b"Zo\xff \x9b31m \xc2\x9d52;c;aGk=\xc2\x9c \x1b]52;c;aGk=\x07 \xe2\x80\xae [/b]"))
        terminal.wait_for("[/b]")
        terminal.press("tab", "tab", "enter")
        terminal.wait_for("I agree")
        terminal.send(b"\xff")
        terminal.press("a")
        terminal.wait_for("Press Enter to walk in")
        terminal.press("enter")
        terminal.wait_for("Say, ask, look")
        terminal.send(b"\xff")
        terminal.send(paste(b"one \x9b31m\x90q\x9c \xc2\x9b31m two \xff \x1b[6n\x1b]52;c;aGk=\x07 three"))
        terminal.wait_for("three")
        terminal.press("enter")
        terminal.wait_for(lambda screen: "You: " in screen and "three" in screen)
        terminal.send(b"\x1b[200~unfinished \xff")
        terminal.send(b"\x1b[201~")
        terminal.press(" and typed")
        terminal.wait_for("and typed")
        printed = bytes(terminal.output)
        for sequence in (b"\x1b]52", b"\x1b[6n", b"\x1bP"):
            assert sequence not in printed
        for character in ("\x9b", "\x9d", "\x90", "\u202e"):
            assert character.encode() not in printed
