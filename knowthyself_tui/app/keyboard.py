"""Makes Textual's keyboard thread survive bytes that are not UTF-8, which otherwise leave the program deaf."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable
from functools import partial


def replacing_decoder(encoding: str) -> Callable[..., codecs.IncrementalDecoder]:
    """An incremental decoder that puts the replacement character where a byte makes no sense."""
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


def forgive_invalid_bytes() -> None:
    """Let the terminal driver decode with replacement; Windows reads characters, not bytes."""
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        linux_driver.getincrementaldecoder = replacing_decoder  # type: ignore[attr-defined,assignment]  # no setting for it
