"""What the store keeps, as plain values.

For: a version and its publication, wherever they are shown, kept or served, without loading anything for SQL.
Not here: the store itself (`versions`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ivr.script.dated import up_to_date
from ivr.script.model import Script
from ivr.script.notices import Notice
from ivr.script.problems import ScriptError
from ivr.script.reader import read_files


@dataclass(frozen=True, slots=True)
class Version:
    """The files of a line, under the digest that names them."""

    digest: str
    name: str
    files: Mapping[str, str]

    @classmethod
    def of(cls, script: Script, files: Mapping[str, str]) -> Version:
        return cls(script.version, script.name, files)

    def script(self) -> Script:
        """The script of these files; raises ScriptError when a reader that has become stricter refuses it."""
        return self.read()[0]

    def read(self) -> tuple[Script, tuple[str, ...]]:
        """The script, and the names of stock words that came later and are therefore the sample's.

        It goes by the digest by which calls know it, whatever a newer reader would call it.
        """
        files = {name: text.encode() for name, text in self.files.items()}
        try:
            script, later = read_files(self.name, files), tuple[str, ...]()
        except ScriptError:
            mended, later = up_to_date(files)
            if not later:
                raise
            script = read_files(self.name, mended)
        return script if script.version == self.digest else replace(script, version=self.digest), later


@dataclass(frozen=True, slots=True)
class Publication:
    """A version made live.  `previous` is the publication to which an undo leads, None for the first."""

    number: int
    digest: str
    at: datetime
    by: str
    note: str
    previous: int | None


@dataclass(frozen=True, slots=True)
class Act:
    """Who published, when, and why."""

    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A notice, who gave it, and when."""

    notice: Notice
    by: str
    at: datetime
