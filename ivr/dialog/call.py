"""The call in hand: what every step of a turn needs to know, and how a reply is put together.

For: `Call`, which binds a script to the state of one call, and builds replies from speech.
Not here: which reply is right (`actions`, `transfers`, `recovery`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from ivr.dialog import prompts
from ivr.dialog.choices import Question
from ivr.dialog.closed import shut
from ivr.dialog.hints import hints
from ivr.dialog.opening import opening
from ivr.dialog.reply import Listen, Step, Turn
from ivr.dialog.spoken import Break, Speech, count_words, join
from ivr.script.model import Script, Transfer
from ivr.script.wiring import LONGEST_WINDOW

if TYPE_CHECKING:
    from ivr.dialog.state import State

LEAST_PATIENCE = 60
RELAY_LAG = 0.6
RELAY_REPLY = 20
"""Seconds: a caller has at least 60 to answer, and a relay operator 0.6 a word heard and 20 more (TIME-03, TIME-06)."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call in the middle of a turn.  `own` are the numbers by which it reached us, never to be dialled; `caller` is
    the number that calls, where it can be sent texts.  Neither is ever part of the state.
    """

    script: Script
    state: State
    own: frozenset[str] = frozenset()
    caller: str = ""

    @property
    def language(self) -> str:
        return self.state.language

    def where(self, state: State) -> Call:
        """The same call in another state."""
        return Call(self.script, state, self.own, self.caller)

    def sentence(self, name: str, version: int = 0) -> Speech:
        return prompts.sentence(self.script, self.language, name, version)

    def pause(self, silence: Break = prompts.BETWEEN) -> Speech:
        return prompts.pause(self.language, silence)

    def resting(self) -> State:
        """Where the caller is when nothing is asked: a transfer that is over, or is closed, offers what to do next; one that
        has not begun leaves the caller where they were.
        """
        if not isinstance(self.script.nodes[self.state.node], Transfer):
            return self.state.at_rest()
        if self.state.question == Question.WINDOW:
            return self.where(self.behind()).resting()
        return self.state.at_rest(question=Question.CLOSED if shut(self.script, self.state) else Question.AFTER)

    def behind(self) -> State:
        """The node from which the caller came; at the beginning of the way, the first menu."""
        *way, node = self.state.way or (self.script.start,)
        return self.state.moved(node).but(way=tuple(way))

    def listen(self, state: State, *speech: Speech, seconds: int | None = None, before: tuple[Step, ...] = ()) -> Turn:
        """Speak and wait for an answer, for as long as this place and the tries so far ask."""
        heard = join(*speech)
        wait = seconds or window(self.script, state, heard)
        return Turn((*before, Listen(heard, wait, state, hints(self.script, state))), state)

    def at(self, state: State, *lead: Speech) -> Turn:
        """The prompt of a place, after `lead`."""
        if state.question == Question.TEXT:
            return self.listen(state, *lead, prompts.text_me(self.script, state.language, self.caller[-4:]))
        return self.listen(state, *lead, prompts.place(self.script, state))

    def resume(self, *lead: Speech) -> Turn:
        """Back to the place where the caller was, read once more."""
        return self.at(self.resting(), *lead)

    def briefly(self, *lead: Speech) -> Turn:
        """Back to the place where the caller was, its choices only."""
        state = self.resting()
        return self.listen(state, *lead, prompts.brief(self.script, state))


def window(script: Script, state: State, heard: Speech = ()) -> int:
    """Seconds to listen at this try: the script's own waits, stretched where the prompt is long (TIME-03, TIME-06)."""
    first = state.node == script.start and not state.touched
    prompt = opening(script, state.language) if first else prompts.place(script, state)
    stretch = max(1.0, _patience(prompt) / sum(script.waits))
    windows = [ceil(wait * stretch) for wait in script.waits]
    if state.silences == 0:  # what was said beside the prompt of the place counts once, and at once
        windows[0] += max(0, ceil(_patience(heard)) - sum(windows))
    return min(windows[min(state.silences, 2)], LONGEST_WINDOW)


def _patience(heard: Speech) -> float:
    """Seconds that a caller has to answer in all."""
    return max(LEAST_PATIENCE, RELAY_LAG * count_words(heard) + RELAY_REPLY)
