"""What stands in the way when a student comes, or comes back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.e2e.bench import Bench, Told
from tests.e2e.fault_kit import at_work, plain_rights


def file_read_only_at_start(folder: Path) -> Told:
    """Enter again takes the sitting up when it may be written."""
    with at_work(folder, plain_rights()) as bench:
        bench.visit.kill()
        bench.path.chmod(0o444)
        bench.start()
        bench.visit.wait_until(lambda view: view.phase == "start")
        bench.visit.press("\r")
        sentence = bench.complaint("may not be written")
        bench.path.chmod(0o600)
        bench.visit.press("\r")
        bench.visit.wait_until(lambda view: view.phase == "encounter")
        bench.say()
        return Told(sentence, bench.kept())


def folder_read_only_at_registration(folder: Path) -> Told:
    """Enter again registers when it may be written."""
    bench = Bench(folder, plain_rights())
    bench.data.mkdir(mode=0o555)
    try:
        bench.start()
        bench.register()
        sentence = bench.complaint("may not be written")
        bench.data.chmod(0o700)
        bench.visit.press("\r")
        bench.visit.wait_until(lambda view: view.phase == "consent")
        bench.go_on_to_patient()
        bench.say()
        return Told(sentence, bench.kept())
    finally:
        bench.close()


def file_empty_at_start(folder: Path) -> Told:
    return displaced_at_start(folder, lambda path: path.write_bytes(b""))


def folder_in_its_place_at_start(folder: Path) -> Told:
    return displaced_at_start(folder, lambda path: path.mkdir())


def foreign_file_at_start(folder: Path) -> Told:
    return displaced_at_start(folder, lambda path: path.write_text("no database\n" * 400))


def displaced_at_start(folder: Path, put: Callable[[Path], object]) -> Told:
    """Something else is there under the file's name when the student comes back; then the file is put back."""
    with at_work(folder) as bench:
        bench.visit.kill()
        elsewhere = bench.folder / "elsewhere.db"
        bench.path.rename(elsewhere)
        put(bench.path)
        bench.start()
        bench.visit.wait_until(lambda view: "cannot be read" in view.text)
        sentence = bench.complaint("file cannot be read")
        bench.visit.kill()
        shutil.rmtree(bench.path) if bench.path.is_dir() else bench.path.unlink()
        elsewhere.rename(bench.path)
        bench.take_up()
        bench.say()
        return Told(sentence, bench.kept())
