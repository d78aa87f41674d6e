"""`ivr publish` and `ivr undo`: what new calls hear.

For: the way from a folder to a live version, and back by one.
Not here: the store (`ivr.store`), showing and asking (`publishing`), serving what is live (`ivr.web`).
"""

from __future__ import annotations

from pathlib import Path

import click

from ivr.cli.checking import stop_errors
from ivr.cli.common import folder_argument, line_folder, open_script
from ivr.cli.publishing import (
    act,
    ask,
    live_in,
    moment,
    note_option,
    published_script,
    show,
    tell_new_store,
    the_store,
    yes_option,
)
from ivr.cli.rehearse import REHEARSALS, differing
from ivr.cli.rescue import sound_rescue
from ivr.phone.changes import Change
from ivr.script.folders import contents, texts
from ivr.script.model import Script
from ivr.script.problems import ScriptError
from ivr.script.reader import read_files
from ivr.store.records import Version
from ivr.web.landing import Rescue

NOTHING_BEFORE = (
    "There is no version before this one, so nothing was changed. `ivr versions` lists what was published; what callers"
    " should hear instead, write into the files and publish them."
)


@click.command()
@folder_argument
@note_option
@yes_option
def publish(folder: Path | None, note: str, *, yes: bool) -> None:
    """Make the script in FOLDER (that of IVR_SCRIPT, or the sample, by default) the one that new calls hear.

    Reads and checks it, replays its rehearsals, shows what callers will notice, asks, and makes it live.
    """
    where = line_folder(folder)
    script = open_script(where, to_change=True)
    with the_store() as store:
        live = live_in(store)
        if live and live.digest == script.version:
            click.echo(f"Nothing to publish: callers hear version {script.version} already.")
            return
        files, rescue = _sound(script, where), sound_rescue(script)
        before = published_script(store, live.digest) if live else None
        found = _shown(before, script, first=live is None)
        tell_new_store(store)
        ask(found, "Let callers hear this from now on?", yes=yes)
        store.publish(Version.of(script, files), act(note), over=live.number if live else None)
    click.echo(f"Version {script.version} is live: new calls hear it within seconds. To go back: ivr undo")
    _tell_rescue(before, rescue)


@click.command()
@note_option
@yes_option
def undo(note: str, *, yes: bool) -> None:
    """Go back to the version that was live before; once more goes back one further."""
    with the_store(to_read=True) as store:
        history = {publication.number: publication for publication in store.history()}
        live = history[max(history)] if history else None
        before = history.get(live.previous or 0) if live else None
        if live is None or before is None:
            raise click.ClickException(NOTHING_BEFORE)
        script = published_script(store, before.digest)
        if script is None:
            raise click.ClickException("So it cannot be served. Mend the files and publish them.")
        click.echo(f"Back to version {before.digest}, published {moment(before, script)} by {before.by}.")
        published = published_script(store, live.digest)
        found = _shown(published, script)
        ask(found, "Let callers hear that version again from now on?", yes=yes)
        store.undo(act(note or f"back to {before.number}"), over=live.number)
    click.echo(f"Version {before.digest} is live again: new calls hear it within seconds.")
    _tell_rescue(published, Rescue.of(script))


def _tell_rescue(old: Script | None, new: Rescue) -> None:
    """Whoever keeps the rescue elsewhere has to fetch it anew, or it says yesterday's number."""
    if old is None or Rescue.of(old) != new:
        click.echo("What callers hear when no server answers is new as well. For its host: ivr rescue --out rescue.xml")


def _shown(old: Script | None, new: Script, *, first: bool = False) -> list[Change]:
    """What callers will notice; all phone numbers, where there is nothing to compare with."""
    if old is not None:
        return show(old, new)
    click.echo("Nothing was published before." if first else "So what callers will notice cannot be shown.")
    words = new.words[new.first_language]
    for name, number in new.numbers.items():
        click.echo(f"- {number.written} is {words.numbers[name]}.")
    return [Change(number.written, number=number.written) for number in new.numbers.values()]


def _sound(script: Script, where: Path) -> dict[str, str]:
    """The files of a script that callers may meet, or the end of the command."""
    stop_errors(script, where)
    _rehearse(script, where)
    try:
        files = contents(where)
        same = read_files(script.name, files).version == script.version
    except (ScriptError, OSError):
        same = False
    if not same:
        raise click.ClickException("A file was saved while it was being read. Nothing was changed; publish again.")
    return texts(files, script.languages)


def _rehearse(script: Script, where: Path) -> None:
    """Say which written calls go otherwise; words that were changed on purpose change them, so none stops a script."""
    files = sorted((where / REHEARSALS).glob("*.txt"))
    changed = [file.name for file in files if _differs(script, file)]
    click.echo(f"{len(files) - len(changed)} of {len(files)} rehearsals go as they are written.")
    if changed:
        click.echo(f"Changed: {', '.join(changed)}. `ivr rehearse` shows how; with --update it writes them anew.")


def _differs(script: Script, file: Path) -> bool:
    try:
        return bool(differing(script, file))
    except ScriptError:  # a call that cannot be made any more
        return True
