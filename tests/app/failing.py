"""A desk whose recorder fails as often as it is told to."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any, cast

from knowthyself_tui.domain.records import Batch
from knowthyself_tui.errors import StoreFull
from knowthyself_tui.session.desk import Desk, Seat, Waiting
from knowthyself_tui.session.sitting import Plan
from knowthyself_tui.store.recorder import Recorder


class FailingRecorder:
    """Stands before a recorder and fails as often as it is told to."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.failures = 0

    def append(self, batch: Batch) -> Future[None]:
        if not self.failures:
            return self.recorder.append(batch)
        self.failures -= 1
        future = Future[None]()
        future.set_exception(StoreFull("No space is left on the disk."))
        return future

    def __getattr__(self, name: str) -> Any:
        return getattr(self.recorder, name)


class FailingDesk(Desk):
    def register(self, code: str, name: str, email: str | None, plan: Plan) -> Seat:
        seat = super().register(code, name, email, plan)
        return Seat(seat.sitting, cast(Recorder, FailingRecorder(seat.recorder)))

    def resume(self, waiting: Waiting) -> Seat:
        raise NotImplementedError
