"""The notice that staff have written into a folder, as it was last sound.

For: looking again at each look; a notice that is not sound is told, and the one before it lasts until its end.
Not here: what a notice may hold (`ivr.script.notices`), notices in the store (`published`).
"""

from __future__ import annotations

from pathlib import Path

from ivr.script.model import Script
from ivr.script.notices import Notice, in_folder


class Noticed:
    """A folder in which there may be a notice."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sound: tuple[Notice, ...] = ()

    def look(self, script: Script | None) -> tuple[tuple[Notice, ...], tuple[str, ...]]:
        """The notices, and what is wrong with the file, a sentence each."""
        if script is None:
            return self._sound, ()
        found, problems = in_folder(self._folder, script)
        if not problems:
            self._sound = found
        return self._sound, tuple(map(str, problems))
