"""What goes wrong beneath a working student is told in one sentence, costs nothing, and is over when it is over.

`python -m tests.e2e.faults [--count N] [--seed S] [NAME…]`: all of `FAULTS`, N drawn by the seed, or those named.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from knowthyself_tui.store.recorder import Recorder
from tests.e2e import traced
from tests.e2e.bench import NEW_FILE_KEY, Bench, Told, Wrong
from tests.e2e.student import Died, Stuck

Fault = Callable[[Path], Told]


class Skipped(Exception):
    """This machine cannot make this fault."""


@contextmanager
def at_work(folder: Path, wrapper: Sequence[str] = ()) -> Iterator[Bench]:
    """A student with the patient, one line said."""
    bench = Bench(folder, wrapper)
    try:
        bench.walk_in()
        bench.say()
        yield bench
    finally:
        bench.close()


def during(bench: Bench, begin: Callable[[], object], end: Callable[[], object], told_within: float = 20) -> Told:
    """A line while the fault lasts, which goes in when it is over, and one after it."""
    begin()
    bench.say(shown=False)
    sentence = bench.sentence(told_within)
    end()
    seconds = bench.goes_on()
    bench.say()
    return Told(sentence, bench.kept(), seconds)


def while_call_fails(folder: Path, call: str, error: str, told_within: float = 20) -> Told:
    """A system call of the program fails for a while."""
    if not traced.is_available():
        raise Skipped(traced.MISSING)
    with at_work(folder) as bench, ExitStack() as stack:
        try:
            failing = stack.enter_context(ExitStack())
            failing.enter_context(traced.failing(bench.visit.pid, call, error))
        except OSError as reason:
            raise Skipped(str(reason)) from None
        return during(bench, lambda: None, failing.close, told_within)


def disk_full(folder: Path) -> Told:
    """A disk of 3 MB that something else fills."""
    with _small_disk(folder / "data"), at_work(folder) as bench:
        filler = bench.data / "filler"
        return during(bench, lambda: _fill(filler), filler.unlink)


def disk_quota(folder: Path) -> Told:
    """No file may grow."""
    import resource

    with at_work(folder) as bench:
        pid, limits = bench.visit.pid, (bench.path.stat().st_size // 2, resource.RLIM_INFINITY)
        return during(
            bench,
            lambda: resource.prlimit(pid, resource.RLIMIT_FSIZE, limits),
            lambda: resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)),
        )


def killed_while_full(folder: Path) -> Told:
    """What the banner calls kept is there at the next start, when there is space again."""
    with _small_disk(folder / "data"), at_work(folder) as bench:
        filler = bench.data / "filler"
        _fill(filler)
        bench.say(shown=False)
        sentence = bench.sentence()
        bench.visit.kill()
        filler.unlink()
        bench.take_up()
        bench.student.see(bench.visit)
        bench.say()
        return Told(sentence, bench.kept())


def folder_read_only(folder: Path) -> Told:
    """Where the journal must be made anew."""
    with at_work(folder, plain_rights()) as bench:

        def begin() -> None:
            bench.path.with_name(bench.path.name + "-journal").unlink()
            bench.data.chmod(0o555)

        return during(bench, begin, lambda: bench.data.chmod(0o700))


def folder_closed(folder: Path) -> Told:
    with at_work(folder, plain_rights()) as bench:
        return during(bench, lambda: bench.data.chmod(0o000), lambda: bench.data.chmod(0o700))


def journal_read_only(folder: Path) -> Told:
    with at_work(folder, plain_rights()) as bench:
        journal = bench.path.with_name(bench.path.name + "-journal")
        return during(bench, lambda: journal.chmod(0o444), lambda: journal.chmod(0o600))


def file_moved(folder: Path) -> Told:
    with at_work(folder) as bench:
        elsewhere = bench.folder / "elsewhere.db"
        return during(bench, lambda: bench.path.rename(elsewhere), lambda: elsewhere.rename(bench.path))


def file_replaced(folder: Path) -> Told:
    """Another student's file under the same name."""
    with at_work(folder) as bench:
        other, elsewhere = bench.folder / "other.db", bench.folder / "elsewhere.db"
        Recorder.open(other).close()

        def begin() -> None:
            bench.path.rename(elsewhere)
            other.rename(bench.path)

        return during(bench, begin, lambda: elsewhere.replace(bench.path))


def file_deleted(folder: Path) -> Told:
    """And put back from a copy."""
    with at_work(folder) as bench:
        copy = bench.folder / "copy.db"

        def begin() -> None:
            shutil.copyfile(bench.path, copy)
            bench.path.unlink()

        return during(bench, begin, lambda: copy.rename(bench.path))


def file_gone_for_good(folder: Path) -> Told:
    """F8 goes on in a new file with the whole sitting."""
    with at_work(folder) as bench:
        return during(bench, bench.path.unlink, lambda: bench.visit.press(NEW_FILE_KEY))


def sync_error(folder: Path) -> Told:
    return while_call_fails(folder, "fdatasync", "EIO")


def write_error(folder: Path) -> Told:
    return while_call_fails(folder, "pwrite64", "EIO")


def write_without_space(folder: Path) -> Told:
    return while_call_fails(folder, "pwrite64", "ENOSPC")


def write_over_quota(folder: Path) -> Told:
    return while_call_fails(folder, "pwrite64", "EDQUOT")


def write_to_read_only_disk(folder: Path) -> Told:
    return while_call_fails(folder, "pwrite64", "EROFS")


def truncate_error(folder: Path) -> Told:
    return while_call_fails(folder, "ftruncate", "EIO")


def read_error(folder: Path) -> Told:
    return while_call_fails(folder, "pread64", "EIO")


def lock_error(folder: Path) -> Told:
    """Told when the wait for other programs is over."""
    return while_call_fails(folder, "fcntl", "ENOLCK", told_within=50)


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


FAULTS: tuple[Fault, ...] = (
    disk_full,
    disk_quota,
    killed_while_full,
    folder_read_only,
    folder_closed,
    journal_read_only,
    file_moved,
    file_replaced,
    file_deleted,
    file_gone_for_good,
    sync_error,
    write_error,
    write_without_space,
    write_over_quota,
    write_to_read_only_disk,
    truncate_error,
    read_error,
    lock_error,
    file_read_only_at_start,
    folder_read_only_at_registration,
    file_empty_at_start,
    folder_in_its_place_at_start,
    foreign_file_at_start,
)


def plain_rights() -> list[str]:
    """Takes away what lets root write everywhere; nothing for anybody else."""
    if os.getuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        raise Skipped("root writes everywhere, and setpriv is missing")
    rights = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}"]


@contextmanager
def _small_disk(folder: Path) -> Iterator[None]:
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", str(folder)], capture_output=True)
    if mounted.returncode:
        raise Skipped("a small disk cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill(path: Path) -> None:
    try:
        with path.open("wb", buffering=0) as filler:
            while True:
                filler.write(b"\0" * 4096)
    except OSError:
        return


def outcome(fault: Fault) -> tuple[bool, str]:
    """Whether it went well, and a line about it."""
    name = fault.__name__.replace("_", " ")
    with tempfile.TemporaryDirectory(prefix="fault-", ignore_cleanup_errors=True) as folder:
        try:
            told = fault(Path(folder))
        except Skipped as reason:
            return True, f"SKIPPED {name}: {reason}"
        except (Wrong, Stuck, Died) as error:
            return False, f"WRONG {name}: {type(error).__name__} {error}"
    sentence = told.sentence.replace(folder, "…")
    return True, f"ok {name}: “{sentence}” kept {told.kept}, went on after {told.seconds:.1f} s"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=len(FAULTS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args(arguments)
    known = [fault for fault in FAULTS if not options.names or fault.__name__ in options.names]
    chosen = known if options.count >= len(known) else random.Random(options.seed).sample(known, options.count)
    well = []
    for fault in chosen:
        fine, line = outcome(fault)
        well.append(fine)
        print(line, flush=True)
    print(f"faults {len(well)}, told and outlived {sum(well)}")
    return 0 if all(well) else 1


if __name__ == "__main__":
    sys.exit(main())
