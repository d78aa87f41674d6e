"""What is so wrong with a script that callers must not meet it; in a file, where it waits for whoever asks.

For: the errors among findings in staff's words, leaving them where other processes look, finding them there; and the
name of the program that found them, as another one may find others.
Not here: finding them (`run`, `apart`), where such files lie (`ivr.web.shelf`).
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ivr.check.finding import Severity
from ivr.check.report import sentence
from ivr.script import whole
from ivr.script.folders import sample

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ivr.check.finding import Finding

_PACKAGE = Path(__file__).resolve().parent.parent


def told(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The errors among findings, a sentence or two each."""
    return tuple(f"{f.place}: {sentence(f.what)} {f.mend} ({f.rule})" for f in findings if f.severity is Severity.ERROR)


def leave(path: Path, errors: tuple[str, ...]) -> None:
    """For whoever asks next; raises OSError where nothing can be written."""
    whole.write(path, json.dumps(errors, ensure_ascii=False))


def left(path: Path) -> tuple[str, ...] | None:
    """What somebody has found out, or None where nobody has yet."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return tuple(map(str, found)) if isinstance(found, list) else None


@cache
def program() -> str:
    """Letters that change whenever the checker might judge otherwise: with any line of this program, its lists of words,
    and the sample, from which versions of an older program are completed.
    """
    return digest(_PACKAGE, sample())


def digest(*tops: Path) -> str:
    """Of all code and words in some folders and below; some milliseconds for a megabyte."""
    found = hashlib.blake2b(digest_size=6)
    for top in tops:
        for folder, below, names in os.walk(top):
            below.sort()
            for name in sorted(name for name in names if name.endswith((".py", ".yaml"))):
                found.update(f"{name}\n".encode())
                found.update(Path(folder, name).read_bytes())
    return found.hexdigest()
