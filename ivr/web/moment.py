"""The clock of the line: what is so at the moment at which a call arrives.

For: the one place in which a call meets the time of day; the core is handed what follows from it.
Not here: how hours and notices are worked out (`ivr.script`), which notices there are (`library`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from ivr.dialog.inputs import Arrived
from ivr.script.hours import closed_at
from ivr.script.model import Script
from ivr.script.notices import Notice, heard
from ivr.script.today import Closed

Clock = Callable[[], datetime]
"""The time, with its zone."""

log = logging.getLogger("ivr.moment")


def now() -> datetime:
    return datetime.now(UTC)


def arrived(script: Script, notices: Iterable[Notice], moment: datetime) -> Arrived:
    """A call that begins at this moment."""
    return Arrived(_closed(script, moment), heard(script, notices, moment))


def _closed(script: Script, moment: datetime) -> tuple[Closed, ...]:
    """Whoever is closed.  A machine that does not know the time zone turns nobody away: its hours are unknown."""
    try:
        return closed_at(script, moment)
    except (LookupError, OSError, ValueError) as error:
        log.warning("the hours of %s cannot be told: %s", script.name, error)
        return ()
