"""The dialect of text messages: what Twilio posts becomes a message, and an answer becomes a document.

For: both directions of one dialect: which texts Twilio answers itself, which are a key, which are words.
Not here: what is answered (`texting`), how it is worded (`written`), how TwiML is spelt (`twiml`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from ivr.channels import twiml
from ivr.dialog.normal import normalise
from ivr.script.catalogue import KEYS

OPT_OUT = frozenset({"STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"})
KEYWORDS = OPT_OUT | {"START", "YES", "UNSTOP", "HELP", "INFO"}
"""Twilio answers a text that is one of these words, and passes it on as well
(twilio.com/docs/messaging/tutorials/advanced-opt-out)."""

MOST_CHARACTERS = 1600
"""Twilio's longest message, either way (error 14103)."""

_AROUND = re.compile(r"^[\s#(]*([0-9])[\s.,:;)!]*$")
"""A number as people write it: "2.", "#2", "(2)"."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A text that Twilio has answered: one answer more would be a second text, or fail (error 21610)."""

    word: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """A text: a key, or words; neither when there was nothing to read in it."""

    key: str = ""
    words: str = ""


def read(form: Mapping[str, str]) -> Keyword | Wrote:
    """What the sender did.  Pictures and recordings are not looked at; the words beside them are."""
    body = form.get("Body", "")[:MOST_CHARACTERS]
    kind = form.get("OptOutType", "").strip().upper()
    if kind:  # a messaging service has answered it, perhaps by a word of its own
        return Keyword(kind if kind in KEYWORDS else "STOP")
    word = body.strip().upper()
    bare = word.strip(".!\"'")
    if word in KEYWORDS or bare in OPT_OUT:
        return Keyword(word if word in KEYWORDS else bare)
    return wrote(body)


def wrote(body: str) -> Wrote:
    """What a text says, if it is no keyword."""
    if key := _key(body):
        return Wrote(key)
    return Wrote(words=body.strip()) if normalise(body) else Wrote()


def _key(body: str) -> str:
    """The key that a text names: also as an emoji, in wide digits, or in those of another script."""
    bare = "".join(c for c in body if unicodedata.category(c) not in {"Me", "Mn", "Cf"})
    if bare.strip() in KEYS:
        return bare.strip()
    found = _AROUND.match("".join(_digit(c) for c in bare))
    return found[1] if found else ""


def _digit(character: str) -> str:
    value = unicodedata.digit(character, None)
    return character if value is None else str(value)


def write(words: str) -> str:
    """The document that sends `words`, or nothing at all."""
    return twiml.response(twiml.message(words)) if words else twiml.response()
