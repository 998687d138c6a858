"""Makes Textual's keyboard thread survive bytes that are not UTF-8, and notice that the terminal is gone.

Left alone, an invalid byte leaves the program deaf, and a closed window leaves it running for nobody, with the
student's file still taken.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable
from typing import Any

Decoders = Callable[[], codecs.IncrementalDecoder]


def watching_decoder(gone: Callable[[], None]) -> Callable[[str], Decoders]:
    """In the place of `codecs.getincrementaldecoder`: replaces what makes no sense, calls `gone` at the end."""

    def find(encoding: str) -> Decoders:
        plain: Any = codecs.getincrementaldecoder(encoding)

        class Decoder(plain):  # type: ignore[misc]  # a class that is found by its name
            def decode(self, data: Any, final: bool = False) -> str:
                if not data and not final:
                    gone()
                return str(super().decode(data, final))

        return lambda: Decoder(errors="replace")

    return find


def watch_keyboard(gone: Callable[[], None]) -> None:
    """Let the terminal driver decode through us; Windows reads characters, not bytes, and ends the program itself."""
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        linux_driver.getincrementaldecoder = watching_decoder(gone)  # type: ignore[attr-defined,assignment]  # no setting for it
