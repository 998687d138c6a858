"""A bar on standard error while something takes long; programs and log files get none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

T = TypeVar("T")


def with_progress(items: Iterable[T], label: str, length: int | None = None) -> Iterator[T]:
    """The same items, counted; `length` is needed where the items have none."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, length=length, label=label, file=sys.stderr, show_pos=True) as bar:
        yield from bar


@contextmanager
def counting(label: str) -> Iterator[Callable[[int, int], None]]:
    """Something to tell how many of how many are done."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True) as bar:

        def show(done: int, of: int) -> None:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

        yield show
