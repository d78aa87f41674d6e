"""Texts that callers on the telephone have asked for: handed over by a turn, and sent beside it.

For: `Sender`: a call never waits for it; a text is reserved in the store before it is sent, so that it is sent at most
once, and to no number more often than the operator allows; nothing of it is logged or kept in clear.
Not here: when a text is offered (`ivr.dialog`), what it says (`ivr.channels.written`), Twilio's API (`messages`).
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Callable
from datetime import UTC, date, datetime
from queue import Full, Queue
from threading import Lock, Thread
from typing import NamedTuple, Protocol

import phonenumbers

log = logging.getLogger("ivr.sending")

MOST_WAITING = 100
"""Texts that wait to be sent; should Twilio be away for long, those that come after are not sent."""

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
    """Sends texts from the line's number, one after the other, in a thread of its own."""

    def __init__(self, number: str, key: bytes, reserve: Reserve, deliver: Deliver) -> None:
        self._number, self._key, self._reserve, self._deliver = number, key, reserve, deliver
        self._waiting: Queue[Wanted] = Queue(MOST_WAITING)
        self._starting = Lock()
        self._thread: Thread | None = None

    def may_send(self, number: str) -> bool:
        """Whether texts can be offered to a caller: an ordinary number of the same country, and not the line's own.

        A withheld or foreign number is never texted: what a text costs is the operator's, and who calls can be forged.
        """
        return number != self._number and _country(number) == _country(self._number) != 0

    def hand_over(self, wanted: Wanted) -> None:
        """Have a text sent; comes back at once, whatever becomes of it."""
        try:
            self._waiting.put_nowait(wanted)
        except Full:
            log.error("a text was not sent: %d others are waiting", MOST_WAITING)  # noqa: TRY400 - its trace says no more
            return
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._work, name="ivr-texts", daemon=True)
                self._thread.start()

    def rest(self) -> None:
        """Wait until everything that was handed over has been dealt with."""
        self._waiting.join()

    def close(self) -> None:
        """Deal with what was handed over, and let go of the store."""
        self.rest()
        self._reserve.close()

    def _work(self) -> None:
        while True:
            wanted = self._waiting.get()
            try:
                self._send(wanted)
            except Exception as error:  # noqa: BLE001 - the next text must be sent; an error may quote the number
                log.error("a text was not sent: %s", type(error).__name__)  # noqa: TRY400
            finally:
                self._waiting.task_done()

    def _send(self, wanted: Wanted) -> None:
        once, number = self._hash(f"{wanted.call} {wanted.turn}"), self._hash(wanted.to)
        if not self._reserve(once, number, datetime.now(UTC).date()):
            log.info("a text was not sent: it has been sent before, or the day's limit is reached")
            return
        self._deliver(wanted.to, wanted.words)
        log.info("a text was sent")

    def _hash(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()


def _country(number: str) -> int:
    """The country's calling code; 0 for what is no telephone number."""
    try:
        return phonenumbers.parse(number).country_code or 0
    except phonenumbers.NumberParseException:
        return 0
