"""What a caller hears and can do: the one shape in which every phone answers.

For: `Heard`, and `Phone`, which the engine's phone, the TwiML phone and a remote line all are.
Not here: any of those phones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ivr.dialog.inputs import Input

_WORDS = re.compile(r"\w+")


class NotNowError(RuntimeError):
    """Raised when a caller is made to do what the phone does not wait for: a mistake of a rehearsal or a test."""


class Doing(StrEnum):
    LISTENING = "listening"
    RINGING = "ringing"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Line:
    """Words spoken in one language."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard since the last input, and what the phone does now.

    seconds: how long that took, estimated.  window: seconds that the line now listens.
    dialled: the number that rings, in E.164, while ringing.
    """

    lines: tuple[Line, ...]
    doing: Doing
    seconds: float = 0.0
    window: int = 0
    dialled: str = ""

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines if line.text)

    @property
    def words(self) -> list[str]:
        return words_of(self.text)


def words_of(text: str) -> list[str]:
    """The bare words, by which two phones agree or differ."""
    return _WORDS.findall(text.casefold())


class Phone(Protocol):
    """A telephone on which the line can be called."""

    def begin(self) -> Heard:
        """Call the line."""
        ...

    def give(self, given: Input) -> Heard:
        """Press a key, say something, keep silent, or let a transfer end; hear what follows."""
        ...
