"""Opening hours: which numbers nobody answers at a moment, and when that ends.

For: `closed_at`, a pure function of a script and a moment that is handed in.  It is asked once, at the beginning of a
call, and the answer travels in the call's state, so that no call changes its mind at the stroke of five.
Not here: a clock (`ivr.web.moment`), how hours are written (`telephone`), what is said about them (`ivr.dialog`).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ivr.script.model import Hours, PhoneNumber, Script
from ivr.script.today import TODAY, TOMORROW, WEEKDAYS, Closed, clock

DAYS_AHEAD = 14
"""What is further away is not told: "on Monday" would be taken for the next one."""

WEEK = 7
LATE = 23
"""The hour from which tomorrow is called by its name: a call may still be going on when it has become today."""

DAY = 24 * 60

ANY_MONDAY = datetime(2026, 1, 5)  # noqa: DTZ001 - whatever the zone


def closed_at(script: Script, moment: datetime) -> tuple[Closed, ...]:
    """The numbers that are closed at `moment` (which knows its time zone), in the order of the script."""
    timed = _timed(script)
    if not timed:
        return ()
    local = moment.astimezone(ZoneInfo(script.time_zone))
    return tuple(_next_opening(n.name, n.hours, local) for n in timed if n.hours and not _is_open(n.hours, local))


def _timed(script: Script) -> list[PhoneNumber]:
    """Those that may be closed.  Unknown hours turn nobody away, and a fax machine takes faxes at any hour."""
    return [number for number in script.numbers.values() if number.hours is not None and number.kind != "fax"]


def a_closed_moment(script: Script) -> str:
    """A moment of an ordinary week at which as many numbers as can be are closed: for trying a closed line out.

    By the clock of the line, such as 2026-01-05T00:00; empty if the line is never closed.
    """
    hours = (ANY_MONDAY + timedelta(hours=hour) for hour in range(WEEK * 24))
    local = [hour.replace(tzinfo=ZoneInfo(script.time_zone)) for hour in hours] if _timed(script) else []
    most = max(local, key=lambda hour: len(closed_at(script, hour)), default=None)
    return most.strftime("%Y-%m-%dT%H:%M") if most and closed_at(script, most) else ""


def opening_times(hours: Hours) -> tuple[str, ...]:
    """Every time of day at which it opens, such as 8:30; not midnight, when it is open from the day before."""
    starts = {
        start
        for day, ranges in enumerate(hours.week)
        for start, _ in ranges
        if start or not _until_midnight(hours.week[day - 1])
    }
    return tuple(clock(start) for start in sorted(starts))


def _until_midnight(ranges: tuple[tuple[int, int], ...]) -> bool:
    return bool(ranges) and ranges[-1][1] == DAY


def _ranges(hours: Hours, day: date) -> tuple[tuple[int, int], ...]:
    return () if day.isoformat() in hours.holidays else hours.week[day.weekday()]


def _is_open(hours: Hours, local: datetime) -> bool:
    """By the clock on the wall, so that summer time changes nothing for whoever opens at eight."""
    minute = local.hour * 60 + local.minute
    return any(start <= minute < end for start, end in _ranges(hours, local.date()))


def _next_opening(name: str, hours: Hours, local: datetime) -> Closed:
    minute = local.hour * 60 + local.minute
    for ahead in range(DAYS_AHEAD):
        day = local.date() + timedelta(days=ahead)
        start = next((start for start, _ in _ranges(hours, day) if ahead or start > minute), None)
        if start is not None:
            return Closed(name, _called(day, ahead, local.hour), start, ahead // WEEK)
    return Closed(name)


def _called(day: date, ahead: int, hour: int) -> str:
    if ahead == 0:
        return TODAY
    return TOMORROW if ahead == 1 and hour < LATE else WEEKDAYS[day.weekday()]
