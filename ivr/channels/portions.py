"""Cutting what is to be sent into messages of two segments.

For: `page`, the next message of a text that may be longer than one, cut between sentences and lines.
Not here: what is sent (`written`), what a segment is (`gsm`).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ivr.channels.gsm import folded, segments, septets

Pieces = tuple[str, ...]

MOST_SEGMENTS = 2
"""A message is no longer unless its reader asks for more."""

_LONGEST, _LONGEST_WIDE = 180, 70
"""Characters of a sentence that is still sent whole: with the way on behind it, it fits into one message."""

_BETWEEN = re.compile(r"(?<=[.!?])\s+")


def sentences(words: str) -> Pieces:
    """The pieces between which a text may be cut, in the alphabet of messages."""
    return tuple(piece for one in _BETWEEN.split(folded(words).strip()) if one for piece in _whole(one))


def lines(*words: str) -> Pieces:
    """Pieces that each begin a line of their own."""
    return tuple(f"\n{piece}" if first else piece for one in words for first, piece in _numbered(sentences(one)))


def _numbered(pieces: Pieces) -> Iterable[tuple[bool, str]]:
    return ((number == 0, piece) for number, piece in enumerate(pieces))


def _whole(sentence: str) -> list[str]:
    longest = _LONGEST if all(map(septets, sentence)) else _LONGEST_WIDE
    return [sentence] if len(sentence) <= longest else textwrap.wrap(sentence, longest)


def text(pieces: Iterable[str]) -> str:
    """Pieces as they are read: a line break where one begins a line, else a space."""
    return "".join(piece if piece.startswith("\n") else f" {piece}" for piece in pieces).strip()


def fits(pieces: Sequence[str]) -> bool:
    return segments(text(pieces)) <= MOST_SEGMENTS


@lru_cache(maxsize=4096)
def page(lead: Pieces, body: Pieces, more: Pieces, end: Pieces, at: int = 0) -> tuple[str, int]:
    """A message, and how many pieces of the body have been sent with it.

    `lead` comes first; then as much of the body, from piece `at`, as there is room for; then `end` if that was all, and
    `more` if not.  What is too long for a message even so is cut short from its end, and never the lead's beginning.
    """
    for stop in range(len(body), at - 1, -1):
        whole = [*lead, *body[at:stop], *(end if stop == len(body) else more)]
        if fits(whole) and (stop > at or stop == len(body) or lead):
            return text(whole), stop
    kept: list[str] = []
    for piece in (*lead, *body[at : at + 1]):
        if kept and not fits([*kept, piece]):
            break
        kept.append(piece)
    return text(kept), at + (len(kept) > len(lead))
