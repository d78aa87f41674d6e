"""The draft: a folder that is being edited, as it was last sound, and all that is wrong in it now.

For: reading the folder anew whenever a file was saved, and keeping the last sound script when it no longer can be read.
`Judge` is the seam for whoever finds what is wrong: today the reader, as `reader_findings`.
Not here: calls and pages (`trying`), the rules themselves (`ivr.script`, `ivr.check`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from ivr.check.finding import Finding, Severity
from ivr.script.model import Script
from ivr.script.problems import ScriptError
from ivr.script.reader import read

Judge = Callable[[Path], list[Finding]]
"""From the folder of a line to all that is to be said about it, the gravest first."""

UNREADABLE = "unreadable"
"""The rule under which the reader's own problems are shown: nothing else can be judged before they are mended."""

ENDINGS = frozenset({".yaml", ".txt"})
"""The files of a line: its wiring and words, and its rehearsals."""

Mark = tuple[tuple[str, int, int, int, int], ...]
"""Changes whenever a file of the folder is saved, added, replaced or taken away."""


def reader_findings(folder: Path) -> list[Finding]:
    """What the reader has to say: each of its problems is an error."""
    try:
        read(folder)
    except ScriptError as error:
        return [Finding(UNREADABLE, Severity.ERROR, p.place, _sentence(p.what), p.mend) for p in error.problems]
    return []


def _sentence(what: str) -> str:
    return f"{what[:1].upper()}{what[1:]}."


@dataclass(frozen=True, slots=True)
class Look:
    """The draft at one moment.

    script: as it was last sound; None when it never was.  is_sound: it is so now.  number: counts the changes seen.
    """

    script: Script | None
    is_sound: bool
    number: int


class Draft:
    """A folder under the hands of staff; safe to ask from several threads."""

    def __init__(self, folder: Path, judge: Judge = reader_findings) -> None:
        self.folder = folder
        self._judge = judge
        self._look = Look(None, is_sound=False, number=0)
        self._mark: Mark | None = None
        self._findings: tuple[int, list[Finding]] = (0, [])
        self._reading, self._judging = Lock(), Lock()

    def look(self) -> Look:
        """The draft as it stands on the disk now."""
        with self._reading:
            mark = _mark(self.folder)
            if mark != self._mark:
                self._look = self._read()
                self._mark = mark
            return self._look

    def findings(self) -> list[Finding]:
        """What is to be said about it.  That may take a while, for which no call has to wait."""
        with self._judging:
            number = self.look().number
            if number != self._findings[0]:
                self._findings = (number, self._judge(self.folder))
            return self._findings[1]

    def _read(self) -> Look:
        number = self._look.number + 1
        try:
            return Look(read(self.folder), is_sound=True, number=number)
        except ScriptError:
            return Look(self._look.script, is_sound=False, number=number)


def _mark(folder: Path) -> Mark:
    files = sorted(p for p in (*folder.glob("*"), *folder.glob("*/*")) if p.suffix in ENDINGS and p.name[0] != ".")
    return tuple(mark for mark in map(_mark_of, files) if mark)


def _mark_of(path: Path) -> tuple[str, int, int, int, int] | None:
    try:
        now = path.stat()
    except OSError:  # gone between two looks, or a link to nothing
        return None
    return (str(path), now.st_mtime_ns, now.st_ctime_ns, now.st_size, now.st_ino)
