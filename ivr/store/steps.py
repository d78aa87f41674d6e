"""How the database came to look as it does: small named steps, each taken once, in order, never taken back.

For: bringing a store of any age up to date when a program opens it, also when several do so at the same moment.
To change a table, add a step at the end and change `tables`; a step that stands here is never edited.  A step
only adds, so that servers of the version before can work on while they are replaced one by one.
Not here: what is kept in the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Engine, insert, select, text

from ivr.store import tables
from ivr.store.database import transaction

Step = Callable[[Connection], None]

_LOCK = 4_870_114
"""Names the lock that PostgreSQL gives to one migrating program at a time; SQLite locks the file."""


def published_versions(connection: Connection) -> None:
    connection.execute(
        text(
            "CREATE TABLE versions (digest VARCHAR(64) NOT NULL PRIMARY KEY, name VARCHAR(200) NOT NULL, files TEXT NOT NULL)"
        )
    )
    connection.execute(
        text(
            "CREATE TABLE publications (number INTEGER NOT NULL PRIMARY KEY,"
            " digest VARCHAR(64) NOT NULL REFERENCES versions (digest), published_at VARCHAR(32) NOT NULL,"
            " published_by VARCHAR(200) NOT NULL, note TEXT NOT NULL, previous INTEGER)"
        )
    )


def notices_of_today(connection: Connection) -> None:
    connection.execute(
        text(
            "CREATE TABLE notices (language VARCHAR(40) NOT NULL PRIMARY KEY, words TEXT NOT NULL, closed INTEGER NOT NULL,"
            " until VARCHAR(32) NOT NULL, given_at VARCHAR(32) NOT NULL, given_by VARCHAR(200) NOT NULL)"
        )
    )


def texts_sent(connection: Connection) -> None:
    connection.execute(
        text(
            "CREATE TABLE texts_sent (once VARCHAR(64) NOT NULL PRIMARY KEY, number VARCHAR(64) NOT NULL,"
            " day VARCHAR(10) NOT NULL)"
        )
    )
    connection.execute(text("CREATE INDEX texts_sent_by_number ON texts_sent (number, day)"))


def journal(connection: Connection) -> None:
    """SQLite lays the events of a call beside each other where rows have no number of their own."""
    clustered = " WITHOUT ROWID" if connection.dialect.name == "sqlite" else ""
    connection.execute(
        text(
            "CREATE TABLE events (call VARCHAR(32) NOT NULL, turn INTEGER NOT NULL, kind VARCHAR(24) NOT NULL,"
            " ordinal INTEGER NOT NULL, at BIGINT NOT NULL, version VARCHAR(64) NOT NULL, channel VARCHAR(12) NOT NULL,"
            " language VARCHAR(40) NOT NULL, place VARCHAR(40) NOT NULL, node VARCHAR(40) NOT NULL, meaning VARCHAR(60) NOT NULL,"
            " mode VARCHAR(12) NOT NULL, evidence VARCHAR(40) NOT NULL, outcome VARCHAR(24) NOT NULL, tries INTEGER,"
            f" seconds INTEGER, bridged INTEGER, pace INTEGER, volume INTEGER, PRIMARY KEY (call, turn, kind, ordinal)){clustered}"
        )
    )
    connection.execute(text("CREATE INDEX events_counted ON events (channel, kind, node, meaning, mode, outcome, at)"))
    connection.execute(
        text("CREATE TABLE callers (day INTEGER NOT NULL, caller VARCHAR(32) NOT NULL, PRIMARY KEY (day, caller))")
    )


def not_understood(connection: Connection) -> None:
    """SQLite would number rows in the order of calls."""
    unnumbered = " WITHOUT ROWID" if connection.dialect.name == "sqlite" else ""
    connection.execute(
        text(
            "CREATE TABLE not_understood (day INTEGER NOT NULL, language VARCHAR(40) NOT NULL, node VARCHAR(40) NOT NULL,"
            f" words VARCHAR(400) NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (day, language, node, words)){unnumbered}"
        )
    )


def journal_by_age(connection: Connection) -> None:
    """So that what is too old is found without reading all that is kept.  Of millions of facts this takes longer than
    a server waits; servers keep new facts on their disks meanwhile.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    connection.execute(text("CREATE INDEX events_by_age ON events (at)"))


STEPS: tuple[Step, ...] = (
    published_versions,
    notices_of_today,
    texts_sent,
    journal,
    not_understood,
    journal_by_age,
)


def take(engine: Engine, steps: Sequence[Step] = STEPS) -> None:
    """Take every step that this database has not taken yet."""
    with transaction(engine, writes=True) as connection:
        _alone(connection)
        connection.execute(text("CREATE TABLE IF NOT EXISTS applied (step VARCHAR(100) NOT NULL PRIMARY KEY)"))
    for step in steps:
        with transaction(engine, writes=True) as connection:
            _alone(connection)
            if not _taken(connection, step):
                step(connection)
                connection.execute(insert(tables.applied).values(step=step.__name__))


def _alone(connection: Connection) -> None:
    """Wait until no other program is taking steps; the lock goes with the transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _taken(connection: Connection, step: Step) -> bool:
    wanted = select(tables.applied.c.step).where(tables.applied.c.step == step.__name__)
    return connection.execute(wanted).first() is not None
