"""Text as it is compared: no case, accents, punctuation or doubled words.

For: telling whether two phrases are the same to whoever listens, and whether anything is left of one at all.
Not here: what a phrase leads to (`clashes`), what a caller's words mean (`ivr.dialog`).
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

NOT_WORDS = re.compile(r"[^\w\s]|_")
APOSTROPHES = re.compile(r"(?<=\w)['\u2019\u02bc](?=\w)")


def plain(text: str) -> str:
    """The words of a text in the form in which they are compared; "Fax, fax it!" is "fax it"."""
    letters = text.casefold()
    if letters.isascii() and letters.isalpha():  # a single word, as most are
        return letters
    if not letters.isascii():
        folded = unicodedata.normalize("NFKD", letters)
        letters = "".join(character for character in folded if not unicodedata.combining(character))
    words = NOT_WORDS.sub(" ", APOSTROPHES.sub("", letters)).split()
    return " ".join(word for word, _ in groupby(words))
