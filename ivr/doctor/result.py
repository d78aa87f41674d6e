"""What one look at one thing has found.

For: `Result`, and the four ways in which it can come out.
Not here: the looks themselves, printing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"
    UNSEEN = "not looked at"


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the report.  check: a word for what was looked at.  mend: how to mend it; empty where all is well."""

    level: Level
    check: str
    what: str
    mend: str = ""


def ok(check: str, what: str) -> Result:
    return Result(Level.OK, check, what)


def warning(check: str, what: str, mend: str) -> Result:
    return Result(Level.WARNING, check, what, mend)


def wrong(check: str, what: str, mend: str) -> Result:
    return Result(Level.WRONG, check, what, mend)


def unseen(check: str, what: str, mend: str) -> Result:
    return Result(Level.UNSEEN, check, what, mend)
