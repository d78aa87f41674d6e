"""Opening hours: which numbers nobody answers at a moment, and when that ends.

For: `closed_at`, a pure function of a script and a moment that is handed in.  It is asked once, at the beginning of a
call, and the answer travels in the call's state, so that a call does not change its mind at the stroke of five.
Not here: a clock (`ivr.web.moment` has it), what is said about it (`ivr.dialog`).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ivr.script.model import Hours, Script

TODAY, NEVER = 7, 8
"""Beside the weekdays 0 to 6: it opens again later today; it does not within two weeks."""

_DAYS_AHEAD = 14


class Closed(NamedTuple):
    """A number that is closed: the day on which it opens again, and at how many minutes after midnight."""

    number: str
    day: int
    minute: int


def closed_at(script: Script, moment: datetime) -> tuple[Closed, ...]:
    """The numbers that are closed at `moment` (which knows its time zone), in the order of the script.

    A number whose hours are unknown is never closed: nobody is turned away on a guess.
    """
    local = moment.astimezone(ZoneInfo(script.time_zone))
    found = []
    for name, number in script.numbers.items():
        if number.hours is not None and not _is_open(number.hours, local):
            found.append(Closed(name, *_next_opening(number.hours, local)))
    return tuple(found)


def _ranges(hours: Hours, day: date) -> tuple[tuple[int, int], ...]:
    return () if day.isoformat() in hours.holidays else hours.week[day.weekday()]


def _is_open(hours: Hours, local: datetime) -> bool:
    minute = local.hour * 60 + local.minute
    return any(start <= minute < end for start, end in _ranges(hours, local.date()))


def _next_opening(hours: Hours, local: datetime) -> tuple[int, int]:
    """Day and minute; by the clock on the wall, so that summer time changes nothing."""
    minute = local.hour * 60 + local.minute
    for ahead in range(_DAYS_AHEAD + 1):
        day = local.date() + timedelta(days=ahead)
        for start, _ in _ranges(hours, day):
            if ahead or start > minute:
                return (TODAY if not ahead else day.weekday()), start
    return NEVER, 0


def opening_times(hours: Hours) -> list[str]:
    """Every time of day at which it opens, as 8:30, for the words files to say."""
    return list(dict.fromkeys(spell(start) for day in hours.week for start, _ in day))


def spell(minute: int) -> str:
    """Minutes after midnight as a key of the words files' `times`: 8:30."""
    return f"{minute // 60}:{minute % 60:02}"
