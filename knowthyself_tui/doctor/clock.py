"""The clocks: scenario time needs one that runs, people need one that is right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from knowthyself_tui.doctor.check import Check, fine, note, problem

FIRST_YEAR = 2026
"""Before this program was there no clock can be right."""
SLACK = timedelta(minutes=2)
"""By how much clocks of two machines may differ."""
_SET = "Set the date and the time of this machine, best from the network."
_LOOKS = 200


def check_wall_clock(now: datetime) -> Check:
    shown = f"{now.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if now.year < FIRST_YEAR:
        return problem("clock", f"It shows {shown}, which is long past.", _SET)
    return fine("clock", f"{shown}.")


def check_clock_against(name: str, newest: str | None, now: datetime) -> Check | None:
    """A record from the future means that the clock was set back; None when there is none.

    Args:
        name: the database, for people.
        newest: its latest `updated_at`, ISO 8601 UTC.
    """
    try:
        moment = datetime.fromisoformat(newest or "")
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if moment - SLACK <= now:
        return None
    return note("clock", f"{name} was last written at {moment:%Y-%m-%d %H:%M} UTC, which is still to come.", _SET)


def check_monotonic(reading: Callable[[], float], pause: Callable[[float], None]) -> Check:
    """`reading` gives seconds of the clock that scenario time is measured by."""
    readings = [reading()]
    for _ in range(_LOOKS):
        pause(0.0001)
        readings.append(reading())
        if readings[-1] != readings[0]:
            break
    if readings != sorted(readings) or readings[-1] == readings[0]:
        return problem("timer", "The clock that scenarios run by stands still or goes back.", "Restart the machine.")
    return fine("timer", "It runs.")


def check_time_zone(variable: str, names: tuple[str, str], has_local_time: bool) -> Check:
    """Whether times can be shown as people know them.

    Args:
        variable: TZ, empty when it is not set.
        names: as `time.tzname` has them.
        has_local_time: the system says where it is; always so but where /etc/localtime is missing.
    """
    remedy = "Choose the time zone of this machine in its settings; what is stored is UTC anyhow."
    if variable and not _is_zone(variable):
        return note("time zone", f"TZ names no zone that is known here ({variable!r}).", remedy)
    if not variable and not has_local_time:
        return note("time zone", "It is not set, so times are shown in UTC.", remedy)
    return fine("time zone", f"{names[0] or 'known'}.")


def _is_zone(variable: str) -> bool:
    """A name of the zone database, or the older form such as CET-1CEST."""
    key = variable.removeprefix(":")
    if key.startswith("/") or any(character.isdigit() for character in key.partition("/")[0]):
        return True
    try:
        ZoneInfo(key)
    except (OSError, ValueError, KeyError):
        return key in ("UTC", "GMT")
    return True
