"""Phrases that allow for the ways in which people say a thing: "chest ... hurt*/tight".

For: the words of an emergency, where a list of whole sentences would never be long enough.  In a pattern, `...`
stands for up to four words, `/` parts words of which any will do, and `*` is any ending.
Not here: which patterns there are (staff's, in the words files), what follows from one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ivr.dialog.normal import normalise

GAP = 4
"""How many words may stand where a pattern has three dots."""

_DOTS = r"(?:\S+ ){0,%d}?" % GAP


@dataclass(frozen=True, slots=True)
class Patterns:
    """Several patterns, looked for at once; `each` pairs them with what staff wrote."""

    every: re.Pattern[str]
    each: tuple[tuple[re.Pattern[str], str], ...]

    def found(self, text: str) -> str:
        """The pattern, as staff wrote it, that stands in a normalised text; else nothing."""
        padded = f" {text} "
        if not self.every.search(padded):
            return ""
        return next((written for pattern, written in self.each if pattern.search(padded)), "")

    def without(self, text: str) -> str:
        """A normalised text without the words that the patterns cover."""
        padded = f" {text} "
        while (cut := self.every.sub(" ", padded)) != padded:
            padded = cut
        return " ".join(padded.split())


def patterns(written: Iterable[str]) -> Patterns:
    """Patterns as staff write them, made ready."""
    sources = {phrase: _source(phrase) for phrase in written}
    every = "|".join(filter(None, sources.values())) or r"(?!)"
    return Patterns(re.compile(every), tuple((re.compile(source), phrase) for phrase, source in sources.items() if source))


def _source(phrase: str) -> str:
    """A pattern as a regular expression over words, each of which is followed by one space."""
    words = phrase.replace("\u2026", " ... ").split()
    said = [word for word, before in zip(words, ["", *words], strict=False) if word != before]  # as `normalise` has it
    parts = [_DOTS if word == "..." else _any_of(word) for word in said]
    return r"(?<= )" + "".join(parts) if any(part not in ("", _DOTS) for part in parts) else ""


def _any_of(part: str) -> str:
    words = [_word(word) for word in part.split("/")]
    found = [word for word in words if word]
    return f"(?:{'|'.join(found)}) " if found else ""


def _word(word: str) -> str:
    known = r"\ ".join(map(re.escape, normalise(word).split()))
    return known + r"\S*" if known and word.endswith("*") else known
