"""Whose a row is: the way from each table up to the student."""

from __future__ import annotations

from knowthyself_tui.store.models import Encounter, Session, Student, Table, Turn


def of_student(table: type[Table]) -> str:
    """The SQL condition that a row of `table`, called `t`, is one student's; its `?` is the student's id.

    Raises:
        LookupError: the rows of this table are nobody's.
    """
    fields = table._meta.fields
    if table is Student:
        return "t.id = ?"
    if table is Session:
        return "t.student_id = ?"
    for name, parent in (("session", Session), ("encounter", Encounter), ("turn", Turn)):
        if name in fields:
            return f't.{name}_id IN (SELECT t.id FROM "{parent._meta.table_name}" AS t WHERE {of_student(parent)})'
    raise LookupError(f"{table.__name__} belongs to nobody")
