"""What the checker says: one finding as a value.

For: the shape in which every rule, static or walked, reports.
Not here: the rules, how findings are sorted or printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ivr.script.model import Place


class Severity(StrEnum):
    """Only what is unreadable, unsafe or a dead end is an error."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found.

    what: one sentence with the figure found and the figure wanted; mend: one sentence how to mend it; both in
    staff's language.  address: the thing's address in `Script.places`, beside which a waiver may stand.
    call: the shortest call that shows it, as a rehearsal, where a walk has found it.
    """

    rule: str
    severity: Severity
    place: Place
    what: str
    mend: str
    address: tuple[str, ...] = ()
    call: str = ""
