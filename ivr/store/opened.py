"""The store, opened: one engine, brought up to date before it is first used.

For: what `Store` and `Journal`, which lie in the same database, have in common.
Not here: what is kept in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from ivr.store import steps
from ivr.store.database import connect, shown, transaction
from ivr.store.where import STORE, Location, StoreError


class Opened:
    """The database of a line."""

    def __init__(self, where: Location) -> None:
        self.where = where
        self._engine = connect(where)
        self._ready = False

    def __str__(self) -> str:
        return shown(self._engine)

    def close(self) -> None:
        self._engine.dispose()

    def prepare(self) -> None:
        """Bring the database up to date; done by itself before it is first used."""
        if self._ready:
            return
        if self.where.path is not None:
            _make_folder(self.where)
        steps.take(self._engine)
        self._ready = True

    @contextmanager
    def transaction(self, *, writes: bool = False) -> Iterator[Connection]:
        self.prepare()
        with transaction(self._engine, writes=writes) as connection:
            yield connection


def _make_folder(where: Location) -> None:
    assert where.path is not None, "only a file lies in a folder"
    try:
        where.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder {where.path.parent} cannot be made ({error.strerror}). Name another place in {STORE}."
        ) from None
