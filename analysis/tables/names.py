"""Column names for what only these data have: scenarios and items that authors named as they liked."""

from __future__ import annotations

import re
from collections.abc import Collection

LONGEST = 32


def unused_name(wanted: str, used: Collection[str], *, room: int = 0) -> str:
    """A name like `wanted` that SPSS and Stata take, that is not used yet and leaves `room` for more letters.

    Each name gets a beginning or an ending of ours, so none is a reserved word; `export.portable` checks them all.
    """
    name = re.sub(r"[^a-z0-9_]+", "_", wanted.casefold()).strip("_")
    if not name or not name[0].isalpha():
        name = f"x_{name}".rstrip("_")
    unique, number = name[: LONGEST - room], 2
    while unique in used:
        suffix = f"_{number}"
        unique, number = name[: LONGEST - room - len(suffix)] + suffix, number + 1
    return unique
