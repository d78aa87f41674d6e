"""Versions on this machine's own disk, for when the store is away.

For: keeping what was fetched, so that it is fetched once, and knowing which version and which notices were live last;
what the checker found in a version, so that one process of several finds it out; the last rescue, for when no version
can be read.
Whatever the disk does, a server goes on: a shelf that cannot be written holds nothing.
Not here: reading a script, the store.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ivr.check.verdict import program
from ivr.script import whole
from ivr.script.notices import Notice
from ivr.store.records import Version
from ivr.web.landing import Rescue

log = logging.getLogger("ivr.shelf")

CACHE = "IVR_CACHE"
LIVE = "live"
RESCUE = "rescue"
TURN = "checking"
NOTICES = "notices"
ENDING, JUDGED = ".json", ".errors"
"""Of a version, and of what a checker says of it."""

MOST_KEPT = 64


def cache_folder(environ: Mapping[str, str]) -> Path:
    """Where shelves stand, unless the operator says otherwise."""
    named = environ.get(CACHE, "").strip()
    home = environ.get("XDG_CACHE_HOME", "").strip()
    folder = Path(named) if named else Path(home or "~/.cache") / "ivr"
    return Path(os.path.expanduser(folder)).absolute()  # noqa: PTH111 - never raises


class Shelf:
    """The versions that came from one place: a store or a folder.  Several processes may share it."""

    def __init__(self, cache: Path, origin: str) -> None:
        self._folder = cache / hashlib.sha256(origin.encode()).hexdigest()[:16]

    def keep(self, version: Version) -> None:
        """Put a version on the shelf, unless it stands there."""
        if not (self._folder / (version.digest + ENDING)).is_file():
            content = {"digest": version.digest, "name": version.name, "files": dict(version.files)}
            self._write(version.digest + ENDING, json.dumps(content, ensure_ascii=False))
            self._tidy(ENDING)

    def take(self, digest: str) -> Version | None:
        """A version, if it stands here whole."""
        try:
            content = json.loads(self._text(digest + ENDING))
            return Version(content["digest"], content["name"], content["files"])
        except (ValueError, KeyError, TypeError):
            return None

    def mark_live(self, digest: str, rescue: Rescue) -> None:
        if self.marked() != digest:
            self._write(LIVE, digest)
        if self.rescue() != rescue:
            self._write(RESCUE, json.dumps(asdict(rescue), ensure_ascii=False))

    def marked(self) -> str:
        """The name of the version that was live last; nothing where that is not known."""
        return self._text(LIVE)

    def live(self) -> Version | None:
        """The version that was live last."""
        digest = self.marked()
        return self.take(digest) if digest else None

    def keep_notices(self, notices: Iterable[Notice]) -> None:
        """Put what is said today on the shelf, unless it stands there."""
        text = json.dumps([[n.until.isoformat(), n.language, n.words, n.closed] for n in notices], ensure_ascii=False)
        if self._text(NOTICES) != text:
            self._write(NOTICES, text)

    def notices(self) -> tuple[Notice, ...]:
        """The notices that were known last; each tells itself when it ends."""
        try:
            kept = json.loads(self._text(NOTICES) or "[]")
            return tuple(Notice(datetime.fromisoformat(until), *rest) for until, *rest in kept)
        except (ValueError, TypeError):
            return ()

    def rescue(self) -> Rescue | None:
        """What is heard of the version that was live last when no version can be read."""
        try:
            return Rescue(**json.loads(self._text(RESCUE)))
        except (ValueError, TypeError):
            return None

    # --- what the checker found --------------------------------------------------------------------

    def verdict(self, digest: str) -> Path:
        """Where the checker of this very program leaves what is wrong with a version (`ivr.check.verdict`)."""
        return self._folder / f"{digest}.{program()}{JUDGED}"

    def turn(self) -> BinaryIO | None:
        """The right to be the one that finds out, as long as this stays open, also in a process that inherits it; None
        while another process has it.

        The system takes it back when the last that has it dies.  Where nothing can be written, everybody finds out alone.
        """
        import fcntl  # noqa: PLC0415 - only servers come here, and not every desk has it

        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            held = (self._folder / TURN).open("wb")
        except OSError:
            return Path(os.devnull).open("wb")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            held.close()
            return None
        self._tidy(JUDGED)
        return held

    # --- files -------------------------------------------------------------------------------------

    def _text(self, name: str) -> str:
        try:
            return (self._folder / name).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return ""

    def _write(self, name: str, text: str) -> None:
        """All of it or nothing, also when several write at once."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            whole.write(self._folder / name, text)
        except OSError as error:
            log.warning("nothing can be kept in %s (%s)", self._folder, error.strerror)

    def _tidy(self, ending: str) -> None:
        """Let go of the oldest; the live one is among the newest or is put back by the next look."""
        with suppress(OSError):
            kept = sorted(self._folder.glob(f"*{ending}"), key=lambda path: path.stat().st_mtime)
            live = f"{self.marked()}."
            for path in kept[:-MOST_KEPT]:
                if not path.name.startswith(live):
                    path.unlink()
