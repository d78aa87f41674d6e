"""`ivr text`: text with the line, in a terminal.

For: typing texts and reading what a telephone would show, on the engine itself or on any running line.
Not here: how a conversation is held (`ivr.channels`, `ivr.phone`), calls (`call`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from ivr.channels.gsm import segments
from ivr.cli.common import elsewhere, folder_argument, open_script, today
from ivr.phone.engine import UnknownPlaceError, choosing
from ivr.phone.remote import RemoteError
from ivr.phone.remote_texts import RemoteTexter
from ivr.phone.texts import NOTHING, Texter, TextPhone, UnknownPauseError, apart
from ivr.web.moment import now


@click.command()
@folder_argument
@click.option("--language", metavar="TAG", help="Choose this language first, such as es-US.")
@click.option("--send", "sends", multiple=True, metavar="TEXT", help='Send this; "(20 minutes later) 2" after a pause.')
@click.option("--url", metavar="URL", help="Text the line that runs at this address, such as http://127.0.0.1:8000.")
@click.option("--signed-as", metavar="URL", help="The public address of that line, where it differs from --url.")
def text(
    folder: Path | None, language: str | None, sends: tuple[str, ...], url: str | None, signed_as: str | None
) -> None:
    """Text with the line in FOLDER (that of IVR_SCRIPT, or the sample, by default), and read what a telephone would show.

    A line that you type is one text.  Begin it with "(20 minutes later)" to see what happens after a pause.
    """
    if url and (folder or language):
        raise click.UsageError("--url texts with a line as it runs: leave out FOLDER and --language.")
    try:
        script = None if url else open_script(folder)
        phone = (
            TextPhone(script, today=today(script, folder, now())) if script else elsewhere(RemoteTexter, url, signed_as)
        )
        for written in choosing(script, language) if script and language else ():
            _show(phone, written, echo=True)
        for written in sends:
            apart(written)
        for written in sends or _typed():
            _show(phone, written, echo=bool(sends) or not sys.stdin.isatty())
    except (RemoteError, UnknownPlaceError, UnknownPauseError) as error:
        raise click.ClickException(str(error)) from None


def _typed() -> Iterator[str]:
    """What is typed, line by line, until the end of the input or Ctrl-C."""
    while True:
        try:
            yield input("you> " if sys.stdin.isatty() else "")
        except (EOFError, KeyboardInterrupt):
            return


def _show(phone: Texter, written: str, *, echo: bool) -> None:
    if echo:
        click.echo(f"you> {written}")
    try:
        shown = phone.send(written).text
    except UnknownPauseError as error:
        click.echo(f"  {error}", err=True)
        return
    click.echo("\n".join(f"  {line}" for line in shown.splitlines()))
    if shown != NOTHING:
        count = segments(shown)
        click.echo(f"  ({count} {'segment' if count == 1 else 'segments'})")
    click.echo()
