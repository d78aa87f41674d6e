"""Scripts from a folder that is being edited or deployed: every sound save goes live, an unsound one never.

For: noticing a save, also by way of links (git, a ConfigMap), and telling staff in STATUS.txt beside their files what
callers hear and what is wrong.  A save that can be read is a candidate until the checker has found no error in it;
that takes some seconds, in which callers hear what they heard before.  A newer save takes its place once it can be read;
one that cannot is told, and takes nothing away.
Not here: reading a script (`ivr.script.reader`), judging it (`judging`), when to look (`library`).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ivr.script import whole
from ivr.script.folders import Mark, contents, mark, texts
from ivr.script.model import Script
from ivr.script.problems import ScriptError
from ivr.script.reader import read_files
from ivr.store.records import Version
from ivr.web.judging import Errors
from ivr.web.landing import Rescue
from ivr.web.library import Found
from ivr.web.noticed import Noticed
from ivr.web.shelf import Shelf

STATUS = "STATUS.txt"
"""Not a file of the script, so that writing it is no save."""


class Followed:
    """The source that follows a folder."""

    def __init__(self, folder: Path, shelf: Shelf, errors: Errors) -> None:
        self._folder, self._shelf, self._errors = folder, shelf, errors
        self._notices = Noticed(folder)
        self._mark: Mark | None = None
        self._candidate: tuple[Script, dict[str, bytes]] | None = None
        self._unread: tuple[str, ...] = ()
        self._marked = ""
        self._found = Found(None, "nothing")
        self._status = ""

    def look(self) -> Found:
        try:
            before = mark(self._folder)
            if before != self._mark:
                files = contents(self._folder)
                if mark(self._folder) == before:  # else somebody is saving right now: the next look sees all of it
                    self._saved(files)
                    self._noted()
                    self._mark = before
            elif self._candidate or self._unread:
                self._go_on()
                self._noted()
        except OSError as error:
            self._unsound((f"The folder cannot be read ({error.strerror}).",))
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
        self._errors.stop()

    def _saved(self, files: dict[str, bytes]) -> None:
        self._errors.try_again()
        try:
            script = read_files(self._folder.resolve().name, files)
        except ScriptError as error:
            self._unread = tuple(str(problem) for problem in error.problems)
        else:
            self._unread = ()
            self._candidate = (script, files)
        self._go_on()

    def _go_on(self) -> None:
        """The candidate goes live or is refused, or it is looked at again next time."""
        if self._candidate is None:
            self._unsound(self._unread)
            return
        script, files = self._candidate
        errors = () if script.version == self._live_version() else self._judged(script)
        if errors is None:
            self._being_checked(script)
            return
        self._candidate = None
        if not errors:
            self._go_live(script, files)
        if self._unread or errors:
            self._unsound(self._unread or errors)
        else:
            self._sound(script)

    def _judged(self, script: Script) -> tuple[str, ...] | None:
        self._found = self._standing()
        if self._found.script is None and self._mark is None:  # better to start late than to have nothing to say
            return self._errors.wait(script)
        return self._errors.of(script)

    def _noted(self) -> None:
        """A notice beside the files goes live as they do, and an unsound one does not."""
        notices, problems = self._notices.look(self._found.script)
        self._found = replace(self._found, notices=notices, problems=(*self._found.problems, *problems))
        if problems:
            told = "\n".join(f"- {problem}" for problem in problems)
            self._tell(
                f"{self._status}\nCallers do not hear the notice that was saved last, until this is mended:\n\n{told}\n"
            )

    def _being_checked(self, script: Script) -> None:
        self._found = replace(
            self._found, checking=f"Version {script.version} was saved and is being checked.", problems=self._unread
        )
        if self._unread:
            self._status = (
                f"{self._not_heard(self._unread)}\nThe save before it, version {script.version}, is being checked, which takes"
                " some seconds. If nothing is wrong with it, callers hear that one meanwhile.\n"
            )
        else:
            live = self._found.script
            hear = f"callers hear version {live.version}" if live else "they hear nothing of it"
            self._status = f"What was saved last is being checked, which takes some seconds. Until then {hear}.\n"
        self._tell(self._status)

    def _go_live(self, script: Script, files: dict[str, bytes]) -> None:
        live = self._found.script
        if live is None or live.version != script.version:
            self._shelf.keep(Version.of(script, texts(files, script.languages)))
            self._shelf.mark_live(script.version, Rescue.of(script))
            self._marked = self._shelf.marked()
            live = script
        self._found = Found(live, "folder")

    def _sound(self, script: Script) -> None:
        self._status = f"Callers hear what stands in this folder: version {script.version}.\n"
        self._tell(self._status)

    def _unsound(self, errors: tuple[str, ...]) -> None:
        self._found = replace(self._standing(), problems=errors)
        self._status = self._not_heard(errors)
        self._tell(self._status)

    def _not_heard(self, errors: tuple[str, ...]) -> str:
        live = self._found.script
        hear = f"They still hear version {live.version}" if live else "They hear nothing of it"
        told = "\n".join(f"- {error}" for error in errors)
        return f"Callers do not hear what was saved last. {hear}, until this is mended:\n\n{told}\n"

    def _standing(self) -> Found:
        """What callers hear as long as nothing newer is sound: what went live last on this machine, in this process or,
        since, in another one that has seen a save which this one has not.
        """
        before, self._marked = self._marked, self._shelf.marked()
        live = self._found.script
        if self._marked not in (before, live.version if live else ""):
            version = self._shelf.live()
            with suppress(ScriptError):
                if version:
                    return Found(version.script(), "disk")
        return replace(self._found, problems=(), checking="")

    def _live_version(self) -> str:
        if self._found.script:
            return self._found.script.version
        kept = self._shelf.live()
        return kept.digest if kept else ""

    def _tell(self, text: str) -> None:
        """Write the status beside the files, unless it stands there; a folder may be closed to us."""
        file = self._folder / STATUS
        with suppress(OSError, ValueError):
            if not file.is_file() or file.read_text(encoding="utf-8") != text:
                whole.write(file, text)
