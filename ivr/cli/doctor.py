"""`ivr doctor`: is everything well with the line that runs?

For: printing what was found, for people or programs, and the exit code.
Not here: the looks (`ivr.doctor`).
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from ivr.cli.common import as_dialled
from ivr.doctor.result import Level, Result, wrong
from ivr.doctor.run import examine
from ivr.provision.rest import Account
from ivr.web.settings import SettingsError, from_environment


@click.command()
@click.argument("number", required=False, default="", callback=as_dialled)
@click.option(
    "--format",
    "form",
    type=click.Choice(["people", "json"]),
    default="people",
    show_default=True,
    help="For people, or for programs.",
)
@click.option(
    "--ca",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="For a trial: trust the authorities in this file, too. Twilio will not.",
)
def doctor(number: str, form: str, ca: Path | None) -> None:
    """Look at the line as Twilio meets it, from its public address to its store; NUMBER is its telephone number.

    Set the environment as for `ivr serve`; with TWILIO_ACCOUNT_SID the number's settings are compared, too.  Ends
    with 1 when something is wrong; a warning is none.
    """
    found: list[Result] = []
    for result in _examined(number, ca):
        found.append(result)
        if form == "people":
            click.echo(f"{result.level:<14}{result.check:<13}{result.what} {result.mend}".rstrip())
    if form == "json":
        click.echo(json.dumps([_told(result) for result in found], indent=2, ensure_ascii=False))
    else:
        counted = Counter(result.level for result in found)
        click.echo(", ".join(f"{counted[level]} {level}" for level in Level) + ".")
    raise SystemExit(1 if any(result.level is Level.WRONG for result in found) else 0)


def _told(result: Result) -> dict[str, str]:
    """As a program reads it: there is a "mend" where there is something to mend."""
    return {name: value for name, value in asdict(result).items() if value}


def _examined(number: str, ca: Path | None) -> Iterable[Result]:
    try:
        settings = from_environment(os.environ)
    except SettingsError as error:
        return [_setting(mistake) for mistake in error.mistakes]
    account = Account(settings.account, settings.tokens) if settings.account else None
    return examine(settings, account, number or settings.line_number, str(ca) if ca else None)


def _setting(mistake: str) -> Result:
    """What is wrong with a setting stands in the first sentence, how to mend it in the others."""
    what, _, mend = mistake.partition(". ")
    return wrong("settings", f"{what}.", mend)
