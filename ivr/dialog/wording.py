"""The traits of an utterance by which it is compared with others.

For: one form for the sentences from which the line learns and for those that it hears: without fillers, with words
that callers use for one another made one, without endings, and then as traits: words, neighbours, pieces of words.
Not here: what the traits stand for (`learnt`), the words themselves (staff's).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from ivr.dialog.normal import normalise

_ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": tuple(
        (ending, into)
        for ending, into in (
            ("ational", "ate"), ("ically", "ic"), ("ingly", ""), ("edly", ""), ("ings", ""), ("ing", ""), ("ies", "y"),
            ("ied", "y"), ("ers", ""), ("er", ""), ("ed", ""), ("es", ""), ("ly", ""), ("s", ""), ("e", ""),
        )
    ),
    "es": tuple(
        (ending, "")
        for ending in (
            "amente", "mente", "andose", "iendo", "ando", "adas", "ados", "idas", "idos", "ada", "ado", "ida", "ido",
            "arme", "arlo", "erme", "irme", "aron", "ieron", "itos", "itas", "ito", "ita", "emos", "amos", "ar", "er",
            "ir", "es", "os", "as", "an", "en", "o", "a", "e", "s",
        )
    ),
}  # fmt: skip
"""Endings that are cut off, longest first, as long as three letters are left."""

_NEIGHBOURS, _BETWEEN, _UNCHANGED, _PIECE = 0.8, 0.4, 0.5, 0.05
"""What two words side by side, two with one between, a word as it was said, and a piece of it weigh beside a word."""

_PIECE_LENGTH = 4
Stands = TypeVar("Stands")
Table = Mapping[str, tuple[tuple[int, Mapping[tuple[str, ...], tuple[Stands, ...]]], ...]]
"""By first word and number of words, the longest first: the words to look for, and what they stand for."""


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """How the words of a language are made comparable."""

    language: str
    fillers: Table[str]
    same: Table[str]

    def plain(self, text: str) -> list[str]:
        """The words of a normalised text without fillers; all of them when nothing else would be left."""
        words = text.split()
        return _replaced(words, self.fillers) or words

    def core(self, words: list[str]) -> list[str]:
        """Words made one, and without endings."""
        return [word if word.startswith("=") else self.stem(word) for word in _replaced(words, self.same)]

    def stem(self, word: str) -> str:
        return _stem(self.language, word)

    def traits(self, words: list[str], core: list[str]) -> dict[str, float]:
        """What an utterance of these words and this core is compared by, each with its weight."""
        found = dict.fromkeys(core, 1.0)
        edged = ["^", *core, "$"]
        found.update(dict.fromkeys(map(" ".join, pairwise(edged)), _NEIGHBOURS))
        found.update(dict.fromkeys(map("_".join, zip(core, core[2:], strict=False)), _BETWEEN))
        found.update((f"~{self.stem(word)}", _UNCHANGED) for word in words)
        return found

    def pieces(self, words: Iterable[str]) -> dict[str, float]:
        """The pieces of words by which it is compared besides, each with its weight."""
        return {piece: _PIECE for word in words for piece in pieces_of(word)}


@lru_cache(maxsize=16384)
def _stem(language: str, word: str) -> str:
    for ending, into in _ENDINGS.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) + len(into) >= 3:  # noqa: PLR2004 - see _ENDINGS
            return word[: -len(ending)] + into
    return word


def pieces_of(word: str) -> set[str]:
    """Four letters in a row, the edges of the word counted: what two spellings of a word have in common."""
    edged = f"<{word}>"
    return {edged[at : at + _PIECE_LENGTH] for at in range(len(edged) - _PIECE_LENGTH + 1)}


def table(entries: Iterable[tuple[str, Stands]]) -> Table[Stands]:
    """Phrases and what they stand for, made ready to be looked for."""
    return _by_first((tuple(normalise(phrase).split()), stands) for phrase, stands in entries)


def core_table(wording: Wording, entries: Iterable[tuple[str, Stands]]) -> Table[Stands]:
    """The same for phrases of which only the core counts."""
    plain = ((wording.plain(normalise(phrase)), stands) for phrase, stands in entries)
    return _by_first((tuple(wording.core(words)), stands) for words, stands in plain)


def _by_first(entries: Iterable[tuple[tuple[str, ...], Stands]]) -> Table[Stands]:
    found: dict[str, dict[int, dict[tuple[str, ...], tuple[Stands, ...]]]] = {}
    for words, stands in entries:
        if words:
            same_length = found.setdefault(words[0], {}).setdefault(len(words), {})
            same_length[words] = (*same_length.get(words, ()), stands)
    return {first: tuple(sorted(of_length.items(), reverse=True)) for first, of_length in found.items()}


def standing(known: Table[Stands], words: list[str]) -> Iterator[tuple[int, int, Stands]]:
    """Every entry that stands among the words: where it begins and ends, and what it stands for."""
    for at, word in enumerate(words):
        for end, stands in standing_at(known, words, at) if word in known else ():
            yield at, end, stands


def _replaced(words: list[str], known: Table[str]) -> list[str]:
    done: list[str] = []
    end = 0
    for at, word in enumerate(words):
        if at < end:
            continue
        found = next(standing_at(known, words, at), None) if word in known else None
        if found is None:
            done.append(word)
            continue
        end, into = found
        done += [into] if into else []
    return done


def standing_at(known: Table[Stands], words: list[str], at: int) -> Iterator[tuple[int, Stands]]:
    """The entries that begin at one word, longest first: where they end, and what they stand for."""
    for length, entries in known.get(words[at], ()) if at < len(words) else ():
        for stands in entries.get(tuple(words[at : at + length]), ()):
            yield at + length, stands
