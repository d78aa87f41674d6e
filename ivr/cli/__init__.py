"""The command line: `ivr`, thin over the rest.

For: gathering the commands, and turning what went wrong into one clear line and an exit code.
Not here: anything that a command does; each has its own module.
"""

from __future__ import annotations

import click

from ivr import __version__
from ivr.cli.call import call
from ivr.cli.check import check, translated
from ivr.cli.connect import connect
from ivr.cli.doctor import doctor
from ivr.cli.map import map_
from ivr.cli.notice import notice
from ivr.cli.page import page_
from ivr.cli.publish import publish, undo
from ivr.cli.rehearse import rehearse
from ivr.cli.report import purge, report
from ivr.cli.rescue import rescue
from ivr.cli.schema import schema
from ivr.cli.serve import serve
from ivr.cli.text import text
from ivr.cli.try_ import try_
from ivr.cli.understand import understand
from ivr.cli.versions import diff, versions


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="ivr")
def main() -> None:
    """An accessible voice information line: try it, check it, rehearse it, serve it."""


for command in (
    call,
    check,
    connect,
    diff,
    doctor,
    map_,
    notice,
    page_,
    publish,
    purge,
    rehearse,
    report,
    rescue,
    schema,
    serve,
    text,
    translated,
    try_,
    understand,
    undo,
    versions,
):
    main.add_command(command)
