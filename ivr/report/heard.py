"""The list of what the line did not understand, for a terminal.

For: `ivr report --not-understood`, by which staff see which words callers use.
Not here: what may be kept (`ivr.dialog.redacted`), SQL (`ivr.store.questions`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ivr.report.period import Period
from ivr.script.model import Script
from ivr.store.questions import NotUnderstood

NOTHING = (
    "Nothing is kept of what was not understood. Where the operator sets IVR_NOT_UNDERSTOOD_DAYS, it is kept for so many"
    " days, without names and numbers."
)
HELP = (
    'Add what is missing to the `phrases` or the `also said` of its place in the words file of that language. "…" stands'
    " for words that\nthis line does not use itself: names, numbers, and whatever else nobody here needs to know."
)
COLUMNS = ("times", "place", "language", "words")


def show(found: Sequence[NotUnderstood], script: Script, period: Period) -> str:
    """A row for each thing that was said at a place, the most frequent first."""
    if not found:
        return NOTHING + "\n"
    return "\n".join(_lines(found, script, period)) + "\n"


def _lines(found: Sequence[NotUnderstood], script: Script, period: Period) -> Iterator[str]:
    yield f"What the line did not understand or asked about, {period.first:%d %b %Y} to {period.last:%d %b %Y}"
    yield ""
    rows = [COLUMNS, *((str(each.times), _place(script, each.node), each.language, each.words) for each in found)]
    times, place, language, _ = (max(map(len, column)) for column in zip(*rows, strict=True))
    for row in rows:
        yield f"  {row[0]:>{times}}  {row[1]:<{place}}  {row[2]:<{language}}  {row[3]}"
    yield ""
    yield HELP


def _place(script: Script, name: str) -> str:
    """As callers hear it; a place that is gone keeps its name."""
    nodes = script.words[script.first_language].nodes
    return nodes[name].label if name in nodes else name
