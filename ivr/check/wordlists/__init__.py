"""The words that the checker looks for, a file for each language, to which a word is easily added.

For: `wordlist("en-US", "blame")`, and finding such words in a text, whatever their capitals and accents.
Not here: which rule looks for what (`ivr.check.rules`).  A language without a file has no such words, so that a new
language is judged by all that is not about words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent


@lru_cache(maxsize=64)
def wordlist(language: str, name: str) -> tuple[str, ...]:
    """A list of a language, by the language's tag, such as en-US."""
    return tuple(map(str, _lists(language).get(name, ())))


@lru_cache(maxsize=64)
def rows(language: str, name: str) -> tuple[tuple[str, ...], ...]:
    """A list of lists."""
    return tuple(tuple(map(str, row)) for row in _lists(language).get(name, ()))


@lru_cache(maxsize=16)
def _lists(language: str) -> dict[str, list[Any]]:
    path = HERE / f"{language.partition('-')[0]}.yaml"
    known: dict[str, list[Any]] = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return known


def found(text: str, language: str, name: str) -> str:
    """The first words of a list that stand in a text, as they are written there; or nothing."""
    pattern = _pattern(language, name)
    match = pattern.search(flat(text)) if pattern else None
    return text[match.start() : match.end()] if match else ""


@lru_cache(maxsize=64)
def _pattern(language: str, name: str) -> re.Pattern[str] | None:
    words = sorted((flat(word) for word in wordlist(language, name)), key=len, reverse=True)
    either = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?<![\w{{])(?:{either})(?!\w)") if words else None


def either(language: str, name: str) -> str:
    """The words of a list as a part of a pattern, for a text that is `flat`."""
    return "|".join(re.escape(flat(word)) for word in wordlist(language, name)) or "(?!)"


@lru_cache(maxsize=8192)
def flat(text: str) -> str:
    """Small letters without accents, as many characters as there were."""
    return "".join(_flat(character) for character in text)


def _flat(character: str) -> str:
    bare = unicodedata.normalize("NFD", character)[0].lower()
    return bare if len(bare) == 1 else character
