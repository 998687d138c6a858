"""The same line is read the same way in every process: a log can be replayed anywhere."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

DATA = Path(__file__).parent / "data"
TIED = "what inhalers do you use, have you been taking your preventer"
"""Two patterns of one weight match this line."""

PROGRAM = """
import sys
from knowthyself_tui.language import understand_jsonl
for line in understand_jsonl(sys.stdin):
    sys.stdout.write(line + "\\n")
"""


def asked() -> str:
    rows = [
        json.loads(line)
        for name in ("utterances_dev.jsonl", "utterances_second.jsonl")
        for line in (DATA / name).read_text("utf-8").splitlines()
    ]
    texts = [line.split("|")[0].strip() for line in (DATA / "lines.txt").read_text("utf-8").splitlines()]
    texts += [f"{first}, {second}" for first, second in pairwise(texts)]
    rows += [{"id": text, "text": text, "scenario": "asthma"} for text in [TIED, *texts]]
    return "".join(json.dumps({key: row[key] for key in ("id", "text", "scenario")}) + "\n" for row in rows)


def answers(hash_seed: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=asked().encode(),
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONUTF8": "1"},
    )
    return done.stdout


def test_readings_do_not_depend_on_the_order_of_sets() -> None:
    seeds = ("0", "1", "2", "3")
    with ThreadPoolExecutor(2) as pool:
        outputs = dict(zip(seeds, pool.map(answers, seeds), strict=True))
    assert len(outputs["0"].splitlines()) > 2000
    assert len({hashlib.sha256(output).hexdigest() for output in outputs.values()}) == 1
