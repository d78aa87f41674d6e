"""The tables of the store as they are now, for writing queries.

For: names and types of columns.
Not here: how the tables came about; that is `steps`, and a test holds that the two agree.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

applied = Table("applied", metadata, Column("step", String(100), primary_key=True))
"""The steps that this database has taken."""

versions = Table(
    "versions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("files", Text, nullable=False),
)
"""Content, kept for ever: what was said under a digest.  `files` is a JSON object of name and text."""

notices = Table(
    "notices",
    metadata,
    Column("language", String(40), primary_key=True),
    Column("words", Text, nullable=False),
    Column("closed", Integer, nullable=False),
    Column("until", String(32), nullable=False),
    Column("given_at", String(32), nullable=False),
    Column("given_by", String(200), nullable=False),
)
"""What is said today beside the usual, one row a language; the empty language is a closure in ready-made words.

`until` and `given_at` are UTC in ISO 8601.  `closed` is 1 or 0.
"""

publications = Table(
    "publications",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("digest", String(64), ForeignKey("versions.digest"), nullable=False),
    Column("published_at", String(32), nullable=False),
    Column("published_by", String(200), nullable=False),
    Column("note", Text, nullable=False),
    Column("previous", Integer),
)
"""What was made live, one after the other, never changed; the last one is live.

`published_at` is UTC in ISO 8601.  `previous` is the publication to which an undo leads.
"""

texts_sent = Table(
    "texts_sent",
    metadata,
    Column("once", String(64), primary_key=True),
    Column("number", String(64), nullable=False),
    Column("day", String(10), nullable=False),
    Index("texts_sent_by_number", "number", "day"),
)
"""A text that a caller has asked for, reserved before it is sent.  `once` and `number` are keyed hashes, of a turn of a
call and of the caller's number; neither can be read back.  Rows are deleted after two days.
"""

events = Table(
    "events",
    metadata,
    Column("call", String(32), primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(24), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("version", String(64), nullable=False),
    Column("channel", String(12), nullable=False),
    Column("language", String(40), nullable=False),
    Column("place", String(40), nullable=False),
    Column("node", String(40), nullable=False),
    Column("meaning", String(60), nullable=False),
    Column("mode", String(12), nullable=False),
    Column("evidence", String(40), nullable=False),
    Column("outcome", String(24), nullable=False),
    Column("tries", Integer),
    Column("seconds", Integer),
    Column("bridged", Integer),
    Column("pace", Integer),
    Column("volume", Integer),
    Index("events_by_age", "at"),
)
"""The journal: facts of calls, only ever added and purged.  Its key makes a fact that is told twice one fact.

`at` is milliseconds since 1970 in UTC; what the columns hold is told in `ivr.store.rows`.
"""

callers = Table(
    "callers",
    metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("caller", String(32), primary_key=True),
)
"""Who called on which day (UTC, counted from 1970), as a keyed hash and apart from the events: nobody can see here what
somebody wanted."""

not_understood = Table(
    "not_understood",
    metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("language", String(40), primary_key=True),
    Column("node", String(40), primary_key=True),
    Column("words", String(400), primary_key=True),
    Column("times", Integer, nullable=False),
)
"""How often something was said on a day (UTC, counted from 1970) that was not understood, without names and numbers
(`ivr.dialog.redacted`).  It names no call, no caller and no time of day, and is kept only where the operator asks for it.
"""
