"""`ivr try`: call a draft from a page in the browser, and see what is wrong with it, while it is being written.

For: starting the page on this machine, and only there, and opening it.
Not here: the page and its calls (`ivr.web.trying`), who may use it (`ivr.web.local`).
"""

from __future__ import annotations

import webbrowser
from pathlib import Path
from threading import Thread

import click

from ivr.cli.common import folder_argument, line_folder
from ivr.web.draft import Draft
from ivr.web.local import LOOPBACK, local_server
from ivr.web.trying import create_try_app


@click.command("try")
@folder_argument
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="Port of the page; a free one by default.")
@click.option("--no-browser", is_flag=True, help="Only print the address of the page.")
def try_(folder: Path | None, port: int, *, no_browser: bool) -> None:
    """Try the line in FOLDER (that of IVR_SCRIPT, or the sample, by default) on a page in your browser.

    Press keys, say something or keep silent, and read or hear what a caller would hear.  Whenever you save a file, the
    page names what is wrong in it, and the call goes on in the new words.  Only this machine can open the page.
    """
    draft = Draft(line_folder(folder))
    try:
        server = local_server(create_try_app(draft), port)
    except OSError as error:
        raise click.ClickException(f"Port {port} cannot be used: {error.strerror}. Leave --port out.") from None
    address = f"http://{LOOPBACK}:{server.port}/"
    click.echo(f"Try the line at {address}\nCtrl-C ends it.")
    if not no_browser:  # beside the server, since some browsers return only when they are closed
        Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    try:
        server.serve_forever()
    finally:
        draft.stop()
