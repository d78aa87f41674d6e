"""The TwiML phone in the shape of every phone.

For: turning what was played into `Heard`, so that a rehearsal cannot tell how its call was made.
Not here: playing TwiML (`ivr.phone.twiml`).
"""

from __future__ import annotations

from ivr.dialog.inputs import Input
from ivr.phone.heard import Doing, Heard, Line
from ivr.phone.strict import Dial, Gather
from ivr.phone.twiml import Played, TwimlCall


class TwimlPhone:
    """A phone that hears TwiML."""

    def __init__(self, call: TwimlCall) -> None:
        self._call = call

    def begin(self) -> Heard:
        return _heard(self._call.begin())

    def give(self, given: Input) -> Heard:
        return _heard(self._call.give(given))


def _heard(played: Played) -> Heard:
    waiting = played.waiting
    return Heard(
        lines=tuple(Line(said.language, said.text) for said in played.says),
        doing=Doing(played.doing.value),
        seconds=played.seconds,
        window=waiting.seconds if isinstance(waiting, Gather) else 0,
        dialled=waiting.number if isinstance(waiting, Dial) else "",
    )
