"""Where scripts lie: the one that comes with the program, and the files that make one.

For: finding the sample line, in a checkout and in an installed package alike; the text of a line's files, to be
kept elsewhere.
Not here: reading a script (`reader`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from ivr.script.source import LARGEST_FILE, normal

WIRING = "line.yaml"
ENDING = ".yaml"

Mark = tuple[tuple[str, int, int, int, int], ...]
SAMPLE = "specialty-surgical-center"
_PACKAGE = Path(__file__).resolve().parent.parent


def sample() -> Path:
    """The folder of the line that ships with the program."""
    installed = _PACKAGE / "scripts" / SAMPLE
    return installed if installed.is_dir() else _PACKAGE.parent / "scripts" / SAMPLE


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder that may belong to a script, as they are now; raises OSError when one cannot be read."""
    return {path.name: _beginning(path) for path, _ in _files(folder)}


def texts(files: Mapping[str, bytes], languages: Iterable[str]) -> dict[str, str]:
    """The files of a script of these languages, once it has been read, as text to be kept."""
    names = (WIRING, *(tag + ENDING for tag in languages))
    return {name: normal(files[name].decode()) for name in names}


def mark(folder: Path) -> Mark:
    """Changes whenever a file of the script is saved, added, replaced or taken away, also by way of a link."""
    return tuple((p.name, now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns) for p, now in _files(folder))


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for path in sorted(folder.iterdir()):
        if path.suffix == ENDING and not path.name.startswith("."):
            with suppress(FileNotFoundError):  # gone in between, or a link to nothing
                yield path, path.stat()


def _beginning(path: Path) -> bytes:
    """No more than shows that a file is too large."""
    with path.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)
