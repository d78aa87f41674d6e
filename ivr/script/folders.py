"""Where the scripts lie that come with the program.

For: finding the sample line, in a checkout and in an installed package alike.
Not here: reading a script (`reader`).
"""

from __future__ import annotations

from pathlib import Path

SAMPLE = "specialty-surgical-center"
_PACKAGE = Path(__file__).resolve().parent.parent


def sample() -> Path:
    """The folder of the line that ships with the program."""
    installed = _PACKAGE / "scripts" / SAMPLE
    return installed if installed.is_dir() else _PACKAGE.parent / "scripts" / SAMPLE
