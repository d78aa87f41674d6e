"""When somebody answers, for the eye: the sentence of staff, the days and times of the week, the days that are closed.

For: `openings`, for the readable page and for texts.  What is not known is not told (NUM-07).  The week is the same
whatever day it is, so that no clock is needed; whoever calls hears when it opens next (`ivr.dialog.closed`).
Not here: how hours are wired (`ivr.script.hours`), how a page or a text shows them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ivr.channels.own import own_text, written_in
from ivr.script.model import Hours, PhoneNumber, Script

DAY, NOON = 24 * 60, 12 * 60
FEW = 2
"""Days that are named one by one; more in a row are told as the first to the last."""


@dataclass(frozen=True, slots=True)
class Openings:
    """said: staff's own sentence, or nothing.  week: days, and the times on them.  closed: the days beside the week.

    language: that of `week` and `closed`.
    """

    said: str
    week: tuple[tuple[str, str], ...]
    closed: str
    language: str

    def lines(self) -> tuple[str, ...]:
        """The same as lines of a text."""
        return (*filter(None, [self.said]), *map(": ".join, self.week), *filter(None, [self.closed]))


def openings(script: Script, language: str, number: PhoneNumber) -> Openings | None:
    """What is known of when somebody answers a number; a fax machine takes faxes at any hour."""
    said = script.words[language].hours.get(number.name, "")
    hours = number.hours if number.kind != "fax" else None
    if not said and hours is None:
        return None
    words = own_text(language)
    week = tuple(_week(hours, words)) if hours else ()
    return Openings(said, week, _closed(hours, words) if hours else "", written_in(language))


def _week(hours: Hours, words: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Days in a row that have the same times, and these."""
    named = list(zip(words["weekdays"].split(", "), hours.week, strict=True))
    for ranges, days in groupby(named, key=lambda each: each[1]):
        names = [name for name, _ in days]
        together = ", ".join(names) if len(names) <= FEW else words["from to"].format(names[0], names[-1])
        yield together[:1].upper() + together[1:], _times(ranges, words)


def _times(ranges: tuple[tuple[int, int], ...], words: dict[str, str]) -> str:
    if ranges == ((0, DAY),):
        return words["all day"]
    told = (words["from to"].format(_time(start, words), _time(end, words)) for start, end in ranges)
    return ", ".join(told) or words["closed"]


def _time(minute: int, words: dict[str, str]) -> str:
    """Such as 8:30 AM; twelve o'clock by its name, as nobody is sure what 12 PM is."""
    if minute % DAY == 0:
        return words["midnight"]
    if minute == NOON:
        return words["noon"]
    half = words["morning"] if minute < NOON else words["afternoon"]
    return f"{minute // 60 % 12 or 12}:{minute % 60:02} {half}"


def _closed(hours: Hours, words: dict[str, str]) -> str:
    days = ", ".join(_date(date.fromisoformat(day), words) for day in hours.holidays)
    return words["closed on"].format(days) if days else ""


def _date(day: date, words: dict[str, str]) -> str:
    month = words["months"].split(", ")[day.month - 1]
    return words["date"].format(day=day.day, month=month, year=day.year)
