"""The alphabet of text messages, and what a message costs in it.

For: writing words in the seven-bit alphabet of GSM (3GPP TS 23.038), and counting the segments in which a network
sends them.  One letter outside that alphabet more than halves what a segment holds.
Not here: which words are sent (`written`), where a long text is cut (`portions`).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
"""Each of these takes two places, and both in the same segment."""

_ALONE, _JOINED = 160, 153
"""Septets that a message holds by itself, and each segment of a longer one
(twilio.com/docs/glossary/what-sms-character-limit)."""

_WIDE_ALONE, _WIDE_JOINED = 70, 67
"""The same in UTF-16 units, for a message with any other letter."""

_INSTEAD = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022\u00b7", "-"),
        **dict.fromkeys("\t\r\v\f\u00a0\u2028\u2029", " "),
        "\u2044": "/",
        "Œ": "OE",
        "œ": "oe",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "\u0131": "i",
        "ª": "a",
        "º": "o",
    }
)


def septets(character: str) -> int:
    """The places that a character takes; none if the alphabet lacks it."""
    return 1 if character in _BASIC else 2 if character in _EXTENDED else 0


def folded(words: str) -> str:
    """`words` in the alphabet wherever it has the letter or one that readers take for it.

    Á, í, ó and ú lose their accent, as people write them in texts anyway; é, ñ, ü, ¿ and ¡ stay, because the alphabet
    has them.  Signs without words, such as emoji, are left out.  A letter of another script stays as it is: nothing
    else would be that word.
    """
    plain = unicodedata.normalize("NFC", words.translate(_INSTEAD))
    return "".join(map(_folded, plain))


@lru_cache(maxsize=1024)
def _folded(character: str) -> str:
    if septets(character):
        return character
    spread = unicodedata.normalize("NFKD", character)
    kept = "".join(c for c in spread.translate(_INSTEAD) if septets(c))
    if kept:
        return kept
    return character if unicodedata.category(character)[0] in "LMNP" else ""


def segments(words: str) -> int:
    """In how many segments a network sends these words, as they are."""
    sizes = [septets(character) for character in words]
    alone, joined = _ALONE, _JOINED
    if not all(sizes):
        sizes = [1 + (character > "\uffff") for character in words]
        alone, joined = _WIDE_ALONE, _WIDE_JOINED
    if sum(sizes) <= alone:
        return 1
    used, count = 0, 1
    for size in sizes:
        if used + size > joined:  # what takes two places is never cut in two
            used, count = 0, count + 1
        used += size
    return count
