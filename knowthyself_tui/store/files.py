"""Files and folders that survive a power cut and that only their owner may read."""

from __future__ import annotations

import os
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Makes a folder and the missing ones above it, each on the disk before this returns."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def make_empty(path: Path) -> None:
    """Makes a new file, in place of what an interrupted attempt left under that name."""
    remove_database(path)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


JOURNALS = ("-journal", "-wal")
"""Endings of the files beside a database that belong to it as much as its pages."""
BESIDE = (*JOURNALS, "-shm")
"""All that SQLite keeps beside a database."""


def remove_database(path: Path) -> None:
    """Removes a database, whole or half written, with what lies beside it."""
    for ending in ("", *BESIDE):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    _sync(path, os.O_RDWR)


def sync_folder(folder: Path) -> None:
    """Makes a new name in `folder` durable, where the system can."""
    if os.name != "nt":
        _sync(folder, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
