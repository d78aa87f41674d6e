"""Phone numbers and opening hours, as line.yaml writes them.

For: is this a number that the line may dial and read, how is it grouped when it is read (NUM-01), and when
does somebody answer.
Not here: which nodes use a number (`wiring`), the spoken name of who answers (`words`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType, shortnumberinfo

from ivr.script.model import Hours, PhoneNumber
from ivr.script.problems import shown
from ivr.script.today import WEEKDAYS
from ivr.script.tree import Text

if TYPE_CHECKING:
    from ivr.script.shape import Field

COUNTRY = "US"
"""Numbers without a leading + are of this country."""

MORE = ("kind", "uses", "hours", "taken with a key")
"""What may be said about a number."""

KINDS = ("voice", "fax")
YES_NO = ("yes", "no")
USES = ("dial", "read", "text")
RANGE = re.compile(r"([01]?\d|2[0-4]):([0-5]\d) ?[-\u2013] ?([01]?\d|2[0-4]):([0-5]\d)", re.ASCII)
HOLIDAYS = "closed on"
UNKNOWN, CLOSED = "unknown", "closed"
DAY = 24 * 60
LIKE_A_NUMBER = "Write it like 973-940-3166, or with a + and the code of its country."


def phone_number(value: Field) -> PhoneNumber | None:
    """The number under a name: just its digits, or a mapping with more about it."""
    if isinstance(value.tree, Text):
        return _number(value.name, value)
    fields = value.named(["number"], MORE)
    kind: Literal["voice", "fax"] = "fax" if fields["kind"].choice(KINDS, "voice") == "fax" else "voice"
    found = _number(value.name, fields["number"], kind, _uses(fields["uses"]), hours(fields["hours"]))
    taken_with_key = fields["taken with a key"].choice(YES_NO, "no") == "yes"
    return replace(found, taken_with_key=taken_with_key) if found else None


def e164(words: str) -> str | None:
    """A number that stands outside of a script, as it is dialled; None if there is no such number."""
    try:
        parsed = phonenumbers.parse(words, COUNTRY)
    except NumberParseException:
        return None
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164) if phonenumbers.is_valid_number(parsed) else None


def groups(number: str) -> tuple[str, ...]:
    """How a number like +19739403166 is read and written: in groups of digits (NUM-01)."""
    national = phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.NATIONAL)
    return tuple(re.findall(r"\d+", national))


def _uses(value: Field) -> frozenset[str]:
    """What a number is there for: everything, if nothing is said or something is misspelt."""
    uses = {use.choice(USES, "") for use in value.entries()}
    return frozenset(uses) if uses and "" not in uses else frozenset(USES)


def _number(
    name: str,
    value: Field,
    kind: Literal["voice", "fax"] = "voice",
    uses: frozenset[str] = frozenset(USES),
    opening: Hours | None = None,
) -> PhoneNumber | None:
    text = value.text()
    parsed = _parsed(value, text) if text else None
    if text is None or parsed is None:
        return None
    what = _refusal(text.words, parsed)
    if what:
        value.note(*what, text.place)
        return None
    dialled = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    return PhoneNumber(name, dialled, groups(dialled), kind, uses, opening)


def _parsed(value: Field, text: Text) -> phonenumbers.PhoneNumber | None:
    digits = re.sub(r"\D", "", text.words, flags=re.ASCII)
    if shortnumberinfo.is_emergency_number(digits, COUNTRY):
        value.note(f"{digits} is an emergency number, which this line never dials", "Delete it.", text.place)
        return None
    try:
        if re.fullmatch(r"\+?[\d\s().-]+", text.words, flags=re.ASCII):
            return phonenumbers.parse(text.words, COUNTRY)
    except NumberParseException:
        pass
    value.note(f"'{shown(text.words)}' is not a phone number", LIKE_A_NUMBER, text.place)
    return None


def _refusal(words: str, parsed: phonenumbers.PhoneNumber) -> tuple[str, str] | None:
    """Why a number may not stand here, if it may not."""
    if shortnumberinfo.is_valid_short_number(parsed):
        return f"'{shown(words)}' is a short number, which cannot be dialled from everywhere", LIKE_A_NUMBER
    if not phonenumbers.is_valid_number(parsed):
        return (
            f"'{shown(words)}' is not a phone number that exists",
            f"Look for a wrong or missing digit. {LIKE_A_NUMBER}",
        )
    if phonenumbers.number_type(parsed) == PhoneNumberType.PREMIUM_RATE:
        return f"'{shown(words)}' costs those who call it extra", "Write a number that is charged like any other."
    return None


def hours(value: Field) -> Hours | None:
    """Opening hours; none if they are not known.  A weekday that is not named is closed."""
    if not value or (isinstance(value.tree, Text) and value.tree.words == UNKNOWN):
        return None
    if isinstance(value.tree, Text):
        mend = "Write 'hours: unknown', or below it each weekday: 'monday: 8:00-17:00'."
        value.note(f"'{shown(value.tree.words)}' are no opening hours", mend, value.tree.place)
        return None
    fields = value.named([], (*WEEKDAYS, HOLIDAYS))
    holidays = tuple(filter(None, map(_holiday, fields[HOLIDAYS].entries())))
    return Hours(tuple(_day(fields[day]) for day in WEEKDAYS), holidays)


def _day(value: Field) -> tuple[tuple[int, int], ...]:
    if isinstance(value.tree, Text) and value.tree.words == CLOSED:
        return ()
    ranges = tuple(filter(None, map(_range, value.one_or_more())))
    if any(earlier[1] > later[0] for earlier, later in pairwise(ranges)):
        value.note(f"the hours of {value.name} overlap or are out of order", "Write the earlier ones first.")
    return ranges


def _range(value: Field) -> tuple[int, int] | None:
    text = value.text()
    if text is None:
        return None
    found = RANGE.fullmatch(text.words)
    if not found:
        value.note(
            f"'{shown(text.words)}' is no range of hours", "Write it like 8:00-17:00, or write closed.", text.place
        )
        return None
    start, end = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    if not start < end <= DAY:
        mend = "Count to 24:00; what goes on after midnight belongs to the next day."
        value.note(f"'{shown(text.words)}' ends before it begins", mend, text.place)
        return None
    return start, end


def _holiday(value: Field) -> str:
    words = value.words()
    try:
        return date.fromisoformat(words).isoformat() if words else ""
    except ValueError:
        value.note(f"'{shown(words)}' is no date", "Write year, month and day, like 2026-12-25.")
        return ""
