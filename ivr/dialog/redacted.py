"""What a caller said, without what could tell who they are.

For: a list for staff of what the line did not understand.  Only words that this line uses itself are left; names,
addresses, dates and numbers are not among them, and nobody has to recognise them for that.
Not here: whether anything is kept, and for how long (`ivr.web`, `ivr.store`).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from ivr.dialog.normal import normalise
from ivr.dialog.vocabulary import vocabulary
from ivr.script.model import Script

HIDDEN = "…"
MOST_WORDS = 12
"""A request; what is longer is a story."""

_NUMBERS = {
    "en": (
        "oh zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million half double triple"
        " first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
        " sixteenth seventeenth eighteenth nineteenth twentieth thirtieth"
    ),
    "es": (
        "cero un una uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete"
        " dieciocho diecinueve veinte veintiun veintiuna veintiuno veintidos veintitres veinticuatro veinticinco veintiseis"
        " veintisiete veintiocho veintinueve treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento"
        " doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos mil millon"
        " millones medio media doble triple primer primero primera segundo segunda tercer tercero tercera cuarto cuarta"
        " quinto quinta sexto sexta septimo septima octavo octava noveno novena decimo decima"
    ),
}
"""Spelt numbers by language: the line may say some of them itself."""


def redacted(script: Script, language: str, words: str) -> str:
    """At most twelve words, the others as "…"; empty where no word may be shown."""
    ours = _ours(script, language)
    shown = (word if word in ours else HIDDEN for word in normalise(words).split())
    kept = [word for word, _ in groupby(shown)]
    while len(kept) - kept.count(HIDDEN) > MOST_WORDS:
        kept.pop()
    return "" if set(kept) <= {HIDDEN} else " ".join(kept)


@lru_cache(maxsize=64)
def _ours(script: Script, language: str) -> frozenset[str]:
    """The words of the line, but for single letters, which may spell a name, and for numbers, also as they are misheard:
    "to" and "for" are lost with them.
    """
    known = vocabulary(script, language)
    keys = {word for said, key in known.keys.items() if key.isdigit() for word in said.split()}
    numbers = keys | set(_NUMBERS.get(language.partition("-")[0], "").split())
    return frozenset(word for word in known.ours - numbers if len(word) > 1 and word.isalpha())
