"""What there is to collect: files, folders and patterns, as things that can each be copied."""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from knowthyself_tui.errors import StoreError, UsageError
from knowthyself_tui.locations import safe_name
from knowthyself_tui.store.extract import StudentOnServer, extract_student, students_on
from knowthyself_tui.store.guard import private_copy
from knowthyself_tui.store.moment import look_at
from knowthyself_tui.store.place import Place, Server, is_meant_as_server, server_of

_ENDING = ".db"
_COPIES = frozenset({"handin", "backups", "set-aside"})
"""Folders of copies; the student's own file beside them is read first."""
_NOBODYS = frozenset(
    {"$recycle.bin", "system volume information", "lost+found", ".trashes", ".spotlight-v100", ".fseventsd"}
)
_TRASH = ".trash"
_APPLE_DOUBLE = "._"
"""What macOS lays beside each file on a stick of another system."""


class Source(Protocol):
    """One database to collect."""

    @property
    def place(self) -> Place:
        """What messages name."""

    @property
    def name(self) -> str:
        """What the manifest calls it: the same in every run."""

    @property
    def stem(self) -> str:
        """What the copy is called when it holds not just one student."""

    def state(self) -> str:
        """Another text whenever the database may hold something else; cheap to ask, empty where nobody knows."""

    def copy(self, folder: Path) -> AbstractContextManager[Path]:
        """A private copy, made inside `folder`, which may be moved away; raises a StoreError."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """A database file, on whatever disk or stick."""

    place: Path

    @property
    def name(self) -> str:
        return path_text(self.place)

    @property
    def stem(self) -> str:
        return self.place.stem

    def state(self) -> str:
        return str(look_at(self.place))

    def copy(self, folder: Path) -> AbstractContextManager[Path]:
        return private_copy(self.place, folder)


@dataclass(frozen=True, slots=True)
class ServerSource:
    """One student of a server."""

    place: Server
    student: StudentOnServer

    @property
    def name(self) -> str:
        return f"{self.place} {self.student.code}"

    @property
    def stem(self) -> str:
        return safe_name(self.student.code)

    def state(self) -> str:
        return self.student.state

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(dir=folder) as inside:
            target = Path(inside) / "copy.db"
            extract_student(self.place, self.student.id, target)
            yield target


@dataclass(frozen=True, slots=True)
class Problem:
    """A source, or a folder in one, in which there was nothing to collect."""

    name: str
    reason: str


@dataclass(slots=True)
class Gathered:
    sources: list[Source] = field(default_factory=list)
    """Each once, the students' own files before the folders of copies."""
    problems: list[Problem] = field(default_factory=list)


def gather(texts: Sequence[str], folder: Path) -> Gathered:
    """Finds everything to collect.

    Args:
        texts: paths of files and folders, patterns with `*`, `?` and `[…]`, `sqlite:///` or `postgresql://` URLs.
        folder: where the copies go.

    Raises:
        UsageError: a source holds that folder, lies in it, or is no URL of a server.
    """
    gathered = Gathered()
    paths: set[Path] = set()
    for text in texts:
        if is_meant_as_server(text):
            _add_server(server_of(text), gathered)
        else:
            paths.update(_files_of(text, folder, gathered))
    gathered.sources += [FileSource(path) for path in sorted(paths, key=_order)]
    return gathered


def _add_server(server: Server, gathered: Gathered) -> None:
    try:
        gathered.sources += [ServerSource(server, student) for student in students_on(server)]
    except StoreError as error:
        gathered.problems.append(Problem(str(server), str(error)))


def path_text(path: Path) -> str:
    """A path on one line, with an escape for whatever cannot be shown or is no Unicode."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in str(path))


def _files_of(text: str, folder: Path, gathered: Gathered) -> list[Path]:
    pattern = os.path.expanduser(text.removeprefix("sqlite:///"))
    roots, is_pattern = _roots(pattern)
    found: list[Path] = []
    problems = len(gathered.problems)
    for root in roots:
        _refuse_overlap(root, folder)
        if root.is_dir():
            found += _databases_below(root, gathered.problems)
        elif not is_pattern or _is_database_name(root.name):
            found.append(root)
    if not found and len(gathered.problems) == problems:
        gathered.problems.append(Problem(path_text(Path(pattern)), _nothing_found(roots, is_pattern)))
    return found


def _roots(pattern: str) -> tuple[list[Path], bool]:
    """The files and folders that a text names, and whether it is a pattern; a name with brackets may be a name."""
    if os.path.lexists(pattern):
        return [Path(os.path.abspath(pattern))], False
    matches = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []
    return [Path(os.path.abspath(match)) for match in matches], glob.has_magic(pattern)


def _nothing_found(roots: Sequence[Path], is_pattern: bool) -> str:
    if roots:
        return f"It holds no database (*{_ENDING})."
    return "No file matches it." if is_pattern else "It is not there. Check the path."


def _databases_below(root: Path, problems: list[Problem]) -> Iterator[Path]:
    """Everything called `*.db`, whatever it turns out to be; linked folders are not entered."""

    def report(error: OSError) -> None:
        problems.append(Problem(path_text(Path(error.filename)), f"The folder cannot be read ({error.strerror})."))

    for parent, folders, files in os.walk(root, onerror=report):
        folders[:] = [name for name in folders if not _is_nobodys(name)]
        yield from (Path(parent, name) for name in folders + files if _is_database_name(name))


def _is_database_name(name: str) -> bool:
    return name.casefold().endswith(_ENDING) and not name.startswith(_APPLE_DOUBLE)


def _is_nobodys(name: str) -> bool:
    return name.casefold() in _NOBODYS or name.casefold().startswith(_TRASH)


def _order(path: Path) -> tuple[bool, tuple[str, ...]]:
    return path.parent.name.casefold() in _COPIES, path.parts


def _refuse_overlap(root: Path, folder: Path) -> None:
    if _is_inside(folder, root):
        raise UsageError(f"{folder} lies inside the source {root}. Collect into a folder outside of it.")
    if _is_inside(root, folder):
        raise UsageError(f"The source {root} lies inside {folder}, where the copies go. Choose another folder.")


def _is_inside(inner: Path, outer: Path) -> bool:
    """Also through links, and where a file system takes two spellings for one name."""
    try:
        wanted = outer.stat()
    except OSError:
        return False
    resolved = Path(os.path.realpath(inner))
    return any(_is_same(parent, wanted) for parent in (resolved, *resolved.parents))


def _is_same(path: Path, wanted: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.stat(), wanted)
    except OSError:
        return False
