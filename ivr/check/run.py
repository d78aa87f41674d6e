"""Judging a script by the rules.

For: `run(script) -> Report`: each rule with what it looks at, findings in the order of the files, and what staff
have waived set aside; `unreadable(error)`, the report of a script that cannot be read at all.
Not here: the rules, reading files, how a report looks (`report`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ivr.check.asked import Asked
from ivr.check.figures import figures
from ivr.check.finding import Finding, Severity
from ivr.check.registry import MOST_SEVERE, Kind, Rule, every_rule
from ivr.check.rules.speech import least_distance
from ivr.check.walker import walk
from ivr.script.hours import a_closed_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ivr.check.asked import Counts
    from ivr.check.figures import Figures
    from ivr.check.walked import Walk
    from ivr.script.model import Script, Waiver
    from ivr.script.problems import ScriptError

    Subject = Script | Walk | Asked

RANK = list(Severity)
WIRING = "line"
READER = "reader"
"""What stands for the id of a rule where the reader found something."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that a check has to say.  `waived` holds every waiver with the findings that it sets aside;
    `counted` tells whether it was known what callers take.
    """

    name: str
    version: str
    findings: tuple[Finding, ...]
    waived: tuple[tuple[Waiver, tuple[Finding, ...]], ...] = ()
    rules: tuple[Rule, ...] = ()
    figures: Figures | None = None
    counted: bool = False

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)

    def of_kind(self, kind: Kind) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.kind is kind)


def run(
    script: Script, rules: Iterable[Rule] | None = None, *, walking: bool = True, counts: Counts | None = None
) -> Report:
    """What the rules, by default all, find in a script.  The line is walked only if a rule asks for it.

    counts: how often callers took each choice, where that is known.
    """
    chosen = tuple(every_rule().values() if rules is None else rules)
    walked = walk(script) if walking and any(Kind.WALKED in rule.judges for rule in chosen) else None
    subjects: dict[Kind, tuple[Subject | None, ...]] = {
        Kind.STATIC: (script,),
        Kind.WALKED: (walked, _closed(script) if walked else None),
        Kind.MEASURED: (None if counts is None else Asked(script, counts),),
    }
    found = [finding for rule in chosen for finding in _judged(rule, subjects)]
    waived = tuple((waiver, tuple(f for f in found if excuses(waiver, f))) for waiver in script.waivers)
    set_aside = {finding for _, excused in waived for finding in excused}
    left = (finding for finding in found if finding not in set_aside)
    measured = figures(script, walked, least_distance(script)) if walked else None
    return Report(script.name, script.version, _sorted(left, script), waived, chosen, measured, counts is not None)


def unreadable(name: str, error: ScriptError) -> Report:
    """Each problem of the reader as an error."""
    problems = (Finding(READER, Severity.ERROR, p.place, p.what, p.mend) for p in error.problems)
    return Report(name, "", tuple(problems))


def _judged(rule: Rule, subjects: Mapping[Kind, Iterable[Subject | None]]) -> Iterator[Finding]:
    """What a rule finds in all that it looks at; nothing, where there is nothing to look at."""
    allowed = RANK[RANK.index(MOST_SEVERE[rule.level]) :]
    for kind, judge in rule.judges.items():
        for finding in _once(judge(subject) for subject in subjects.get(kind, ()) if subject):
            assert finding.severity in allowed, f"{rule.id} is a {rule.level} and found an {finding.severity}"
            yield replace(finding, rule=rule.id)


def _once(found: Iterable[Iterable[Finding] | None]) -> Iterable[Finding]:
    """What is as wrong by night as by day is told once."""
    told: dict[tuple[object, ...], Finding] = {}
    for number, finding in enumerate(finding for findings in found for finding in findings or ()):
        told.setdefault((finding.place, finding.what) if finding.call else (number,), finding)
    return told.values()


def _closed(script: Script) -> Walk | None:
    """The same line walked when nobody answers, if it has hours."""
    moment = a_closed_moment(script)
    return walk(script, moment=moment) if moment else None


def excuses(waiver: Waiver, finding: Finding) -> bool:
    """Whether staff have set a finding aside.  Errors stay, and so does what protects life or a way out.

    What is waived in line.yaml is waived for the same thing in every language.
    """
    rule = every_rule().get(finding.rule)
    root, *rest = waiver.address
    below = root in (WIRING, *finding.address[:1]) and finding.address[1 : len(rest) + 1] == tuple(rest)
    may = finding.severity is not Severity.ERROR and rule is not None and rule.waivable
    return may and waiver.rule == finding.rule and below


def _sorted(findings: Iterable[Finding], script: Script) -> tuple[Finding, ...]:
    """As staff meet them: line.yaml, then the languages as they are offered, line by line."""
    files = [f"{name}.yaml" for name in (WIRING, *script.languages)]
    in_files = {name: number for number, name in enumerate(files)}
    order = {f: (in_files.get(f.place.file, len(files)), f.place, RANK.index(f.severity), f.rule) for f in findings}
    return tuple(sorted(order, key=order.__getitem__))
