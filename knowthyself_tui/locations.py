"""Every path of the program. Nothing is created here: whoever writes makes the folder."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_state_path

from knowthyself_tui.domain.text import code_key
from knowthyself_tui.errors import UsageError

PACKAGE = Path(__file__).resolve().parent
DATA_FOLDER_VARIABLE = "KNOWTHYSELF_DATA_DIR"

_NAME_LIMIT = 40
_DIGEST_LENGTH = 16
_PLAIN_NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
_ENDS_LIKE_DIGEST = re.compile(rf"-[0-9a-f]{{{_DIGEST_LENGTH}}}\Z")
_RESERVED = frozenset(["con", "prn", "aux", "nul", *(f"{device}{n}" for device in ("com", "lpt") for n in range(10))])
"""Names that Windows keeps for devices, with any ending."""


def bundled(name: str) -> Path:
    """A folder shipped with the program: inside the package when installed, beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def data_folder() -> Path:
    """Where the databases are: `KNOWTHYSELF_DATA_DIR`, or the user's data folder of this system."""
    chosen = os.environ.get(DATA_FOLDER_VARIABLE)
    if not chosen:
        return user_data_path("knowthyself", appauthor=False)
    try:
        return Path(chosen).expanduser()
    except RuntimeError as error:
        raise UsageError(f"{DATA_FOLDER_VARIABLE} names a home folder that does not exist: {chosen}.") from error


def config_file() -> Path:
    """The settings file: in the chosen data folder, or in the user's configuration folder."""
    if os.environ.get(DATA_FOLDER_VARIABLE):
        return data_folder() / "config.toml"
    return user_config_path("knowthyself", appauthor=False) / "config.toml"


def student_database(code: str) -> Path:
    """The file of one student."""
    return data_folder() / f"{safe_name(code)}.db"


def handin_folder(database: Path | None = None) -> Path:
    """Where the checked copies for the instructor are: beside `database`, or in the data folder."""
    return (database.parent if database else data_folder()) / "handin"


def drafts_folder() -> Path:
    """Where what is typed and not yet sent is kept."""
    return data_folder() / "drafts"


def spool_folders() -> tuple[Path, ...]:
    """Where a turn waits that its database cannot take; the first that can be written is used, all are read.

    The data folder may be on the very disk that fails, so other disks come after it.
    """
    beside = Path(tempfile.gettempdir()) / f"knowthyself-spool-{_user()}"
    return (data_folder() / "spool", user_state_path("knowthyself", appauthor=False) / "spool", beside)


def _user() -> str:
    """A folder name of one's own in a temporary folder that all share."""
    return hashlib.sha256(str(Path.home()).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]


def safe_name(code: str) -> str:
    """A file name for a code: two codes share one only when they differ by no more than letter case.

    Codes of plain ASCII letters, digits, hyphens and underscores stay as they are; any other keeps what is
    plain of it and ends in a digest of the code.
    """
    key = code_key(code)
    if _is_plain(key):
        return key
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]
    plain = re.sub(r"[^a-z0-9_]+", "-", key).strip("-_")[:_NAME_LIMIT].strip("-_")
    return f"{plain or 'student'}-{digest}"


def _is_plain(key: str) -> bool:
    return (
        len(key) <= _NAME_LIMIT
        and _PLAIN_NAME.fullmatch(key) is not None
        and key not in _RESERVED
        and _ENDS_LIKE_DIGEST.search(key) is None
    )
