"""Writes the tables as CSV: UTF-8, comma, CRLF, point decimals, an empty cell for what is missing."""

from __future__ import annotations

from dataclasses import fields

from .tables import Tables


def csv_files(tables: Tables) -> dict[str, bytes]:
    """The content of each file by its name."""
    return {
        f"{field.name}.csv": getattr(tables, field.name).to_csv(index=False, lineterminator="\r\n", na_rep="").encode()
        for field in fields(tables)
    }
