"""What is spoken, before any channel has put it into its own dialect.

For: utterances (text, pauses and numbers in one language) and how long they take to hear.  They are named tuples,
because what was once rendered is found again by them, and a tuple is the quickest key.
Not here: which words are said (`ivr.dialog.prompts`), SSML, TwiML.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

WORDS_PER_SECOND = 2.5
"""A line voice at its usual pace: 150 words a minute (TIME-10)."""


class Break(NamedTuple):
    """Silence inside what is spoken, in milliseconds."""

    ms: int


class Slow(NamedTuple):
    """Words that a caller writes down: a phone number, digit by digit, with a break after each group.

    Spoken at about 120 words a minute (NUM-01, NUM-02, NUM-03); `written` is the same for the eye.
    """

    groups: tuple[str, ...]
    written: str


Piece = str | Break | Slow


class Utterance(NamedTuple):
    """Pieces in one language, so that a voice of that language can say them (LEP-02)."""

    language: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The bare words: what a caller hears, without pauses."""
        return " ".join(" ".join(words_of(piece)) for piece in self.pieces if not isinstance(piece, Break))


Speech = tuple[Utterance, ...]

GROUP_BREAK = Break(600)
"""Between the groups of a phone number: at least 500 ms (NUM-02)."""


def words_of(piece: Piece) -> list[str]:
    """The words of a piece, in order; a break has none."""
    if isinstance(piece, str):
        return piece.split()
    if isinstance(piece, Slow):
        return ", ".join(piece.groups).split()
    return []


@lru_cache(maxsize=8192)
def count_words(speech: Speech) -> int:
    return sum(len(words_of(piece)) for utterance in speech for piece in utterance.pieces)


def seconds(speech: Speech, rate: float = 1.0) -> float:
    """How long `speech` lasts, estimated from words and breaks; `rate` is a factor on the voice's pace."""
    breaks = sum(_silence(p) for utterance in speech for p in utterance.pieces)
    return count_words(speech) / (WORDS_PER_SECOND * rate) + breaks / 1000


def _silence(piece: Piece) -> int:
    if isinstance(piece, Break):
        return piece.ms
    if isinstance(piece, Slow):
        return GROUP_BREAK.ms * (len(piece.groups) - 1)
    return 0


def join(*speeches: Speech) -> Speech:
    """One speech of several, with neighbours of the same language run together and empty ones left out."""
    joined: list[Utterance] = []
    for utterance in (u for speech in speeches for u in speech if u.pieces):
        if joined and joined[-1].language == utterance.language:
            joined[-1] = Utterance(utterance.language, joined[-1].pieces + utterance.pieces)
        else:
            joined.append(utterance)
    return tuple(joined)
