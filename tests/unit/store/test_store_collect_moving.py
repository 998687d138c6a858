"""Files that change, go or cannot be read while they are collected, and disks without space."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import knowthyself_tui
from knowthyself_tui.domain.events import verify_chain
from knowthyself_tui.store import moment
from knowthyself_tui.store.collection.collect import collecting
from knowthyself_tui.store.collection.sources import FileSource
from knowthyself_tui.store.reader import open_copy
from tests.unit.store.collection import actions, collect, copies, events_in

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting

ROOT = Path(knowthyself_tui.__file__).parent.parent
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs fifos, signals or RLIMIT_FSIZE")

SECONDS = 2.0
"""Within which each of these has its verdict."""


def test_a_file_that_may_not_be_read(sound_lab: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open
    closed = str(sound_lab / "a" / "p001.db")

    def refuse(path: str | Path, *args: int, **options: int) -> int:
        if str(path) == closed:
            raise PermissionError(13, "Permission denied", closed)
        return opened(path, *args, **options)

    monkeypatch.setattr(os, "open", refuse)
    [outcome] = collect(folder, sound_lab)
    assert outcome.entry.reason == "It may not be read. Give yourself permission to read it."


def test_a_file_that_went_before_its_turn(sound_lab: Path, folder: Path) -> None:
    source = sound_lab / "a" / "p001.db"
    source.rename(sound_lab / "elsewhere.db")
    with collecting(folder) as collector:
        found = [collector.take(FileSource(path)).action for path in (source, sound_lab / "elsewhere.db")]
    assert found == ["excluded", "new"]


def test_a_file_that_goes_while_it_is_copied(sound_lab: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick that is pulled: the look succeeds, and then there is nothing to open."""
    look = moment.look_at

    def look_and_pull(path: Path) -> moment.Moment:
        found = look(path)
        path.unlink()
        return found

    monkeypatch.setattr(moment, "look_at", look_and_pull)
    [outcome] = collect(folder, sound_lab)
    assert outcome.action == "excluded"
    assert "is not there" in outcome.entry.reason
    assert copies(folder) == []


def test_a_file_that_is_always_written_to(sound_lab: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = sound_lab / "a" / "p001.db"
    look = moment.look_at

    def look_and_touch(path: Path) -> moment.Moment:
        found = look(path)
        os.utime(source, ns=(0, found.times[0] + 1_000_000_000))
        return found

    monkeypatch.setattr(moment, "look_at", look_and_touch)
    began = time.monotonic()
    [outcome] = collect(folder, sound_lab)
    assert time.monotonic() - began < SECONDS
    assert "written to whenever" in outcome.entry.reason


PLAYS_ON = """
import sys, time
from pathlib import Path
from knowthyself_tui.store.recorder import Recorder
from tests.unit.store.conftest import Sitting
sitting, recorder = Sitting("p002"), Recorder.open(Path(sys.argv[1]))
sitting.begin(recorder)
print("ready", flush=True)
while True:
    recorder.append(sitting.turn()).result()
    time.sleep(0.05)
"""


def test_a_file_that_somebody_plays_into_is_whole_and_undisturbed(sound_lab: Path, folder: Path) -> None:
    source = sound_lab / "b" / "p002.db"
    program = subprocess.Popen(
        [sys.executable, "-c", PLAYS_ON, str(source)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        for _ in range(8):
            outcomes = collect(folder, source)
            assert actions(outcomes)[0] in ("new", "newer", "unchanged")
            with open_copy(folder / "p002.db") as reader:
                [session] = reader.sessions()
                stored = reader.sitting(session.id)
            assert verify_chain(stored.events, stored.hashes) is None
        assert program.poll() is None
    finally:
        program.kill()
        program.communicate()
    assert copies(folder) == ["p002.db"]


SPILLS = (
    "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
    " c.execute('PRAGMA cache_size = 5'); c.execute('BEGIN IMMEDIATE');"
    " c.execute('DELETE FROM event');"
    " [c.execute('INSERT INTO meta VALUES (?, ?)', (str(i), 'x' * 2000)) for i in range(500)];"
    " os.kill(os.getpid(), 9)"
)


@posix_only
def test_a_write_that_was_cut_is_rolled_back_in_the_copy_alone(sound_lab: Path, folder: Path, sitting: Sitting) -> None:
    source = sound_lab / "a" / "p001.db"
    subprocess.run([sys.executable, "-c", SPILLS, str(source)], check=False)
    journal = source.with_name(source.name + "-journal")
    assert journal.stat().st_size > 0
    before = (source.read_bytes(), journal.read_bytes())
    assert actions(collect(folder, sound_lab)) == ["new"]
    assert events_in(folder / "p001.db") == sitting.seq
    assert copies(folder) == ["p001.db"]
    assert (source.read_bytes(), journal.read_bytes()) == before
    assert actions(collect(folder, sound_lab)) == ["unchanged"]
    journal.unlink()
    assert actions(collect(folder, sound_lab)) == ["excluded"]


def test_what_a_write_ahead_log_holds_is_in_the_copy(sound_lab: Path, folder: Path) -> None:
    source = sound_lab / "a" / "p001.db"
    writer = subprocess.run(
        [
            sys.executable,
            "-c",
            "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
            " c.execute('PRAGMA journal_mode = wal'); c.execute(\"UPDATE student SET code = 'late'\"); os._exit(0)",
            str(source),
        ],
        check=True,
    )
    assert writer.returncode == 0
    assert source.with_name(source.name + "-wal").stat().st_size > 0
    collect(folder, sound_lab)
    assert copies(folder) == ["late.db"]


LIMITED = """
import resource, sys
from knowthyself_tui.commands.collect import collect
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
collect(sys.argv[1:])
"""


@posix_only
def test_a_full_disk_is_told_for_each_file_and_leaves_nothing_half(sound_lab: Path, folder: Path) -> None:
    """A limit on the size of files stands for the full disk."""
    shutil.copyfile(sound_lab / "a" / "p001.db", sound_lab / "again.db")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(sound_lab), "--into", str(folder)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.count(f"No space is left for {folder}") == 2
    assert copies(folder) == []
    assert actions(collect(folder, sound_lab)) == ["new", "duplicate"]
