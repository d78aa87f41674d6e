"""The thread that writes the journal, so that no caller waits for it.

For: `Writer`, which takes what turns hand over, keeps it in the store in batches, and on the disk while the store is
away.  When that fails as well, facts are dropped and counted; nothing that goes wrong here is ever noticed by a turn.
Not here: what is handed over (`recorder`), the disk (`spool`), SQL (`ivr.store`).
"""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import chain
from pathlib import Path
from threading import Event, Thread, main_thread
from typing import Protocol, TypeVar

from ivr.store.rows import DAY, Heard, Row, Told, Visit, rows
from ivr.store.where import RefusedError, StoreError
from ivr.web.spool import Batch, Spool, SpoolError, left_behind

log = logging.getLogger("ivr.journal")

EVERY = 0.5
"""Seconds between two batches: with the time to write one, what a kill may lose."""

MOST_TOGETHER = 2_000
"""Turns in a batch: a moment of the most that one process can answer."""

MOST_WAITING = 10_000
"""Turns that may wait for the thread: many seconds of the most that one process can answer."""

TRY_AGAIN = 5.0
"""Seconds before a store that was away is asked again, as each try may take two itself."""

LOOK_EVERY = 30.0
"""Seconds between two looks for what dead processes have left behind."""

TELL_EVERY = 60.0
"""Seconds between two sentences in the log about what was dropped."""

PURGE_EVERY = 24 * 60 * 60.0

FORGET_EVERY = 10 * 60.0
"""What was not understood goes when its last day is over, so that is looked for more often."""

Handed = Told | Visit | Heard

CALLS, WORDS = "Facts of calls that are too old", "What was not understood on days that are over"
"""What is deleted, as a sentence begins with it."""

_T = TypeVar("_T")


class Keeper(Protocol):
    """What a journal does for a writer (`ivr.store.journal`)."""

    def keep(self, rows: list[Row], visits: list[Visit]) -> None: ...

    def hear(self, heard: list[Heard]) -> None: ...

    def forget_heard(self, before: int) -> None: ...

    def purge(self, before: int, portions: int) -> int: ...

    def close(self) -> None: ...


def _nobody(_what: str, _count: int) -> None:
    """Nobody counts."""


class Writer:
    """One a process.  `put` never waits and never fails; all the rest happens in its thread.

    The thread ends with the program, after what waits has been written: it looks whether the main thread lives,
    because worker processes run no exit handlers.
    """

    def __init__(
        self,
        journal: Callable[[], Keeper | None],
        folder: Path,
        keep_days: int,
        counted: Callable[[str, int], object] = _nobody,
        heard_days: int = 0,
    ) -> None:
        """journal: opens the store, in the thread; None while there is none, and nothing to be kept.  folder: of the
        spools.  counted: told how many facts were kept, spooled or dropped, in these words.  heard_days: for how long
        what was not understood is kept; 0 deletes it.
        """
        self._open, self._folder, self._keep_days, self._counted = journal, folder, keep_days, counted
        self._heard_days = heard_days
        self._waiting: queue.SimpleQueue[Handed | Event] = queue.SimpleQueue()
        self._spool, self._claimed = Spool.new(folder), list[Spool]()
        self._journal: Keeper | None = None
        self._try_at = self._look_at = self._purge_at = self._tell_at = self._forget_at = 0.0
        self._dropped, self._undeleted = 0, set[str]()
        self._wake, self._stopping = Event(), False
        self._thread = Thread(target=self._run, name="ivr-journal", daemon=False)

    def start(self) -> Writer:
        self._thread.start()
        return self

    def put(self, handed: Handed) -> None:
        """Hand over a fact."""
        if self._waiting.qsize() < MOST_WAITING:
            self._waiting.put(handed)
        else:
            self._drop(1, "they came faster than they could be written")

    def flush(self) -> None:
        """Wait until everything that was handed over before has been dealt with."""
        dealt_with = Event()
        self._waiting.put(dealt_with)
        self._wake.set()
        dealt_with.wait()

    def close(self) -> None:
        """Write what waits, and end."""
        self._stopping = True
        self._wake.set()
        self._thread.join()

    # --- in the thread -----------------------------------------------------------------------------

    def _run(self) -> None:
        main = main_thread()
        ending = False
        while not ending:
            self._wake.wait(EVERY)
            self._wake.clear()
            ending = self._stopping or not main.is_alive()
            while batch := self._collect():
                self._safely(self._write, [handed for handed in batch if isinstance(handed, Told | Visit)])
                self._safely(self._hear, [handed for handed in batch if isinstance(handed, Heard)])
                for asking in batch:
                    if isinstance(asking, Event):
                        asking.set()
            if not ending:
                for work in (self._catch_up, self._purge, self._forget):
                    self._safely(work)
        if self._journal:
            self._journal.close()

    def _safely(self, work: Callable[..., None], *given: list[Handed]) -> None:
        """Whatever goes wrong, the thread lives on."""
        try:
            work(*given)
        except Exception:
            log.exception("the journal stumbled")
            if given:
                self._drop(sum(map(len, given)), "the program failed")

    def _collect(self) -> list[Handed | Event]:
        batch: list[Handed | Event] = []
        while len(batch) < MOST_TOGETHER and not self._waiting.empty():
            batch.append(self._waiting.get())
        return batch

    def _write(self, handed: list[Told | Visit]) -> None:
        """Into the store; what comes while something is spooled goes behind it."""
        found = list(chain.from_iterable(rows(told) for told in handed if isinstance(told, Told)))
        batch = found, [visit for visit in handed if isinstance(visit, Visit)]
        if not any(batch) or (not self._spool.waits and self._keep(batch)):
            return
        try:
            self._spool.append(*batch)
            self._counted("spooled", len(found))
        except SpoolError as error:
            self._drop(len(found), str(error))

    def _hear(self, heard: list[Heard]) -> None:
        """Into the store or nowhere: while it is away, nothing that callers said waits on this machine's disk."""
        if not heard or time.monotonic() < self._try_at:
            return
        with suppress(StoreError):
            if journal := self._opened():
                journal.hear(heard)

    def _opened(self) -> Keeper | None:
        self._journal = self._journal or self._open()
        return self._journal

    def _keep(self, batch: Batch) -> bool:
        """Whether the store is done with it."""
        if time.monotonic() < self._try_at:
            return False
        try:
            journal = self._opened()
            if journal is None:
                return True
            journal.keep(*batch)
        except RefusedError as error:
            self._drop(len(batch[0]), str(error))
            return True
        except StoreError as error:
            if not self._try_at:
                log.warning("%s The journal is kept on this machine until it does.", error)
            self._try_at = time.monotonic() + TRY_AGAIN
            return False
        self._try_at = 0.0
        self._counted("kept", len(batch[0]))
        return True

    def _catch_up(self) -> None:
        """Bring in what was spooled, by this process and by those that are no more."""
        now = time.monotonic()
        if now >= self._look_at:
            self._look_at = now + LOOK_EVERY
            self._claimed += left_behind(self._folder)
        for spool in (*self._claimed, self._spool):
            try:
                while spool.waits and time.monotonic() < now + EVERY and self._keep(spool.peek(MOST_TOGETHER)):
                    spool.take()
            except OSError as error:
                spool.leave()
                log.error("facts that wait on this machine cannot be read now (%s)", error.strerror)  # noqa: TRY400
        self._claimed = [spool for spool in self._claimed if spool.waits]

    def _purge(self) -> None:
        """A portion of what is too old; the next one after the next batch."""
        now = time.monotonic()
        if now < self._purge_at or self._try_at:
            return
        before = time.time_ns() // 1_000_000 - self._keep_days * DAY
        if not self._deleted(CALLS, lambda journal: journal.purge(before, portions=1)):
            self._purge_at = now + (FORGET_EVERY if CALLS in self._undeleted else PURGE_EVERY)

    def _forget(self) -> None:
        """What was not understood on days that are over for it; where it is not kept, also that of today."""
        now = time.monotonic()
        if now < self._forget_at or self._try_at:
            return
        self._forget_at = now + FORGET_EVERY
        today = time.time_ns() // 1_000_000 // DAY
        self._deleted(WORDS, lambda journal: journal.forget_heard(today + 1 - self._heard_days))

    def _deleted(self, what: str, delete: Callable[[Keeper], _T]) -> _T | None:
        """What the store says to it.  Deletion is promised: that it fails is told, once until it succeeds again."""
        try:
            journal = self._opened()
            answer = delete(journal) if journal else None
        except StoreError as error:
            if what not in self._undeleted:
                log.error("%s cannot be deleted now, and will be tried again. %s", what, error)  # noqa: TRY400
            self._undeleted.add(what)
            return None
        self._undeleted.discard(what)
        return answer

    def _drop(self, count: int, why: str) -> None:
        self._dropped += count
        self._counted("dropped", count)
        if time.monotonic() >= self._tell_at:
            self._tell_at = time.monotonic() + TELL_EVERY
            log.error("%d facts of the journal are lost so far: %s", self._dropped, why)
