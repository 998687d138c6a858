"""Settings, the key for a model, and the scenarios."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from knowthyself_tui.config import Settings, load_settings
from knowthyself_tui.content.library import Library, load_file
from knowthyself_tui.doctor.check import Check, fine, note, problem
from knowthyself_tui.errors import ContentError, UsageError

KEY_VARIABLE = "ANTHROPIC_API_KEY"


def check_settings(settings_file: Path, load: Callable[[], Settings] = load_settings) -> tuple[Check, Settings]:
    """The settings in force, or the defaults where they cannot be read."""
    try:
        settings = load()
        _ = settings.database, settings.scenario_queue, settings.scenario_folders
    except UsageError as error:
        return problem("settings", str(error), "Mend that setting; until then the program does not start."), Settings()
    from_file = (
        f"{settings_file} is read." if settings_file.is_file() else f"{settings_file} is not there; none needed."
    )
    return fine("settings", from_file), settings


def check_key(environ: Mapping[str, str], key_file: Path | None = None) -> Check:
    """Whether there is a key, and nothing about the key itself.

    Args:
        key_file: a file that holds one; None where none is named.
    """
    key = environ.get(KEY_VARIABLE, "")
    if not key and key_file is not None:
        try:
            key = key_file.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError):
            return note("key for a model", f"{key_file} cannot be read.", "Give yourself permission to read it.")
    if not key.strip():
        return fine("key for a model", "No. Scripted patients need none.")
    if key != key.strip() or not key.isascii() or not key.isprintable():
        remedy = "Set it again, without spaces, line ends or quotation marks around it."
        return note("key for a model", "Yes, with characters that no key has.", remedy)
    return fine("key for a model", "Yes.")


def check_scenarios(folders: Sequence[Path], queue: Sequence[str]) -> Iterator[Check]:
    """Every scenario of the bundle and of the author's folders; `queue` is what a sitting plays."""
    for folder in folders:
        if not folder.is_dir():
            yield problem("scenarios", f"{folder} is not a folder.", "Mend the setting scenarios_dir.")
    library = Library(folders)
    files = library.files()
    errors = [error for error in map(_error_of, files) if error]
    errors += [error for part in (library.narration, library.consent) if (error := _raised(part))]
    for sentence in errors:
        yield problem("scenarios", sentence, "Mend that line, then run `knowthyself scenarios validate`.")
    missing = [scenario for scenario in queue if scenario not in library.ids()]
    if missing:
        known = ", ".join(library.ids()) or "none"
        sentence = f"The setting queue names {', '.join(missing)}, which cannot be found."
        yield problem("scenarios", sentence, f"Name some of these: {known}.")
    if not errors and not missing and files:
        yield fine("scenarios", f"{len(files)} can be played.")


def _error_of(file: Path) -> str | None:
    return _raised(lambda: load_file(file))


def _raised(work: Callable[[], object]) -> str | None:
    try:
        work()
    except ContentError as error:
        return str(error)
    return None
