"""The draft: a folder that is being edited, as it was last sound, and all that is wrong in it now.

For: reading the folder anew whenever a file was saved, keeping the last sound script when it no longer can be read, and
asking the checker, which works in a process of its own, what it thinks of what is there now.
Not here: calls and pages (`trying`), the rules themselves (`ivr.script`, `ivr.check`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Lock

from ivr.check.apart import Judgement
from ivr.check.finding import Finding, Severity
from ivr.check.noticed import folder_findings
from ivr.script.model import Script
from ivr.script.problems import ScriptError
from ivr.script.reader import read
from ivr.web.judging import Judging

Judge = Callable[[Script], Judging]
"""Begins to find out what is to be said about a script that can be read."""

UNREADABLE = "unreadable"
"""The rule under which the reader's own problems are shown: nothing else can be judged before they are mended."""

ENDINGS = frozenset({".yaml", ".txt"})
"""The files of a line: its wiring and words, and its rehearsals."""

log = logging.getLogger("ivr.draft")

Mark = tuple[tuple[str, int, int, int, int], ...]
"""Changes whenever a file of the folder is saved, added, replaced or taken away."""


@dataclass(frozen=True, slots=True)
class Look:
    """The draft at one moment.

    script: as it was last sound; None when it never was.  is_sound: it is so now.  number: counts the changes seen.
    problems: why it cannot be read, each an error; of a sound one, what is wrong with the notice beside its files.
    """

    script: Script | None
    is_sound: bool
    number: int
    problems: tuple[Finding, ...] = ()


class Checked(StrEnum):
    """How far the checker has come with what is on the disk now."""

    READING = "reading"
    WALKING = "walking"
    DONE = "done"
    FAILED = "failed"


class Draft:
    """A folder under the hands of staff; safe to ask from several threads."""

    def __init__(self, folder: Path, judge: Judge = Judgement) -> None:
        self.folder = folder
        self._judge = judge
        self._look = Look(None, is_sound=False, number=0)
        self._mark: Mark | None = None
        self._judged = 0
        self._judging: Judging | None = None
        self._reading, self._asking = Lock(), Lock()

    def look(self) -> Look:
        """The draft as it stands on the disk now."""
        with self._reading:
            mark = _mark(self.folder)
            if mark != self._mark:
                self._look = self._read()
                self._mark = mark
            return self._look

    def findings(self) -> tuple[Look, Sequence[Finding], Checked]:
        """What is to be said about it, as far as that is known: what reading finds first, then what walking does."""
        look = self.look()
        with self._asking:
            if look.number != self._judged:
                self.stop()
                self._judged = look.number
                self._judging = self._judge(look.script) if look.script and look.is_sound else None
            if self._judging is None:
                return look, look.problems, Checked.DONE
            found, how_far = _so_far(self._judging)
            return look, (*look.problems, *found), how_far

    def stop(self) -> None:
        """Nobody looks at it any more."""
        if self._judging:
            self._judging.stop()

    def _read(self) -> Look:
        number = self._look.number + 1
        try:
            script = read(self.folder)
            return Look(script, is_sound=True, number=number, problems=tuple(folder_findings(self.folder, script)))
        except ScriptError as error:
            found = (Finding(UNREADABLE, Severity.ERROR, p.place, p.what, p.mend) for p in error.problems)
            return Look(self._look.script, is_sound=False, number=number, problems=tuple(found))


def _so_far(judging: Judging) -> tuple[Sequence[Finding], Checked]:
    try:
        if judging.whole.done():
            return judging.whole.result(), Checked.DONE
        if judging.static.done():
            return judging.static.result(), Checked.WALKING
    except RuntimeError:
        log.exception("the draft could not be checked")
        return (), Checked.FAILED
    return (), Checked.READING


def _mark(folder: Path) -> Mark:
    files = sorted(p for p in (*folder.glob("*"), *folder.glob("*/*")) if p.suffix in ENDINGS and p.name[0] != ".")
    return tuple(mark for mark in map(_mark_of, files) if mark)


def _mark_of(path: Path) -> tuple[str, int, int, int, int] | None:
    try:
        now = path.stat()
    except OSError:  # gone between two looks, or a link to nothing
        return None
    return (str(path), now.st_mtime_ns, now.st_ctime_ns, now.st_size, now.st_ino)
