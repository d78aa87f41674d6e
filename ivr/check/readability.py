"""How hard a text is to follow, by the usual formulas: Flesch-Kincaid for English, Fernández-Huerta for Spanish.

For: one grade of school for a text, and what it was worked out from.
Not here: which texts, and which grade is too high (`ivr.check.rules.reading`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ivr.check.phonetics import syllables

if TYPE_CHECKING:
    from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")

GRADES = ((100, 3.0), (90, 4.0), (80, 5.0), (70, 6.0), (60, 8.0), (50, 10.0), (30, 13.0), (0, 16.0))
"""INFLESZ and Fernández-Huerta give ease, from 100 down, not grades: at least so much ease, at most such a grade."""


@dataclass(frozen=True, slots=True)
class Reading:
    """words and sentences: how much was measured.  grade: years of school that it asks for."""

    words: int
    sentences: int
    grade: float


def words(text: str) -> list[str]:
    return WORD.findall(text)


def reading(texts: Iterable[str], language: str) -> Reading:
    """How hard sentences are, taken together."""
    counted = [found for text in texts if (found := words(text))]
    count = sum(map(len, counted))
    if not count:
        return Reading(0, 0, 0.0)
    length = count / len(counted)
    weight = sum(syllables(word, language) for found in counted for word in found) / count
    grade = FORMULAS[language.partition("-")[0]](length, weight)
    return Reading(count, len(counted), round(grade, 1))


def _english(length: float, weight: float) -> float:
    return 0.39 * length + 11.8 * weight - 15.59


def _spanish(length: float, weight: float) -> float:
    """Ease by Fernández-Huerta, on a line between the grades that the ease is commonly put at."""
    ease = 206.84 - 60 * weight - 1.02 * length
    if ease >= GRADES[0][0]:
        return GRADES[0][1]
    for (high, lower), (low, higher) in pairwise(GRADES):
        if ease >= low:
            return higher - (ease - low) / (high - low) * (higher - lower)
    return GRADES[-1][1]


FORMULAS = {"en": _english, "es": _spanish}
"""By language: from the words of a sentence and the syllables of a word, on average, to a grade."""


def known(language: str) -> bool:
    """Whether there is a formula for a language."""
    return language.partition("-")[0] in FORMULAS
