"""What strace recorded of a program: its changes of files below a folder, and what it said meanwhile, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.disk import Disk

CALLS = (
    "openat,creat,write,pwrite64,writev,pwritev,ftruncate,truncate,fallocate,fsync,fdatasync,sync_file_range,"
    "rename,renameat,renameat2,unlink,unlinkat,link,linkat,copy_file_range,sendfile"
)
_BEGUN = re.compile(r"^(\d+) +(.*) <unfinished \.\.\.>$")
_ENDED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
_CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)", re.DOTALL)
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FILE = re.compile(r"^(\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2}|[^>])*)>")


class Trace:
    """Replays a recording onto a disk."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.disk = Disk()

    def replay(self, recording: Path) -> Iterator[str]:
        """Applies call after call; gives after each what the program said with it, or an empty text."""
        for line in _whole_lines(recording):
            match = _CALL.match(line)
            if match is not None and int(match[3]) >= 0:
                said = self._apply(match[1], match[2])
                if said is not None:
                    yield said

    def _apply(self, call: str, arguments: str) -> str | None:
        """None where the call changes nothing here."""
        texts = [_unhexed(text) for text in _TEXT.findall(arguments)]
        file = _FILE.match(arguments)
        if call == "write" and file is not None and file[1] == "1":
            return texts[0].decode()
        if call in ("openat", "creat", "rename", "renameat", "renameat2", "unlink", "unlinkat"):
            return self._names(call, arguments, [self._relative(text) for text in texts])
        path = self._relative(_unhexed(file[2])) if file is not None else None
        if path is None:
            return None
        return self._contents(call, path, arguments, texts)

    def _names(self, call: str, arguments: str, paths: list[str | None]) -> str | None:
        path = paths[0]
        if path is None:
            return None
        if call == "openat":
            return self._open(path, arguments)
        if call.startswith("unlink"):
            self.disk.unlink(path)
        else:
            assert call.startswith("rename"), call
            assert paths[1] is not None
            self.disk.rename(path, paths[1])
        return ""

    def _open(self, path: str, arguments: str) -> str | None:
        if "O_CREAT" in arguments and not self.disk.exists(path):
            self.disk.create(path)
            return ""
        if "O_TRUNC" in arguments:
            self.disk.truncate(path, 0)
            return ""
        return None

    def _contents(self, call: str, path: str, arguments: str, texts: list[bytes]) -> str:
        if call in ("fsync", "fdatasync"):
            self.disk.sync(path)
        elif call == "ftruncate":
            self.disk.truncate(path, int(arguments.rsplit(", ", 1)[1]))
        elif call == "pwrite64":
            self.disk.write(path, int(arguments.rsplit(", ", 1)[1]), texts[0])
        elif call == "write":
            self.disk.write(path, None, texts[0])
        else:
            raise AssertionError(f"{call} is not understood")
        return ""

    def _relative(self, path: bytes) -> str | None:
        """Below the folder, `.` for itself; None for everything elsewhere."""
        name = Path(path.decode("utf-8", "surrogateescape"))
        return str(name.relative_to(self._root)) if name.is_relative_to(self._root) else None


def _whole_lines(recording: Path) -> Iterator[str]:
    """One line a call, at the moment at which it ended."""
    begun: dict[str, str] = {}
    with recording.open(encoding="ascii") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if match := _BEGUN.match(line):
                begun[match[1]] = match[2]
            elif match := _ENDED.match(line):
                yield f"{match[1]} {begun.pop(match[1])}{match[2]}"
            else:
                yield line


def _unhexed(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") or not text else text.encode()
