"""Notices in the store: one for each language, or one closure in ready-made words.

For: the queries, on a connection that is handed in; `Store` is the way to them.
Not here: what a notice may say (`ivr.script.notices`), when it ends (whoever reads it has a clock).
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from ivr.script.notices import Notice
from ivr.store.records import Act, Given
from ivr.store.tables import notices


def every(connection: Connection) -> list[Given]:
    """All that were given and not taken back, also those that have ended."""
    rows = connection.execute(select(notices).order_by(notices.c.language))
    return [
        Given(
            Notice(datetime.fromisoformat(row.until), row.language, row.words, bool(row.closed)),
            row.given_by,
            datetime.fromisoformat(row.given_at),
        )
        for row in rows
    ]


def give(connection: Connection, notice: Notice, act: Act) -> None:
    """Put it in the place of the one before in its language; ready-made words for all in the place of every one."""
    if notice.words:
        connection.execute(delete(notices).where(notices.c.language == notice.language))
    else:
        clear(connection)
    row = {
        "language": notice.language if notice.words else "",
        "words": notice.words,
        "closed": int(notice.closed),
        "until": notice.until.astimezone(UTC).isoformat(timespec="seconds"),
        "given_at": act.at.astimezone(UTC).isoformat(timespec="seconds"),
        "given_by": act.by,
    }
    connection.execute(insert(notices).values(row))


def clear(connection: Connection) -> None:
    connection.execute(delete(notices))
