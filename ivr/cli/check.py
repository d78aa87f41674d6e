"""`ivr check`: does this script keep the rules?  And `ivr translated`: a translation is up to date again.

For: reading a script, printing the report, and the exit code; keeping the words from which a translation was made.
Not here: the rules and the report (`ivr.check`), the reader (`ivr.script`).
"""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from ivr.check.asked import CountsError, read_counts
from ivr.check.finding import Severity
from ivr.check.noticed import folder_findings
from ivr.check.registry import every_rule
from ivr.check.report import People, all_rules, as_github, as_json, manual
from ivr.check.run import Report, run, unreadable
from ivr.cli.common import folder_argument, line_folder, open_script, write_file
from ivr.script.problems import ScriptError, instead
from ivr.script.reader import read
from ivr.script.translated import original


@click.command()
@folder_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["people", "json", "github"]),
    default="people",
    show_default=True,
    help="How to report: for people, for programs, or as notes on GitHub.",
)
@click.option("--strict", is_flag=True, help="Warnings fail the check, too.")
@click.option(
    "--asked",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="What callers chose, as JSON, so that the order of choices is judged.",
)
@click.option("--explain", metavar="RULE", help="Print the manual of a rule, such as MENU-01, and stop.")
@click.option("--rules", "list_rules", is_flag=True, help="List all rules, and stop.")
def check(  # noqa: PLR0913 - one for each option
    folder: Path | None, form: str, asked: Path | None, *, strict: bool, explain: str | None, list_rules: bool
) -> None:
    """Judge the script in FOLDER (that of IVR_SCRIPT, or the sample, by default) by the rules of accessibility.

    Every finding has its file, line and column.  Errors fail the check; with --strict, warnings do as well.
    """
    if explain:
        click.echo(_explained(explain))
        return
    if list_rules:
        click.echo(all_rules(every_rule().values()))
        return
    where = line_folder(folder)
    report = _judged(where, asked)
    click.echo(_printed(report, _from_here(where), form))
    failed = report.count(Severity.ERROR) or (strict and report.count(Severity.WARNING))
    raise SystemExit(1 if failed else 0)


def _judged(where: Path, asked: Path | None) -> Report:
    gc.disable()  # what a walk makes stays until the end: looking for garbage in it costs a tenth of the time
    try:
        script = read(where)
        report = run(script, counts=read_counts(asked, script) if asked else None)
        return replace(report, findings=(*report.findings, *folder_findings(where, script)))
    except CountsError as error:
        raise click.BadParameter(str(error), param_hint="--asked") from None
    except ScriptError as error:
        return unreadable(where.resolve().name, error)
    finally:
        gc.enable()


def _from_here(folder: Path) -> Path:
    """The folder as it is reached from here, which is how terminals and GitHub find a file."""
    here = Path.cwd()
    return folder.resolve().relative_to(here) if folder.resolve().is_relative_to(here) else folder


def _printed(report: Report, where: Path, form: str) -> str:
    match form:
        case "json":
            return as_json(report, where)
        case "github":
            return as_github(report, where)
    return People(where, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ).text(report)


def _explained(name: str) -> str:
    rules = every_rule()
    rule = rules.get(name.upper())
    if rule is None:
        raise click.BadParameter(f"there is no rule {name}. {instead(name, rules)}", param_hint="--explain")
    return manual(rule)


@click.command()
@click.argument("language")
@folder_argument
def translated(language: str, folder: Path | None) -> None:
    """Note that LANGUAGE, such as es-US, says what the first language of the script says today.

    From then on, "ivr check" points out each text of the first language that has been changed since.
    """
    where = line_folder(folder)
    script = open_script(where, to_change=True)
    first, *others = script.languages
    if language not in others:
        raise click.BadParameter(
            f"{language} is no translation here. {instead(language, others)}", param_hint="LANGUAGE"
        )
    path, words = original(where, language, first)
    write_file(path, words)
    click.echo(f"{language} is now made from the {first} words of today, which are kept in {path}.")
