"""Where scripts lie: the one that comes with the program, and the files that make one.

For: finding the sample line, in a checkout and in an installed package alike; the text of a line's files, to be
kept elsewhere.
Not here: reading a script (`reader`).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ivr.script.source import normal

WIRING = "line.yaml"
ENDING = ".yaml"

SAMPLE = "specialty-surgical-center"
_PACKAGE = Path(__file__).resolve().parent.parent


def sample() -> Path:
    """The folder of the line that ships with the program."""
    installed = _PACKAGE / "scripts" / SAMPLE
    return installed if installed.is_dir() else _PACKAGE.parent / "scripts" / SAMPLE


def texts(folder: Path, languages: Iterable[str]) -> dict[str, str]:
    """The files of a script of these languages, as text that `reader.read_files` reads alike."""
    names = (WIRING, *(tag + ENDING for tag in languages))
    return {name: normal((folder / name).read_text(encoding="utf-8")) for name in names}
