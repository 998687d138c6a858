"""Settings: flags win over the environment, the environment over config.toml, config.toml over the defaults."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from knowthyself_tui import locations
from knowthyself_tui.errors import UsageError
from knowthyself_tui.store.place import Place, is_meant_as_server, server_of

PREFIX = "KNOWTHYSELF_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; each field can be a line of config.toml or a variable `KNOWTHYSELF_<FIELD>`."""

    db: str = ""
    """A database for everybody: a path, `sqlite:///path` or `postgresql://user@host/name`. Empty: a file a student."""
    scenarios_dir: str = ""
    """A folder of scenarios of your own; it wins over the bundled ones."""
    protocol: str = "uk"
    """The protocol that doses, targets and scope follow: uk or us."""
    queue: str = "asthma"
    """Scenario ids of a sitting, separated by commas."""
    seed: int = 1
    """Seed of the first patient of a sitting."""

    @property
    def database(self) -> Place | None:
        return database_place(self.db) if self.db else None

    @property
    def scenario_queue(self) -> tuple[str, ...]:
        ids = tuple(part.strip() for part in self.queue.split(",") if part.strip())
        if not ids:
            raise UsageError("The setting queue names no scenario; write at least one id, for example asthma.")
        return ids

    @property
    def scenario_folders(self) -> tuple[Path, ...]:
        """Folders of cases besides the bundled ones: in the data folder, then the one that was named."""
        own = _own_scenarios()
        named = (user_path(self.scenarios_dir),) if self.scenarios_dir else ()
        if named and not named[0].is_dir():
            raise UsageError(
                f"There is no folder {named[0]}; name the folder that holds the folders of your scenarios."
            )
        return (*own, *named)


def _own_scenarios() -> tuple[Path, ...]:
    """The folder of cases in the data folder, if there is one; a data folder that cannot be is told of elsewhere."""
    try:
        folder = locations.data_folder() / "scenarios"
    except UsageError:
        return ()
    return (folder,) if folder.is_dir() else ()


def load_settings(flags: Mapping[str, Any] | None = None) -> Settings:
    """The settings in force.

    Raises:
        UsageError: config.toml cannot be read, or a value is of the wrong kind.
    """
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    return _typed({**_from_file(locations.config_file()), **_from_environment(), **given})


def database_place(target: str) -> Place:
    """The file or server that `--db` names.

    Raises:
        UsageError: it is a URL of another kind of database, or one without a database name.
    """
    if target.startswith("sqlite:///"):
        return user_path(target.removeprefix("sqlite:///"))
    if is_meant_as_server(target):
        return server_of(target)
    if "://" in target:
        raise UsageError(
            f"{target.split('://')[0]} databases cannot be used; give a path, sqlite:///path or postgresql://host/name."
        )
    return user_path(target)


def user_path(text: str) -> Path:
    """A path as people write it, `~` included.

    Raises:
        UsageError: it names a home folder that does not exist.
    """
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise UsageError(f"{text} names a home folder that does not exist; write the whole path.") from error


def _from_environment() -> dict[str, Any]:
    names = [field.name for field in fields(Settings)]
    return {name: os.environ[PREFIX + name.upper()] for name in names if os.environ.get(PREFIX + name.upper())}


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path} cannot be read as settings ({error}); mend it or delete it.") from error


def _typed(values: Mapping[str, Any]) -> Settings:
    known = {field.name: type(getattr(Settings(), field.name)) for field in fields(Settings)}
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise UsageError(f"There is no setting called {unknown[0]!r}; known settings: {', '.join(known)}.")
    return Settings(**{name: _value(name, value, known[name]) for name, value in values.items()})


def _value(name: str, value: object, kind: type) -> Any:
    """A whole number may be written as text, since the environment holds nothing else."""
    if type(value) is kind:
        return value
    if kind is int and isinstance(value, str) and value.strip().lstrip("-").isdecimal():
        return int(value)
    wanted = "a whole number" if kind is int else "text"
    # Not the value itself: an address of a server may hold a password.
    raise UsageError(f"The setting {name} must be {wanted}, which this {type(value).__name__} is not.")
