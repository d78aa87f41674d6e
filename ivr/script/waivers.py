"""What staff excuse, and why: the key `waive`, which may stand among any names of a script.

For: finding the waivers in a file, and the file without them for everything else that reads it.  A waiver excuses
what it stands beside:

    waive: {MENU-01: "Our callers know these six by heart."}

or, with names below the rule, only these:

    waive:
      OPT-16: {trouble: "Two sentences would frighten more than one."}

Not here: which rules there are, and which of them can be waived (the checker).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ivr.script.model import Waiver
from ivr.script.problems import Problem, shown
from ivr.script.tree import Entry, Mapping, Text, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIVE = "waive"
RULE = re.compile(r"[A-Z]+-[0-9]{2}", re.ASCII)
LEAST_REASON = 3
"""Words.  Fewer are no reason."""

EXAMPLE = 'Write the id of a rule, a colon and the reason in quotes: {MENU-01: "Our callers know these six by heart."}.'

Address = tuple[str, ...]


def without_waivers(tree: Tree) -> Tree:
    if not isinstance(tree, Mapping):
        return tree
    kept = (entry for entry in tree.entries if entry.key.value != WAIVE)
    return replace(tree, entries=tuple(replace(entry, value=without_waivers(entry.value)) for entry in kept))


def waivers(tree: Tree, address: Address) -> Iterator[Waiver | Problem]:
    """Every waiver below, or what is wrong with it."""
    for entry in tree.entries if isinstance(tree, Mapping) else ():
        if entry.key.value == WAIVE:
            yield from _beside(entry, address)
        else:
            yield from waivers(entry.value, (*address, entry.key.value))


def _beside(waive: Entry, address: Address) -> Iterator[Waiver | Problem]:
    rules = waive.value.entries if isinstance(waive.value, Mapping) else ()
    if not rules:
        yield Problem(waive.key.place, f"'{WAIVE}' does not say which rule, and why", EXAMPLE)
    for rule in rules:
        name = rule.key.value
        if not RULE.fullmatch(name):
            yield Problem(rule.key.place, f"'{shown(name)}' is not the id of a rule", EXAMPLE)
        elif isinstance(rule.value, Mapping):
            yield from (_waiver(name, below, (*address, below.key.value)) for below in rule.value.entries)
        else:
            yield _waiver(name, rule, address)


def _waiver(rule: str, reasoned: Entry, address: Address) -> Waiver | Problem:
    reason = reasoned.value.words if isinstance(reasoned.value, Text) else ""
    if len(reason.split()) < LEAST_REASON:
        what = f"{rule} is waived here without a reason"
        return Problem(reasoned.key.place, what, "Write after the colon, in a sentence, why it must be so.")
    return Waiver(rule, reason, address, reasoned.key.place)
