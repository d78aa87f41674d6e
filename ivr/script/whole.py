"""A file that is written whole or not at all, also when several write it at once.

For: what other processes, or staff, read while it is being written anew.
Not here: what stands in such a file, and what becomes of it where nothing can be written.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Put the text in the place of what stood there; raises OSError, and then leaves everything as it was."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise
