"""Scripts from the store: the published version, and what serves while the store is away.

For: the order in which a script is looked for: the store, what this machine kept of it, the operator's own folder.
A version that was live stays live: if this program cannot read it any more, the last that it can read is spoken.
Not here: SQL (`ivr.store`), the disk (`shelf`), when to look (`library`).
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from ivr.script.model import Script
from ivr.script.notices import Notice
from ivr.script.problems import ScriptError
from ivr.store.records import Publication, Version
from ivr.store.where import Location, StoreError, open_store
from ivr.web.landing import Rescue
from ivr.web.library import Found
from ivr.web.noticed import Noticed
from ivr.web.shelf import Shelf

if TYPE_CHECKING:
    from ivr.store.versions import Store

log = logging.getLogger("ivr.published")

AWAY = "The store does not answer. Callers go on hearing what they heard last."
NOTHING = "Nothing has been published yet, so the folder of the line is spoken."
EMPTY = "The store holds no version, though one was live before; that one is spoken, as this machine kept it."


class Own(Protocol):
    """Reads the operator's own folder.  `answered`: the store has said that nothing was published."""

    def __call__(self, *, answered: bool) -> Script | None: ...


class Published:
    """The source that follows a store."""

    def __init__(self, where: Location, shelf: Shelf, own: Own, beside: Noticed) -> None:
        """`beside`: the notice of the operator's own folder, which counts while that folder is spoken."""
        self._where, self._shelf, self._own, self._beside = where, shelf, own, beside
        self._store: Store | None = None
        self._number: int | None = None
        self._found = Found(None, "nothing")
        self._notices: tuple[Notice, ...] | None = None

    def look(self) -> Found:
        try:
            live = self._live()
            self._noted()
            self._answered(live)
        except StoreError as error:
            if self._number is not None or self._found.script is None:
                log.warning("%s", error)  # its address and reasons are for the log, and not for whoever asks /health
            self._number = None
            self._alone(AWAY)
        return self._with_notices(self._found)

    def fetch(self, version: str) -> Script | None:
        kept = self._shelf.take(version)
        if kept is None and self._number is not None:
            kept = self._from_store(version)
        try:
            return kept.script() if kept else None
        except ScriptError:
            return None

    def close(self) -> None:
        if self._store:
            self._store.close()

    # --- with the store --------------------------------------------------------------------------

    def _live(self) -> Publication | None:
        """What is live; a file that nobody has made yet holds nothing, and is not made by asking."""
        if not self._where.may_hold_something():
            return None
        self._store = self._store or open_store(self._where)
        return self._store.live()

    def _noted(self) -> None:
        """Remember what is said today beside the usual, also for when the store is away."""
        self._notices = tuple(given.notice for given in self._store.notices()) if self._store else ()
        if self._store:
            self._shelf.keep_notices(self._notices)

    def _with_notices(self, found: Found) -> Found:
        """A notice from the store comes before the one in the folder, and lasts while the store is away."""
        if self._notices is None:
            self._notices = self._shelf.notices()
        beside, problems = self._beside.look(found.script) if found.origin == "folder" else ((), ())
        notices = (*beside, *self._notices)
        return replace(found, notices=notices, problems=(*found.problems, *problems))

    def _answered(self, live: Publication | None) -> None:
        if live is None:
            self._unpublished()
        elif live.number != self._number:
            self._found = self._newest_readable(live)
            self._number = live.number

    def _newest_readable(self, live: Publication) -> Found:
        """The live version, or the last before it that this program can read."""
        problems: list[str] = []
        assert self._store is not None, "it has just answered"
        tried: set[str] = set()
        for publication in (live, *self._store.history()):
            if publication.digest in tried:
                continue
            tried.add(publication.digest)
            script = self._read(publication, problems)
            if script:
                self._shelf.mark_live(publication.digest, Rescue.of(script))
                instead = "One before it is spoken." if len(tried) > 1 else ""
                return Found(script, "store", _told(problems, instead))
        own = self._safely_own(answered=False)
        if own:
            return Found(own, "folder", _told(problems, "The folder of the line is spoken."))
        return Found(None, "nothing", _told(problems, "Nothing else can be spoken in its place."))

    def _read(self, publication: Publication, problems: list[str]) -> Script | None:
        version = self._shelf.take(publication.digest) or self._from_store(publication.digest)
        try:
            script, later = version.read() if version else (None, ())
        except ScriptError as error:
            problems.append(
                f"Version {publication.digest} is live, but this program cannot read it any more. {error.problems[0]}"
            )
            return None
        if later:
            problems.append(
                f"Version {publication.digest} was published for an older program. These came later and are said in the"
                f" words of the sample: {', '.join(later)}. Write them, and publish again."
            )
        return script

    def _from_store(self, digest: str) -> Version | None:
        assert self._store is not None, "it has answered before"
        version = self._store.version(digest)
        if version:
            self._shelf.keep(version)
        return version

    # --- without it ------------------------------------------------------------------------------

    def _unpublished(self) -> None:
        self._number = None
        if self._shelf.live():
            self._alone(EMPTY)
        else:
            self._alone(NOTHING if self._where.named else "", answered=True)

    def _alone(self, problem: str, *, answered: bool = False) -> None:
        """What is spoken goes on; else what this machine kept; else the operator's own folder."""
        problems = (problem,) if problem else ()
        script, origin = self._found.script, self._found.origin
        if script is None:
            script, origin = self._kept(), "disk"
        if script is None:
            script, origin = self._safely_own(answered=answered), "folder"
        self._found = Found(script, origin if script else "nothing", problems)

    def _kept(self) -> Script | None:
        version = self._shelf.live()
        try:
            return version.script() if version else None
        except ScriptError:
            return None

    def _safely_own(self, *, answered: bool) -> Script | None:
        try:
            return self._own(answered=answered)
        except ScriptError:
            return None


def _told(problems: list[str], instead: str) -> tuple[str, ...]:
    """What is wrong with the live version, which is the first, and what is spoken instead."""
    return tuple(f"{problem} {instead}".rstrip() for problem in problems[:1])
