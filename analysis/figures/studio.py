"""Draws pictures in a second process while the first one writes tables; matplotlib loads there in the meantime."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from ..workers import worker_pool
from . import canvas
from .picture import Picture


@dataclass(frozen=True, slots=True)
class Order:
    """A picture that is wanted; what it is drawn from is plain data, so that another process can draw it."""

    place: str
    """Where in the report it belongs."""
    draw: Callable[..., Picture | None]
    data: tuple[Any, ...]
    options: Mapping[str, Any] = field(default_factory=dict)

    def drawn(self) -> Picture | None:
        return self.draw(*self.data, **self.options)


class Studio:
    """Takes orders and hands out pictures; without a second processor, or where no process starts, it draws itself."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._orders: list[tuple[Order, Future[Picture | None] | None]] = []

    def __enter__(self) -> Studio:
        self._pool = worker_pool(1)
        if self._pool is not None:
            self._pool.submit(canvas.available)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def take(self, orders: Iterable[Order]) -> None:
        """Begins to draw."""
        self._orders += [(order, self._begun(order)) for order in orders]

    def _begun(self, order: Order) -> Future[Picture | None] | None:
        if self._pool is None:
            return None
        try:
            return self._pool.submit(order.drawn)
        except BrokenExecutor:
            return None

    def pictures(self) -> tuple[list[tuple[str, Picture]], list[str]]:
        """Every picture with its place, in the order they were ordered, and what could not be drawn.

        A picture that fails must not cost the tables.
        """
        found, failed = [], []
        for order, future in self._orders:
            try:
                found.append((order.place, _finished(order, future)))
            except Exception as error:
                failed.append(f"{order.place} ({type(error).__name__}: {error})")
        return [(place, picture) for place, picture in found if picture is not None], failed


def _finished(order: Order, future: Future[Picture | None] | None) -> Picture | None:
    if future is None:
        return order.drawn()
    try:
        return future.result()
    except BrokenExecutor:
        return order.drawn()
