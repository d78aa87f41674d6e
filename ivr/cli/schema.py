"""`ivr schema`: the format of a script, for editors that complete and check while somebody types.

For: printing a schema, or keeping both as files.
Not here: the schemas (`ivr.script.schema`), how an editor finds them (README).
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from ivr.cli.common import make_file
from ivr.script.schema import schemas


@click.command("schema")
@click.argument("file", type=click.Choice(["line", "words"]), default="line")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write both into this folder instead.")
def schema(file: str, out: Path | None) -> None:
    """Print the JSON Schema of line.yaml, or of the files of words.

    A line "# yaml-language-server: $schema=../schema/line.json" at the top of a file tells most editors where it is.
    """
    known = {name: json.dumps(made, ensure_ascii=False, indent=1) + "\n" for name, made in schemas().items()}
    if out is None:
        click.echo(known[file], nl=False)
        return
    for name, text in known.items():
        make_file(out / f"{name}.json", text)
