"""Facts on this machine's own disk, for as long as the store is away.

For: `Spool`, a file to which batches are appended so that they outlive a power cut, and from which they are taken in
order; and finding what processes have left behind that are no more.  A file belongs to whoever has claimed it.
Not here: when something is spooled or kept (`writer`), what a row says (`ivr.store.rows`).
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from ivr.store.rows import Row, Visit
from ivr.web.claim import claim

log = logging.getLogger("ivr.journal")

ENDING = ".spool"
MOST_BYTES = 256 * 1024 * 1024
"""Of one file: about a million facts.  A disk that fills up would stop more than the journal."""

Batch = tuple[list[Row], list[Visit]]


class SpoolError(Exception):
    """Raised when the disk does not take it; its text is one sentence for people."""


class Spool:
    """One file.  It is made when it is first needed, and deleted when all of it has been taken.

    It stays open meanwhile: what is in it can be taken even if somebody empties the folder.
    """

    def __init__(self, path: Path, file: int | None = None) -> None:
        """`file`: open and claimed already, as it has come to us with what is in it."""
        self._path, self._file = path, file
        self._size = os.fstat(file).st_size if file is not None else 0
        self._taken = self._peeked = 0

    @classmethod
    def new(cls, folder: Path) -> Spool:
        return cls(_name(folder))

    @property
    def waits(self) -> bool:
        """Whether something is in it."""
        return self._size > self._taken

    def append(self, rows: Sequence[Row], visits: Sequence[Visit]) -> None:
        """All of it, on the disk for good when this returns; or nothing of it, and a SpoolError."""
        data = b"".join(json.dumps(line).encode() + b"\n" for line in (*rows, *visits))
        if self._size + len(data) > MOST_BYTES:
            raise SpoolError(f"{self._path} is as big as it may become")
        try:
            if self._file is None:
                self._path, self._file = _make(self._path.parent)
            self._write(self._file, data)
        except OSError as error:
            raise SpoolError(f"{self._path} cannot be written ({error.strerror})") from None
        self._size += len(data)

    def peek(self, size: int) -> Batch:
        """The next so many lines; they stay until `take` says that they are done with.  Raises OSError."""
        rows: list[Row] = []
        visits: list[Visit] = []
        self._peeked = self._taken
        if self._file is None:
            return rows, visits
        with os.fdopen(self._file, "rb", closefd=False) as file:
            file.seek(self._taken)
            for line in islice(file, size):
                self._peeked += len(line)
                _sort(line, rows, visits)
        return rows, visits

    def take(self) -> None:
        """What was peeked is done with; the file goes when nothing is left."""
        self._taken = self._peeked
        if not self.waits:
            self.drop()

    def drop(self) -> None:
        """Begin anew, without what is in it."""
        try:
            self._path.unlink(missing_ok=True)
        finally:
            self.leave()

    def leave(self) -> None:
        """Begin anew, and leave what is in it to whoever next looks for what was left behind."""
        if self._file is not None:
            os.close(self._file)
        self._path, self._file, self._size, self._taken = _name(self._path.parent), None, 0, 0

    def _write(self, file: int, data: bytes) -> None:
        try:
            written = 0
            while written < len(data):
                written += os.pwrite(file, data[written:], self._size + written)
            os.fsync(file)
        except OSError:  # half a line would spoil the next one
            with suppress(OSError):
                os.ftruncate(file, self._size)
            raise


def spools(cache: Path, store: str) -> Path:
    """The folder of a store's spools, for all processes of this machine."""
    return cache / f"journal-{hashlib.sha256(store.encode()).hexdigest()[:16]}"


def left_behind(folder: Path) -> Iterator[Spool]:
    """The spools of processes that are no more; they are ours from now on.  Those into which nothing got, as the disk was
    full, go at once.
    """
    for path in sorted(folder.glob(f"*{ENDING}")):
        with suppress(OSError):
            file = os.open(path, os.O_RDWR)
            if claim(file):
                spool = Spool(path, file)
                if spool.waits:
                    yield spool
                else:
                    spool.drop()


def waiting_bytes(folder: Path) -> int:
    """How much waits on this machine, in all processes' files."""
    total = 0
    for path in folder.glob(f"*{ENDING}"):
        with suppress(OSError):
            total += path.stat().st_size
    return total


def _name(folder: Path) -> Path:
    return folder / f"{os.getpid()}-{secrets.token_hex(4)}{ENDING}"


def _make(folder: Path) -> tuple[Path, int]:
    """A new file that is ours.  Another process that finds it before we have claimed it takes it for one that was left
    behind empty, and deletes it; so then there is a next one.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    while True:
        path = _name(folder)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        if claim(file):
            return path, file


def _sort(line: bytes, rows: list[Row], visits: list[Visit]) -> None:
    """A line without an end is all that is lost when a machine stops in the middle of writing."""
    try:
        values = json.loads(line)
        if len(values) == len(Visit._fields):
            visits.append(Visit(*values))
        else:
            rows.append(Row(*values))
    except (ValueError, TypeError):
        log.warning("a broken line of a spool was left out")
