"""`ivr check`: is this script sound?

For: reading a script and naming everything that is wrong in it.
Not here: the reader (`ivr.script`).
"""

from __future__ import annotations

from pathlib import Path

import click

from ivr.cli.common import folder_argument, open_script


@click.command()
@folder_argument
def check(folder: Path | None) -> None:
    """Read the script in FOLDER (the sample by default) and name every mistake, with file, line and column."""
    script = open_script(folder)
    languages = ", ".join(words.own_name for words in script.words.values())
    click.echo(f"{script.name} can be read: {len(script.nodes)} places in {languages}. Version {script.version}.")
