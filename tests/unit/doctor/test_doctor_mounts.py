"""The kind of a disk, from what Linux, macOS and Windows say about theirs."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from knowthyself_tui.doctor.mounts import (
    Kind,
    is_removable,
    linux_disk,
    mac_disk,
    network_type,
    windows_disk,
)

PROC_MOUNTS = r"""/dev/sda2 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
tmpfs /tmp tmpfs rw 0 0
server:/export /home/nfs nfs4 rw,vers=4.2 0 0
//files/class /mnt/class\040room cifs rw 0 0
//files/new /mnt/smb smb3 rw 0 0
me@host:/data /mnt/ssh fuse.sshfs rw 0 0
me@host:/data /mnt/plain fuse rw 0 0
gdrive: /mnt/rclone fuse.rclone rw 0 0
shared /media/sf_shared vboxsf rw 0 0
C:\134 /mnt/c 9p rw,aname=drvfs 0 0
/dev/sdb1 /media/zoe/STICK vfat rw 0 0
/dev/sdc1 /data/ntfs fuseblk rw 0 0
/dev/sdd1 /stick ext4 rw 0 0
overlay /var/lib/app overlay rw 0 0
none /ram ramfs rw 0 0
/dev/sr0 /cd iso9660 ro 0 0
/dev/sda3 /home/nfs/local xfs rw 0 0
tmpfs /home/twice tmpfs rw 0 0
/dev/sda4 /home/twice ext4 rw 0 0
"""
MAC_MOUNTS = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//zoe@files.example/class on /Volumes/class room (smbfs, nodev, nosuid, mounted by zoe)
files:/export on /Volumes/export (nfs)
/dev/disk4s1 on /Volumes/STICK (msdos, local, nodev, nosuid, noowners)
me@host:/data on /Users/zoe/ssh (macfuse, nodev, nosuid, synchronous, mounted by zoe)
tmpfs on /private/ram (tmpfs, local)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/zoe/data", "local"),
        ("/tmp/data", "memory"),
        ("/ram", "memory"),
        ("/home/nfs/zoe", "network"),
        ("/mnt/class room/zoe", "network"),
        ("/mnt/classroom", "local"),
        ("/mnt/smb", "network"),
        ("/mnt/ssh/x", "network"),
        ("/mnt/plain/x", "network"),
        ("/mnt/rclone/x", "network"),
        ("/media/sf_shared/x", "network"),
        ("/mnt/c/Users/zoe", "network"),
        ("/media/zoe/STICK/data", "removable"),
        ("/stick/data", "removable"),
        ("/data/ntfs/x", "local"),
        ("/var/lib/app/data", "container"),
        ("/cd/data", "optical"),
        ("/home/nfs/local/x", "local"),
        ("/home/twice/x", "local"),
    ],
)
def test_linux_disks(path: str, kind: Kind) -> None:
    assert linux_disk(PurePosixPath(path), PROC_MOUNTS, lambda source: source == "/dev/sdd1").kind == kind


def test_without_a_list_of_mounts_nothing_is_claimed() -> None:
    assert linux_disk(PurePosixPath("/home"), "", lambda _: False).kind == "unknown"
    assert mac_disk(PurePosixPath("/Users"), "").kind == "unknown"


def test_the_network_type_is_named() -> None:
    assert network_type(PurePosixPath("/home/nfs/zoe"), PROC_MOUNTS) == "nfs4"
    assert network_type(PurePosixPath("/home/zoe"), PROC_MOUNTS) is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/Users/zoe/Library", "local"),
        ("/Volumes/class room/zoe", "network"),
        ("/Volumes/export/zoe", "network"),
        ("/Volumes/STICK/zoe", "removable"),
        ("/Users/zoe/ssh/data", "network"),
        ("/private/ram/data", "memory"),
    ],
)
def test_mac_disks(path: str, kind: Kind) -> None:
    assert mac_disk(PurePosixPath(path), MAC_MOUNTS).kind == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (r"C:\Users\zoe\AppData", "local"),
        (r"\\?\C:\Users\zoe", "local"),
        (r"H:\data", "network"),
        (r"E:\data", "removable"),
        (r"R:\data", "memory"),
        (r"D:\data", "optical"),
        (r"Q:\data", "unknown"),
        (r"\\files\class\zoe", "network"),
        (r"\\?\UNC\files\class\zoe", "network"),
        (r"\\wsl$\Debian\home", "network"),
    ],
)
def test_windows_disks(path: str, kind: Kind) -> None:
    drives = {"C:\\": 3, "H:\\": 4, "E:\\": 2, "R:\\": 6, "D:\\": 5}
    assert windows_disk(PureWindowsPath(path), lambda root: drives.get(root, 1)).kind == kind


@pytest.mark.parametrize(
    ("source", "device", "flags", "expected"),
    [
        ("/dev/sdb1", "/sys/devices/pci/usb1/1-2/block/sdb/sdb1", {}, True),
        ("/dev/sdb1", "/sys/devices/ata1/block/sdb/sdb1", {"/sys/devices/ata1/block/sdb/removable": "1\n"}, True),
        ("/dev/sda1", "/sys/devices/ata1/block/sda/sda1", {"/sys/devices/ata1/block/sda/removable": "0\n"}, False),
        ("overlay", "/sys/devices/usb1", {}, False),
    ],
)
def test_a_device_on_usb_or_marked_as_removable_can_be_pulled_out(
    source: str, device: str, flags: dict[str, str], expected: bool
) -> None:
    assert is_removable(source, lambda _: device, lambda path: flags.get(path, "")) is expected
