"""What the line does in a turn: the value that a channel turns into its own dialect.

For: the steps of a reply, in the order in which a caller meets them.
Not here: how a reply is found (`ivr.dialog.turn`), how it is spelt (`ivr.channels`).
"""

from __future__ import annotations

from dataclasses import dataclass

from ivr.dialog.events import Event
from ivr.dialog.spoken import Speech
from ivr.dialog.state import State
from ivr.script.model import PhoneNumber


@dataclass(frozen=True, slots=True)
class Listen:
    """Speak, and listen while speaking and for `seconds` after it.

    Whatever is heard is answered in `state`.  When nothing is heard, a step that stands before another lets
    that one follow; the last one answers silence in `state` too.
    """

    speech: Speech
    seconds: int
    state: State
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dial:
    """Put the caller through; how it ends is answered in `state`.

    Without a state nothing is answered: what stands after it is spoken, whatever the outcome (promise 12).
    """

    number: PhoneNumber
    ring_seconds: int
    state: State | None


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call, after a last word."""

    speech: Speech = ()


Step = Listen | Dial | HangUp


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer to one input: `steps`, the `state` they leave the caller in, and the facts of the turn."""

    steps: tuple[Step, ...]
    state: State
    events: tuple[Event, ...] = ()

    def after(self, *events: Event) -> Turn:
        """The same answer, with facts that came before those it already tells."""
        return Turn(self.steps, self.state, (*events, *self.events))
