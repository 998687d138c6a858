"""Folders that another program copies to other machines while a database in them is being written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePath

_CLOUD = "CloudStorage"
"""Where macOS puts the folders of all such services."""
_NAMES = (
    ("OneDrive", re.compile(r"onedrive(?:[ -].*| ?\(.*\))?|skydrive")),
    ("Dropbox", re.compile(r"dropbox(?:[ -].*| ?\(.*\))?")),
    ("Google Drive", re.compile(r"google ?drive(?:[ -].*| ?\(.*\))?|my drive")),
    ("iCloud Drive", re.compile(r"icloud ?drive.*|mobile documents|com~apple~clouddocs")),
    ("Nextcloud", re.compile(r"nextcloud[0-9]*(?:-.*)?")),
    ("ownCloud", re.compile(r"owncloud[0-9]*(?:-.*)?")),
    ("Box", re.compile(r"box sync|box-box")),
    ("Syncthing", re.compile(r"syncthing")),
)
_HOME_NAMES = (("Box", "box"),)
"""Words too common to mean anything elsewhere than right in the home folder."""
_MARKERS = (
    (".dropbox.cache", "Dropbox"),
    (".stfolder", "Syncthing"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".tmp.driveupload", "Google Drive"),
    (".tmp.drivedownload", "Google Drive"),
)
_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_ICLOUD_DESKTOP = "Library/Mobile Documents/com~apple~CloudDocs/Desktop"


def sync_service(
    path: PurePath, system: str, environ: Mapping[str, str], home: PurePath, exists: Callable[[PurePath], bool]
) -> str | None:
    """The service that synchronises a folder, as far as can be known; None when nothing speaks for one.

    Args:
        path: absolute, of the system's own kind.
        system: as `sys.platform` has it.
        exists: whether a file or folder is there.
    """
    return (
        _by_variable(path, system, environ)
        or _by_name(path, home)
        or _by_marker(path, exists)
        or _by_desktop(path, system, home, exists)
    )


def _by_variable(path: PurePath, system: str, environ: Mapping[str, str]) -> str | None:
    """Windows names the folders of OneDrive, also where the Desktop was moved into one."""
    if system != "win32":
        return None
    variables = {name.upper(): value for name, value in environ.items()}
    roots = [variables.get(name.upper(), "") for name in _VARIABLES]
    return "OneDrive" if any(root and path.is_relative_to(root) for root in roots) else None


def _by_name(path: PurePath, home: PurePath) -> str | None:
    for part in path.parts:
        for service, pattern in _NAMES:
            if pattern.fullmatch(part.casefold()):
                return service
    for folder in (path, *path.parents):
        if folder.parent in (home, home / "Library" / _CLOUD):
            return next((service for service, name in _HOME_NAMES if folder.name.casefold() == name), None)
    return None


def _by_marker(path: PurePath, exists: Callable[[PurePath], bool]) -> str | None:
    for folder in (path, *path.parents):
        for marker, service in _MARKERS:
            if exists(folder / marker):
                return service
    return None


def _by_desktop(path: PurePath, system: str, home: PurePath, exists: Callable[[PurePath], bool]) -> str | None:
    """macOS can keep the Desktop and the Documents in iCloud without moving them."""
    if system != "darwin" or not any(path.is_relative_to(home / name) for name in ("Desktop", "Documents")):
        return None
    return "iCloud Drive" if exists(home / _ICLOUD_DESKTOP) else None
