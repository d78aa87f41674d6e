"""`ivr versions` and `ivr diff`: what was published, and how two versions differ for a caller.

For: the history, and finding a version by what a person types.
Not here: making a version live (`publish`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ivr.cli.common import open_script
from ivr.cli.publishing import moment, published_script, show, the_store
from ivr.script.model import Script

if TYPE_CHECKING:
    from ivr.store.versions import Store

SHORTEST = 4
"""Characters of a digest that name a version."""


@click.command()
def versions() -> None:
    """List what was published, the newest first: number, time, version, by whom, note."""
    with the_store(to_read=True) as store:
        history = store.history()
        script = published_script(store, history[0].digest) if history else None
    if not history:
        click.echo("Nothing was published yet.")
    for publication in history:
        live = "live" if publication is history[0] else ""
        told = (
            f"{publication.number:>4}  {moment(publication, script)}  {publication.digest}  {live:4}  {publication.by}"
        )
        click.echo(f"{told}  {publication.note}".rstrip())


@click.command()
@click.argument("a")
@click.argument("b")
def diff(a: str, b: str) -> None:
    """Show what callers notice between A and B.

    Each is a folder, a number from `ivr versions`, the first characters of a version, or the word live.
    """
    with the_store() as store:
        old, new = _script(store, a), _script(store, b)
    show(old, new)


def _script(store: Store, name: str) -> Script:
    if Path(name).is_dir():
        return open_script(Path(name))
    script = published_script(store, _digest(store, name))
    if script is None:
        raise SystemExit(1)
    return script


def _digest(store: Store, name: str) -> str:
    store.where.require()
    history = store.history()
    if name == "live" and history:
        return history[0].digest
    numbered = {str(publication.number): publication.digest for publication in history}
    begun = {p.digest for p in history if len(name) >= SHORTEST and p.digest.startswith(name)}
    if name not in numbered and len(begun) != 1:
        raise click.ClickException(f"{name} is neither a folder nor one published version. `ivr versions` lists them.")
    return numbered.get(name) or begun.pop()
