"""What the commands share that look into the store: opening it, showing a change, asking a person.

For: opening the store for a command, the change as callers would notice it, and a question to each step.
Not here: the comparison (`ivr.phone.changes`), the commands.
"""

from __future__ import annotations

import getpass
import os
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from ivr.phone.changes import Change, changes
from ivr.script.model import Script
from ivr.script.problems import ScriptError
from ivr.store.records import Act, Publication
from ivr.store.where import LOOK_AT, StoreAwayError, StoreError, location, open_store

if TYPE_CHECKING:
    from ivr.store.versions import Store

WIDTH = 100
EVERYWHERE = "In every language"

yes_option = click.option("--yes", is_flag=True, help="Do not ask; for programs.")
note_option = click.option("--note", default="", metavar="TEXT", help="Why, in a few words; `ivr versions` shows it.")


@contextmanager
def the_store(*, to_read: bool = False) -> Iterator[Store]:
    """The store that the environment names; trouble with it ends the command with its sentence.

    to_read: one that is not there yet is such a trouble, and is not made.
    """
    try:
        where = location(os.environ)
        if to_read:
            where.require()
        store = open_store(where)
        try:
            yield store
        finally:
            store.close()
    except StoreError as error:
        raise click.ClickException(told(error)) from None


def told(error: StoreError) -> str:
    """What is wrong with the store, and what to look at."""
    return f"{error} {LOOK_AT}" if isinstance(error, StoreAwayError) else str(error)


def act(note: str) -> Act:
    """Who is at the keyboard, and when."""
    try:
        by = getpass.getuser()
    except (KeyError, OSError):
        by = "unknown"
    return Act(by, datetime.now(UTC), note)


def live_in(store: Store) -> Publication | None:
    """What is live; nothing in a store that nobody has made yet, which is not made by asking."""
    return store.live() if store.where.may_hold_something() else None


def tell_new_store(store: Store) -> None:
    """Whoever has mistyped IVR_STORE sees it before callers miss what they should hear."""
    if not store.where.may_hold_something():
        click.echo(f"There is no store at {store.where.path} yet; this makes one.", err=True)


def published_script(store: Store, digest: str) -> Script | None:
    """A published version; None, with a word about it, when this program cannot read it any more."""
    version = store.version(digest)
    assert version is not None, "a publication's version is kept for ever"
    try:
        return version.script()
    except ScriptError as error:
        click.echo(f"This program cannot read version {digest} any more: {error.problems[0]}")
        return None


def moment(publication: Publication, script: Script | None) -> str:
    """When it was published, by the clock of the line."""
    zone = ZoneInfo(script.time_zone) if script else UTC
    return f"{publication.at.astimezone(zone):%Y-%m-%d %H:%M}"


# --- showing -------------------------------------------------------------------------------------


def show(old: Script, new: Script) -> list[Change]:
    """Print what callers will notice, language by language; answers with the changes."""
    found = changes(old, new)
    if not found:
        click.echo("Callers will notice no difference.")
    for language in dict.fromkeys(change.language for change in found):
        click.echo(f"{language or EVERYWHERE}:")
        for change in found:
            if change.language == language:
                click.echo(
                    textwrap.fill(
                        change.what, WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False
                    )
                )
    return found


# --- asking --------------------------------------------------------------------------------------


def ask(found: Iterable[Change], question: str, *, yes: bool) -> None:
    """A person agrees, to each new phone number twice, or the command ends with nothing changed."""
    if yes:
        return
    for number in dict.fromkeys(change.number for change in found if change.number):
        _agree(f"Callers will get {number}. Is that number right?")
        _agree(f"Read it once more, digit by digit: {' '.join(number)}. Is every digit right?")
    _agree(question)


def _agree(question: str) -> None:
    try:
        agreed = click.confirm(question)
    except click.Abort:
        click.echo()
        agreed = False
    if not agreed:
        click.echo("Nothing was changed.")
        raise SystemExit(1)
