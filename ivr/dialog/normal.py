"""Text as it is compared: no case, accents, punctuation or doubled words.

For: bringing what a recogniser returns, and what staff list as phrases, to one form.
Not here: what words mean (`understand`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ivr.script.plain import plain

MOST_CHARACTERS = 600
"""Longer input is cut: a caller's request stands at the beginning or at the end of a long story."""

_DIGITS = re.compile("[0-9]")

MOST_DIGITS = 3
"""A longer number is no key, and no number of an emergency."""


def normalise(text: str) -> str:
    """`text` in the form in which phrases are compared, and no longer than a caller's request (ASR-08)."""
    if len(text) > MOST_CHARACTERS:
        text = f"{text[: MOST_CHARACTERS // 2]} {text[-MOST_CHARACTERS // 2 :]}"
    return plain(text)


def contains(text: str, phrase: str) -> bool:
    """Whether the words of `phrase` stand together in `text`; both normalised."""
    return f" {phrase} " in f" {text} "


def without(text: str, phrases: frozenset[str]) -> str:
    """`text` with every one of `phrases` taken out, longest first; unchanged when nothing would be left."""
    padded = f" {text} "
    for phrase in _longest_first(phrases):
        padded = padded.replace(phrase, " ")
    return " ".join(padded.split()) or text


@lru_cache(maxsize=64)
def _longest_first(phrases: frozenset[str]) -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in sorted(phrases, key=len, reverse=True))


def spelt(text: str, digits: Mapping[str, str]) -> str:
    """A normalised text with short numbers as they are spoken: "911" is "nine one one"."""
    if _DIGITS.search(text) is None:
        return text
    return " ".join(_spelt_word(word, digits) for word in text.split())


def _spelt_word(word: str, digits: Mapping[str, str]) -> str:
    if len(word) > MOST_DIGITS or not set(word) <= digits.keys():
        return word
    return " ".join(digits[digit] for digit in word)
