"""The checker on the way to callers: its errors stop a script, its warnings are told and stop nothing.

For: what `ivr publish` says of a script before it shows the change.
Not here: the rules and the whole report (`ivr.check`, `ivr check`).
"""

from __future__ import annotations

from pathlib import Path

import click

from ivr.check.finding import Severity
from ivr.check.report import People, many, sentence
from ivr.check.run import run
from ivr.script.model import Script

MOST_WARNINGS = 5
"""That are told one by one: the change is what a person is to read."""


def stop_errors(script: Script, where: Path) -> None:
    """Errors of the checker end the command; warnings are told in a few lines and stop nothing."""
    report = run(script, walking=False)
    if not report.count(Severity.ERROR):
        click.echo("Checking every call that a caller could make. That takes some seconds.")
        report = run(script)
    errors, warnings = ([f for f in report.findings if f.severity is s] for s in (Severity.ERROR, Severity.WARNING))
    if errors:
        click.echo("\n".join(People(where).findings(errors)), err=True)
        raise click.ClickException(f"{many(len(errors), Severity.ERROR).capitalize()}. Nothing was changed.")
    click.echo(f"The checker found {'no error, and ' if warnings else ''}{many(len(warnings), Severity.WARNING)}.")
    for finding in warnings[:MOST_WARNINGS]:
        click.echo(f"- {finding.place} {finding.rule}: {sentence(finding.what)}")
    if len(warnings) > MOST_WARNINGS:
        click.echo(f"- and {len(warnings) - MOST_WARNINGS} more")
    if warnings:
        click.echo("Warnings stop nothing. `ivr check` shows how to mend them.")
