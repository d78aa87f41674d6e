"""What a caller, or the telephone network, does in a turn.

For: the input of `ivr.dialog.turn`, one small value a kind.
Not here: how a channel spells them (`ivr.channels`), what they lead to.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ivr.script.today import Closed, Told


@dataclass(frozen=True, slots=True)
class Arrived:
    """The call has just begun.  `closed` are the numbers that nobody answers now; `notices` are what is said today
    beside the usual, in the order in which it is said; `texting`: whether what is said can also be sent to the caller
    as a text message.
    """

    closed: tuple[Closed, ...] = ()
    notices: tuple[Told, ...] = ()
    texting: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the twelve."""

    key: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a recogniser made of the caller's words; `confidence` from 0 to 1, often missing
    (twilio.com/docs/voice/twiml/gather).
    """

    words: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """The listening window passed without a key or a word."""


class Outcome(StrEnum):
    """How a transfer ended."""

    BUSY = "busy"
    NO_ANSWER = "no answer"
    FAILED = "failed"
    CANCELLED = "cancelled"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Dialled:
    """A transfer has ended.  `bridged` tells whether a caller and a person were joined (None: not told), for
    `seconds` of talk.
    """

    outcome: Outcome
    bridged: bool | None = None
    seconds: int = 0


Input = Arrived | Key | Said | Silence | Dialled
