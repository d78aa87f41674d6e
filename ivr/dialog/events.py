"""The facts of a call, in the past tense: what a turn says has happened.

For: the one vocabulary of the log, the journal and the tests.  An event names nodes and commands, never digits,
so that renumbering a menu does not spoil history.
Not here: a caller's number or words; when an event arises (`turn`, and what it calls); where it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["keypad", "speech"]


@dataclass(frozen=True, slots=True)
class CallStarted:
    language: str


@dataclass(frozen=True, slots=True)
class NodeEntered:
    node: str


@dataclass(frozen=True, slots=True)
class InputMatched:
    """`meaning` is what was understood, such as `go.billing` or `command.again`; `evidence` is what decided."""

    node: str
    meaning: str
    mode: Mode
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class InputAsked:
    """The line was not sure and asked back."""

    node: str
    meaning: str
    mode: Mode
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class InputNotMatched:
    node: str
    mode: Mode
    tries: int


@dataclass(frozen=True, slots=True)
class InputMissing:
    node: str
    tries: int


@dataclass(frozen=True, slots=True)
class EmergencyHeard:
    node: str


@dataclass(frozen=True, slots=True)
class LanguageChanged:
    language: str


@dataclass(frozen=True, slots=True)
class DeliveryChanged:
    """The caller asked for another pace or loudness."""

    pace: int
    volume: int


@dataclass(frozen=True, slots=True)
class TransferStarted:
    """A transfer was announced; unless it is called off, the number rings three seconds later."""

    node: str
    number: str


@dataclass(frozen=True, slots=True)
class TransferFoundClosed:
    """Nobody answers the number at this hour; the caller heard so, and may have it called anyway."""

    node: str
    number: str


@dataclass(frozen=True, slots=True)
class TransferCalledOff:
    """The caller stopped a transfer that had been announced; nothing was dialled."""

    node: str


@dataclass(frozen=True, slots=True)
class TransferEnded:
    node: str
    outcome: str
    bridged: bool | None
    seconds: int


@dataclass(frozen=True, slots=True)
class WhisperAccepted:
    """Whoever answered a transfer pressed a key to take it."""

    node: str


@dataclass(frozen=True, slots=True)
class CallEnded:
    """The line itself ended the call, after the caller asked for it or after a long silence."""

    node: str


@dataclass(frozen=True, slots=True)
class TextsStarted:
    """A conversation by text message has begun."""

    language: str


@dataclass(frozen=True, slots=True)
class KeywordReceived:
    """A text was one of the words that Twilio answers itself, such as STOP; we kept silent."""

    keyword: str


@dataclass(frozen=True, slots=True)
class NumberGiven:
    """A text gave the number to call, where a call would have been put through."""

    node: str
    number: str


@dataclass(frozen=True, slots=True)
class TextsRested:
    """So many texts came, or the same one so often, that the line fell silent: another machine, most likely."""

    node: str


@dataclass(frozen=True, slots=True)
class TextAsked:
    """A caller on the telephone wants to have this place as a text message."""

    node: str
    language: str


@dataclass(frozen=True, slots=True)
class CallOver:
    """The network says that the call is over, whoever ended it, after so many seconds.  No turn tells it."""

    outcome: str
    seconds: int


Event = (
    CallStarted
    | NodeEntered
    | InputMatched
    | InputAsked
    | InputNotMatched
    | InputMissing
    | EmergencyHeard
    | LanguageChanged
    | DeliveryChanged
    | TransferStarted
    | TransferFoundClosed
    | TransferCalledOff
    | TransferEnded
    | WhisperAccepted
    | CallEnded
    | TextsStarted
    | KeywordReceived
    | NumberGiven
    | TextsRested
    | TextAsked
    | CallOver
)
