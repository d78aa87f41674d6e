"""Words that the recogniser got wrong, put right by their sound or their spelling.

For: "sigh attica", "planter fish itis", "gut kin", "facitis plantal": terms that no general recogniser knows come back as
words that sound alike.  Only what holds a word unknown to the line is put right, so that common words stay as they are.
Not here: how a word sounds (`sounds`), which terms there are (`vocabulary`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

_MOST_TOGETHER = 4
"""How many words one misheard term may have become."""

SHORTEST_SOUND, _SHORTEST_SPELLING = 3, 5
"""Keys and words that are shorter have too many neighbours."""

_RESEMBLES = 62.0
"""How alike the spellings of what sounds alike must be: a key is coarse, and says nothing about vowels."""

_ALIKE = 84.0
"""How alike, out of 100, two spellings must be to be taken for one word."""

_RATHER_ALIKE = 80.0
"""The same for two words that sound much alike."""

_SOUNDS_ALIKE = 86.0
"""How alike two keys must be for words together to be taken for a term."""

_MOST_REPAIRS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Hearing:
    """`known` words are left alone; `terms` are found by their key; `spelt` gives the longer known words
    that may be as good as one of so many letters.

    Several words never become one of `commands`: those are common words themselves, and act at once.
    """

    sound: Callable[[str], str]
    known: frozenset[str]
    terms: Mapping[str, str]
    spelt: Callable[[int], tuple[str, ...]]
    commands: frozenset[str]

    def mended(self, words: list[str]) -> list[str]:
        """The words with terms put where they were misheard."""
        if self.known.issuperset(words):
            return words
        return self._whole(words) or self._mended(words)

    def _whole(self, words: list[str]) -> list[str]:
        """The term for which few words, one of them unknown, stand as a whole; none for words that could be a command."""
        if len(words) > _MOST_TOGETHER:
            return []
        term = self.like(words)
        alike = fuzz.ratio("".join(words), term.replace(" ", "")) >= _RESEMBLES
        return term.split() if alike and term not in self.commands else []

    def _mended(self, words: list[str]) -> list[str]:
        done: list[str] = []
        at, left = 0, _MOST_REPAIRS
        while at < len(words):
            strange = left and not self.known.issuperset(words[at : at + _MOST_TOGETHER])
            size, term = self._term(words, at) if strange else (1, words[at])
            left -= term != words[at]
            done += term.split()
            at += size
        return done

    def _term(self, words: list[str], at: int) -> tuple[int, str]:
        """How many words from here make which term; a single word as it is when there is none."""
        for size in range(min(_MOST_TOGETHER, len(words) - at), 0, -1):
            part = words[at : at + size]
            if all(word in self.known for word in part):
                continue
            term = self.terms.get(self.key(part), "")
            if size > 1 and term in self.commands:
                continue
            if term and fuzz.ratio("".join(part), term.replace(" ", "")) >= _RESEMBLES:
                return size, term
        word = words[at]
        if word in self.known or len(word) < _SHORTEST_SPELLING:
            return 1, word
        found = process.extractOne(word, self.spelt(len(word)), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return 1, found[0] if found else self._sounding(word)

    def _sounding(self, word: str) -> str:
        """The single term that sounds much like a word and is not spelt too differently; else the word itself."""
        term = self.like([word])
        alike = bool(term) and " " not in term and fuzz.ratio(word, term) >= _RATHER_ALIKE
        return term if alike and term not in self.commands else word

    def key(self, words: Iterable[str]) -> str:
        """How words sound one after the other; a sound on both sides of a gap is heard once."""
        joined = ""
        for key in map(self.sound, words):
            joined += key[1:] if joined and key[:1] == joined[-1] else key
        return joined

    def like(self, words: list[str]) -> str:
        """The term like which all these words together sound, if there is one."""
        key = self.key(words)
        if len(key) < SHORTEST_SOUND:
            return ""
        found = process.extractOne(key, self.terms.keys(), scorer=fuzz.ratio, score_cutoff=_SOUNDS_ALIKE)
        return self.terms[found[0]] if found else ""


def spellings(words: Iterable[str]) -> Callable[[int], tuple[str, ...]]:
    """The function that gives those of the words, in order, whose length alone lets them be alike to one of so many letters."""
    known = sorted(words)

    @cache
    def of_length(letters: int) -> tuple[str, ...]:
        return tuple(word for word in known if 200 * min(len(word), letters) >= _ALIKE * (len(word) + letters))

    return of_length
