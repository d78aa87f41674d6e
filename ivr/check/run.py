"""Judging a script by the rules.

For: `run(script) -> Report`: each rule with what it looks at, findings in the order of the files, and what staff
have waived set aside.
Not here: the rules, reading files, how a report looks (`report`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ivr.check.finding import Finding, Severity
from ivr.check.registry import MOST_SEVERE, Kind, Rule, every_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ivr.script.model import Place, Script, Waiver

RANK = list(Severity)
WIRING = "line"


@dataclass(frozen=True, slots=True)
class Report:
    """All that a check has to say.  `waived` holds every waiver with the findings that it sets aside."""

    findings: tuple[Finding, ...]
    waived: tuple[tuple[Waiver, tuple[Finding, ...]], ...] = ()
    rules: tuple[Rule, ...] = ()

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)


def run(script: Script, rules: Iterable[Rule] | None = None) -> Report:
    """What the rules, by default all that a program can judge, find in a script."""
    chosen = tuple(every_rule().values() if rules is None else rules)
    found = [finding for rule in chosen for finding in _judged(rule, script)]
    waived = tuple((waiver, tuple(f for f in found if excuses(waiver, f))) for waiver in script.waivers)
    set_aside = {finding for _, excused in waived for finding in excused}
    files = _order(script)
    left = sorted((f for f in found if f not in set_aside), key=lambda f: (files(f.place), RANK.index(f.severity), f.rule))
    return Report(tuple(left), waived, chosen)


def _judged(rule: Rule, script: Script) -> Iterator[Finding]:
    if rule.kind is not Kind.STATIC:
        return
    for finding in rule.judge(script) or ():
        allowed = RANK[RANK.index(MOST_SEVERE[rule.level]) :]
        assert finding.severity in allowed, f"{rule.id} is a {rule.level} and found an {finding.severity}"
        yield replace(finding, rule=rule.id)


def excuses(waiver: Waiver, finding: Finding) -> bool:
    """Whether staff have set a finding aside.  Errors stay, and so does what protects life or a way out.

    What is waived in line.yaml is waived for the same thing in every language.
    """
    rule = every_rule().get(finding.rule)
    root, *rest = waiver.address
    below = root in (WIRING, *finding.address[:1]) and finding.address[1 : len(rest) + 1] == tuple(rest)
    may = finding.severity is not Severity.ERROR and rule is not None and rule.waivable
    return may and waiver.rule == finding.rule and below


class _order:  # noqa: N801 - used like a function
    """Sorts places as staff meet them: line.yaml, then the languages as they are offered, then line by line."""

    def __init__(self, script: Script) -> None:
        self.files = ["line.yaml", *(f"{tag}.yaml" for tag in script.languages)]

    def __call__(self, place: Place) -> tuple[int, Place]:
        return (self.files.index(place.file) if place.file in self.files else len(self.files), place)
