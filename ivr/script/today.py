"""What is so at the moment at which a call begins: who is closed, and what is said today beside the usual.

For: the plain values that the shell, which has a clock, hands to a call, which has none.
Not here: how they are worked out (`hours`, `notices`), what is said about them (`ivr.dialog`).
"""

from __future__ import annotations

from typing import NamedTuple

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TODAY, TOMORROW = "today", "tomorrow"
DAYS = (TODAY, TOMORROW, *WEEKDAYS)
"""The days that a words file can name."""

CLOSURE, NEWS = "closed today", "news today"
"""The ready-made sentences of a notice, for whoever has none in their own language."""


class Closed(NamedTuple):
    """A number that nobody answers now, and when it opens: a day of `DAYS`, and minutes after midnight.

    `weeks` are the whole weeks until then: 0, or 1.  Where it is longer, or nobody knows, `day` is empty.
    """

    number: str
    day: str = ""
    minute: int = 0
    weeks: int = 0

    @property
    def time(self) -> str:
        """The time of day as a name in the words files: 8:30."""
        return clock(self.minute)


def clock(minute: int) -> str:
    """Minutes after midnight as 8:30."""
    return f"{minute // 60}:{minute % 60:02}"


class Told(NamedTuple):
    """A notice in one language: staff's own sentence, or the name of a ready-made one."""

    language: str
    words: str = ""
    ready: str = ""
