"""How a rule says what it found: how bad it is, where it stands, and two sentences.

For: making findings from an address of the script, so that rules need not look for lines and columns.
Not here: the shape of a finding (`finding`), the rules.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ivr.check.finding import Finding, Severity
from ivr.script.model import Place

if TYPE_CHECKING:
    from ivr.script.model import Script

Address = tuple[str, ...]


def error(script: Script, address: Address, what: str, mend: str, piece: str = "") -> Finding:
    """Something that cannot be read, is unsafe, or leads nowhere."""
    return Finding("", Severity.ERROR, place(script, address, piece), what, mend, address)


def warning(script: Script, address: Address, what: str, mend: str, piece: str = "") -> Finding:
    """Something that makes the line harder to use.  `piece` are the words of the text that are meant."""
    return replace(error(script, address, what, mend, piece), severity=Severity.WARNING)


def advice(script: Script, address: Address, what: str, mend: str, piece: str = "") -> Finding:
    """Something to think about."""
    return replace(error(script, address, what, mend, piece), severity=Severity.ADVICE)


def place(script: Script, address: Address, piece: str = "") -> Place:
    """Where something stands, or the nearest thing around it that stands anywhere."""
    text = script.texts.get(address)
    if text and piece:
        return text.at(piece)
    for length in range(len(address), 0, -1):
        if (found := script.places.get(address[:length])) is not None:
            return found
    return Place(f"{address[0]}.yaml" if address else "line.yaml", 1)
