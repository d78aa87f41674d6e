"""The plain dialect: a call as text, for a terminal and for rehearsals.

For: both directions: a typed line becomes an input, a reply becomes lines to read.
Not here: playing a call (`ivr.phone`), printing (`ivr.cli`).
"""

from __future__ import annotations

from ivr.dialog.inputs import Dialled, Input, Key, Outcome, Said, Silence
from ivr.dialog.spoken import Break, Piece, Slow, Speech
from ivr.script.catalogue import KEYS

SHORT_PAUSE = 300
"""A break of so many milliseconds is shown, as three dots, where it parts an option from its key."""

TALK = 60
OUTCOMES: dict[str, Dialled] = {
    "busy": Dialled(Outcome.BUSY),
    "no answer": Dialled(Outcome.NO_ANSWER),
    "failed": Dialled(Outcome.FAILED),
    "cancelled": Dialled(Outcome.CANCELLED),
    "answered": Dialled(Outcome.COMPLETED, bridged=True, seconds=TALK),
    "hung up": Dialled(Outcome.COMPLETED, bridged=True, seconds=8),
    "not joined": Dialled(Outcome.COMPLETED, bridged=False),
}
"""What may become of a transfer, in words: `hung up` is a talk of a few seconds, as relay calls get."""


def read(typed: str) -> Input:
    """What a typed line means: nothing is silence, one key is that key, an outcome in brackets is that
    outcome, anything else is said aloud.
    """
    text = typed.strip()
    if text in ("", "(silence)"):
        return Silence()
    if text in KEYS:
        return Key(text)
    if text.startswith("(") and text.endswith(")") and (outcome := OUTCOMES.get(text[1:-1])):
        return outcome
    return Said(text)


def read_ringing(typed: str) -> Dialled | None:
    """What a typed line means while a transfer rings; nothing typed is an answer.  None: not an outcome."""
    name = typed.strip().strip("()").lower() or "answered"
    return OUTCOMES.get(name)


def spell(given: Input) -> str:
    """The line that `read` would read as this input."""
    match given:
        case Key(key=key):
            return key
        case Said(words=words):
            return words
        case Dialled():
            return next((f"({name})" for name, outcome in OUTCOMES.items() if outcome == given), "(failed)")
    return "(silence)"


def text(speech: Speech) -> str:
    """Speech as one line to read, whatever its languages."""
    return " ".join(filter(None, (_shown(piece) for utterance in speech for piece in utterance.pieces)))


def _shown(piece: Piece) -> str:
    if isinstance(piece, Break):
        return "..." if piece.ms == SHORT_PAUSE else ""
    if isinstance(piece, Slow):
        return ", ".join(piece.groups) + "."
    return piece.strip().removeprefix(".").strip()
