"""From which words each translation was made: a copy of the first language's file, kept beside the script.

For: `translated/es-US.yaml`, the words of the first language as they were when es-US.yaml was last made equal to
them.  What has changed since is what a translator has to look at (LEP-09).  It is written by `ivr translated`, and
by nobody's hand; if it is missing or spoilt, a call is none the worse for it.
Not here: comparing the two (the checker), the script itself (`reader`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.script.parse import parse
from ivr.script.source import load
from ivr.script.tree import texts
from ivr.script.waivers import without_waivers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ivr.script.source import Source

FOLDER = "translated"

HEAD = """\
# These are the {first} words from which {tag}.yaml was made, as they were then.
# "ivr translated {tag}" writes this file.  Do not change it: it tells what has changed since.
#
"""


def originals(folder: Path) -> tuple[Source, ...]:
    """What other languages were made from, each in a file named after that other language."""
    return tuple(load(path) for path in sorted((folder / FOLDER).glob("*.yaml")))


def said_in(source: Source, first: str) -> Mapping[tuple[str, ...], str] | None:
    """The words of the language `first` in such a file, by address; None if nothing can be made of it."""
    tree = parse(source).tree
    return {address: text.words for address, text in texts(without_waivers(tree), (first,))} if tree else None


def original(folder: Path, tag: str, first: str) -> tuple[Path, str]:
    """The file which says that `tag` says what `first` says today, and what has to be written into it."""
    words = (folder / f"{first}.yaml").read_text(encoding="utf-8-sig")
    return folder / FOLDER / f"{tag}.yaml", HEAD.format(first=first, tag=tag) + words
