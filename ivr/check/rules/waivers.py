"""The rule about waivers themselves.

Not here: how a waiver is written (`ivr.script.waivers`), what it sets aside (`ivr.check.run`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ivr.check.found import warning
from ivr.check.registry import every_rule
from ivr.script.problems import instead

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.finding import Finding
    from ivr.script.model import Script


def waive_01(script: Script) -> Iterator[Finding]:
    """A waiver is of a rule that can be waived

    Level: should. Kind: static. Never waived.
    What: Each waiver names a rule that exists. What protects life, and every way out, is never waived; nor is an error.
    Why: A waiver that excuses nothing lets everybody believe that it does.
    Source: the design of this line.
    Bad: waive: {EMG-01: "Our callers know what to do."}
    Good: waive: {MENU-01: "Our callers know these six by heart."}
    """
    rules = every_rule()
    for waiver in script.waivers:
        rule = rules.get(waiver.rule)
        if rule is None:
            what, mend = f"there is no rule {waiver.rule}", f"{instead(waiver.rule, rules)} Or delete this waiver."
        elif not rule.waivable:
            what, mend = f"{waiver.rule} protects life or a way out, and is never waived", "Delete this waiver."
        else:
            continue
        yield replace(warning(script, (*waiver.address, "waive"), what, mend), place=waiver.place)
