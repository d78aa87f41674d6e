"""A part of what was said, brought once into every form in which the guesses look at it.

For: a part's words without fillers, their core, and the entries of the words files that stand among them, worked out
once, as a guess asks for each of them many times.
Not here: what the part means (`guessing`), how words are made comparable (`wording`).
"""

from __future__ import annotations

from typing import NamedTuple

from ivr.dialog.vocabulary import Meaning, Vocabulary
from ivr.dialog.wording import standing


class Part(NamedTuple):
    """`plain` are the words without fillers, `core` those made one and without endings; `named` is what stands among the
    core words: where each begins and ends, and what it stands for.
    """

    plain: list[str]
    core: list[str]
    named: list[tuple[int, int, Meaning]]


def part(own: Vocabulary, plain: list[str]) -> Part:
    """The part that these words make, of which the fillers were taken out already."""
    core = own.wording.core(plain)
    return Part(plain, core, list(standing(own.named, core)))


def said(own: Vocabulary, words: list[str]) -> Part:
    """The part that words make as they were heard."""
    return part(own, own.wording.plain(" ".join(words)))
