"""One data folder, from the kind of its disk to what lies around in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath, PureWindowsPath

from knowthyself_tui.doctor import durability, files, probe
from knowthyself_tui.doctor.check import Check
from knowthyself_tui.doctor.mounts import Disk, is_removable, linux_disk, mac_disk, windows_disk
from knowthyself_tui.doctor.surroundings import Surroundings
from knowthyself_tui.doctor.sync_folders import sync_service


def check_folder(folder: Path, machine: Surroundings) -> Iterator[Check]:
    """Checks that write nothing but a hidden probe, which is removed; a folder that is missing is not made."""
    shown = str(folder)
    there = Path(os.path.realpath(probe.nearest_folder(folder)))
    yield durability.check_disk(shown, disk_of(str(there), machine))
    yield durability.check_sync(shown, _service(folder, machine) or _service(there, machine))
    yield durability.check_space(shown, shutil.disk_usage(there).free)
    yield from _probe(shown if folder.is_dir() else f"{shown} (not there yet)", there)


def check_contents(folder: Path, now: datetime) -> Iterator[Check]:
    """What lies in a folder beside its databases."""
    yield from files.check_lonely_journals(folder)
    yield files.check_set_aside(folder)
    yield files.check_leftovers(folder, now)


def disk_of(path: str, machine: Surroundings) -> Disk:
    """The disk of an absolute path without links, by whatever this system says about its disks."""
    if machine.system == "win32":
        return windows_disk(PureWindowsPath(path), machine.drive_type)
    if machine.system == "linux":
        text = machine.read("/proc/self/mounts") or machine.read("/proc/mounts")
        return linux_disk(
            PurePosixPath(path), text, lambda source: is_removable(source, os.path.realpath, machine.read)
        )
    return mac_disk(PurePosixPath(path), machine.run(["mount"]) or machine.run(["/sbin/mount"]) or "")


def _service(folder: Path, machine: Surroundings) -> str | None:
    return sync_service(folder, machine.system, machine.environ, machine.home, lambda path: os.path.exists(path))


def _probe(shown: str, there: Path) -> Iterator[Check]:
    try:
        with probe.probe_folder(there) as inside:
            probe.try_writing(inside)
            seconds = probe.measure_fsync(inside)
            second = probe.ask_second_program(inside)
    except OSError as error:
        yield probe.check_writing(shown, error)
        return
    yield probe.check_writing(shown, None)
    yield durability.check_fsync(shown, seconds)
    yield durability.check_locks(shown, second)
