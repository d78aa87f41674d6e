"""How words sound, roughly: spelling -> sounds, and how far two sayings are apart.

For: telling phrases that a recogniser would mistake for one another (ASR-02).  A letter stands for a sound; vowels
are kept, in a few classes, as most confusable phrases differ in little else.
Not here: which phrases are heard together (`ivr.check.rules.speech`).  This is no dictionary: English spelling lies,
and the rule asks for distances at which such lies do not matter.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from ivr.check.wordlists import flat

ENGLISH = (
    (r"^(?:kn|gn|pn)", "n"),
    (r"^wr", "r"),
    (r"^ps", "s"),
    (r"^x", "z"),
    (r"ache$", "ek"),
    (r"^([^aeiou]+)ye?$", r"\1A"),
    (r"(?:tch|ch)", "C"),
    (r"sch", "sk"),
    (r"sh|(?:t|s|c)(?=i[aeo])", "S"),
    (r"th", "T"),
    (r"ph", "f"),
    (r"wh", "w"),
    (r"ck", "k"),
    (r"(?<=[aeiou])gh(?=t|$)", ""),
    (r"dge|dg", "J"),
    (r"g(?=[eiy])", "J"),
    (r"j", "J"),
    (r"c(?=[eiy])", "s"),
    (r"qu", "kw"),
    (r"[cq]", "k"),
    (r"x", "ks"),
    (r"mb$", "m"),
    (r"ould$", "ud"),
    (r"oul", "ol"),
    (r"(?<=[a-zA-Z]{2})(?<![aeiou])e$|(?<=[aeiou][bdfgklmnprstvzSCTJ])e$", ""),
    (r"^y(?=[aeiou])", "j"),
    (r"ee|ea|ie|ey|y", "i"),
    (r"ai|ay|ei", "e"),
    (r"oo|ou|ow|ew|eu", "u"),
    (r"oa|oe", "o"),
    (r"au|aw", "o"),
    (r"v", "f"),
    (r"z", "s"),
    (r"([a-zA-Z])\1+", r"\1"),
)
SPANISH = (
    (r"ch", "C"),
    (r"h", ""),
    (r"ll|y(?=[aeiou])", "J"),
    (r"y", "i"),
    (r"qu(?=[ei])", "k"),
    (r"gu(?=[ei])", "G"),
    (r"g(?=[ei])|j", "X"),
    (r"g", "G"),
    (r"c(?=[ei])|z", "s"),
    (r"[cq]", "k"),
    (r"v", "b"),
    (r"x", "ks"),
    (r"w", "u"),
    (r"([a-zA-Z])\1+", r"\1"),
)
RULES = {"en": ENGLISH, "es": SPANISH}
LETTERS = re.compile(r"[^a-z ]")
TILDE = ("ñ", "ny")


@lru_cache(maxsize=16384)
def sounds(phrase: str, language: str) -> str:
    """The sounds of a phrase, a letter each, with nothing between its words."""
    words = LETTERS.sub("", flat(phrase.lower().replace(*TILDE))).split()
    return "".join(_word(word, language.partition("-")[0]) for word in words)


@lru_cache(maxsize=16384)
def _word(word: str, language: str) -> str:
    heard = word
    for spelling, sound in RULES.get(language, ()):
        heard = re.sub(spelling, sound, heard)
    return heard


def apart(one: str, other: str, language: str) -> tuple[int, float]:
    """How many sounds two phrases are apart, and which share of the longer one that is."""
    first, second = sounds(one, language), sounds(other, language)
    distance = Levenshtein.distance(first, second)
    return distance, distance / max(len(first), len(second), 1)


VOWELS = {"en": re.compile(r"[aeiouy]+"), "es": re.compile(r"[aeiou]+")}
SILENT_END = re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiouy][^aeiouytd])ed$|(?<=[aeiou]l)e$")
APART = re.compile(r"[aeo][aeo]|[íú](?=[aeo])|(?<=[aeo])[íú]")
"""Spanish vowels that stand side by side and are spoken in two."""


@lru_cache(maxsize=16384)
def syllables(word: str, language: str) -> int:
    """How many syllables a word has, at least one."""
    small = word.lower().strip("'\u2019")
    tongue = language.partition("-")[0]
    if tongue == "es":
        parted = APART.sub(lambda found: f" {' '.join(found[0])} ", small)
        return max(1, len(VOWELS["es"].findall(flat(parted))))
    bare = SILENT_END.sub("", flat(small))
    return max(1, len(VOWELS["en"].findall(bare)))
