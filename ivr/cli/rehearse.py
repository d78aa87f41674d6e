"""`ivr rehearse`: do the written calls still go as they went?

For: replaying the transcripts in a script's `rehearsals` folder, and writing them anew.
Not here: the format of a transcript and how it is played (`ivr.phone.rehearsal`).
"""

from __future__ import annotations

from pathlib import Path

import click

from ivr.cli.common import folder_argument, line_folder, open_script, tell_problems, write_file
from ivr.phone import rehearsal
from ivr.phone.engine import EnginePhone, UnknownPlaceError, arriving, starting
from ivr.phone.heard import Phone
from ivr.phone.rehearsal import Difference, Rehearsal
from ivr.phone.texts import Texter, TextPhone
from ivr.script.model import Place, Script
from ivr.script.problems import Problem, ScriptError

REHEARSALS = "rehearsals"


@click.command()
@folder_argument
@click.option("--update", is_flag=True, help="Write the transcripts anew, with what the line says now.")
def rehearse(folder: Path | None, *, update: bool) -> None:
    """Replay the rehearsals of the line in FOLDER (that of IVR_SCRIPT, or the sample, by default).

    Fails when the line says other words than a transcript, and shows both.
    """
    where = (line_folder(folder)) / REHEARSALS
    script = open_script(folder)
    files = sorted(where.glob("*.txt"))
    if not files:
        raise click.ClickException(f"There are no rehearsals in {where}. Write one as the README shows.")
    unreadable = 0
    wrong = 0
    for file in files:
        try:
            wrong += _one(script, file, update=update)
        except ScriptError as error:
            unreadable += 1
            tell_problems(where, error)
    more = f", {unreadable} cannot be played" if unreadable else ""
    click.echo(f"{len(files)} rehearsals, {wrong} {'rewritten' if update else 'changed'}{more}.")
    if unreadable or (wrong and not update):
        raise SystemExit(1)


def differing(script: Script, file: Path) -> list[Difference]:
    """Where a written call goes otherwise now; raises ScriptError where it cannot be played any more."""
    written = _written(file)
    return rehearsal.differences(written, _phone(script, written))


def _phone(script: Script, written: Rehearsal) -> Phone | Texter:
    """A phone for a written call or conversation, at its place and moment."""
    try:
        start = starting(script, written.language, written.node)
    except UnknownPlaceError as error:
        what, _, known = str(error).partition(". ")
        mend = f"{known} Begin elsewhere, or delete this file."
        raise ScriptError([Problem(Place(written.name, 1), what, mend)]) from None
    if written.channel == rehearsal.TEXT:
        return TextPhone(script, start)
    return EnginePhone(script, start, arriving(script, written.moment))


def _written(file: Path) -> Rehearsal:
    try:
        return rehearsal.decode(file.name, file.read_bytes())
    except OSError as error:
        what = f"this file cannot be opened ({error.strerror})"
        raise ScriptError([Problem(Place(file.name, 1), what, "Check that it is a file and may be read.")]) from None


def _one(script: Script, file: Path, *, update: bool) -> int:
    """Replay one file; 1 when it differs."""
    found = differing(script, file)
    if update:
        _rewrite(script, file, _written(file))
    else:
        for difference in found:
            _tell(difference)
    return int(bool(found))


def _rewrite(script: Script, file: Path, written: Rehearsal) -> None:
    write_file(file, rehearsal.written(rehearsal.updated(written, _phone(script, written))))


def _tell(difference: Difference) -> None:
    click.echo(f'{difference.at.file}:{difference.at.line}: after "{difference.caller}" the line says other words.')
    click.echo(f"  written: {difference.written}")
    click.echo(f"  now:     {difference.heard}")
