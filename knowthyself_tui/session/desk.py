"""The front desk: finds unfinished sittings on this machine, registers students, opens the store for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowthyself_tui import locations
from knowthyself_tui.content import Library
from knowthyself_tui.domain.records import StudentRecord
from knowthyself_tui.domain.text import clean_text
from knowthyself_tui.errors import DamagedDatabase, ForeignDatabase, NothingStored, StoreError, UsageError
from knowthyself_tui.session.log import SessionLog
from knowthyself_tui.session.rescue import new_place, write_again
from knowthyself_tui.session.resume import resume_sitting
from knowthyself_tui.session.sitting import Plan, Sitting
from knowthyself_tui.store.backup import rotate_backups
from knowthyself_tui.store.ids import utc_now_iso, uuid7
from knowthyself_tui.store.place import Place
from knowthyself_tui.store.reader import UnfinishedSitting, open_reader
from knowthyself_tui.store.recorder import Recorder
from knowthyself_tui.store.spool import Spool

NAME_LIMIT = 200
CODE_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Waiting:
    """An unfinished sitting and the place it is in."""

    place: Place
    sitting: UnfinishedSitting


@dataclass(frozen=True, slots=True)
class Found:
    """What the desk finds on this machine."""

    waiting: Sequence[Waiting]
    """The last used first."""
    damaged: Sequence[Path]
    """Files that must be mended before anything in them can be gone on with."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A sitting with its open store; the one place where a student is at work."""

    sitting: Sitting
    recorder: Recorder

    @property
    def aside(self) -> Spool:
        """Where a batch goes that the recorder cannot store."""
        return Spool(self.sitting.session_id)


class Desk:
    """Registers and resumes; `database` is one place for everybody; without it each student has a file."""

    def __init__(self, library: Library, database: Place | None = None) -> None:
        self.library = library
        self.database = database
        self.notice = ""
        """What to tell beside: a backup that could not be made keeps nobody from working."""

    def place_for(self, code: str) -> Place:
        return self.database or locations.student_database(code)

    def look_around(self, code: str | None = None) -> Found:
        """What can be gone on with, of one student or of all.

        Raises:
            StoreError: the one place for everybody cannot be read.
        """
        waiting: list[Waiting] = []
        damaged: list[Path] = []
        for place in self._places():
            try:
                with open_reader(place) as reader:
                    waiting += [Waiting(place, sitting) for sitting in reader.unfinished()]
            except NothingStored:
                continue
            except (DamagedDatabase, ForeignDatabase):
                # A file whose beginning is lost looks like somebody else's; whoever mends it finds out.
                if self.database is not None:
                    raise
                damaged += [place] if isinstance(place, Path) else []
            except StoreError:
                if self.database is not None:
                    raise
        if code is not None:
            wanted = locations.student_database(code)
            waiting = [one for one in waiting if locations.student_database(one.sitting.student_code) == wanted]
            damaged = [path for path in damaged if path in (wanted, self.database)]
        return Found(sorted(waiting, key=lambda one: one.sitting.updated_at, reverse=True), damaged)

    def mend(self, path: Path) -> str:
        """Set a damaged file aside and bring over what can be read; gives what came of it, for the student."""
        from knowthyself_tui.store.rescue.salvage import mend

        return mend(path, scenario_of=self.library.document_of).told

    def find(self, code: str) -> StudentRecord | None:
        """The student of this code who has been here before."""
        place = self.place_for(check_code(code))
        if isinstance(place, Path) and not _is_there(place):
            return None
        try:
            with open_reader(place) as reader:
                return reader.find_student(code)
        except NothingStored:
            return None

    def register(self, code: str, name: str, email: str | None, plan: Plan) -> Seat:
        """Enrol a student (or recognise a returning one) and begin a sitting; both are stored when this returns."""
        code, name = check_code(code), check_name(name)
        recorder = self._recorder(self.place_for(code), code)
        try:
            known = self.find(code)
            student = self._student(known, code, name, email)
            recorder.enrol(student).result()
            sitting = Sitting(student, plan, SessionLog(uuid7()), self.library)
            recorder.append(sitting.begin()).result()
        except BaseException:
            recorder.close()
            raise
        return Seat(sitting, recorder)

    def resume(self, waiting: Waiting) -> Seat:
        """Take an unfinished sitting up again."""
        session_id = waiting.sitting.session_id
        recorder = self._recorder(waiting.place, waiting.sitting.student_code)
        try:
            Spool(session_id).bring_in(lambda batch: recorder.append(batch).result())
            with open_reader(waiting.place) as reader:
                stored = reader.sitting(session_id)
            sitting = resume_sitting(stored, self.library)
            recorder.append(sitting.resumed()).result()
            return Seat(sitting, recorder)
        except BaseException:
            recorder.close()
            raise

    def go_on_in_new_file(self, seat: Seat) -> Seat:
        """Leave the file that was moved, deleted or replaced, and write the whole sitting into a new one.

        Earlier sittings stay in the lost file.
        """
        lost = seat.recorder.place
        assert isinstance(lost, Path)
        seat.recorder.let_go()
        recorder = self._recorder(new_place(lost, seat.sitting.session_id), seat.sitting.student.code)
        try:
            write_again(seat.sitting, recorder, self.library)
        except BaseException:
            recorder.let_go()
            raise
        return Seat(seat.sitting, recorder)

    def _recorder(self, place: Place, code: str) -> Recorder:
        """A student's own file is copied first, where it changed since the last copy; that of a class is too large."""
        if self.database is None and isinstance(place, Path) and place.exists():
            self.notice = rotate_backups(place) or ""
        return Recorder.open(place, student=None if self.database is None else code)

    def _places(self) -> Iterable[Place]:
        if self.database is not None:
            return [] if isinstance(self.database, Path) and not _is_there(self.database) else [self.database]
        return sorted(locations.data_folder().glob("*.db"))

    def _student(self, known: StudentRecord | None, code: str, name: str, email: str | None) -> StudentRecord:
        address = clean_text(email, limit=NAME_LIMIT, single_line=True).strip() or None if email else None
        if known is not None:
            return replace(known, name=name or known.name, email=address or known.email)
        return StudentRecord(uuid7(), code, name, address, None, None, None, utc_now_iso())


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable path"
        raise StoreError(f"{path} cannot be reached ({reason}); choose another place for the database.") from error
    return True


def check_code(code: str) -> str:
    """The code as it is stored.

    Raises:
        UsageError: it is empty or longer than a code can be.
    """
    cleaned = clean_text(code, limit=CODE_LIMIT + 1, single_line=True).strip()
    if not cleaned:
        raise UsageError("Please type the code your instructor gave you, or any word you will remember.")
    if len(cleaned) > CODE_LIMIT:
        raise UsageError(f"A code has at most {CODE_LIMIT} characters; please type a shorter one.")
    return cleaned


def check_name(name: str) -> str:
    """A name in any alphabet, without control characters.

    Raises:
        UsageError: it is longer than a name can be.
    """
    cleaned = clean_text(name, limit=NAME_LIMIT + 1, single_line=True).strip()
    if len(cleaned) > NAME_LIMIT:
        raise UsageError(f"A name has at most {NAME_LIMIT} characters here; please type a shorter one.")
    return cleaned
