"""The folder in which all workers of one server count together.

For: `shared`, which makes it before they start and deletes it when they are done, and those of servers that were killed.
It lies beside what else is kept on this disk, as a root that is read only has no other place.
Not here: what is counted (`metrics`).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ivr.web.claim import claim
from ivr.web.settings import METRICS, SettingsError
from ivr.web.shelf import CACHE

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder to the library that counts; it has to be set before that is loaded, and the workers inherit it."""

BEGINNING = "metrics-"


@contextmanager
def shared(cache: Path) -> Iterator[None]:
    """A folder in the cache, for as long as the server runs; raises SettingsError where none can be made."""
    try:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        _clear(cache)
        folder = tempfile.TemporaryDirectory(prefix=BEGINNING, dir=cache)
    except OSError as error:
        mistake = f"{METRICS} is set, and {cache} cannot be written ({error.strerror})."
        mend = f"Let {CACHE} name a folder in which the workers can count, or leave out the token."
        raise SettingsError([f"{mistake} {mend}"]) from None
    with folder as name:
        _claimed(name)
        os.environ[FOLDER] = name
        yield


def _clear(cache: Path) -> None:
    """What servers left behind that are no more."""
    for folder in cache.glob(f"{BEGINNING}*"):
        if _claimed(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _claimed(folder: Path | str) -> bool:
    """Whether the folder is ours until this process ends.  A disk without locks has no claims: nothing is cleared there."""
    with suppress(OSError):
        return claim(os.open(folder, os.O_RDONLY))
    return False
