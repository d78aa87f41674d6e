"""How a rule says what it found: the severity, the place of the thing, the sentences.

For: making findings from an address of the script, so that rules need not look for lines and columns.
Not here: the shape of a finding (`finding`), the rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.check.finding import Finding, Severity
from ivr.script.model import Place

if TYPE_CHECKING:
    from ivr.script.model import Script

Address = tuple[str, ...]


def error(script: Script, address: Address, what: str, mend: str, piece: str = "") -> Finding:
    """Something that cannot be read, is unsafe, or leads nowhere."""
    return _found(Severity.ERROR, script, address, what, mend, piece)


def warning(script: Script, address: Address, what: str, mend: str, piece: str = "") -> Finding:
    return _found(Severity.WARNING, script, address, what, mend, piece)


def advice(script: Script, address: Address, what: str, mend: str, piece: str = "") -> Finding:
    return _found(Severity.ADVICE, script, address, what, mend, piece)


def _found(severity: Severity, script: Script, address: Address, what: str, mend: str, piece: str) -> Finding:
    """`piece` are the words of the text at `address` that are meant; the runner adds the rule."""
    return Finding("", severity, place(script, address, piece), what, mend, address)


def place(script: Script, address: Address, piece: str = "") -> Place:
    """Where something stands, or the nearest thing around it that stands anywhere."""
    text = script.texts.get(address)
    if text and piece:
        return text.at(piece)
    for length in range(len(address), 0, -1):
        if (found := script.places.get(address[:length])) is not None:
            return found
    return Place(f"{address[0]}.yaml" if address else "line.yaml", 1)
