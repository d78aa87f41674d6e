"""Is a script fit to be heard?  The checker's errors, found out beside the calls and once for all processes.

For: `Errors`, which is asked at every look and answers when it knows; and `Warned`, which tells of a version that is
live already what is wrong with it, and takes nothing down.
Each look only asks how far it is: the judging itself is done in a process of its own (`ivr.check.apart`), which one
server process of this machine starts.  It leaves its verdict on the shelf for all of them, and holds the turn for as
long as it works, so that a server process which is killed costs neither the verdict nor a second judging.
Not here: the rules (`ivr.check`), what keeps an unsound save from callers (`followed`).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Protocol

from ivr.check.apart import Findings, Judgement
from ivr.check.verdict import left, told
from ivr.script.model import Script
from ivr.web.library import Found, Source
from ivr.web.shelf import Shelf

log = logging.getLogger("ivr.judging")

FAILED = "The program could not check it; its log says why. Save a file once more to try again."


class Judging(Protocol):
    """A script that is being judged, as `ivr.check.apart.Judgement` is."""

    static: Future[Findings]
    whole: Future[Findings]

    def stop(self) -> None: ...


Judge = Callable[[Script, BinaryIO, Path], Judging]
"""Begins to judge a script, with the turn to be held meanwhile and the place where the verdict is to be left."""


class Errors:
    """What is so wrong with a script that new calls must not meet it, a sentence each."""

    def __init__(self, shelf: Shelf, judge: Judge = Judgement) -> None:
        self._shelf, self._judge = shelf, judge
        self._judged: str | None = None
        self._judging: Judging | None = None
        self._turn: BinaryIO | None = None
        self._found_here: dict[str, tuple[str, ...]] = {}

    def of(self, script: Script) -> tuple[str, ...] | None:
        """The errors of a script; None as long as it is being judged, here or by another process."""
        if script.version != self._judged:  # what was asked before is out of date
            self.stop()
        known = self._known(script)
        if known is None:
            known = self._found(script)
        if known is not None:
            self.stop()
        return known

    def wait(self, script: Script, pause: Callable[[float], object] = time.sleep) -> tuple[str, ...]:
        """The same, for whoever has nothing else to do."""
        while (known := self.of(script)) is None:
            pause(0.1)
        return known

    def stop(self) -> None:
        """Nobody wants to know any more; what this process had begun is ended, and its turn free."""
        if self._judging:
            self._judging.stop()
        if self._turn:
            self._turn.close()
        self._judged = self._judging = self._turn = None

    def try_again(self) -> None:
        """A file was saved once more: what could not be checked before may be now."""
        self._found_here = {version: found for version, found in self._found_here.items() if found != (FAILED,)}

    def _known(self, script: Script) -> tuple[str, ...] | None:
        found = self._found_here.get(script.version)
        return left(self._shelf.verdict(script.version)) if found is None else found

    def _found(self, script: Script) -> tuple[str, ...] | None:
        self._turn = self._turn or self._shelf.turn()
        if self._turn is None:
            return None
        known = self._known(script)  # perhaps another process has just found out
        if known is not None:
            return known
        self._judged = script.version
        try:
            self._judging = self._judging or self._judge(script, self._turn, self._shelf.verdict(script.version))
            errors = _errors(self._judging)
        except (OSError, RuntimeError):  # no process to be had, or it broke; another of ours may have better luck
            log.exception("version %s could not be checked", script.version)
            errors = (FAILED,)
        if errors is not None:
            self._found_here[script.version] = errors
        return errors


def _errors(judging: Judging) -> tuple[str, ...] | None:
    """Errors that are found by reading are enough; without any, all calls have to be walked."""
    for found in (judging.static, judging.whole):
        if not found.done():
            return None
        if errors := told(found.result()):
            return errors
    return ()


class Warned:
    """A source of which the live version is judged as well.  It was live, so it stays: the checker may have become
    stricter since, and a line that speaks is better than one that does not.
    """

    def __init__(self, source: Source, errors: Errors) -> None:
        self._source, self._errors = source, errors

    def look(self) -> Found:
        found = self._source.look()
        if found.script is None or found.checking:  # one thing after another
            return found
        errors = self._errors.of(found.script) or ()
        return replace(found, problems=(*found.problems, *(_live(found.script, error) for error in errors)))

    def fetch(self, version: str) -> Script | None:
        return self._source.fetch(version)

    def close(self) -> None:
        self._errors.stop()
        self._source.close()


def _live(script: Script, error: str) -> str:
    if error == FAILED:
        return f"Version {script.version} is live, and the program could not check it; its log says why."
    return f"Version {script.version} stays live, though the checker finds an error in it. {error}"
