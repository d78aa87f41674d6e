"""Published versions: what was made live, when, by whom, and how to go back.

For: `Store`, which answers with plain values and fails with one sentence.
Not here: whether a script is fit to be published (`ivr.cli`), who serves it (`ivr.web`).
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from ivr.script.notices import Notice
from ivr.store import notices, texts
from ivr.store.opened import Opened
from ivr.store.records import Act, Given, Publication, Version
from ivr.store.tables import applied, publications, versions
from ivr.store.where import StoreError


class ChangedMeanwhileError(StoreError):
    """Raised when somebody else has published since the change was shown."""


class Store(Opened):
    """The published versions of one line."""

    def live(self) -> Publication | None:
        """What new calls hear; None before anything was published."""
        with self.transaction() as connection:
            return _live(connection)

    def history(self) -> list[Publication]:
        """Every publication, the newest first."""
        with self.transaction() as connection:
            return [_publication(row) for row in connection.execute(_newest_first())]

    def version(self, digest: str) -> Version | None:
        """The files under a digest."""
        with self.transaction() as connection:
            row = connection.execute(select(versions).where(versions.c.digest == digest)).first()
        return Version(row.digest, row.name, json.loads(row.files)) if row else None

    def publish(self, version: Version, act: Act, *, over: int | None) -> Publication:
        """Make a version live.  `over`: the publication that was live when the change was shown to a person."""
        with self.transaction(writes=True) as connection:
            live = _unchanged(connection, over)
            _keep(connection, version)
            return _append(connection, version.digest, act, previous=live.number if live else None)

    def undo(self, act: Act, *, over: int | None) -> Publication:
        """Make the version before live again.  Undoing once more goes back one further."""
        with self.transaction(writes=True) as connection:
            live = _unchanged(connection, over)
            before = _numbered(connection, live.previous) if live else None
            if before is None:
                raise StoreError("There is no version before this one.")
            return _append(connection, before.digest, act, previous=before.previous)

    # --- what is said today beside the usual ---

    def notices(self) -> list[Given]:
        """Those that were given and not taken back, also those that have ended."""
        with self.transaction() as connection:
            return notices.every(connection)

    def give_notice(self, notice: Notice, act: Act) -> None:
        with self.transaction(writes=True) as connection:
            notices.give(connection, notice, act)

    def clear_notices(self) -> None:
        with self.transaction(writes=True) as connection:
            notices.clear(connection)

    def reserve_text(self, once: str, number: str, day: date, most: int) -> bool:
        """Whether a text may be sent to a caller (`texts.reserve`)."""
        with self.transaction(writes=True) as connection:
            return texts.reserve(connection, once, number, day, most)

    def try_writing(self) -> None:
        """Write something that changes nothing, to the disk; raises StoreError where that cannot be done."""
        with self.transaction(writes=True) as connection:
            connection.execute(update(applied).values(step=applied.c.step))


def _newest_first() -> Select[Any]:
    return select(publications).order_by(publications.c.number.desc())


def _live(connection: Connection) -> Publication | None:
    row = connection.execute(_newest_first().limit(1)).first()
    return _publication(row) if row else None


def _numbered(connection: Connection, number: int | None) -> Publication | None:
    row = connection.execute(select(publications).where(publications.c.number == number)).first()
    return _publication(row) if row else None


def _publication(row: Row[Any]) -> Publication:
    at = datetime.fromisoformat(row.published_at)
    return Publication(row.number, row.digest, at, row.published_by, row.note, row.previous)


def _unchanged(connection: Connection, over: int | None) -> Publication | None:
    """What is live, if that is still what a person has seen."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE publications IN EXCLUSIVE MODE")
    live = _live(connection)
    if (live.number if live else None) != over:
        raise ChangedMeanwhileError("Somebody else has published in the meantime. Nothing was changed; look again.")
    return live


def _keep(connection: Connection, version: Version) -> None:
    known = select(versions.c.digest).where(versions.c.digest == version.digest)
    if connection.execute(known).first() is None:
        files = json.dumps(dict(version.files), ensure_ascii=False)
        connection.execute(insert(versions).values(digest=version.digest, name=version.name, files=files))


def _append(connection: Connection, digest: str, act: Act, *, previous: int | None) -> Publication:
    live = _live(connection)
    number = live.number + 1 if live else 1
    made = Publication(number, digest, act.at.astimezone(UTC), act.by, act.note, previous)
    row = {
        "number": number,
        "digest": digest,
        "published_at": made.at.isoformat(timespec="seconds"),
        "published_by": made.by,
        "note": made.note,
        "previous": previous,
    }
    connection.execute(insert(publications).values(row))
    return made
