"""A disk that lost its power: what was synced is there, of the rest anything may be.

A file's content is durable up to its last sync, a name up to the last sync of its folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

SECTOR, PAGE = 512, 4096
Files = dict[str, bytes]
"""Path to content, as somebody finds it after the cut."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a file's content."""

    inode: int
    offset: int
    data: bytes | None
    """None cuts the file, or lengthens it, to `offset`."""


@dataclass(frozen=True, slots=True)
class Naming:
    """One change of a folder."""

    folder: str
    name: str
    inode: int | None
    """None takes the name away."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One way in which the changes that were not synced can have reached the disk."""

    contents: tuple[Change, ...]
    names: tuple[Naming, ...]


@dataclass
class Disk:
    """Follows what a program does to the files below one folder, named by paths relative to it."""

    _inodes: int = 0
    _now: dict[str, int] = field(default_factory=dict)
    """Path to inode as the program sees it."""
    _durable: dict[int, bytes] = field(default_factory=dict)
    _sizes: dict[int, int] = field(default_factory=dict)
    _names: dict[str, int] = field(default_factory=dict)
    _changes: list[Change] = field(default_factory=list)
    _namings: list[Naming] = field(default_factory=list)

    def exists(self, path: str) -> bool:
        return path in self._now

    def create(self, path: str) -> None:
        self._inodes += 1
        self._now[path] = self._inodes
        self._durable[self._inodes], self._sizes[self._inodes] = b"", 0
        self._name(path, self._inodes)

    def write(self, path: str, offset: int | None, data: bytes) -> None:
        """At `offset`; at the end where it is None."""
        inode = self._now[path]
        at = self._sizes[inode] if offset is None else offset
        self._sizes[inode] = max(self._sizes[inode], at + len(data))
        self._changes.append(Change(inode, at, data))

    def truncate(self, path: str, size: int) -> None:
        inode = self._now[path]
        self._sizes[inode] = size
        self._changes.append(Change(inode, size, None))

    def rename(self, old: str, new: str) -> None:
        inode = self._now[new] = self._now.pop(old)
        self._name(new, inode)
        self._name(old, None)

    def unlink(self, path: str) -> None:
        del self._now[path]
        self._name(path, None)

    def sync(self, path: str) -> None:
        """A file, or a folder with the names in it."""
        if path not in self._now:
            settled = [naming for naming in self._namings if naming.folder == path]
            self._names = _named(self._names, settled)
            self._namings = [naming for naming in self._namings if naming.folder != path]
            return
        inode = self._now[path]
        changes = [change for change in self._changes if change.inode == inode]
        self._durable[inode] = _changed(self._durable[inode], changes)
        self._changes = [change for change in self._changes if change.inode != inode]

    def cuts(self) -> Iterator[Cut]:
        """Unsynced content: none, all, each beginning, all but one, one file's alone, the last one torn; and names."""
        every = tuple(self._namings)
        for contents in _subsets(self._changes):
            yield Cut(contents, every)
            yield Cut(contents, ())
        for end in range(1, len(every)):
            yield Cut(tuple(self._changes), every[:end])

    def after(self, cut: Cut) -> Files:
        names = _named(self._names, cut.names)
        contents = {
            inode: _changed(self._durable[inode], [change for change in cut.contents if change.inode == inode])
            for inode in set(names.values())
        }
        return {path: contents[inode] for path, inode in names.items()}

    def _name(self, path: str, inode: int | None) -> None:
        folder = str(PurePosixPath(path).parent)
        self._namings.append(Naming(folder, path, inode))


def _subsets(changes: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
    for end in range(len(changes) + 1):
        yield tuple(changes[:end])
    for left_out in range(len(changes)):
        yield tuple(changes[:left_out]) + tuple(changes[left_out + 1 :])
    for inode in {change.inode for change in changes}:
        yield tuple(change for change in changes if change.inode == inode)
    if changes:
        yield from ((*changes[:-1], torn) for torn in _torn(changes[-1]))


def _torn(change: Change) -> Iterator[Change]:
    """Only a beginning or only an end of the last write reached the disk, at borders of sectors and pages."""
    data = change.data or b""
    borders = {*range(SECTOR, len(data), SECTOR), *range(PAGE, len(data), PAGE)}
    for border in sorted(borders):
        yield Change(change.inode, change.offset, data[:border])
        yield Change(change.inode, change.offset + border, data[border:])


def _changed(content: bytes, changes: Sequence[Change]) -> bytes:
    grown = bytearray(content)
    for change in changes:
        end = change.offset + len(change.data or b"")
        grown.extend(b"\0" * (end - len(grown)))
        if change.data is None:
            del grown[change.offset :]
        else:
            grown[change.offset : end] = change.data
    return bytes(grown)


def _named(names: dict[str, int], namings: Sequence[Naming]) -> dict[str, int]:
    changed = dict(names)
    for naming in namings:
        if naming.inode is None:
            changed.pop(naming.name, None)
        else:
            changed[naming.name] = naming.inode
    return changed
