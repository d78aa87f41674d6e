"""The engine's own phone: a call on the pure core, with no network and no TwiML.

For: `ivr call`, rehearsals and tests; and, step by step, whoever plays replies: `ivr try`, the demo of the report.
Not here: reading what is typed and showing what is heard (`ivr.channels.plain`, `ivr.cli`).
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.channels import plain
from ivr.channels.voice import PACE
from ivr.dialog.choices import UNIVERSAL_KEYS, command
from ivr.dialog.inputs import Arrived, Dialled, Input, Silence
from ivr.dialog.reply import Dial, HangUp, Listen, Turn
from ivr.dialog.spoken import Speech, seconds
from ivr.dialog.state import State
from ivr.dialog.turn import enter, turn
from ivr.phone.heard import Doing, Heard, Line, NotNowError
from ivr.script.hours import closed_at
from ivr.script.model import Script
from ivr.script.notices import moment_of


def hear(played: Turn, step: int) -> Heard:
    """What one step of a reply sounds like, and what the phone then does."""
    match played.steps[step]:
        case Listen(speech=speech, seconds=window):
            return Heard(_lines(speech), Doing.LISTENING, _seconds(played, speech), window)
        case Dial(number=number):
            return Heard((), Doing.RINGING, dialled=number.e164)
        case HangUp(speech=speech):
            return Heard(_lines(speech), Doing.ENDED, _seconds(played, speech))


def standing(played: Turn, step: int) -> State:
    """Where the call stands in a step: the state in which whatever is then given is answered."""
    now = played.steps[step] if step < len(played.steps) else None
    return now.state if isinstance(now, Listen | Dial) and now.state else played.state


def goes_on(played: Turn, step: int) -> bool:
    """Whether the next step follows by itself: after silence in a window that is not the last, and after a dial
    of which nobody wants to know how it ended.
    """
    now = played.steps[step]
    if isinstance(now, Dial):
        return now.state is None
    return isinstance(now, Listen) and step + 1 < len(played.steps)


def _lines(speech: Speech) -> tuple[Line, ...]:
    return tuple(Line(utterance.language, plain.text((utterance,))) for utterance in speech)


def _seconds(played: Turn, speech: Speech) -> float:
    return seconds(speech, PACE[played.state.pace])


class EnginePhone:
    """A phone connected straight to the dialog."""

    def __init__(self, script: Script, state: State | None = None, arrived: Arrived | None = None) -> None:
        """`state`: where to begin instead of at the beginning, as `ivr call --at` does; `arrived`: what is so then."""
        self.script = script
        self.turn: Turn | None = None
        self._start = state
        self._arrived = arrived or Arrived()
        self._step = 0

    @property
    def state(self) -> State:
        """Where the call stands."""
        assert self.turn is not None, "the call has not begun"
        return standing(self.turn, self._step)

    def begin(self) -> Heard:
        if self._start is None:
            return self._play(turn(self.script, None, self._arrived))
        return self._play(enter(self.script, self._start.but(closed=self._arrived.closed)))

    def give(self, given: Input) -> Heard:
        assert self.turn is not None, "the call has not begun"
        rings = isinstance(self.turn.steps[self._step], Dial)
        if isinstance(given, Dialled) != rings:
            raise NotNowError("the phone rings" if rings else "the phone does not ring")
        if isinstance(given, Silence | Dialled) and goes_on(self.turn, self._step):
            return self._on(self._step + 1)
        return self._play(turn(self.script, self.state, given))

    def _play(self, played: Turn) -> Heard:
        self.turn = played
        return self._on(0)

    def _on(self, step: int) -> Heard:
        assert self.turn is not None
        self._step = step
        return hear(self.turn, step)


class UnknownPlaceError(Exception):
    """Raised when a call should begin at a place or in a language that the script does not have."""


def starting(script: Script, language: str, node: str) -> State | None:
    """Where a call begins that does not begin at the beginning; None for one that does."""
    if not language and not node:
        return None
    _require("language", language, script.languages)
    _require("place", node, script.nodes)
    return State(script.version, language or script.first_language, node or script.start)


def choosing(script: Script, language: str) -> list[str]:
    """What a caller presses at the beginning to hear a language: the key for the next one, as often as it takes."""
    _require("language", language, script.languages)
    key = next(key for key, action in UNIVERSAL_KEYS.items() if action == command("language"))
    return [key] * list(script.languages).index(language)


def arriving(script: Script, moment: str) -> Arrived:
    """A call that begins at a moment, by the clock of the line; without one, nobody is closed."""
    at = moment_of(moment, script.time_zone)
    return Arrived(closed_at(script, at) if at else ())


def _require(what: str, name: str, known: Iterable[str]) -> None:
    names = list(known)
    if name and name not in names:
        raise UnknownPlaceError(f'There is no {what} "{name}" in this script. It has: {", ".join(names)}.')
