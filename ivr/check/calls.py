"""How a walked rule says what it found: the places, and the shortest call that shows it.

For: findings from edges of the walk, few of them however often the same thing goes wrong, and each with a call that
can be pasted into a rehearsal file.
Not here: the rules, the walk, how a report looks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ivr.channels import plain
from ivr.check.attempts import RELAY
from ivr.check.found import error, warning
from ivr.dialog.inputs import Arrived
from ivr.phone.heard import Doing
from ivr.phone.rehearsal import Exchange, Rehearsal, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ivr.check.finding import Finding
    from ivr.check.rendered import Stretch
    from ivr.check.walked import Edge, Walk
    from ivr.dialog.inputs import Input
    from ivr.script.model import Script

MOST_PLACES = 4
"""When the same is wrong at more places than these, it is told once for all of them."""

Wrong = tuple["Edge", str]
"""An edge at which something is wrong, and the figure found; it may be empty."""


def errors(walk: Walk, wrong: Iterable[Wrong], what: str, mend: str) -> Iterator[Finding]:
    """Findings of what is unsafe, or leads nowhere.  `what` may hold `{found}`, the figure."""
    return _findings(error, walk, wrong, what, mend)


def warnings(walk: Walk, wrong: Iterable[Wrong], what: str, mend: str) -> Iterator[Finding]:
    return _findings(warning, walk, wrong, what, mend)


def _findings(
    make: Callable[[Script, tuple[str, ...], str, str], Finding],
    walk: Walk,
    wrong: Iterable[Wrong],
    what: str,
    mend: str,
) -> Iterator[Finding]:
    first: dict[tuple[str, str], Wrong] = {}
    for edge, found in wrong:
        state = walk.start(edge)
        first.setdefault((state.node, state.language), (edge, found))
    if not first:
        return
    many = len(first) > MOST_PLACES
    for (node, language), (edge, found) in list(first.items())[: 1 if many else None]:
        others = f", and at {len(first) - 1} more" if many else ""
        said = f'{what.format(found=found)} (at "{node}", {language}{others})'
        finding = make(walk.script, ("line", "nodes", node), said, mend)
        yield replace(finding, call=rehearsal(walk, edge, said))


def rehearsal(walk: Walk, edge: Edge, remark: str) -> str:
    """The shortest call that ends with this edge, as a rehearsal."""
    exchanges = [Exchange(spell(made.attempt.given), show(made.heard), 0) for made in walk.path(edge)]
    exchanges[0].remarks = (remark,)
    return written(Rehearsal("", moment=walk.moment, exchanges=exchanges))


def spell(given: Input) -> str:
    """What the caller does, as a rehearsal writes it down; a relay hang-up is a hang-up like any other there."""
    if isinstance(given, Arrived):
        return "(calls)"
    return plain.spell(plain.OUTCOMES["hung up"] if given == RELAY else given)


def show(heard: Stretch | None) -> str:
    """What was heard, as a rehearsal writes it down."""
    if heard is None:
        return "(no answer)"
    tail = {Doing.RINGING: f"(calls {heard.dialled})", Doing.ENDED: "(hangs up)"}.get(heard.doing, "")
    return f"{heard.text} {tail}".strip()
