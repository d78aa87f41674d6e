"""Which texts were sent to callers, so that each is sent once, and to nobody too often.

For: `reserve`, asked before anything is sent.
Not here: sending (`ivr.web.sending`), how a number is hashed.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from ivr.store.tables import texts_sent

KEPT = timedelta(days=2)
"""The limit is counted by the day, so that older rows say nothing."""


def reserve(connection: Connection, once: str, number: str, day: date, most: int) -> bool:
    """Whether a text may be sent now; from then on it counts as sent, whatever becomes of it.

    once: names the turn of the call that asked for it; number: names the caller; both as hashes.  most: texts a day.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE texts_sent IN EXCLUSIVE MODE")
    connection.execute(delete(texts_sent).where(texts_sent.c.day < (day - KEPT).isoformat()))
    known = select(texts_sent.c.once).where(texts_sent.c.once == once)
    sent = select(func.count()).where(texts_sent.c.number == number, texts_sent.c.day == day.isoformat())
    if connection.execute(known).first() is not None or connection.execute(sent).scalar_one() >= most:
        return False
    connection.execute(insert(texts_sent).values(once=once, number=number, day=day.isoformat()))
    return True
