"""Texts that callers on the telephone have asked for: handed over by a turn, and sent beside it.

For: `Sender`: a call never waits for it; a text is reserved in the store before it is sent, so that it is sent at most
once, and to no number more often than the operator allows; nothing of it is logged or kept in clear.
Not here: when a text is offered (`ivr.dialog`), what it says (`ivr.channels.written`), Twilio's API (`messages`).
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from queue import Empty, Full, Queue
from threading import Lock, Thread, main_thread
from typing import NamedTuple, Protocol

import phonenumbers
from phonenumbers import PhoneNumberType

log = logging.getLogger("ivr.sending")

MOST_WAITING = 100
"""Texts that wait to be sent; should Twilio be away for long, those that come after are not sent."""

LAST_SECONDS = 5.0
"""In which texts are still begun when the program ends: with the last of them (`messages.SECONDS`) it is less than a
server grants (`server.GRACE_SECONDS`)."""

LOOK_EVERY = 0.5
"""Seconds between two looks whether the program ends."""

TAKES_TEXTS = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
"""Kinds of numbers.  In North America the two cannot be told apart; nobody calls from a number that is toll-free, or for
which whoever calls it pays more."""

PURPOSE = "texts sent"
"""Of the key (`ivr.web.secret.key`) by which numbers are hashed."""


class Reserve(Protocol):
    """Asks the store whether a text may be sent (`ivr.store.texts.reserve`), and lets go of it."""

    def __call__(self, once: str, number: str, day: date) -> bool: ...

    def close(self) -> None: ...


Deliver = Callable[[str, str], None]
"""Sends words to a number, or raises."""


class Wanted(NamedTuple):
    """A text that a caller asked for, in the `turn` of a call."""

    call: str
    turn: int
    to: str
    words: str


class Reachable(NamedTuple):
    """A caller to whom texts can be sent, and who sends them."""

    number: str
    sender: Sender


class Sender:
    """Sends texts from the line's number, one after the other, in a thread of its own.

    What was promised is sent before the program ends, if that takes seconds: the thread looks whether the main thread
    lives, because worker processes run no exit handlers.
    """

    def __init__(self, number: str, key: bytes, reserve: Reserve, deliver: Deliver) -> None:
        self._number, self._key, self._reserve, self._deliver = number, key, reserve, deliver
        self._country, _ = _known(number)
        self._waiting: Queue[Wanted] = Queue(MOST_WAITING)
        self._stopping = False
        self._starting = Lock()
        self._thread: Thread | None = None

    def may_send(self, number: str) -> bool:
        """Whether texts can be offered to a caller: an ordinary number of the same country, and not the line's own.

        A withheld or foreign number is never texted, nor one that costs more: what a text costs is the operator's, and
        who calls can be forged.  Twenty-five countries begin with +1.
        """
        country, kind = _known(number)
        return number != self._number and country == self._country and kind in TAKES_TEXTS

    def hand_over(self, wanted: Wanted) -> None:
        """Have a text sent; comes back at once, whatever becomes of it."""
        try:
            self._waiting.put_nowait(wanted)
        except Full:
            log.error("a text was not sent: %d others are waiting", MOST_WAITING)  # noqa: TRY400 - its trace says no more
            return
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._work, name="ivr-texts", daemon=False)
                self._thread.start()

    def rest(self) -> None:
        """Wait until everything that was handed over has been dealt with."""
        self._waiting.join()

    def close(self) -> None:
        """Send what waits, and end, as at the end of the program."""
        self._stopping = True
        with self._starting:
            if self._thread:
                self._thread.join()

    def _work(self) -> None:
        main, until = main_thread(), 0.0
        while not until or time.monotonic() < until:
            if not until and (self._stopping or not main.is_alive()):
                until = time.monotonic() + LAST_SECONDS
            try:
                wanted = self._waiting.get(block=not until, timeout=LOOK_EVERY)
            except Empty:
                if until:
                    break
                continue
            self._safely_send(wanted)
            self._waiting.task_done()
        if left := self._waiting.qsize():
            log.error("the program ended before all was sent; texts that were promised and not sent: %d", left)
        self._reserve.close()

    def _safely_send(self, wanted: Wanted) -> None:
        try:
            self._send(wanted)
        except Exception as error:  # noqa: BLE001 - the next text must be sent; an error may quote the number
            log.error("a text was not sent: %s", type(error).__name__)  # noqa: TRY400

    def _send(self, wanted: Wanted) -> None:
        once, number = self._hash(f"{wanted.call} {wanted.turn}"), self._hash(wanted.to)
        if not self._reserve(once, number, datetime.now(UTC).date()):
            log.info("a text was not sent: it has been sent before, or the day's limit is reached")
            return
        self._deliver(wanted.to, wanted.words)
        log.info("a text was sent")

    def _hash(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()


def _known(number: str) -> tuple[str, int]:
    """The country of a number, such as US, and its kind, which is unknown where no such number can exist."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return "", PhoneNumberType.UNKNOWN
    return phonenumbers.region_code_for_number(parsed) or "", phonenumbers.number_type(parsed)
