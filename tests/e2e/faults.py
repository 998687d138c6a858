"""What goes wrong beneath a working student is told in one sentence, costs nothing, and is over when it is over.

`python -m tests.e2e.faults [--count N] [--seed S] [NAME…]`: all of `FAULTS`, N drawn by the seed, or those named.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from knowthyself_tui.store.recorder import Recorder
from tests.e2e import traced
from tests.e2e.bench import NEW_FILE_KEY, Told, Wrong
from tests.e2e.fault_kit import Fault, Skipped, at_work, during, plain_rights
from tests.e2e.faults_at_start import (
    file_empty_at_start,
    file_read_only_at_start,
    folder_in_its_place_at_start,
    folder_read_only_at_registration,
    foreign_file_at_start,
)
from tests.e2e.student import Died, Stuck


def while_call_fails(folder: Path, call: str, error: str, told_within: float) -> Told:
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


CALLS: Mapping[str, tuple[str, str, float]] = {
    "sync_error": ("fdatasync", "EIO", 20),
    "write_error": ("pwrite64", "EIO", 20),
    "write_without_space": ("pwrite64", "ENOSPC", 20),
    "write_over_quota": ("pwrite64", "EDQUOT", 20),
    "write_to_read_only_disk": ("pwrite64", "EROFS", 20),
    "truncate_error": ("ftruncate", "EIO", 20),
    "read_error": ("pread64", "EIO", 20),
    "lock_error": ("fcntl", "ENOLCK", 50),
}
"""System call, what it answers, and the seconds within which it is told: a lock is waited for."""


def call_fault(name: str) -> Fault:
    """The fault of `CALLS`."""

    def play(folder: Path) -> Told:
        return while_call_fails(folder, *CALLS[name])

    play.__name__ = name
    return play


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
    *map(call_fault, CALLS),
    file_read_only_at_start,
    folder_read_only_at_registration,
    file_empty_at_start,
    folder_in_its_place_at_start,
    foreign_file_at_start,
)


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
