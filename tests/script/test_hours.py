"""Who is closed at a moment, and until when: weeks, holidays, and the edges of the clock."""

import os
import time
from datetime import UTC, datetime

import pytest

from ivr.script.hours import a_closed_moment, closed_at, opening_times
from ivr.script.reader import read
from ivr.script.today import Closed
from script.mini import FILES, folder, problems
from timed import BILLING, OFFICE, at, line

NEW_YORK, MADRID = "America/New_York", "Europe/Madrid"
NIGHTS = "{friday: 22:00-24:00, saturday: [0:00-2:00, 22:00-24:00]}"
EVERY_DAY = "{" + ", ".join(f"{day}: 2:30-5:00" for day in ("saturday", "sunday", "monday")) + "}"
NEVER = "{monday: closed}"
ALWAYS = (
    "{"
    + ", ".join(
        f"{day}: 0:00-24:00" for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
    + "}"
)
LONG_HOLIDAY = "{monday: 9:00-12:00, thursday: 9:00-12:00, closed on: [2026-11-26, 2026-11-30, 2026-12-03]}"
LONGER_STILL = "{monday: 9:00-12:00, closed on: [2026-11-30, 2026-12-07]}"

MOMENTS = [
    # what, hours, moment, None while it is open or else the day, time and weeks of the next opening
    ("the minute before it opens", OFFICE, "2026-11-23T08:29", ("today", "8:30", 0)),
    ("the minute it opens", OFFICE, "2026-11-23T08:30", None),
    ("the last minute", OFFICE, "2026-11-23T16:59", None),
    ("the minute it closes", OFFICE, "2026-11-23T17:00", ("tomorrow", "8:30", 0)),
    ("over the weekend", OFFICE, "2026-11-27T18:00", ("monday", "8:30", 0)),
    ("on Sunday", OFFICE, "2026-11-29T12:00", ("tomorrow", "8:30", 0)),
    ("late on Sunday, as a call may last beyond midnight", OFFICE, "2026-11-29T23:00", ("monday", "8:30", 0)),
    ("just before that", OFFICE, "2026-11-29T22:59", ("tomorrow", "8:30", 0)),
    ("at midnight", OFFICE, "2026-11-30T00:00", ("today", "8:30", 0)),
    ("on a holiday", OFFICE, "2026-12-24T12:00", ("monday", "8:30", 0)),
    ("the evening before it", OFFICE, "2026-12-23T18:00", ("monday", "8:30", 0)),
    ("at lunch", BILLING, "2026-11-23T12:00", ("today", "13:00", 0)),
    ("after lunch", BILLING, "2026-11-23T13:00", None),
    ("before the second range of the day", BILLING, "2026-11-23T12:59", ("today", "13:00", 0)),
    ("the minute before midnight", NIGHTS, "2026-11-27T23:59", None),
    ("midnight in the middle of it", NIGHTS, "2026-11-28T00:00", None),
    ("the end of the night", NIGHTS, "2026-11-28T02:00", ("today", "22:00", 0)),
    ("the last midnight", NIGHTS, "2026-11-29T00:00", ("friday", "22:00", 0)),
    ("an hour that summer time leaves out", EVERY_DAY, "2026-03-08T03:00", None),
    ("the minute before that", EVERY_DAY, "2026-03-08T01:59", ("today", "2:30", 0)),
    ("an hour that comes twice", EVERY_DAY, "2026-11-01T01:30", ("today", "2:30", 0)),
    ("the night before summer time", OFFICE, "2026-03-07T12:00", ("monday", "8:30", 0)),
    ("the same weekday of next week", "{monday: 9:00-12:00}", "2026-11-23T12:00", ("monday", "9:00", 1)),
    ("the day before that", "{monday: 9:00-12:00}", "2026-11-24T12:00", ("monday", "9:00", 0)),
    ("more than a week away", LONG_HOLIDAY, "2026-11-26T10:00", ("monday", "9:00", 1)),
    ("two weeks away", LONGER_STILL, "2026-11-30T13:00", ("", "0:00", 0)),
    ("never", NEVER, "2026-11-23T12:00", ("", "0:00", 0)),
    ("always", ALWAYS, "2026-11-23T23:59", None),
]


@pytest.mark.parametrize(("hours", "moment", "opens"), [row[1:] for row in MOMENTS], ids=[row[0] for row in MOMENTS])
def test_open_or_closed(hours, moment, opens):
    found = {closed.number: closed for closed in closed_at(line(main=hours), at(moment))}

    assert opens == ((found["main"].day, found["main"].time, found["main"].weeks) if "main" in found else None)


def test_both_of_the_hours_that_come_twice_are_the_same_hour():
    first = at("2026-11-01T01:30")

    assert closed_at(line(EVERY_DAY), first) == closed_at(line(EVERY_DAY), first.replace(fold=1))


@pytest.mark.parametrize(
    ("zone", "moment", "is_open"),
    [
        (NEW_YORK, "2026-11-23T13:30", True),
        (NEW_YORK, "2026-11-23T13:29", False),
        (NEW_YORK, "2026-07-06T12:30", True),
        (MADRID, "2026-11-23T07:30", True),
        (MADRID, "2026-11-23T13:30", True),
        (MADRID, "2026-11-23T16:00", False),
        (MADRID, "2026-07-06T06:30", True),
    ],
)
@pytest.mark.parametrize("machine", ["UTC", "Asia/Tokyo"])
def test_the_clock_is_that_of_the_line_and_not_of_the_machine(monkeypatch, zone, moment, is_open, machine):
    monkeypatch.setitem(os.environ, "TZ", machine)
    time.tzset()
    try:
        found = closed_at(line(zone=zone), datetime.fromisoformat(moment).replace(tzinfo=UTC))
    finally:
        monkeypatch.undo()
        time.tzset()

    assert ("main" not in {closed.number for closed in found}) == is_open


def test_unknown_hours_turn_nobody_away(script):
    assert closed_at(script, at("2026-12-25T03:00")) == ()
    assert a_closed_moment(script) == ""


def test_a_fax_machine_takes_faxes_at_any_hour():
    timed = line(main="unknown", billing="unknown", fax=OFFICE)

    assert closed_at(timed, at("2026-12-25T03:00")) == ()


@pytest.mark.parametrize(
    ("main", "billing", "closed"),
    [
        (OFFICE, BILLING, {"main", "billing"}),
        (ALWAYS, BILLING, {"billing"}),
        (OFFICE, "unknown", {"main"}),
        (ALWAYS, ALWAYS, set()),
    ],
)
def test_a_moment_at_which_all_are_closed_that_can_be(main, billing, closed):
    script = line(main, billing)
    moment = a_closed_moment(script)

    assert {one.number for one in closed_at(script, at(moment))} == closed if moment else not closed


@pytest.mark.parametrize(
    ("hours", "times"),
    [(OFFICE, ("8:30",)), (BILLING, ("9:00", "13:00", "18:00")), (NIGHTS, ("22:00",)), (ALWAYS, ()), (NEVER, ())],
)
def test_the_times_at_which_it_opens(hours, times):
    """Midnight is none where it is open from the day before."""
    assert opening_times(line(hours).numbers["main"].hours) == times


def test_a_closed_number_names_its_time_as_the_words_files_do():
    assert Closed("main", "today", 510).time == "8:30"
    assert Closed("main", "today", 780).time == "13:00"


# --- the words for it ----------------------------------------------------------------------------

DAYS_BUT_ONE = "days: {today: today, tomorrow: tomorrow, monday: Mon, tuesday: Tue, wednesday: Wed, thursday: Thu, friday: Fri, saturday: Sat}\n"
WORDS = {
    "a day that is missing": (DAYS_BUT_ONE, "missing 'sunday'"),
    "a day that is none": ("days: {mondey: on Monday}\n", "Did you mean 'monday'?"),
    "a time that is none": ("times:\n  8am: at eight\n", "'8am' is no time of day. Write it like 8:30"),
    "a time beyond midnight": ("times:\n  24:00: at midnight\n", "'24:00' is no time of day"),
    "a raw phone number": ("hours: {main: Call 973-940-3166.}\n", "a phone number (973-940-3166)"),
    "hours of no number": ("hours: {mian: We are here.}\n", "Did you mean 'main'?"),
    "nothing under a name": ("times: {8:30: }\n", "nothing stands after '8:30'"),
}


@pytest.mark.parametrize(("text", "told"), WORDS.values(), ids=WORDS)
def test_a_mistake_in_the_words_for_it_is_told(tmp_path, text, told):
    files = {**FILES, "en-US.yaml": FILES["en-US.yaml"] + text}

    found = next(problem for problem in problems(tmp_path, files) if told in problem)
    assert found.startswith("en-US.yaml:")


def test_a_time_may_begin_with_a_zero(tmp_path):
    files = {**FILES, "en-US.yaml": FILES["en-US.yaml"] + "times: {08:30: at half past eight}\n"}

    assert read(folder(tmp_path, files)).words["en-US"].times == {"8:30": "at half past eight"}
