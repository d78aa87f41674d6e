"""Where the store lies: a file on this machine, or a PostgreSQL server.

For: reading `IVR_STORE`, the place used when it is not set, and the one sentence for every trouble with a store.
Not here: SQL.  The library for that is slow to import, so it is loaded only when a store is opened.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ivr.store.journal import Journal
    from ivr.store.versions import Store

STORE = "IVR_STORE"
FILE = "store.sqlite3"
_SERVERS = ("postgresql", "postgres", "postgresql+psycopg")
_SQLITE = "sqlite:///"


class StoreError(Exception):
    """Raised when the store cannot do what was asked; its text is one sentence for people."""


LOOK_AT = f"Look at {STORE}, and whether the database runs, has room, and lets this user write."
"""How to mend it when the store does not answer."""


class StoreAwayError(StoreError):
    """Raised when the store does not answer; the same may succeed later."""


class RefusedError(StoreError):
    """Raised when the store answers and does not take something, and never will."""


@dataclass(frozen=True, slots=True)
class Location:
    """A file, or the address of a server; `named` tells whether the operator has set it.

    patience: seconds that anything waits for the store: to connect, for a lock, for an answer.
    """

    url: str
    path: Path | None
    named: bool
    patience: int = 2

    def may_hold_something(self) -> bool:
        """Whether it is worth asking: a file that is not there holds nothing, and asking would make it."""
        return self.path is None or os.path.exists(self.path)  # noqa: PTH110 - never raises

    def require(self, otherwise: str = "") -> None:
        """Raise StoreError where there is nothing to read: a slip in IVR_STORE must not make an empty store.

        otherwise: what else can be done.
        """
        if self.may_hold_something():
            return
        if self.named:
            mend = f"Look for a slip in {STORE}; if it is right, the first `ivr publish` makes a store there."
        else:
            mend = f"Set {STORE} to the store of your line, or make one with `ivr publish FOLDER`."
        what = f"There is no store at {self.path}{'' if self.named else f', and {STORE} is not set'}."
        raise StoreError(f"{what} {mend} {otherwise}".rstrip())


def location(environ: Mapping[str, str]) -> Location:
    """Where the store lies according to the environment; raises StoreError when that makes no sense."""
    text = environ.get(STORE, "").strip()
    scheme, colon, rest = text.partition("://")
    if not text:
        return _file(_state_folder(environ) / FILE, named=False)
    if not colon:
        return _file(Path(text), named=True)
    if text.startswith(_SQLITE) and len(text) > len(_SQLITE):
        return _file(Path(text.removeprefix(_SQLITE)), named=True)
    if scheme in _SERVERS and rest:
        return Location(f"postgresql+psycopg://{rest}", None, named=True)
    raise StoreError(
        f"{STORE} is neither a file nor a PostgreSQL address. Write a path, or postgresql://user:password@host/database."
    )


def open_store(where: Location) -> Store:
    """The store at a place; nothing is asked of it yet."""
    from ivr.store.versions import Store  # noqa: PLC0415 - loads SQLAlchemy, which most commands do without

    return Store(where)


def open_journal(where: Location) -> Journal:
    """The journal at a place; nothing is asked of it yet."""
    from ivr.store.journal import Journal  # noqa: PLC0415 - as above

    return Journal(where)


def _file(path: Path, *, named: bool) -> Location:
    path = Path(os.path.expanduser(path)).absolute()  # noqa: PTH111 - never raises
    return Location(f"{_SQLITE}{path}", path, named)


def _state_folder(environ: Mapping[str, str]) -> Path:
    home = environ.get("XDG_STATE_HOME", "").strip()
    return Path(home or "~/.local/state") / "ivr"
