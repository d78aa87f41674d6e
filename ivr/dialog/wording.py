"""The traits of an utterance by which it is compared with others.

For: one form for the sentences from which the line learns and for those that it hears: without fillers, with words
that callers use for one another made one, without endings, and then as traits: words, neighbours, pieces of words.
Not here: what the traits stand for (`learnt`), the words themselves (staff's).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

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

_PIECE_LENGTHS = (3, 4)
Table = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""By first word: the words to look for, and the one word that takes their place."""


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """How the words of a language are made comparable."""

    language: str
    fillers: Table
    same: Table

    def plain(self, text: str) -> list[str]:
        """The words of a normalised text without fillers; all of them when nothing else would be left."""
        words = text.split()
        return _replaced(words, self.fillers) or words

    def core(self, words: list[str]) -> list[str]:
        """Words made one, and without endings."""
        return [word if word.startswith("=") else self.stem(word) for word in _replaced(words, self.same)]

    def stem(self, word: str) -> str:
        return _stem(self.language, word)

    def traits(self, words: list[str]) -> dict[str, float]:
        """What an utterance is compared by, each with its weight."""
        core = self.core(words)
        found = dict.fromkeys(core, 1.0)
        edged = ["^", *core, "$"]
        found.update((f"{a} {b}", _NEIGHBOURS) for a, b in zip(edged, edged[1:], strict=False))
        found.update((f"{a}_{b}", _BETWEEN) for a, b in zip(core, core[2:], strict=False))
        for word in words:
            found.update(_of_word(self.language, word))
        return found


@lru_cache(maxsize=16384)
def _stem(language: str, word: str) -> str:
    for ending, into in _ENDINGS.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) + len(into) >= 3:  # noqa: PLR2004 - see _ENDINGS
            return word[: -len(ending)] + into
    return word


@lru_cache(maxsize=16384)
def _of_word(language: str, word: str) -> tuple[tuple[str, float], ...]:
    """The traits that a word has by itself."""
    edged = f"<{word}>"
    pieces = {edged[i : i + n] for n in _PIECE_LENGTHS for i in range(len(edged) - n + 1)}
    return (f"~{_stem(language, word)}", _UNCHANGED), *((f"#{piece}", _PIECE) for piece in sorted(pieces))


def table(entries: Iterable[tuple[str, str]]) -> Table:
    """Phrases and what takes their place, made ready; of two that begin alike, the longer one counts."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, into in entries:
        words = tuple(normalise(phrase).split())
        if words:
            by_first.setdefault(words[0], []).append((words, into))
    return {first: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for first, found in by_first.items()}


def _replaced(words: list[str], known: Table) -> list[str]:
    done: list[str] = []
    at = 0
    while at < len(words):
        for phrase, into in known.get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                done += [into] if into else []
                at += len(phrase)
                break
        else:
            done.append(words[at])
            at += 1
    return done
