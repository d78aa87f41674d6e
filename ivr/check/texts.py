"""What callers hear and say, text by text, each with its address.

For: everything that is spoken and every phrase that is understood, so that a rule about words is one loop.
Not here: what is wrong with them (the rules), how prompts are put together (`ivr.dialog`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ivr.dialog.spoken import WORDS_PER_SECOND
from ivr.script.catalogue import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ivr.script.model import Script

Address = tuple[str, ...]

NODE = r"nodes/[^/]+"
ITEM = rf"{NODE}/(?:items|mentioned)/[^/]+"
LABEL = re.compile(rf"(?:{NODE}|{ITEM}|commands/[^/]+)/label|language/name|numbers/[^/]+|(?:days|times)/[^/]+")
TEXT = re.compile(
    rf"{NODE}/(?:intro|help|text|text/[^/]+|parts/[^/]+)|{ITEM}/answer|emergency/(?:say|crisis|still here)|sentences/.+"
    r"|hours/[^/]+"
)
"""Addresses, below a language, of what is spoken: names, and sentences."""

SLOT = re.compile(r"\{[^{}]*\}")
SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words that the line speaks, with `{slots}` as staff wrote them."""

    address: Address
    words: str
    label: bool

    @property
    def language(self) -> str:
        return self.address[0]

    @property
    def only_read(self) -> bool:
        """Whether it is a stock sentence of text messages, which nobody hears."""
        return self.address[1] == "sentences" and self.address[2] in SENTENCES and SENTENCES[self.address[2]].written

    @property
    def name(self) -> str:
        """What staff know it by: 'knee of how it works', 'press'."""
        names = [name for name in self.address[2:] if name not in ("label", "parts", "items", "mentioned", "answer")]
        return " of ".join(f"'{name}'" for name in reversed(names[:3])) or f"'{self.address[1]}'"

    @property
    def count(self) -> int:
        """Words; a slot counts as one."""
        return len(SLOT.sub("slot", self.words).split())

    @property
    def seconds(self) -> float:
        return self.count / WORDS_PER_SECOND

    @property
    def sentences(self) -> list[str]:
        return SENTENCE_END.split(self.words)


@lru_cache(maxsize=64)
def worded(script: Script) -> tuple[Spoken, ...]:
    """All that is heard or read, in the order of the files."""
    found = []
    for address, text in script.texts.items():
        below = "/".join(address[1:])
        if address[0] in script.languages and ((label := bool(LABEL.fullmatch(below))) or TEXT.fullmatch(below)):
            found.append(Spoken(address, text.words, label))
    return tuple(found)


@lru_cache(maxsize=64)
def spoken(script: Script) -> tuple[Spoken, ...]:
    """All that is spoken."""
    return tuple(text for text in worded(script) if not text.only_read)


def labels(script: Script) -> tuple[Spoken, ...]:
    return tuple(text for text in spoken(script) if text.label)


def sentences(script: Script) -> tuple[Spoken, ...]:
    """What is spoken and is no name."""
    return tuple(text for text in spoken(script) if not text.label)


def every_sentence(script: Script) -> tuple[Spoken, ...]:
    """What is heard or read and is no name."""
    return tuple(text for text in worded(script) if not text.label)


def phrases(script: Script, *address: str) -> Mapping[Address, str]:
    """The phrases in the list at an address, each with its own."""
    found: dict[Address, str] = {}
    while (own := (*address, str(len(found)))) in script.texts:
        found[own] = script.texts[own].words
    return found
