"""Which folders a service carries to other machines."""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from knowthyself_tui.doctor.sync_folders import sync_service

LINUX_HOME = PurePosixPath("/home/zoe")
MAC_HOME = PurePosixPath("/Users/zoe")
WINDOWS_HOME = PureWindowsPath(r"C:\Users\zoe")


def service(path: PurePath, home: PurePath, *there: str, **environ: str) -> str | None:
    system = {LINUX_HOME: "linux", MAC_HOME: "darwin", WINDOWS_HOME: "win32"}[home]
    return sync_service(path, system, environ, home, lambda asked: str(asked) in there)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Dropbox/kt", "Dropbox"),
        ("Dropbox (Personal)/kt", "Dropbox"),
        ("OneDrive - Uni/kt", "OneDrive"),
        ("Google Drive/kt", "Google Drive"),
        ("Nextcloud2/kt", "Nextcloud"),
        ("ownCloud/kt", "ownCloud"),
        ("Box/kt", "Box"),
        ("Box Sync/kt", "Box"),
        ("work/box/kt", None),
        ("boxes/kt", None),
        ("onedrivers/kt", None),
        (".local/share/knowthyself", None),
    ],
)
def test_by_the_names_in_the_path(path: str, expected: str | None) -> None:
    assert service(LINUX_HOME / path, LINUX_HOME) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Library/CloudStorage/OneDrive-Uni/kt", "OneDrive"),
        ("Library/CloudStorage/GoogleDrive-zoe@example.org/My Drive/kt", "Google Drive"),
        ("Library/CloudStorage/Dropbox/kt", "Dropbox"),
        ("Library/CloudStorage/Box-Box/kt", "Box"),
        ("Library/Mobile Documents/com~apple~CloudDocs/kt", "iCloud Drive"),
        ("Library/Application Support/knowthyself", None),
    ],
)
def test_on_a_mac(path: str, expected: str | None) -> None:
    assert service(MAC_HOME / path, MAC_HOME) == expected


@pytest.mark.parametrize(
    ("marker", "expected"),
    [(".stfolder", "Syncthing"), (".dropbox.cache", "Dropbox"), (".nextcloudsync.log", "Nextcloud")],
)
def test_by_what_a_service_leaves_in_a_folder_above(marker: str, expected: str) -> None:
    folder = LINUX_HOME / "class"
    assert service(folder / "data", LINUX_HOME, str(folder / marker)) == expected


def test_the_desktop_of_a_mac_can_be_in_icloud() -> None:
    mirrored = str(MAC_HOME / "Library/Mobile Documents/com~apple~CloudDocs/Desktop")
    assert service(MAC_HOME / "Documents/kt", MAC_HOME, mirrored) == "iCloud Drive"
    assert service(MAC_HOME / "Documents/kt", MAC_HOME) is None
    assert service(MAC_HOME / "kt", MAC_HOME, mirrored) is None


def test_windows_names_the_folder_of_onedrive() -> None:
    moved = PureWindowsPath(r"D:\Cloud\Desktop\kt")
    assert service(moved, WINDOWS_HOME, OneDriveCommercial=r"d:\cloud") == "OneDrive"
    assert service(moved, WINDOWS_HOME, OneDrive=r"C:\Users\zoe\OneDrive") is None
    assert service(PureWindowsPath(r"G:\My Drive\kt"), WINDOWS_HOME) == "Google Drive"
    assert service(PureWindowsPath(r"C:\Users\zoe\iCloudDrive\kt"), WINDOWS_HOME) == "iCloud Drive"


def test_a_variable_means_nothing_on_another_system() -> None:
    assert service(LINUX_HOME / "kt", LINUX_HOME, OneDrive="/home/zoe") is None
