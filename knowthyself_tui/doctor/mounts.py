"""What kind of disk a folder lies on, read from what the system says about its mounts and drives."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Literal

Kind = Literal["local", "network", "memory", "container", "removable", "optical", "unknown"]


@dataclass(frozen=True, slots=True)
class Mount:
    point: str
    type: str
    """File system as the system calls it, lower case."""
    source: str


@dataclass(frozen=True, slots=True)
class Disk:
    kind: Kind
    type: str
    """File system or drive type, for people."""


_NETWORK = frozenset([
    "nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "afpfs", "ncpfs", "9p", "ceph", "lustre",
    "gpfs", "beegfs", "orangefs", "coda", "glusterfs", "davfs", "webdav", "ftp", "acfs",
    "vboxsf", "prl_fs", "vmhgfs", "virtiofs", "drvfs",
])  # fmt: skip
"""Of other machines, and of the host of a virtual one."""
_MEMORY = frozenset(["tmpfs", "ramfs", "devtmpfs", "zram"])
_CONTAINER = frozenset(["overlay", "overlayfs", "aufs", "fuse.fuse-overlayfs"])
_OPTICAL = frozenset(["iso9660", "udf", "squashfs", "cd9660", "erofs"])
_LOCAL_FUSE = frozenset([
    "fuseblk", "fuse.ntfs-3g", "fuse.ntfs", "fuse.exfat", "fuse.ext2", "fuse.mergerfs", "fuse.bindfs",
    "fuse.encfs", "fuse.gocryptfs", "fuse.cryfs",
])  # fmt: skip
"""File systems of programs that still lie on a disk of this machine; all others fetch from elsewhere."""
_FUSE = ("fuse", "macfuse", "osxfuse")
_REMOVABLE_POINTS = ("/media/", "/run/media/", "/mnt/usb")
_OCTAL = re.compile(r"\\([0-7]{3})")
_MAC_LINE = re.compile(r"(?P<source>.+?) on (?P<point>.+) \((?P<type>[^,)]+)[^)]*\)")
_DRIVES: dict[int, Disk] = {
    2: Disk("removable", "removable drive"),
    3: Disk("local", "fixed drive"),
    4: Disk("network", "network drive"),
    5: Disk("optical", "optical drive"),
    6: Disk("memory", "RAM disk"),
}
"""What Windows' GetDriveTypeW answers."""


def linux_mounts(text: str) -> list[Mount]:
    """The lines of /proc/mounts, where a space in a path is written `\\040`."""
    fields = [line.split(" ") for line in text.splitlines()]
    return [Mount(_plain(row[1]), row[2].lower(), _plain(row[0])) for row in fields if len(row) >= 3]


def mac_mounts(text: str) -> list[Mount]:
    """What `mount` prints on macOS and the BSDs: `source on point (type, options)`."""
    found = (_MAC_LINE.fullmatch(line) for line in text.splitlines())
    return [Mount(line["point"], line["type"].strip().lower(), line["source"]) for line in found if line]


def mount_of(path: PurePosixPath, mounts: Sequence[Mount]) -> Mount | None:
    """The deepest mount above a path; of two on one point the later one hides the earlier."""
    above = [mount for mount in mounts if path.is_relative_to(mount.point)]
    return max(reversed(above), key=lambda mount: len(PurePosixPath(mount.point).parts), default=None)


def network_type(path: PurePosixPath, mounts_text: str) -> str | None:
    """The network file system that a path lies on, by /proc/mounts; None on a disk of this machine."""
    disk = linux_disk(path, mounts_text, lambda _: False)
    return disk.type if disk.kind == "network" else None


def linux_disk(path: PurePosixPath, mounts_text: str, is_removable: Callable[[str], bool]) -> Disk:
    """`path` is absolute and without links; `is_removable` judges the device of a mount."""
    mount = mount_of(path, linux_mounts(mounts_text))
    if mount is None:
        return Disk("unknown", "unknown")
    disk = Disk(_kind(mount.type), mount.type)
    if disk.kind == "local" and (f"{mount.point}/".startswith(_REMOVABLE_POINTS) or is_removable(mount.source)):
        return Disk("removable", mount.type)
    return disk


def mac_disk(path: PurePosixPath, mounts_text: str) -> Disk:
    """Everything under /Volumes that is not on the network can be pulled out."""
    mount = mount_of(path, mac_mounts(mounts_text))
    if mount is None:
        return Disk("unknown", "unknown")
    kind = _kind(mount.type)
    return Disk("removable" if kind == "local" and mount.point.startswith("/Volumes/") else kind, mount.type)


def windows_disk(path: PureWindowsPath, drive_type: Callable[[str], int]) -> Disk:
    """`drive_type` answers for the root of a drive as GetDriveTypeW does."""
    drive = path.drive
    if drive.startswith("\\\\?\\UNC\\") or (drive.startswith("\\\\") and drive[2:3] not in "?."):
        return Disk("network", "network share")
    letter = drive.removeprefix("\\\\?\\").removeprefix("\\\\.\\")
    return _DRIVES.get(drive_type(f"{letter}\\"), Disk("unknown", "unknown"))


def is_removable(source: str, resolve: Callable[[str], str], read: Callable[[str], str]) -> bool:
    """Whether the device of a mount can be pulled out, by Linux' /sys.

    Args:
        resolve: a path without its links.
        read: the text of a file; empty when it is not there.
    """
    name = PurePath(source).name
    if not source.startswith("/dev/") or not name:
        return False
    block = PurePosixPath(resolve(f"/sys/class/block/{name}"))
    if any(part.startswith("usb") for part in block.parts):
        return True
    return any(read(f"{folder}/removable").strip() == "1" for folder in (block, block.parent))


def _kind(file_system: str) -> Kind:
    for kind, names in _KINDS:
        if file_system in names:
            return kind
    if file_system.split(".")[0] in _FUSE and file_system not in _LOCAL_FUSE:
        return "network"
    return "local"


_KINDS: tuple[tuple[Kind, frozenset[str]], ...] = (
    ("network", _NETWORK),
    ("memory", _MEMORY),
    ("container", _CONTAINER),
    ("optical", _OPTICAL),
)


def _plain(field: str) -> str:
    return _OCTAL.sub(lambda code: chr(int(code[1], 8)), field)
