"""How words sound: two spellings that a recogniser takes for one another get the same key.

For: "sigh attica" and "sciatica", "gut kin" and "Gutkin", "sinco" and "cinco".  English spelling says little about
vowels and much about consonants, so an English key holds consonants only, voiced and voiceless as one.  Spanish is spelt
almost as it sounds, so a Spanish key keeps its vowels.
Not here: what is done with a word that sounds like another (`mishearing`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> Rules:
    return tuple((re.compile(pattern), into) for pattern, into in pairs)


_ENGLISH = _rules(
    (r"[^a-z]", ""),
    (r"^(?:kn|gn|pn)", "n"),
    (r"^wr", "r"),
    (r"^ps", "s"),
    (r"^x", "s"),
    (r"mb$", "m"),
    (r"gh", ""),
    (r"ph", "f"),
    (r"sch", "sk"),
    (r"tch|ch|sh|dge|dg|[tsc]i(?=[oa])|j", "s"),
    (r"sc(?=[eiy])", "s"),
    (r"c(?=[eiy])", "s"),
    (r"g(?=[eiy]$|e[rs]?$)", "s"),
    (r"[ckqg]+", "k"),
    (r"x", "ks"),
    (r"z", "s"),
    (r"th|d", "t"),
    (r"b", "p"),
    (r"v", "f"),
    (r"(?!^)h|[aeiouwy]", ""),
    (r"(.)\1+", r"\1"),
)

_SPANISH = _rules(
    (r"[^a-z]", ""),
    (r"ch", "x"),
    (r"h", ""),
    (r"qu|q", "k"),
    (r"gu(?=[ei])", "g"),
    (r"[gj](?=[ei])|j", "j"),
    (r"c(?=[eiy])|z", "s"),
    (r"c", "k"),
    (r"ll", "y"),
    (r"y$", "i"),
    (r"v", "b"),
    (r"x", "ks"),
    (r"(?<=[ao])i(?=[ao])|(?<=i)(?=[ao])", "y"),
    (r"(.)\1+", r"\1"),
)

_LANGUAGES: dict[str, Rules] = {"en": _ENGLISH, "es": _SPANISH}


def sounds_of(language: str) -> Callable[[str], str]:
    """The function that gives a word's key in a language; in one without rules, a word sounds as it is spelt."""
    rules = _LANGUAGES.get(language.partition("-")[0], ())

    @lru_cache(maxsize=8192)
    def sound(word: str) -> str:
        for pattern, into in rules:
            word = pattern.sub(into, word)
        return word

    return sound
