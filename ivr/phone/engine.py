"""The engine's own phone: a call on the pure core, with no network and no TwiML.

For: `ivr call`, rehearsals and tests.
Not here: reading what is typed and showing what is heard (`ivr.channels.plain`, `ivr.cli`).
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.channels import plain
from ivr.channels.voice import PACE
from ivr.dialog.inputs import Arrived, Dialled, Input, Silence
from ivr.dialog.reply import Dial, HangUp, Listen, Turn
from ivr.dialog.spoken import Speech, seconds
from ivr.dialog.state import State
from ivr.dialog.turn import enter, turn
from ivr.phone.heard import Doing, Heard, Line, NotNowError
from ivr.script.model import Script


class EnginePhone:
    """A phone connected straight to the dialog."""

    def __init__(self, script: Script, state: State | None = None) -> None:
        """`state`: where to begin instead of at the beginning, as `ivr call --at` does."""
        self.script = script
        self.turn: Turn | None = None
        self._start = state
        self._step = 0

    @property
    def state(self) -> State:
        """Where the call stands."""
        assert self.turn is not None, "the call has not begun"
        step = self.turn.steps[self._step] if self._step < len(self.turn.steps) else None
        return step.state if isinstance(step, Listen | Dial) and step.state else self.turn.state

    def begin(self) -> Heard:
        if self._start is None:
            return self._play(turn(self.script, None, Arrived()))
        return self._play(enter(self.script, self._start))

    def give(self, given: Input) -> Heard:
        assert self.turn is not None, "the call has not begun"
        step = self.turn.steps[self._step]
        if isinstance(given, Dialled) != isinstance(step, Dial):
            raise NotNowError("the phone rings" if isinstance(step, Dial) else "the phone does not ring")
        falls_through = isinstance(given, Silence) and isinstance(step, Listen) and not self._is_last()
        no_answer_wanted = isinstance(given, Dialled) and isinstance(step, Dial) and step.state is None
        if falls_through or no_answer_wanted:
            return self._on(self._step + 1)
        return self._play(turn(self.script, self.state, given))

    def _is_last(self) -> bool:
        assert self.turn is not None
        return self._step + 1 == len(self.turn.steps)

    def _play(self, played: Turn) -> Heard:
        self.turn = played
        return self._on(0)

    def _on(self, step: int) -> Heard:
        assert self.turn is not None
        self._step = step
        match self.turn.steps[step]:
            case Listen(speech=speech, seconds=window):
                return Heard(self._lines(speech), Doing.LISTENING, self._seconds(speech), window)
            case Dial(number=number):
                return Heard((), Doing.RINGING, dialled=number.e164)
            case HangUp(speech=speech):
                return Heard(self._lines(speech), Doing.ENDED, self._seconds(speech))

    def _lines(self, speech: Speech) -> tuple[Line, ...]:
        return tuple(Line(utterance.language, plain.text((utterance,))) for utterance in speech)

    def _seconds(self, speech: Speech) -> float:
        return seconds(speech, PACE[self.turn.state.pace] if self.turn else 1.0)


class UnknownPlaceError(Exception):
    """Raised when a call should begin at a place or in a language that the script does not have."""


def starting(script: Script, language: str, node: str) -> State | None:
    """Where a call begins that does not begin at the beginning; None for one that does."""
    if not language and not node:
        return None
    _require("language", language, script.languages)
    _require("place", node, script.nodes)
    return State(script.version, language or script.first_language, node or script.start)


def _require(what: str, name: str, known: Iterable[str]) -> None:
    names = list(known)
    if name and name not in names:
        raise UnknownPlaceError(f'There is no {what} "{name}" in this script. It has: {", ".join(names)}.')
