"""What a line is there for: everything that a caller can want to get to.

For: `destinations_of(script, language)`, for calls and texts alike.
Not here: who gets there (`personas`, `texting`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.script.model import Announcement, Listing, Menu, NumberNode, Script, Transfer

if TYPE_CHECKING:
    from collections.abc import Iterator


def destinations_of(script: Script, tag: str) -> Iterator[tuple[tuple[object, ...], str]]:
    """Every destination of a language, and what it is called."""
    for node in script.nodes.values():
        match node:
            case Menu():
                yield (tag, node.name), f'"{node.name}" ({tag})'
            case Announcement(parts=parts):
                yield from (((tag, node.name, n), f'part {n + 1} of "{node.name}" ({tag})') for n in range(len(parts)))
            case Listing(items=items):
                yield from (((tag, node.name, name), f'"{name}" in "{node.name}" ({tag})') for name in items)
            case NumberNode():
                yield (tag, node.name), f'the number "{node.name}" ({tag})'
            case Transfer():
                yield (tag, node.name, "rings"), f'the transfer "{node.name}" ({tag})'
