"""What a report asks of the journal; the database does the counting.

For: one look at all events of a period, folded into a row for each call, and the counts that are made of both.
It is the same SQL for SQLite and PostgreSQL.  Dates do not occur here: time is counted in quarters of an hour, which fit
the days and hours of every time zone.
Not here: what the counts mean to people (`ivr.report`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, text

from ivr.store.rows import DAY

QUARTER = 15 * 60 * 1000
"""Milliseconds."""


class Quarter(NamedTuple):
    """Calls that began in a quarter of an hour, counted from 1970 (UTC)."""

    quarter: int
    calls: int


class Count(NamedTuple):
    """How often something happened.  What a kind of event does not have is empty."""

    kind: str
    node: str
    meaning: str
    mode: str
    outcome: str
    times: int


class Calls(NamedTuple):
    """Calls that are alike: how they ended and where, in which language, and by which means they were led.

    ending: `talked` with a person; `connecting` when the caller hung up, which may also be after a talk; `goodbye` said;
    `informed` hung up after coming to a place that tells something; `nothing` hung up before.
    modes: keypad, speech, both or none.
    """

    ending: str
    language: str
    node: str
    modes: frozenset[str]
    calls: int


class Seconds(NamedTuple):
    """How many calls took so many seconds."""

    seconds: int
    calls: int


class NotUnderstood(NamedTuple):
    """How often the same was said at a place and not understood; `words` are redacted."""

    language: str
    node: str
    words: str
    times: int


_FOLD = text(
    "CREATE TEMPORARY TABLE folded AS SELECT call,"
    " MIN(CASE WHEN kind = 'call_started' THEN at END) AS started,"
    " MIN(CASE WHEN kind = 'node_entered' AND node NOT IN :menus THEN at END) AS got,"
    " MAX((turn + 1000) || language || ' ' || place) AS last_at, MAX(turn) AS last_turn,"
    " MAX(CASE WHEN kind = 'transfer_started' THEN turn END) AS ringing,"
    " MAX(CASE WHEN kind = 'call_over' THEN seconds END) AS seconds,"
    " MAX(CASE WHEN outcome = 'talked' THEN 1 END) AS talked,"
    " MAX(CASE WHEN kind = 'call_ended' THEN 1 END) AS goodbye,"
    " MIN(NULLIF(mode, '')) AS one_mode, MAX(mode) AS other_mode"
    " FROM events WHERE at + 0 >= :since AND at + 0 < :until AND channel <> 'text' GROUP BY call"
).bindparams(bindparam("menus", expanding=True))
"""A row for each call, read in the order of the table: asked for `= 'voice'`, SQLite would go by the index of the counts,
and asked for `at` alone by that of age, and then sort.
`last_at` begins with the number of the last turn, so that the last is the greatest.
"""

_QUARTERS = text(
    f"SELECT started / {QUARTER} AS quarter, COUNT(*) FROM folded WHERE started IS NOT NULL GROUP BY 1 ORDER BY 1"  # noqa: S608
)
_ENDINGS = text(
    "SELECT CASE WHEN talked = 1 THEN 'talked' WHEN ringing = last_turn THEN 'connecting' WHEN goodbye = 1 THEN 'goodbye'"
    " WHEN got IS NOT NULL THEN 'informed' ELSE 'nothing' END AS ending, SUBSTR(last_at, 5) AS place, one_mode, other_mode,"
    " COUNT(*) FROM folded WHERE started IS NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
)
_UNTIL_GOT = text("SELECT (got - started) / 1000, COUNT(*) FROM folded WHERE got >= started GROUP BY 1 ORDER BY 1")
_LENGTHS = text(
    "SELECT seconds, COUNT(*) FROM folded WHERE started IS NOT NULL AND seconds IS NOT NULL GROUP BY 1 ORDER BY 1"
)
_COUNTS = text(
    "SELECT kind, node, meaning, mode, outcome, COUNT(*) FROM events WHERE channel = :channel AND at >= :since AND at < :until"
    " GROUP BY kind, node, meaning, mode, outcome ORDER BY 6 DESC, 1, 2, 3, 4, 5"
)
_CALLERS = text(
    "SELECT COUNT(*), COALESCE(SUM(CASE WHEN days > 1 THEN 1 ELSE 0 END), 0) FROM"
    " (SELECT COUNT(*) AS days FROM callers WHERE day >= :first AND day <= :last GROUP BY caller) AS known"
)

_NOT_UNDERSTOOD = text(
    "SELECT language, node, words, SUM(times) FROM not_understood WHERE day >= :first AND day <= :last"
    " GROUP BY language, node, words ORDER BY 4 DESC, 2, 1, 3"
)


class Answers(NamedTuple):
    """Everything that a report is made of.  counts: of calls; texts: the same of text messages.  callers: how many are known, and how many of them called on several days."""

    quarters: list[Quarter]
    endings: list[Calls]
    until_got: list[Seconds]
    lengths: list[Seconds]
    counts: list[Count]
    texts: list[Count]
    callers: tuple[int, int]


def ask(connection: Connection, since: int, until: int, menus: Sequence[str]) -> Answers:
    """All questions about the events from `since` to before `until`, in milliseconds since 1970.

    menus: the places that only lead on; a caller who came to any other has got something.
    """
    period = {"since": since, "until": until}
    connection.execute(_FOLD, {**period, "menus": [*menus] or [""]})
    found = Answers(
        [Quarter(*row) for row in connection.execute(_QUARTERS)],
        [_calls(*row) for row in connection.execute(_ENDINGS)],
        [Seconds(*row) for row in connection.execute(_UNTIL_GOT)],
        [Seconds(*row) for row in connection.execute(_LENGTHS)],
        [Count(*row) for row in connection.execute(_COUNTS, {**period, "channel": "voice"})],
        [Count(*row) for row in connection.execute(_COUNTS, {**period, "channel": "text"})],
        _callers(connection, since, until),
    )
    connection.execute(text("DROP TABLE folded"))
    return found


def _calls(ending: str, place: str, one_mode: str | None, other_mode: str | None, calls: int) -> Calls:
    language, _, node = place.partition(" ")
    return Calls(ending, language, node, frozenset({one_mode or "", other_mode or ""}) - {""}, calls)


def _callers(connection: Connection, since: int, until: int) -> tuple[int, int]:
    known, again = connection.execute(_CALLERS, {"first": since // DAY, "last": (until - 1) // DAY}).one()
    return int(known), int(again)


def not_understood(connection: Connection, since: int, until: int) -> list[NotUnderstood]:
    """What was not understood between two moments, by whole days (UTC), the most frequent first."""
    period = {"first": since // DAY, "last": (until - 1) // DAY}
    return [NotUnderstood(*row) for row in connection.execute(_NOT_UNDERSTOOD, period)]
