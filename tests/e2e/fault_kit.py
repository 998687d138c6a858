"""A student at work, and something that goes wrong beneath."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.bench import Bench, Told

Fault = Callable[[Path], Told]
"""Plays in an empty folder; gives what was told."""


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


def plain_rights() -> list[str]:
    """Takes away what lets root write everywhere; nothing for anybody else."""
    if os.getuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        raise Skipped("root writes everywhere, and setpriv is missing")
    rights = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}"]
