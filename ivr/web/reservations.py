"""Texts reserved in the store, which is opened when the first of them is sent, or before.

For: `Reservations`: only who sends texts loads SQL for them; a server before its first call, so that no turn waits for it.
Not here: SQL (`ivr.store`), who sends (`sending`).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ivr.store.where import Location, open_store

if TYPE_CHECKING:
    from ivr.store.versions import Store


class Reservations:
    """At most `most` texts a day to one number, each sent once."""

    def __init__(self, where: Location, most: int) -> None:
        self._where, self._most = where, most
        self._store: Store | None = None

    def prepare(self) -> None:
        """Load what a store needs, and ask nothing of it yet."""
        self._store = self._store or open_store(self._where)

    def __call__(self, once: str, number: str, day: date) -> bool:
        store = self._store = self._store or open_store(self._where)
        return store.reserve_text(once, number, day, self._most)

    def close(self) -> None:
        if self._store:
            self._store.close()
