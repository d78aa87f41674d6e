"""The days that a report is about, by the clock of the line.

For: dates as people type them, turned into the moments between which the journal is asked, and back.
Not here: what is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

USUAL_DAYS = 30


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both whole."""

    first: date
    last: date
    zone: ZoneInfo

    @classmethod
    def until(cls, last: date, zone: ZoneInfo, first: date | None = None) -> Period:
        """The period that ends with a day; as long as is usual where its first day is not said."""
        return cls(first or last - timedelta(days=USUAL_DAYS - 1), last, zone)

    @property
    def moments(self) -> tuple[int, int]:
        """Its beginning, and the moment after its end, in milliseconds since 1970."""
        return milliseconds(self.first, self.zone), milliseconds(self.last + timedelta(days=1), self.zone)

    def days(self) -> Iterator[date]:
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)

    def local(self, ms: int) -> datetime:
        return datetime.fromtimestamp(ms / 1000, self.zone)


def milliseconds(day: date, zone: ZoneInfo) -> int:
    """When a day begins."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)
