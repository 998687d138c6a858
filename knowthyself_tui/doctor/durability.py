"""Whether what is written into a folder will still be there tomorrow: its disk, its space, its syncs, its locks."""

from __future__ import annotations

from statistics import median

from knowthyself_tui.doctor.check import Check, fine, note, problem
from knowthyself_tui.doctor.mounts import Disk

LEAST_BYTES = 100_000_000
FEW_BYTES = 1_000_000_000
SLOW_FSYNC_SECONDS = 0.05
ANOTHER_FOLDER = "Choose a folder on a disk of this machine with KNOWTHYSELF_DATA_DIR."


def check_disk(folder: str, disk: Disk) -> Check:
    """What the kind of disk means for a database in `folder`."""
    match disk.kind:
        case "memory":
            return problem("disk", f"{folder} is in memory ({disk.type}) and gone after a restart.", ANOTHER_FOLDER)
        case "optical":
            return problem("disk", f"{folder} is on a disk that cannot be written ({disk.type}).", ANOTHER_FOLDER)
        case "network":
            sentence = f"{folder} is on no disk of this machine ({disk.type}); its locks and writes are less safe."
            return note("disk", sentence, ANOTHER_FOLDER)
        case "container":
            sentence = f"{folder} is inside a container ({disk.type}) and gone when that is removed."
            return note("disk", sentence, "Mount a volume and name it with KNOWTHYSELF_DATA_DIR.")
        case "removable":
            sentence = f"{folder} is on a drive that can be pulled out ({disk.type})."
            return note("disk", sentence, "End the program and eject the drive before you pull it.")
        case "unknown":
            return note("disk", f"The system does not say what kind of disk {folder} is on.", ANOTHER_FOLDER)
        case "local":
            return fine("disk", f"{folder} is on a disk of this machine ({disk.type}).")


def check_sync(folder: str, service: str | None) -> Check:
    """`service` is the one that synchronises the folder, None when there is none."""
    if service is None:
        return fine("sync folder", f"Nothing speaks for a service that synchronises {folder}.")
    sentence = f"{folder} is synchronised by {service}, which may copy a database in the middle of a write."
    return note("sync folder", sentence, ANOTHER_FOLDER)


def check_space(folder: str, free_bytes: int) -> Check:
    shown = f"{free_bytes / 1e9:.1f} GB" if free_bytes >= FEW_BYTES else f"{free_bytes / 1e6:.0f} MB"
    if free_bytes < LEAST_BYTES:
        return problem("free space", f"Only {shown} are free for {folder}.", "Free some space before you begin.")
    if free_bytes < FEW_BYTES:
        return note("free space", f"{shown} are free for {folder}.", "Free some space soon.")
    return fine("free space", f"{shown} are free for {folder}.")


def check_fsync(folder: str, seconds: list[float]) -> Check:
    """`seconds` is how long each of a few small writes took to reach the disk."""
    if not seconds:
        return note("write speed", f"It could not be measured in {folder}.", "Check the disk's connection.")
    typical = median(seconds)
    shown = f"A small write to {folder} reaches the disk in {typical * 1000:.1f} ms"
    if typical > SLOW_FSYNC_SECONDS:
        return note("write speed", f"{shown}, which is slow.", "Close programs that write much, or use a local disk.")
    return fine("write speed", f"{shown}.")


def check_locks(folder: str, second: str | None) -> Check:
    """What a second program said that asked for a lock which we hold.

    Args:
        second: `refused` as it must be, `taken`, `failed` when we got none, or None when it could not be asked.
    """
    if second == "refused":
        return fine("locks", f"They work in {folder}.")
    if second == "taken":
        sentence = f"In {folder} two programs can write to one database at the same time, which ruins it."
        return problem("locks", sentence, ANOTHER_FOLDER)
    if second == "failed":
        return problem("locks", f"{folder} knows no locks, so no database can be opened there.", ANOTHER_FOLDER)
    return note("locks", f"It could not be tried whether they work in {folder}.", "Never start the program twice.")
