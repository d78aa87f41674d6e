"""The journal: facts of calls, each kept once however often it is told.

For: `Journal`, into which a server writes in batches and out of which reports are read.
Not here: what a row says (`rows`), what a report asks (`questions`), who waits for whom (`ivr.web.writer`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, delete, select, text
from sqlalchemy.exc import DataError, IntegrityError

from ivr.store.opened import Opened
from ivr.store.rows import COLUMNS, DAY, WIDTHS, Heard, Row, Visit
from ivr.store.tables import callers, events, not_understood
from ivr.store.where import RefusedError, StoreAwayError

MOST_AT_ONCE = 100
"""Rows in one statement: few statements, as the thread that writes gives way to the one that answers after each."""

PORTION = 5_000
"""Facts that are deleted in one transaction: a small part of what a server waits for (`Location.patience`)."""

_KEY = itemgetter(slice(len(events.primary_key)))
"""Of a row: its first columns."""

_PLACES = {"sqlite": "?", "postgresql": "%s"}
"""How each database marks the place of a value.  The drivers are asked directly: that halves what a fact costs."""

_HEARD = text(
    "INSERT INTO not_understood (day, language, node, words, times) VALUES (:day, :language, :node, :words, :times)"
    " ON CONFLICT (day, language, node, words) DO UPDATE SET times = not_understood.times + excluded.times"
)


def _keep(connection: Connection, table: str, columns: Sequence[str], values: Sequence[tuple[Any, ...]]) -> None:
    """Add what is not there yet; what is there stays as it was."""
    place = f"({', '.join([_PLACES[connection.dialect.name]] * len(columns))})"
    for first in range(0, len(values), MOST_AT_ONCE):
        some = values[first : first + MOST_AT_ONCE]
        connection.exec_driver_sql(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([place] * len(some))} ON CONFLICT DO NOTHING",  # noqa: S608
            tuple(chain.from_iterable(some)),
        )


class Journal(Opened):
    """The journal of one line."""

    def keep(self, rows: Sequence[Row], visits: Sequence[Visit] = ()) -> None:
        """Add what is not there yet, all of it or nothing.

        In the order of the key: that costs a tenth less, and no two processes wait for each other.
        """
        try:
            with self.transaction(writes=True) as connection:
                _keep(connection, "events", COLUMNS, sorted(rows, key=_KEY))
                _keep(connection, "callers", Visit._fields, visits)
        except StoreAwayError as error:
            if isinstance(error.__cause__, DataError | IntegrityError):
                raise RefusedError(f"The store at {self} refused {len(rows)} events.") from error
            raise

    def hear(self, heard: Sequence[Heard]) -> None:
        """Count what was not understood.  In one order, so that no two processes wait for each other."""
        counted = sorted(Counter(heard).items())
        with self.transaction(writes=True) as connection:
            connection.execute(_HEARD, [_counted(each, times) for each, times in counted])

    def forget_heard(self, before: int) -> None:
        """Delete what was not understood before a day, counted from 1970."""
        with self.transaction(writes=True) as connection:
            connection.execute(delete(not_understood).where(not_understood.c.day < before))

    def purge(self, before: int, portions: int | None = None) -> int:
        """Delete what happened before a moment, in portions so that nobody waits long; answers with how much.

        portions: so many of them at most, the oldest first.
        """
        deleted = done = 0
        while done != portions and (gone := self._purge_portion(before)):
            deleted += gone
            done += 1
        with self.transaction(writes=True) as connection:
            connection.execute(delete(callers).where(callers.c.day < before // DAY))
            connection.execute(delete(not_understood).where(not_understood.c.day < before // DAY))
        return deleted

    def _purge_portion(self, before: int) -> int:
        """The oldest `PORTION`, and what happened in the same moment as the last of them."""
        old = events.c.at < before
        with self.transaction(writes=True) as connection:
            last = connection.execute(
                select(events.c.at).where(old).order_by(events.c.at).offset(PORTION - 1).limit(1)
            ).scalar()
            return connection.execute(delete(events).where(old if last is None else events.c.at <= last)).rowcount

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One look at everything; a report may take longer than a server would wait."""
        with self.transaction() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL statement_timeout = 0"))
            yield connection


def _counted(heard: Heard, times: int) -> dict[str, Any]:
    """A row that fits."""
    given = heard._asdict()
    return {name: value[: WIDTHS[name]] if name in WIDTHS else value for name, value in given.items()} | {
        "times": times
    }
