"""Phrases that allow for the ways in which people say a thing: "chest ... hurt*/tight".

For: the words of an emergency, where a list of whole sentences would never be long enough.  In a pattern, `...`
stands for up to four words, `/` parts words of which any will do, and `*` is any ending.
Not here: which patterns there are (staff's, in the words files), what follows from one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ivr.dialog.normal import normalise

GAP = 4
"""How many words may stand where a pattern has three dots."""

_DOTS = rf"(?:\S+ ){{0,{GAP}}}?"


@dataclass(frozen=True, slots=True)
class Patterns:
    """Several patterns: what staff wrote with its expression, by the words with which it may begin.

    Only patterns of which the first word was said are looked for, as there are hundreds.
    """

    each: tuple[tuple[str, re.Pattern[str]], ...]
    by_word: Mapping[str, tuple[int, ...]]
    by_beginning: tuple[tuple[str, int], ...]

    def found(self, text: str) -> str:
        """The pattern, as staff wrote it, that stands in a normalised text; else nothing."""
        padded = f" {text} "
        return next((written for written, pattern in self._begun(text) if pattern.search(padded)), "")

    def without(self, text: str) -> str:
        """A normalised text without the words that the patterns cover."""
        padded = f" {text} "
        for _, pattern in self._begun(text):
            padded = pattern.sub("", padded)
        return " ".join(padded.split())

    def _begun(self, text: str) -> Iterator[tuple[str, re.Pattern[str]]]:
        begun: set[int] = set()
        for word in set(text.split()):
            begun.update(self.by_word.get(word, ()))
            begun.update(number for beginning, number in self.by_beginning if word.startswith(beginning))
        return (self.each[number] for number in sorted(begun))


def patterns(written: Iterable[str]) -> Patterns:
    """Patterns as staff write them, made ready."""
    parts = {phrase: _parts(phrase) for phrase in written}
    known = [(phrase, words) for phrase, words in parts.items() if words]
    by_word: dict[str, tuple[int, ...]] = {}
    by_beginning: list[tuple[str, int]] = []
    for number, (_, words) in enumerate(known):
        for first in words[0]:
            if first.endswith("*"):
                by_beginning.append((first[:-1], number))
            else:
                by_word[first] = (*by_word.get(first, ()), number)
    each = tuple((phrase, re.compile(_source(words))) for phrase, words in known)
    return Patterns(each, by_word, tuple(by_beginning))


def _parts(phrase: str) -> list[list[str]]:
    """The words that may stand at each position, none where others may come between; without dots at either end."""
    written = phrase.replace("\u2026", " ... ").split()
    said = [part for part, before in zip(written, ["", *written], strict=False) if part != before]  # see `normalise`
    parts = [[] if part == "..." else _words(part) for part in said]
    while parts and not parts[0]:
        del parts[0]
    return parts


def _words(part: str) -> list[str]:
    """The words of which any will do, in the form in which they are compared."""
    found = []
    for word in part.split("/"):
        plain = normalise(word).split()
        if plain:
            found.append(plain[0] + "*" if word.endswith("*") else plain[0])
    return found


def _source(parts: list[list[str]]) -> str:
    """A pattern as a regular expression over words, each of which is followed by one space."""
    return "(?<= )" + "".join(f"(?:{'|'.join(map(_word, words))}) " if words else _DOTS for words in parts)


def _word(word: str) -> str:
    return re.escape(word[:-1]) + r"\S*" if word.endswith("*") else re.escape(word)
