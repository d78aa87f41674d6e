"""`ivr rescue`: what callers hear when no server answers, as one file that needs nobody.

For: choosing the script, and writing the file for Twilio's fallback URL or any static host.
Not here: what the file says (`ivr.dialog.rescue`), serving it (`ivr.web`).
"""

from __future__ import annotations

from pathlib import Path

import click

from ivr.cli.common import folder_argument, line_folder, open_script, write_file
from ivr.cli.publishing import live_in, published_script, the_store
from ivr.phone import strict
from ivr.script.model import Script
from ivr.web.landing import Rescue


@click.command()
@folder_argument
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write it into this file.")
@click.option("--no-transfer", is_flag=True, help="Only say the numbers: for a main number that forwards to this line.")
def rescue(folder: Path | None, out: Path | None, *, no_transfer: bool) -> None:
    """Write the rescue of the line in FOLDER (by default of the published version): a TwiML file that needs no server.

    It says the emergency sentence and what is wrong in each language, puts callers through to the main number, and if
    nobody answers says all numbers and goodbye.  Put it where Twilio can get it, and name that place as fallback URL of
    your number, with method GET.  A server that runs has the same at /rescue.
    """
    made = sound_rescue(open_script(folder) if folder else _live())
    document = made.alone if no_transfer else made.dialling
    if out is None:
        click.echo(document)
        return
    write_file(out, f"{document}\n")
    click.echo(f"{out} is written. Put it on a static host, and set its address as fallback URL, with method GET.")


def sound_rescue(script: Script) -> Rescue:
    """The rescue of a script, which Twilio takes; the end of the command should it ever not."""
    made = Rescue.of(script)
    try:
        for document in (made.dialling, made.alone):
            strict.read(document)
    except strict.TwimlFault as error:
        raise click.ClickException(f"The rescue is not what Twilio takes: {error}.") from None
    return made


def _live() -> Script:
    """The published version; where nothing is published, the folder of the line."""
    with the_store() as store:
        live = live_in(store)
        script = published_script(store, live.digest) if live else None
        if live is None and store.where.named:
            click.echo(f"Nothing is published in {store}, so this is the rescue of {line_folder(None)}.", err=True)
    if live and script is None:
        raise SystemExit(1)
    return script or open_script(None)
