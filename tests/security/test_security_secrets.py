"""Keys and passwords: in no error text, traceback, log or file, whatever goes wrong with them."""

from __future__ import annotations

import os
import subprocess
import traceback
from pathlib import Path

import pytest

from knowthyself_tui.config import database_place, load_settings
from knowthyself_tui.errors import KnowThyselfError, StoreError, UsageError
from knowthyself_tui.store.faults import store_error
from knowthyself_tui.store.place import Server
from knowthyself_tui.store.reader import open_reader
from knowthyself_tui.store.recorder import Recorder
from tests.e2e.command import PROGRAM

PASSWORD = "hunter2secret"
KEY = "sk-ant-api03-hunter2secret"
MISWRITTEN = [
    f"postgresql:/me:{PASSWORD}@lab/class",
    f"postgresql:me:{PASSWORD}@lab/class",
    f"POSTGRES:me:{PASSWORD}@lab/class",
    f"postgresql+psycopg://me:{PASSWORD}@lab/class",
    f"mysql://me:{PASSWORD}@lab/class",
    f"postgresql://me:{PASSWORD}@lab",
    f"postgresql://me:{PASSWORD}@lab:port/class",
    f"postgresql://me:{PASSWORD}@[lab/class",
    f"postgresql://me:12/{PASSWORD}@lab/class",
    f"postgresql://me:{PASSWORD}/x@lab/class",
    f"postgresql://me:{PASSWORD}?@lab/class",
    f"postgresql://me:{PASSWORD}%zz@lab/class",
    f"postgresql://me:{PASSWORD}\u2100@lab/class",
    f"host=lab dbname=class password={PASSWORD}",
    f"dbname=class PASSWORD = '{PASSWORD}'",
]
WELL_WRITTEN = [
    f"postgresql://me:{PASSWORD}@127.0.0.1:1/class",
    f"postgres://me:{PASSWORD}@127.0.0.1:1/class",
    f"POSTGRESQL://me:{PASSWORD}@127.0.0.1:1/class",
    f"postgresql://127.0.0.1:1/class?user=me&password={PASSWORD}",
    f"postgresql://127.0.0.1:1/class?nonsense={PASSWORD}",
    f"postgresql://me:{PASSWORD}%0A@127.0.0.1:1/class",
    f"postgresql://me:{PASSWORD}@no-such-host.invalid/class",
]


def whole(error: BaseException) -> str:
    """The error with everything that `--debug` would print."""
    return "".join(traceback.format_exception(error))


@pytest.mark.parametrize("url", MISWRITTEN)
def test_a_miswritten_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        database_place(url)
    assert PASSWORD not in str(caught.value)
    assert not [line for line in whole(caught.value).splitlines() if PASSWORD in line]


@pytest.mark.parametrize("url", WELL_WRITTEN)
def test_a_server_shows_itself_without_its_password(url: str) -> None:
    place = database_place(url)
    assert isinstance(place, Server)
    assert PASSWORD not in f"{place} {place!r} {[place]}"
    assert str(place).startswith("postgresql://")


@pytest.mark.parametrize("url", WELL_WRITTEN)
def test_a_server_out_of_reach_is_told_without_its_password(url: str) -> None:
    """With the driver: nobody answers; without it: it is missing."""
    place = database_place(url)
    with pytest.raises(StoreError) as caught:
        open_reader(place).__enter__()
    assert PASSWORD not in whole(caught.value)
    with pytest.raises(StoreError) as caught:
        Recorder.open(place, student="p001")
    assert PASSWORD not in whole(caught.value)


@pytest.mark.parametrize(
    "said",
    [
        f'missing "=" after "me:{PASSWORD}" in connection info string',
        f'invalid percent-encoded token: "{PASSWORD}%"',
        f'connection failed: FATAL:  password authentication failed for user "me"\n{PASSWORD}',
        f'connection is bad: could not translate host name "{PASSWORD}@lab" to address',
    ],
)
@pytest.mark.parametrize("kind", ["OperationalError", "InterfaceError", "ProgrammingError"])
def test_what_a_driver_quotes_is_not_told(said: str, kind: str) -> None:
    error = type(kind, (Exception,), {})(said)
    assert PASSWORD not in str(store_error(error, Server(f"postgresql://me:{PASSWORD}@lab/class")))


@pytest.mark.parametrize("state", ["22P02", "23505", "22021", "P0001"])
def test_what_a_server_quotes_of_a_row_is_not_told(state: str) -> None:
    error = Exception(f'invalid input syntax for type integer: "{PASSWORD}"\nDETAIL:  Key (name)=({PASSWORD}).')
    error.sqlstate = state  # type: ignore[attr-defined]  # as the driver does
    assert PASSWORD not in str(store_error(error, Server("postgresql://lab/class")))


@pytest.mark.parametrize(
    "text",
    [
        f'db = ["postgresql://me:{PASSWORD}@lab/class"]',
        f'seed = "{PASSWORD}"',
        f'queue = {{ key = "{KEY}" }}',
        f"db = postgresql://me:{PASSWORD}@lab/class",
        f'anthropic_api_key = "{KEY}"',
        f'db = "{PASSWORD}',
        f'db = "x"\ndb = "{PASSWORD}"',
    ],
)
def test_settings_that_make_no_sense_are_told_without_their_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(tmp_path))
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowThyselfError) as caught:
        load_settings()
    assert PASSWORD not in str(caught.value)


def test_a_value_in_the_environment_is_told_by_its_name_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWTHYSELF_SEED", PASSWORD)
    with pytest.raises(UsageError, match="seed") as caught:
        load_settings()
    assert PASSWORD not in str(caught.value)


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "asthma", "--until", "00:05", "--student", "p001"],
        ["run", "nothing"],
        ["--debug", "run", "asthma", "--until", "soon"],
        ["--debug", "analyze", f"postgresql:/me:{PASSWORD}@lab/class", "--out", "report"],
        ["--debug", "run", "asthma", "--db", f"postgresql://me:{PASSWORD}@127.0.0.1:1/class"],
    ],
)
def test_neither_key_nor_password_is_printed_or_written(tmp_path: Path, arguments: list[str]) -> None:
    environment = {
        **os.environ,
        "KNOWTHYSELF_DATA_DIR": str(tmp_path / "data"),
        "ANTHROPIC_API_KEY": KEY,
        "PGPASSWORD": PASSWORD,
    }
    done = subprocess.run(
        [*PROGRAM, *arguments], capture_output=True, encoding="utf-8", env=environment, timeout=60, check=False
    )
    assert PASSWORD not in done.stdout + done.stderr
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes()
