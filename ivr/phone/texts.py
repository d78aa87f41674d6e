"""A telephone that texts the line, in the terminal, in rehearsals and in tests.

For: `TextPhone`, which holds a conversation on the core; and how time is written into one: "(20 minutes later) 2".
Not here: what is answered (`ivr.channels.texting`), a line that runs elsewhere (`remote_texts`).
"""

from __future__ import annotations

import re
from typing import Protocol, runtime_checkable

from ivr.channels.talk import Talk
from ivr.channels.text import read
from ivr.channels.texting import USUAL, answer
from ivr.dialog.inputs import Arrived
from ivr.dialog.state import State
from ivr.phone.heard import Doing, Heard, Line
from ivr.script.model import Script

MOMENT = 20
"""Seconds between two texts of which nothing else is written."""

_LATER = re.compile(r"\(([0-9]{1,4}) minutes? later\) ?(.*)", re.DOTALL)
_SOME_PAUSE = re.compile(r"(\([^()]{1,40}\blater\)).*", re.DOTALL)


class UnknownPauseError(Exception):
    """Raised when a text begins with a time that is none, such as "(20 parsecs later)"; says which are known."""


@runtime_checkable
class Texter(Protocol):
    """A telephone that sends texts."""

    def send(self, written: str) -> Heard:
        """Send a text, perhaps some minutes later; read what comes back."""
        ...


def apart(written: str) -> tuple[int, str]:
    """The seconds since the text before, and the text, of one as it is written down; raises UnknownPauseError."""
    found, pause = _LATER.fullmatch(written), _SOME_PAUSE.fullmatch(written)
    if pause and not found:
        raise UnknownPauseError(f"{pause[1]} is no pause. Write minutes, in digits, like (20 minutes later) 2.")
    return (60 * int(found[1]), found[2]) if found else (MOMENT, written)


NOTHING = "(no reply)"


def came(words: str, language: str) -> Heard:
    """What a telephone shows: a text, or nothing."""
    return Heard((Line(language, words or NOTHING),), Doing.LISTENING)


class TextPhone:
    """A telephone on the core itself."""

    def __init__(self, script: Script, state: State | None = None, today: Arrived = USUAL) -> None:
        """`state`: where a conversation already stands; `today`: who is closed, and what is said beside the usual."""
        self._script = script
        self._today = today
        self._now = 0
        self.talk = Talk(state, self._now) if state else None

    def send(self, written: str) -> Heard:
        passed, body = apart(written)
        self._now += passed
        done = answer(self._script, self.talk, read({"Body": body}), self._now, today=self._today)
        self.talk = done.talk
        return came(done.words, done.talk.state.language if done.talk else self._script.first_language)
