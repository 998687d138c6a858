"""What was acknowledged outlives the program; what holds the file dies with it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

import knowthyself_tui
from knowthyself_tui.domain.events import verify_chain
from knowthyself_tui.errors import StoreBusy, StoreError
from knowthyself_tui.store.reader import open_copy, open_reader
from knowthyself_tui.store.recorder import Recorder

ROOT = Path(knowthyself_tui.__file__).parent.parent
WRITER = Path(__file__).with_name("writer_program.py")
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL, setuid or RLIMIT_FSIZE")


def start(path: Path, *wrapper: str) -> subprocess.Popen[str]:
    """The writer, once it has acknowledged the start of its sitting."""
    program = subprocess.Popen(
        [sys.executable, *wrapper, str(WRITER), str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    return program


@posix_only
@pytest.mark.slow
def test_no_acknowledged_turn_is_lost_by_being_killed(path: Path) -> None:
    chance = random.Random(20)
    acknowledged = 0
    for _ in range(10):
        program = start(path)
        time.sleep(chance.uniform(0.01, 0.08))
        program.kill()
        printed, _ = program.communicate()
        complete = printed[: printed.rfind("\n") + 1].split()
        acknowledged = int(complete[-1]) if complete else acknowledged
        with open_reader(path) as reader:
            (unfinished,) = reader.unfinished()
            stored = reader.sitting(unfinished.session_id)
            turns = reader.rows("SELECT seq FROM turn")
        assert len(stored.events) >= acknowledged
        assert verify_chain(stored.events, stored.hashes) is None
        assert len(turns) == sum(event.kind == "said" for event in stored.events)
    assert acknowledged > 50


@posix_only
def test_a_write_that_was_cut_is_rolled_back_for_readers_too(path: Path, tmp_path: Path) -> None:
    """The program dies while a large transaction has already spilled into the file."""
    spill = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        " c.execute('PRAGMA cache_size = 5'); c.execute('BEGIN IMMEDIATE');"
        " [c.execute('INSERT INTO meta VALUES (?, ?)', (str(i), 'x' * 2000)) for i in range(500)];"
        " os.kill(os.getpid(), 9)"
    )
    Recorder.open(path).close()
    subprocess.run([sys.executable, "-c", spill, str(path)], check=False)
    journal = path.with_name(path.name + "-journal")
    assert journal.stat().st_size > 0
    before = (path.read_bytes(), journal.read_bytes())
    for opened in (open_reader(path), open_copy(path)):
        with opened as reader:
            assert len(reader.rows("SELECT * FROM meta")) == 3
    assert (path.read_bytes(), journal.read_bytes()) == before
    Recorder.open(path).close()
    with open_reader(path) as reader:
        assert len(reader.rows("SELECT * FROM meta")) == 3


@posix_only
def test_the_journal_of_a_missing_database_is_not_played_into_a_new_one(path: Path) -> None:
    path.parent.mkdir()
    path.with_name(path.name + "-journal").write_bytes(b"x" * 600)
    with pytest.raises(StoreError, match="remove the journal"):
        Recorder.open(path)
    assert not path.exists()


def test_a_second_instance_is_refused_and_the_first_goes_on(recorder: Recorder, path: Path) -> None:
    with pytest.raises(StoreBusy, match="open in another window"):
        Recorder.open(path)
    recorder.handin().result()


@posix_only
def test_the_lock_is_free_at_once_after_a_kill(path: Path) -> None:
    program = start(path)
    with pytest.raises(StoreBusy):
        Recorder.open(path)
    program.kill()
    program.communicate()
    Recorder.open(path).close()


@posix_only
def test_a_disk_without_space_is_told_and_nothing_is_lost(path: Path) -> None:
    """A limit on the size of files stands for the full disk."""
    limit = (
        "import resource, runpy, sys; sys.argv = sys.argv[1:];"
        " resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000));"
        " runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    program = subprocess.run(
        [sys.executable, "-c", limit, str(WRITER), str(path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    acknowledged = int(program.stdout.split()[-1])
    assert "errors.Store" in program.stderr.splitlines()[-1]
    with open_reader(path) as reader:
        stored = reader.sitting(reader.unfinished()[0].session_id)
    assert len(stored.events) == acknowledged
    assert verify_chain(stored.events, stored.hashes) is None
    Recorder.open(path).close()


OPENS_WITHOUT_PRIVILEGES = """
import os, sys
from pathlib import Path
from knowthyself_tui.errors import StoreError
from knowthyself_tui.store.recorder import Recorder
Path.cwd().as_uri()  # loaded before the drop: an interpreter in root's home cannot read its own library after it
if os.getuid() == 0:
    os.setuid(65534)
try:
    Recorder.open(Path(sys.argv[1]))
except StoreError as error:
    print(error)
"""


@posix_only
@pytest.mark.parametrize(("locked", "mode"), [("file", 0o444), ("folder", 0o555)])
def test_what_may_not_be_written_is_told(locked: str, mode: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "p001.db"
        Recorder.open(path).close()
        folder.chmod(0o777)
        path.with_name(path.name + "-journal").unlink()
        for file in folder.iterdir():
            file.chmod(0o666)
        before = path.read_bytes()
        (path if locked == "file" else folder).chmod(mode)
        program = subprocess.run(
            [sys.executable, "-c", OPENS_WITHOUT_PRIVILEGES, str(path)],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=True,
        )
        folder.chmod(0o700)
        assert "its folder" in program.stdout
        assert path.read_bytes() == before
