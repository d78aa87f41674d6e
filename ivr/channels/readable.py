"""What the line speaks, as it is written for the eye: the same words, with numbers and keys in digits.

For: prompts of a script as pieces of text, and the numbers in them as something that can be called.  A voice is
told "nine one one", because it would read 911 as a quantity (NUM-06); an eye finds 911 sooner.
Not here: which prompts a page or a text message holds, and how they are marked up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ivr.script.catalogue import KEY_SLOTS, SHORT_NUMBERS
from ivr.script.model import PhoneNumber, Prompt, Script, Words


@dataclass(frozen=True, slots=True)
class Dialable:
    """A number in a text: as it is shown, and as a telephone dials it; `dials` is empty for what nobody should call
    by a touch, such as a fax (XFER-05).
    """

    shown: str
    dials: str

    @classmethod
    def of(cls, number: PhoneNumber) -> Dialable:
        may_be_called = number.kind != "fax" and "dial" in number.uses
        return cls(number.written, number.e164 if may_be_called else "")


Text = tuple[str | Dialable, ...]


def written(script: Script, language: str, prompt: Prompt) -> Text:
    """A prompt for the eye; a slot that only a call could fill stays empty."""
    pieces: list[str | Dialable] = []
    for piece in prompt.pieces:
        if isinstance(piece, str):
            pieces += _with_short_numbers(script.words[language], piece)
        elif piece.name in KEY_SLOTS:
            pieces.append(KEY_SLOTS[piece.name])
        elif piece.name in script.numbers:
            pieces.append(Dialable.of(script.numbers[piece.name]))
    return tuple(pieces)


def sentence(script: Script, language: str, name: str) -> Text:
    """A stock sentence for the eye."""
    return written(script, language, script.words[language].sentences[name][0])


def plain(text: Text) -> str:
    """The bare words."""
    return "".join(piece if isinstance(piece, str) else piece.shown for piece in text).strip()


def _with_short_numbers(words: Words, text: str) -> list[str | Dialable]:
    """The text, cut at the numbers that are spelt in it."""
    spelt = _spelt(words)
    pattern = "|".join(re.escape(name) for name in spelt)
    cut = re.split(rf"(?<![\w-])({pattern})(?![\w-])", text, flags=re.IGNORECASE)
    return [_short(spelt, piece) for piece in cut if piece]


def _short(spelt: dict[str, str], piece: str) -> str | Dialable:
    number = spelt.get(piece.lower())
    return Dialable(number, number) if number else piece


@lru_cache(maxsize=64)
def _spelling(names: tuple[str, ...]) -> dict[str, str]:
    return {" ".join(names[int(digit)] for digit in number): number for number in SHORT_NUMBERS}


def _spelt(words: Words) -> dict[str, str]:
    """How the short numbers are spelt in a language."""
    return _spelling(tuple(words.keys[str(digit)][0].lower() for digit in range(10)))
