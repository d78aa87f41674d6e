"""Where a conversation by text stands: what is kept from one text to the next, and for how long.

For: `Talk`, taking one up again after a pause, and noticing that the other side is a machine as well.
Not here: what is answered (`texting`), where a conversation is kept (`ivr.web.cookie`), the clock (handed in).
"""

from __future__ import annotations

from typing import NamedTuple
from zlib import crc32

from ivr.channels.text import Wrote
from ivr.dialog.normal import normalise
from ivr.dialog.state import State
from ivr.script.model import Script

FRESH = 15 * 60
"""Seconds after which nobody is held to remember which list was sent: a bare number then gets the menu, not an action."""

LONGEST = 4 * 60 * 60
"""Seconds for which the language lasts; Twilio keeps a cookie no longer (twilio.com/docs/messaging/twiml)."""

SKEW = 5 * 60
"""Seconds by which the clocks of two servers may differ."""

MOST_REPLIES = 40
"""In a quarter of an hour; after them comes one word about it, and then silence.  Nobody reads faster; machines do."""

MOST_SAME, SAME_LENGTH = 2, 20
"""So often is the same text answered in a row, if it has so many letters: it is an automatic reply, most likely."""

URGENT_FACTOR = 2
"""Words of an emergency are answered up to so many times as many texts."""

MARKS = 1 << 16
"""Checksums of texts: so few that none tells what was written."""


class Talk(NamedTuple):
    """Where a conversation stands.

    at: when it was last answered; since: when the counting of replies began; both in seconds of the clock.
    sent: pieces of the place that have been sent.  last: a checksum of the last long text; same: how often it came again.
    """

    state: State
    at: int
    sent: int = 0
    since: int = 0
    replies: int = 0
    last: int = 0
    same: int = 0


class Standing(NamedTuple):
    """A conversation as it is taken up.  begins: with its first words; late: after a pause that broke it off."""

    talk: Talk
    begins: bool
    late: bool = False


def take_up(script: Script, talk: Talk | None, now: int) -> Standing:
    """The conversation in which a text comes.  What is too old, or from a clock far ahead, is as if it were not there."""
    age = now - talk.at if talk else 0
    if talk is None or not -SKEW <= age <= LONGEST or talk.state.language not in script.languages:
        return Standing(Talk(State(script.version, script.first_language, script.start), now), begins=True)
    if age <= FRESH:
        return Standing(talk, begins=False)
    state = State(script.version, talk.state.language, script.start)
    return Standing(talk._replace(state=state, sent=0), begins=True, late=True)


def counted(talk: Talk, text: Wrote, now: int) -> Talk:
    """The conversation with this text counted."""
    if not -SKEW <= now - talk.since <= FRESH:
        talk = talk._replace(since=now, replies=0, last=0, same=0)
    long = len(text.words) >= SAME_LENGTH
    mark = crc32(normalise(text.words).encode()) % MARKS if long else 0
    same = talk.same + 1 if long and mark == talk.last else 0
    return talk._replace(replies=talk.replies + 1, last=mark, same=same)


def rests(talk: Talk, *, urgent: bool) -> bool:
    """Whether nothing is answered any more, for now; words of an emergency are answered longer."""
    if urgent:
        return talk.replies > MOST_REPLIES * URGENT_FACTOR
    return talk.replies > MOST_REPLIES or talk.same >= MOST_SAME


def rests_now(talk: Talk) -> bool:
    """Whether this is the first text that is not answered, so that a word about it is due."""
    return talk.replies == MOST_REPLIES + 1
