"""Scripts from a folder that is being edited or deployed: every sound save goes live, an unsound one never.

For: noticing a save, also by way of links (git, a ConfigMap), and telling staff in STATUS.txt beside their files what
callers hear and what is wrong.
Not here: reading a script (`ivr.script.reader`), when to look (`library`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ivr.script.folders import Mark, contents, mark, texts
from ivr.script.model import Script
from ivr.script.problems import ScriptError
from ivr.script.reader import read_files
from ivr.store.records import Version
from ivr.web.library import Found
from ivr.web.noticed import Noticed
from ivr.web.shelf import Shelf

STATUS = "STATUS.txt"
"""Not a file of the script, so that writing it is no save."""

Errors = Callable[[Script], list[str]]
"""What is so wrong with a script that callers must not meet it, a sentence each, beyond what the reader finds."""


def none(_: Script) -> list[str]:
    """The place at which the checker's errors keep a save from going live."""
    return []


class Followed:
    """The source that follows a folder."""

    def __init__(self, folder: Path, shelf: Shelf, errors: Errors = none) -> None:
        self._folder, self._shelf, self._errors = folder, shelf, errors
        self._notices = Noticed(folder)
        self._mark: Mark | None = None
        self._found = Found(None, "nothing")
        self._status = ""

    def look(self) -> Found:
        try:
            before = mark(self._folder)
            if before != self._mark:
                files = contents(self._folder)
                if mark(self._folder) == before:  # else somebody is saving right now: the next look sees all of it
                    self._saved(files)
                    self._mark = before
        except OSError as error:
            self._unsound([f"The folder cannot be read ({error.strerror})."])
            self._mark = None
        return self._found

    def fetch(self, version: str) -> Script | None:
        """A save that another process has seen, or that was live before."""
        kept = self._shelf.take(version)
        try:
            return kept.script() if kept else None
        except ScriptError:
            return None

    def close(self) -> None:
        """There is nothing open."""

    def _saved(self, files: dict[str, bytes]) -> None:
        try:
            script = read_files(self._folder.resolve().name, files)
            errors = self._errors(script)
        except ScriptError as error:
            errors = [str(problem) for problem in error.problems]
        if errors:
            self._unsound(errors)
        else:
            self._sound(script, files)
        self._noted()

    def _noted(self) -> None:
        """A notice beside the files goes live as they do, and an unsound one does not."""
        notices, problems = self._notices.look(self._found.script)
        self._found = replace(self._found, notices=notices, problems=(*self._found.problems, *problems))
        if problems:
            told = "\n".join(f"- {problem}" for problem in problems)
            self._tell(
                f"{self._status}\nCallers do not hear the notice that was saved last, until this is mended:\n\n{told}\n"
            )

    def _sound(self, script: Script, files: dict[str, bytes]) -> None:
        live = self._found.script
        if live is None or live.version != script.version:
            self._shelf.keep(Version.of(script, texts(files, script.languages)))
            self._shelf.mark_live(script.version)
            live = script
        self._found = Found(live, "folder")
        self._status = f"Callers hear what stands in this folder: version {script.version}.\n"
        self._tell(self._status)

    def _unsound(self, errors: list[str]) -> None:
        found = self._found
        if found.script is None:
            kept = self._last_sound()
            found = Found(kept, "disk" if kept else "nothing")
        self._found = Found(found.script, found.origin, tuple(errors), found.notices)
        hear = f"They still hear version {found.script.version}" if found.script else "They hear nothing of it"
        told = "\n".join(f"- {error}" for error in errors)
        self._status = f"Callers do not hear what was saved last. {hear}, until this is mended:\n\n{told}\n"
        self._tell(self._status)

    def _last_sound(self) -> Script | None:
        version = self._shelf.live()
        try:
            return version.script() if version else None
        except ScriptError:
            return None

    def _tell(self, text: str) -> None:
        """Write the status beside the files, unless it stands there; a folder may be closed to us."""
        file = self._folder / STATUS
        draft = self._folder / f".{STATUS}.{os.getpid()}"
        with suppress(OSError, ValueError):
            if file.is_file() and file.read_text(encoding="utf-8") == text:
                return
            draft.write_text(text, encoding="utf-8")
            draft.replace(file)
