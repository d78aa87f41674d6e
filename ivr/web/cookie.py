"""Where a conversation by text is kept between two texts: in a cookie, which Twilio keeps for each pair of numbers.

For: writing a `Talk` as a cookie that nobody else can make, and reading one that may be anything.  Twilio's signature
does not cover cookies, so they are sealed with a key of our own, for the two numbers between which they were sent.
Neither number stands in a cookie, and no word of anybody's.
Not here: how long a conversation lasts (`ivr.channels.talk`), requests (`texts`).
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping

from ivr.channels.talk import Talk
from ivr.dialog.state import parse, query

NAME = "ivr"
PURPOSE = "texts"
"""Of the key (`ivr.web.secret.key`)."""

MOST_CHARACTERS = 2_000

_SEAL_BYTES = 16
_CONTENT = re.compile(r"1((?:\.[0-9]{1,12}){6})~(.{1,1200})", re.ASCII)


def seal(talk: Talk, key: bytes, parties: bytes) -> str:
    """The cookie for a conversation between `parties`."""
    numbers = "".join(f".{number}" for number in talk[1:])
    content = f"1{numbers}~{query(talk.state)}".encode()
    return f"{_text(content)}.{_text(_seal(content, key, parties))}"


def unseal(cookie: str, key: bytes, parties: bytes) -> Talk | None:
    """The conversation in a cookie, or None for one that is not ours, was changed, or came from another pair."""
    content, _, mark = cookie[:MOST_CHARACTERS].partition(".")
    try:
        said, found = _bytes(content), _bytes(mark)
    except ValueError:
        return None
    if not hmac.compare_digest(found, _seal(said, key, parties)):
        return None
    parts = _CONTENT.fullmatch(said.decode("ascii", "replace"))
    state = parse(parts[2]) if parts else None
    return Talk(state, *map(int, parts[1][1:].split("."))) if parts and state else None


def parties(form: Mapping[str, str]) -> bytes:
    """The two numbers of a text, as what its cookie is sealed for."""
    return f"{form.get('From', '')}\n{form.get('To', '')}".encode()


def _seal(content: bytes, key: bytes, between: bytes) -> bytes:
    return hmac.new(key, between + b"\n" + content, hashlib.sha256).digest()[:_SEAL_BYTES]


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
