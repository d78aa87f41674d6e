"""How a report looks: for people, as JSON, and as notes on GitHub; the manual of a rule, and the list of all.

For: plain text from values.
Not here: judging (`run`), printing and exit codes (`ivr.cli.check`).
"""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ivr.check.finding import Severity
from ivr.check.registry import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ivr.check.finding import Finding
    from ivr.check.registry import Rule
    from ivr.check.run import Report

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.ADVICE: "36"}
KINDS = {
    Kind.STATIC: "read from the script",
    Kind.WALKED: "proved by walking every call",
    Kind.MEASURED: "judged by what callers ask for",
    Kind.CONSTRUCTION: "kept by construction",
    Kind.PERSON: "for a person to see to",
    Kind.NOT_YET: "not applicable yet",
}
UNTRIED = "This is what a program can test. No disabled caller has tested this line yet."


def sentence(text: str) -> str:
    """With a large letter and a full stop."""
    return f"{text[:1].upper()}{text[1:]}".rstrip(".") + "."


@dataclass(frozen=True, slots=True)
class People:
    """The report as text for a terminal; `folder` comes before each file, so that a terminal can open it."""

    folder: Path
    colour: bool = False

    def text(self, report: Report) -> str:
        found = self.findings(report.findings)
        parts = (found, _waived(report), _figures(report), _asked(report), [summary(report)])
        return "\n\n".join("\n".join(part) for part in parts if part)

    def findings(self, findings: Iterable[Finding]) -> list[str]:
        """Findings alone, line by line."""
        return [line for finding in findings for line in self._finding(finding)]

    def _finding(self, finding: Finding) -> Iterator[str]:
        place, severity = finding.place, str(finding.severity)
        if self.colour:
            severity = f"\x1b[{COLOURS[finding.severity]}m{severity}\x1b[0m"
        yield f"{self.folder / place.file}:{place.line}:{place.column}: {severity} {finding.rule}"
        yield f"    {sentence(finding.what)} {finding.mend}"
        yield from ("", *finding.call.splitlines(), "") if finding.call else ()  # as it can be pasted into a file


def _waived(report: Report) -> list[str]:
    lines = []
    for waiver, excused in report.waived:
        many = f"{len(excused)} finding{'s' if len(excused) != 1 else ''}" if excused else "nothing: it can be deleted"
        lines.append(f"  {waiver.rule} at {waiver.place} sets aside {many}. {waiver.reason}")
    return ["Waived:", *lines] if lines else []


def _figures(report: Report) -> list[str]:
    rows = list(report.figures.rows()) if report.figures else []
    width = max((len(name) for name, _ in rows), default=0)
    return ["Figures:", *(f"  {name:<{width}}  {figure}" for name, figure in rows)] if rows else []


def _asked(report: Report) -> list[str]:
    """What a program cannot see to, and what does not apply yet."""
    unseen = [Kind.PERSON] if report.counted else [Kind.PERSON, Kind.MEASURED]
    asked = sorted(f"  {rule.id}  {rule.parts['Ask']}" for kind in unseen for rule in report.of_kind(kind))
    until: dict[str, list[str]] = {}
    for rule in report.of_kind(Kind.NOT_YET):
        until.setdefault(rule.parts["Until"], []).append(rule.id)
    waiting = [f"  {sentence(why)} ({', '.join(ids)})" for why, ids in until.items()]
    checklist = ["For a person to see to:", *asked] if asked else []
    return [
        *checklist,
        *([""] if checklist and waiting else []),
        *(["Not applicable yet:", *waiting] if waiting else []),
    ]


def summary(report: Report) -> str:
    counts = ", ".join(many(report.count(severity), severity) for severity in Severity)
    if not report.rules:
        return f"{report.name} cannot be read: {counts}."
    kinds = ", ".join(f"{len(report.of_kind(kind))} {said}" for kind, said in KINDS.items())
    return f"{report.name}, version {report.version}: {counts}.\n{len(report.rules)} rules: {kinds}.\n{UNTRIED}"


def many(count: int, severity: Severity) -> str:
    """Such as "2 warnings"."""
    plural = "" if count == 1 or severity is Severity.ADVICE else "s"
    return f"{count or 'no'} {severity}{plural}"


# --- for programs --------------------------------------------------------------------------------


def as_json(report: Report, folder: Path) -> str:
    """Everything, for other programs; the names of its parts stay."""
    value = {
        "script": report.name,
        "version": report.version,
        "counts": {severity: report.count(severity) for severity in Severity},
        "findings": [_plain(finding, folder) for finding in report.findings],
        "waived": [
            {"rule": waiver.rule, "reason": waiver.reason, "place": str(waiver.place), "findings": len(excused)}
            for waiver, excused in report.waived
        ],
        "figures": report.figures.as_json() if report.figures else None,
        "by a person": {rule.id: rule.parts["Ask"] for rule in report.of_kind(Kind.PERSON)},
        "not applicable yet": {rule.id: rule.parts["Until"] for rule in report.of_kind(Kind.NOT_YET)},
        "by construction": {rule.id: rule.parts["Held by"] for rule in report.of_kind(Kind.CONSTRUCTION)},
        "rules": {rule.id: _described(rule) for rule in report.rules},
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def _described(rule: Rule) -> dict[str, object]:
    return {"title": rule.title, "level": rule.level, "kind": rule.kind, "also walked": rule.walks is not None}


def _plain(finding: Finding, folder: Path) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "file": str(folder / finding.place.file),
        "line": finding.place.line,
        "column": finding.place.column,
        "what": sentence(finding.what),
        "mend": finding.mend,
        "call": finding.call,
    }


GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def as_github(report: Report, folder: Path) -> str:
    """Workflow commands, which GitHub shows beside the lines of a change."""
    return "\n".join(_note(finding, folder) for finding in report.findings)


def _note(finding: Finding, folder: Path) -> str:
    place = finding.place
    where = f"file={_escaped(str(folder / place.file))},line={place.line},col={place.column},title={finding.rule}"
    return f"::{GITHUB[finding.severity]} {where}::{_data(f'{sentence(finding.what)} {finding.mend}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


# --- the rules -----------------------------------------------------------------------------------


def manual(rule: Rule) -> str:
    """The manual of a rule."""
    lines = [f"{rule.id}  {rule.title}", ""]
    for name, text in {**rule.parts, "Level": _level(rule)}.items():
        lines.append(textwrap.fill(f"{name}: {' '.join(text.split())}", 100, subsequent_indent="  "))
    return "\n".join(lines)


def _level(rule: Rule) -> str:
    """How much it is asked for, and how it is known that it is kept, in the words of a report."""
    known = " and ".join(KINDS[kind] for kind in rule.judges)
    return f"{rule.level}. {sentence(known)}{'' if rule.waivable else ' Never waived.'}"


def all_rules(rules: Iterable[Rule]) -> str:
    """Each rule in one line, under how it is known that it is kept."""
    known = tuple(rules)
    parts = []
    for kind, said in KINDS.items():
        of_kind = [_in_one_line(rule) for rule in known if rule.kind is kind]
        parts.append("\n".join([f"{sentence(said).rstrip('.')} ({len(of_kind)}):", *of_kind]))
    return "\n\n".join(parts)


def _in_one_line(rule: Rule) -> str:
    return f"  {rule.id:<9}{rule.level:<8}{rule.title}{' (and walked)' if rule.walks else ''}"
