"""The connection to the store: SQLite and PostgreSQL made to behave alike.

For: an engine that never waits long, transactions that lock where they write, and errors as one sentence.
Not here: tables (`tables`), how they came about (`steps`), what is kept in them (`versions`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SQLiteConnection
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ivr.store.where import Location, StoreAwayError, StoreError

CACHE_KILOBYTES = 16 * 1024
"""Of an SQLite file that a process keeps in memory: calls come in no order, so that every fact lands on another page."""

_WRITES = "ivr_writes"


def connect(where: Location) -> Engine:
    """An engine for the store; it connects when it is first used."""
    try:
        if where.path is None:
            return create_engine(
                where.url, pool_pre_ping=True, pool_timeout=where.patience, connect_args=_patient(where.patience)
            )
        engine = create_engine(where.url, connect_args={"timeout": where.patience})
    except ImportError:
        raise StoreError("For PostgreSQL one more package is needed: pip install 'ivr[postgres]'.") from None
    except SQLAlchemyError:
        raise StoreError("The address of the PostgreSQL server cannot be understood.") from None
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _patient(seconds: int) -> dict[str, Any]:
    limit = seconds * 1000
    return {
        "connect_timeout": seconds,
        "options": f"-c statement_timeout={limit} -c lock_timeout={limit}",
        "tcp_user_timeout": limit,
        "application_name": "ivr",
    }


def _settle(connection: SQLiteConnection, _record: object) -> None:
    """Leave transactions to us, let readers read while one writes, and hold to references between tables."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA cache_size=-{CACHE_KILOBYTES}")


def _begin(connection: Connection) -> None:
    """Who will write takes the lock at once, so that two never find out in the middle that both want it."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction(engine: Engine, *, writes: bool = False) -> Iterator[Connection]:
    """All or nothing; raises StoreAwayError when the store does not answer."""
    try:
        with engine.connect().execution_options(**{_WRITES: writes}) as connection, connection.begin():
            yield connection
    except DBAPIError as error:
        raise StoreAwayError(f"The store at {shown(engine)} does not answer ({_why(error)}).") from error
    except SQLAlchemyError as error:
        raise StoreAwayError(f"The store at {shown(engine)} does not answer.") from error


def shown(engine: Engine) -> str:
    """Where the store lies, without the password."""
    url = make_url(engine.url)
    return url.database or "" if url.get_backend_name() == "sqlite" else f"{url.host or 'this machine'}/{url.database}"


def _why(error: DBAPIError) -> str:
    """The first line of what the driver says."""
    return next(iter(str(error.orig).strip().splitlines()), "no reason given")
