"""`ivr page`: the readable page of a line as files, to be printed, or served by any web server.

For: writing what a running line serves at `/`, `/es` and `/map`, into a folder.
Not here: the pages (`ivr.channels.page`, `ivr.channels.map`), the routes (`ivr.web.reading`).
"""

from __future__ import annotations

from pathlib import Path

import click

from ivr.channels.map.document import document
from ivr.channels.page import Contact, addresses, page
from ivr.cli.common import as_dialled, folder_argument, make_file, open_script


@click.command("page")
@folder_argument
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder for the files."
)
@click.option(
    "--line", metavar="NUMBER", callback=as_dialled, help="The number that callers dial, to stand on the page."
)
@click.option(
    "--texts", metavar="NUMBER", callback=as_dialled, help="The number that answers text messages, if one does."
)
def page_(folder: Path | None, out: Path, line: str, texts: str) -> None:
    """Write the line in FOLDER (that of IVR_SCRIPT, or the sample, by default) as web pages: a page to read and a map, in each language.

    Printed on both sides of one sheet, the front is the menu with its keys and numbers.
    """
    script = open_script(folder)
    pages = {tag: f"{address or 'index'}.html" for tag, address in addresses(script).items()}
    maps = {tag: f"{address}-map.html".lstrip("-") for tag, address in addresses(script).items()}
    for tag in script.languages:
        contact = Contact(line, texts)
        make_file(out / pages[tag], page(script, tag, _others(pages, tag), picture=maps[tag], contact=contact))
        make_file(out / maps[tag], document(script, tag, _others(maps, tag), page=pages[tag]))


def _others(files: dict[str, str], tag: str) -> dict[str, str]:
    return {other: name for other, name in files.items() if other != tag}
