"""Notices in the store, on SQLite and PostgreSQL alike."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from ivr.script.notices import Notice
from ivr.store.records import Act, Given

AT = datetime(2026, 12, 24, 8, 55, tzinfo=UTC)
UNTIL = datetime(2026, 12, 24, 18, tzinfo=timezone(timedelta(hours=-5)))
SNOW, NIEVE = Notice(UNTIL, "en-US", "Snow."), Notice(UNTIL, "es-US", "Nieve.")
CLOSURE = Notice(UNTIL, closed=True)
ICE = Notice(UNTIL + timedelta(days=1), "en-US", "Ice.", closed=True)

GIVEN = {
    "one": ([SNOW], [SNOW]),
    "one a language": ([SNOW, NIEVE], [SNOW, NIEVE]),
    "another in the same language": ([SNOW, NIEVE, ICE], [ICE, NIEVE]),
    "a closure for all takes the place of all": ([SNOW, NIEVE, CLOSURE], [CLOSURE]),
    "own words beside a closure": ([CLOSURE, NIEVE], [CLOSURE, NIEVE]),
    "a closure in the place of one": ([CLOSURE, NIEVE, CLOSURE], [CLOSURE]),
}


@pytest.mark.parametrize(("given", "kept"), GIVEN.values(), ids=GIVEN)
def test_what_is_given_is_seen_by_another_program_until_it_is_taken_back(store, open_stores, given, kept):
    for notice in given:
        store.give_notice(notice, Act("ann", AT))
    other = open_stores()

    assert other.notices() == [Given(notice, "ann", AT) for notice in kept]
    assert all(one.notice.until.utcoffset() == timedelta(0) for one in other.notices())
    other.clear_notices()
    assert store.notices() == []
