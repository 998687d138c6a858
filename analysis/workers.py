"""Other processes that help with reading and drawing; where none can be started, everything is done in this one."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context


def worker_pool(workers: int) -> ProcessPoolExecutor | None:
    """A pool of fresh processes; None with a single processor or where the system has no means for one."""
    if (os.cpu_count() or 1) < 2:
        return None
    try:
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_leave_interrupts)
    except (OSError, ValueError, NotImplementedError, ImportError):
        return None


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that people see; this one ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
