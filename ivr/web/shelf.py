"""Versions on this machine's own disk, for when the store is away.

For: keeping what was fetched, so that it is fetched once, and knowing which version and which notices were live last.
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
from datetime import datetime
from pathlib import Path

from ivr.script.notices import Notice
from ivr.store.records import Version

log = logging.getLogger("ivr.shelf")

CACHE = "IVR_CACHE"
LIVE = "live"
NOTICES = "notices"
ENDING = ".json"
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
            self._tidy()

    def take(self, digest: str) -> Version | None:
        """A version, if it stands here whole."""
        try:
            content = json.loads((self._folder / (digest + ENDING)).read_text(encoding="utf-8"))
            return Version(content["digest"], content["name"], content["files"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def mark_live(self, digest: str) -> None:
        if self._marked() != digest:
            self._write(LIVE, digest)

    def live(self) -> Version | None:
        """The version that was live last."""
        digest = self._marked()
        return self.take(digest) if digest else None

    def keep_notices(self, notices: Iterable[Notice]) -> None:
        """Put what is said today on the shelf, unless it stands there."""
        text = json.dumps([[n.until.isoformat(), n.language, n.words, n.closed] for n in notices], ensure_ascii=False)
        if self._read(NOTICES) != text:
            self._write(NOTICES, text)

    def notices(self) -> tuple[Notice, ...]:
        """The notices that were known last; each tells itself when it ends."""
        try:
            kept = json.loads(self._read(NOTICES) or "[]")
            return tuple(Notice(datetime.fromisoformat(until), *rest) for until, *rest in kept)
        except (ValueError, TypeError):
            return ()

    def _marked(self) -> str:
        return self._read(LIVE)

    def _read(self, name: str) -> str:
        try:
            return (self._folder / name).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return ""

    def _write(self, name: str, text: str) -> None:
        """All of it or nothing, also when several write at once."""
        draft = self._folder / f".{name}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft.write_text(text, encoding="utf-8")
            draft.replace(self._folder / name)
        except OSError as error:
            log.warning("nothing can be kept in %s (%s)", self._folder, error.strerror)
            with suppress(OSError):
                draft.unlink()

    def _tidy(self) -> None:
        """Let go of the oldest; the live one is among the newest or is put back by the next look."""
        with suppress(OSError):
            kept = sorted(self._folder.glob(f"*{ENDING}"), key=lambda path: path.stat().st_mtime)
            live = self._marked() + ENDING
            for path in kept[:-MOST_KEPT]:
                if path.name != live:
                    path.unlink()
