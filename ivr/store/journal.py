"""The journal: facts of calls, each kept once however often it is told.

For: `Journal`, into which a server writes in batches and out of which reports are read.
Not here: what a row says (`rows`), what a report asks (`questions`), who waits for whom (`ivr.web.writer`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, select, text
from sqlalchemy.exc import DataError, IntegrityError

from ivr.store.opened import Opened
from ivr.store.rows import COLUMNS, Row
from ivr.store.tables import callers, events
from ivr.store.where import StoreAwayError, StoreError

DAY = 24 * 60 * 60 * 1000
"""Milliseconds."""


class Visit(NamedTuple):
    """Somebody called on a day (UTC, counted from 1970); `caller` is a keyed hash.  It names no call."""

    day: int
    caller: str


class RefusedError(StoreError):
    """Raised when the store answers and does not take a batch, and never will."""


def _insertion(table: str, columns: Sequence[str]) -> str:
    """Both databases spell it alike; what is there already stays as it was."""
    places = ", ".join(f":{name}" for name in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places}) ON CONFLICT DO NOTHING"  # noqa: S608 - our own names


_KEEP_EVENT = text(_insertion("events", COLUMNS))
_KEEP_CALLER = text(_insertion("callers", Visit._fields))


class Journal(Opened):
    """The journal of one line."""

    def keep(self, rows: Sequence[Row], visits: Sequence[Visit] = ()) -> None:
        """Add what is not there yet, all of it or nothing."""
        try:
            with self.transaction(writes=True) as connection:
                if rows:
                    connection.execute(_KEEP_EVENT, [row._asdict() for row in rows])
                if visits:
                    connection.execute(_KEEP_CALLER, [visit._asdict() for visit in visits])
        except StoreAwayError as error:
            if isinstance(error.__cause__, DataError | IntegrityError):
                raise RefusedError(f"The store at {self} refused {len(rows)} events.") from error
            raise

    def purge(self, before: int) -> int:
        """Delete what happened before a moment, a day at a time so that nobody waits long; answers with how much."""
        deleted = 0
        while (oldest := self._oldest()) is not None and oldest < before:
            with self.transaction(writes=True) as connection:
                day = min(before, (oldest // DAY + 1) * DAY)
                deleted += connection.execute(delete(events).where(events.c.at < day)).rowcount
        with self.transaction(writes=True) as connection:
            connection.execute(delete(callers).where(callers.c.day < before // DAY))
        return deleted

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One look at everything; a report may take longer than a server would wait."""
        with self.transaction() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL statement_timeout = 0"))
            yield connection

    def _oldest(self) -> int | None:
        with self.transaction() as connection:
            return connection.execute(select(func.min(events.c.at))).scalar()
