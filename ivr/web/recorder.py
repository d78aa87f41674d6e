"""What a request tells the journal.

For: `Recorder`, which takes what happened in a turn and at the end of a call, and hands it over in a moment; and the
hashes by which calls and callers are known there.
Not here: writing (`writer`), which requests there are (`phone`, `whisper`).
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

from ivr.dialog.events import CallStarted, EmergencyHeard, Event, InputAsked, InputNotMatched
from ivr.dialog.redacted import redacted
from ivr.dialog.reply import Turn
from ivr.dialog.state import State
from ivr.script.model import Script
from ivr.store.rows import DAY, Heard, Told, Visit
from ivr.web.secret import key

DIGITS = 32
"""Of a hash, in hexadecimal: enough that no two calls ever share one."""


def _now() -> int:
    return time.time_ns() // 1_000_000


class Recorder:
    """Tells a writer.  Without a secret, calls are hashed with a key that anybody knows, and callers are not told at all.

    hears: whether what was not understood is handed over too, redacted.
    """

    def __init__(
        self,
        put: Callable[[Told | Visit | Heard], object],
        secret: str = "",
        clock: Callable[[], int] = _now,
        *,
        hears: bool = False,
    ) -> None:
        self._put, self._clock, self._hears = put, clock, hears
        self._calls = key(secret, "calls")
        self._callers = key(secret, "callers") if secret else b""

    def turn(self, channel: str, call: str, caller: str, state: State, events: tuple[Event, ...]) -> None:
        """What happened in a turn that left the call in `state`.  caller: an E.164 number, or nothing."""
        if not events or not call:
            return
        at = self._clock()
        told = Told(
            _hash(self._calls, call), at, channel, state.version, state.turn, state.language, state.node, events
        )
        self._put(told)
        if caller and self._callers and isinstance(events[0], CallStarted):
            self._put(Visit(at // DAY, _hash(self._callers, caller)))

    def heard(self, script: Script, done: Turn, words: str) -> None:
        """What was said in a turn, where the line did not understand it or asked back.

        Words of danger are not kept, whatever else was said with them.
        """
        if not self._hears or any(isinstance(event, EmergencyHeard) for event in done.events):
            return
        for event in done.events:
            if isinstance(event, InputNotMatched | InputAsked) and event.mode == "speech":
                shown = redacted(script, done.state.language, words)
                if shown:
                    self._put(Heard(self._clock() // DAY, done.state.language, event.node, shown))

    def over(self, channel: str, call: str, *events: Event) -> None:
        """What the network tells of a call that has no state any more."""
        if call:
            self._put(Told(_hash(self._calls, call), self._clock(), channel, "", 0, "", "", events))


def _hash(hashing_key: bytes, value: str) -> str:
    return hashlib.blake2b(value.encode(), key=hashing_key, digest_size=DIGITS // 2).hexdigest()
