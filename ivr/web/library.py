"""Which script answers: the live one for new calls, and for each call the one on which it began.

For: `Library`, from which a request takes a script without waiting, and the thread that looks for what is live now.
A version that is not at hand, because the call began on another server a moment ago, is fetched once.
Not here: where scripts come from (`published`, `followed`), what is said with them (`phone`).
"""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Protocol

from ivr.dialog.understand import prepare
from ivr.script.model import Script
from ivr.script.notices import Notice
from ivr.web.landing import NO_SCRIPT, Edition, Rescue
from ivr.web.shelf import Shelf

log = logging.getLogger("ivr.library")

LOOK_EVERY = 2.0
"""Seconds between two looks for what is live."""

LONGEST_FETCH = 2.0
"""Seconds that one request may usually wait for a version; Twilio waits four (`twiml.RETRIES`)."""

MOST_KEPT = 64
"""Versions in memory, far more than are published while the longest call lasts."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a source has found: the script to be live, or None to keep the one that is; where it came from; what is
    wrong, each in one sentence for people; what is being checked and may go live next, in one sentence too; and what
    is said today beside the usual.
    """

    script: Script | None
    origin: str
    problems: tuple[str, ...] = ()
    checking: str = ""
    notices: tuple[Notice, ...] = ()


class Source(Protocol):
    """Where scripts come from."""

    def look(self) -> Found:
        """What is to be live now.  It may take its time: no request waits for it."""
        ...

    def fetch(self, version: str) -> Script | None:
        """A version that was live before, if it can still be had."""
        ...

    def close(self) -> None:
        """Let go of what is open."""
        ...


class Unchanging:
    """The source of a server whose script never changes."""

    def __init__(self, script: Script) -> None:
        self._script = script

    def look(self) -> Found:
        return Found(self._script, "folder")

    def fetch(self, version: str) -> Script | None:  # noqa: ARG002 - there is only one
        return None

    def close(self) -> None:
        """There is nothing open."""


class Library:
    """The scripts of one process.  `live` is None as long as no script could be had from anywhere.

    `prepared`: learn what callers say before a script goes live, rather than with the first words that are heard.
    `shelf`: where the rescue of what was live last is kept, for a start without any script.
    `longest_fetch`: seconds that one request may wait for a version.
    """

    def __init__(
        self,
        source: Source,
        shelf: Shelf | None = None,
        clock: Callable[[], float] = time.monotonic,
        *,
        prepared: bool = False,
        longest_fetch: float = LONGEST_FETCH,
    ) -> None:
        self._longest_fetch = longest_fetch
        self._source, self._shelf, self._clock, self._prepared = source, shelf, clock, prepared
        self._editions: dict[str, Edition] = {}
        self._unknown: set[str] = set()
        self._looking = Lock()
        self._found = Found(None, "nothing")
        self._looked_at = clock()
        self.live: Edition | None = None
        self.look()

    def edition(self, version: str) -> Edition | None:
        """The script on which a call began, or the live one when it cannot be had."""
        return self._editions.get(version) or self._fetched(version) or self.live

    def rescue(self) -> Rescue:
        """What needs no script any more: that of what is live, else of what was live last on this machine."""
        if self.live:
            return self.live.rescue
        return (self._shelf.rescue() if self._shelf else None) or NO_SCRIPT

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is said today beside the usual, as far as is known; each notice tells itself when it ends."""
        return self._found.notices

    def look(self) -> None:
        """Find out what is live now; whatever goes wrong, callers go on with what there is."""
        with self._looking:
            try:
                found = self._source.look()
                if found.script and (self.live is None or found.script is not self.live.script):
                    self._put_live(found.script, found.origin)
            except Exception:  # the thread lives on, and so does what is live
                log.exception("looking for the live version failed")
                problem = "The program could not look for a new version; see its log."
                found = Found(None, self._found.origin, (problem,), notices=self._found.notices)
            for problem in found.problems:
                if problem not in self._found.problems:
                    log.warning("%s", problem)
            if found.checking and found.checking != self._found.checking:
                log.info("%s", found.checking)
            self._found, self._looked_at = found, self._clock()
            self._unknown.clear()

    def close(self) -> None:
        """Let go of the source: this process will not look any more."""
        self._source.close()

    def health(self) -> dict[str, object]:
        """What an operator wants to know: what is spoken, where it came from, how old that knowledge is."""
        script = self.live.script if self.live else None
        return {
            "status": "ok" if script else "no script",
            "script": script.name if script else None,
            "version": script.version if script else None,
            "source": self._found.origin,
            "looked_seconds_ago": round(self._clock() - self._looked_at, 1),
            "problems": list(self._found.problems),
            "checking": self._found.checking or None,
        }

    def _put_live(self, script: Script, origin: str) -> None:
        if self._prepared:
            prepare(script)
        self.live = self._add(Edition.of(script))
        log.info("live: version %s of %s, from the %s", script.version, script.name, origin)

    def _add(self, edition: Edition) -> Edition:
        """Keep it, and let go of the oldest that is not live."""
        self._editions[edition.script.version] = edition
        for version in [*self._editions][: max(0, len(self._editions) - MOST_KEPT)]:
            if self._editions[version] is not self.live:
                del self._editions[version]
        return edition

    def _fetched(self, version: str) -> Edition | None:
        if version in self._unknown:
            return None
        script = within(self._longest_fetch, lambda: self._source.fetch(version))
        if script is None:
            self._unknown.add(version)
            log.warning("version %s cannot be had; a call on it goes on with the live one", version)
            return None
        return self._add(Edition.of(script))


def within(seconds: float, work: Callable[[], Script | None]) -> Script | None:
    """What the work brings, or None when it fails or takes too long."""
    done: queue.SimpleQueue[Script | None] = queue.SimpleQueue()

    def run() -> None:
        try:
            done.put(work())
        except Exception:
            log.exception("a version could not be fetched")
            done.put(None)

    Thread(target=run, name="ivr-fetch", daemon=True).start()
    try:
        return done.get(timeout=seconds)
    except queue.Empty:
        return None


def keep_looking(library: Library, every: float = LOOK_EVERY, wait: Callable[[float], object] = time.sleep) -> Thread:
    """Look again and again, in a thread that ends with the process, or when `wait` brings something true."""

    def run() -> None:
        while not wait(every):
            library.look()

    thread = Thread(target=run, name="ivr-look", daemon=True)
    thread.start()
    return thread
