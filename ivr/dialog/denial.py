"""What callers say that they do not want, taken out of their words.

For: "I don't want billing", "not my knee, my shoulder", "operator? no, the fax".  The words that deny and those that
correct are staff's; what is denied must be something that the line knows by name, so that "I don't know what to
say" stays as it is.
Not here: what the rest of the words means (`guessing`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ivr.dialog.normal import normalise
from ivr.dialog.wording import Table, standing_at

_REACH = 2
"""How many words may stand between a denial and what it denies: "not for my knee"."""

_NO_WITH_STOPS = re.compile(r"[,.;:?!]\s*no\s*[,.;:!]", re.IGNORECASE)
"""A "no" set apart on both sides corrects what stands before it, in any language in which it is a word for no."""


@dataclass(frozen=True, slots=True, eq=False)
class Denials:
    """`names` are the words for everything that can be asked for; `sentences` hold a denial and mean something as they
    are ("do not hang up").
    """

    denials: Table[str]
    corrections: Table[str]
    names: Table[str]
    sentences: Table[str]

    def rest(self, words: list[str]) -> list[str]:
        """The words without what is denied, and without what was said before a correction."""
        return self._not_denied(self._corrected(words))

    def _corrected(self, words: list[str]) -> list[str]:
        """What follows the last correction, if something known stands before it and words after it.

        A single word, such as "no", only corrects when something known follows: not in "a headache that no pill takes".
        """
        for at in range(len(words) - 2, 0, -1):
            size = _length(self.corrections, words, at)
            rest = words[at + size :]
            if size and rest and self._named(words[:at]) and (size > 1 or self._named(rest)):
                return rest
        return words

    def _named(self, words: list[str]) -> bool:
        return any(_length(self.names, words, at) for at in range(len(words)))

    def _not_denied(self, words: list[str]) -> list[str]:
        kept: list[str] = []
        at, said = 0, 0
        while at < len(words):
            said = max(said, at + _length(self.sentences, words, at))
            size = self._denied(words, at) if at >= said else 0
            if not size:
                kept.append(words[at])
            at += size or 1
        return kept

    def _denied(self, words: list[str], at: int) -> int:
        """How many words from here deny something, together with what they deny; 0 if they do not."""
        size = _length(self.denials, words, at)
        for start in range(at + size, at + size + _REACH + 1) if size else ():
            if named := _length(self.names, words, start):
                return start + named - at
        return 0


def corrected(said: str) -> str:
    """What follows a "no" that its stops set apart; all of it when there is none."""
    *before, after = _NO_WITH_STOPS.split(said)
    return after if before and normalise(before[-1]) and normalise(after) else said


def _length(known: Table[str], words: list[str], at: int) -> int:
    """How many words the longest entry that stands here has; 0 if none does."""
    begins = at < len(words) and words[at] in known
    return next((end - at for end, _ in standing_at(known, words, at)), 0) if begins else 0
