"""What can go wrong, as one tree; each error is one sentence that a student or instructor can act on.

KnowThyselfError
├── UsageError            the command or a setting does not make sense (exit code 2)
├── ContentError          a scenario file is missing or wrong
├── StoreError            the database cannot be used
│   ├── ForeignDatabase   the file is no database of ours
│   ├── NewerDatabase     a newer version of Know Thyself wrote it
│   ├── OlderDatabase     an older version wrote it, and it is not upgraded yet
│   ├── DamagedDatabase   it fails its integrity check
│   ├── StoreBusy         another instance holds it
│   ├── StoreFull         no space is left
│   ├── StoreReadOnly     the file or its folder may not be written
│   ├── LostDatabase      the open file is no longer where it was
│   ├── OutOfStep         a batch does not follow what is stored
│   └── NothingStored     the place holds no records yet
└── AnalysisError         nothing could be analysed
"""


class KnowThyselfError(Exception):
    """The root: `str(error)` is the sentence shown to people."""

    exit_code = 1


class UsageError(KnowThyselfError):
    """The command or a setting does not make sense."""

    exit_code = 2


class ContentError(KnowThyselfError):
    """A scenario file is missing or wrong; the sentence names file, line and field."""


class StoreError(KnowThyselfError):
    """The database cannot be used."""


class ForeignDatabase(StoreError):
    """The file is no database of ours."""


class NewerDatabase(StoreError):
    """A newer version of Know Thyself wrote it."""


class OlderDatabase(StoreError):
    """An older version of Know Thyself wrote it, and it is not upgraded yet."""


class DamagedDatabase(StoreError):
    """It fails its integrity check."""


class StoreBusy(StoreError):
    """Another instance holds it."""


class StoreFull(StoreError):
    """No space is left on its disk."""


class StoreReadOnly(StoreError):
    """The file or its folder may not be written."""


class LostDatabase(StoreError):
    """The open file is no longer where it was: moved, deleted or replaced."""


class OutOfStep(StoreError):
    """A batch does not follow what is stored."""


class NothingStored(StoreError):
    """The place holds no records yet."""


class AnalysisError(KnowThyselfError):
    """Nothing could be analysed."""
