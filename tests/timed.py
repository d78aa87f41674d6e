"""The sample with opening hours: all that a test needs to find an office closed."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from altered import altered, wired
from caller import Caller
from ivr.dialog.inputs import Arrived
from ivr.phone.engine import EnginePhone, starting
from ivr.script.hours import closed_at

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
OFFICE = "{" + "".join(f"{day}: 8:30-17:00, " for day in WEEKDAYS) + "closed on: [2026-12-24, 2026-12-25]}"
BILLING = "{monday: [9:00-12:00, 13:00-16:00], saturday: 18:00-24:00, sunday: 0:00-2:00}"


def with_hours(number, hours):
    """A number of the sample has hours."""
    return wired(f"number: {number}\n    hours: unknown", f"number: {number}\n    hours: {hours}")


@lru_cache(maxsize=64)
def line(main=OFFICE, billing=BILLING, fax="unknown", zone="America/New_York", words=()):
    """The sample with these hours; `words` are changes of its words."""
    changes = [with_hours("973-940-3166", main), with_hours("570-386-2366", billing)]
    faxed = wired("kind: fax\n    hours: unknown", f"kind: fax\n    hours: {fax}")
    return altered(*changes, faxed, wired("America/New_York", zone), *map(list, words))


def at(moment, zone="America/New_York"):
    """A moment by the clock of a place: at("2026-11-23T16:59")."""
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))


def call(script, moment, node="", language=""):
    """A call that begins then, at its beginning or at a place."""
    closed = closed_at(script, at(moment))
    return Caller(EnginePhone(script, starting(script, language, node), Arrived(closed)))
