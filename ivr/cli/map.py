"""`ivr map`: the flow of a call as a picture.

For: one file, or the terminal: an SVG for a document, or a page with zoom and the same in words.
Not here: the picture and the page (`ivr.channels.map`).
"""

from __future__ import annotations

from pathlib import Path

import click

from ivr.channels.map.document import document
from ivr.channels.map.flow import flow
from ivr.channels.map.svg import svg
from ivr.cli.common import folder_argument, make_file, open_script
from ivr.script.problems import instead


@click.command("map")
@folder_argument
@click.option(
    "--format", "form", type=click.Choice(["svg", "html"]), default="html", show_default=True, help="Picture, or page."
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file; the terminal by default.")
@click.option("--language", metavar="TAG", help="The language of the names, such as es-US; the first by default.")
def map_(folder: Path | None, form: str, out: Path | None, language: str | None) -> None:
    """Draw the line in FOLDER (that of IVR_SCRIPT, or the sample, by default): menus with their keys, texts, transfers and how they end.

    What happens on silence, or when a caller is not understood, is drawn too, and the keys that work everywhere.
    """
    script = open_script(folder)
    tag = language or script.first_language
    if tag not in script.languages:
        what = f"the line does not speak {tag}. {instead(tag, script.languages)}"
        raise click.BadParameter(what, param_hint="--language")
    made = svg(flow(script, tag)) if form == "svg" else document(script, tag, {})
    if out is None:
        click.echo(made)
        return
    make_file(out, made)
