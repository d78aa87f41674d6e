"""`ivr call`: be on the phone with the line, in a terminal.

For: typing keys and words and reading what a caller would hear, on the engine itself or on any running line.
Not here: how a call is played (`ivr.phone`), what the line says (`ivr.dialog`).
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from ivr.channels import plain
from ivr.cli.common import InOrder, elsewhere, folder_argument, open_script, today
from ivr.dialog.inputs import Dialled
from ivr.phone.engine import EnginePhone, UnknownPlaceError, choosing, starting
from ivr.phone.heard import Doing, Heard, Phone
from ivr.phone.remote import RemoteError, RemotePhone
from ivr.phone.strict import TwimlFault
from ivr.script.catalogue import KEYS
from ivr.script.model import Script
from ivr.script.notices import LIKE_A_MOMENT, moment_of
from ivr.script.problems import shown
from ivr.web.moment import now

WIDTH = 92


@click.command(cls=InOrder)
@folder_argument
@click.option("--language", metavar="TAG", help="Choose this language first, such as es-US.")
@click.option("--at", "node", metavar="NODE", help='Begin at this place, such as "billing".')
@click.option("--press", "presses", multiple=True, metavar="KEYS", help="Press these keys, one after another: 1,3")
@click.option("--say", "says", multiple=True, metavar="WORDS", help='Say this; "" is silence, "(busy)" a busy line.')
@click.option("--moment", metavar="TIME", help="Call at this time, by the clock of the line: 2026-12-24T18:30.")
@click.option("--url", metavar="URL", help="Call the line that runs at this address, such as http://127.0.0.1:8000.")
@click.option("--signed-as", metavar="URL", help="The public address of that line, where it differs from --url.")
@click.pass_context
def call(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    folder: Path | None,
    language: str | None,
    node: str | None,
    presses: tuple[str, ...],  # noqa: ARG001 - `InOrder` keeps them in order with --say
    says: tuple[str, ...],  # noqa: ARG001
    moment: str | None,
    url: str | None,
    signed_as: str | None,
) -> None:
    """Call the line in FOLDER (that of IVR_SCRIPT, or the sample, by default) and read what a caller would hear.

    Press a key by typing it, say something by typing it, keep silent with Enter alone.  While a transfer rings, type
    what becomes of it: busy, no answer, failed, answered, hung up.  Ctrl-C hangs up.
    """
    if url and (folder or language or node or moment):
        raise click.UsageError("--url calls a line as it runs: leave out FOLDER, --language, --at and --moment.")
    try:
        planned = list(_planned(ctx.meta[InOrder.ORDER]))
        script = None if url else open_script(folder)
        phone = _engine(script, folder, language, node, moment) if script else elsewhere(RemotePhone, url, signed_as)
        chosen = choosing(script, language) if script and language and not node else []
        Conversation(phone).hold([*chosen, *planned], alone=bool(planned))
    except (RemoteError, TwimlFault, UnknownPlaceError) as error:
        raise click.ClickException(str(error)) from None


def _engine(script: Script, folder: Path | None, language: str | None, node: str | None, moment: str | None) -> Phone:
    at = moment_of(moment, script.time_zone) if moment else now()
    if at is None:
        raise click.BadParameter(f"'{shown(moment or '')}' is no day and time. {LIKE_A_MOMENT}", param_hint="--moment")
    start = starting(script, language or "", node) if node else None
    return EnginePhone(script, start, today(script, folder, at))


def _planned(given: list[tuple[str, str]]) -> Iterator[str]:
    """What the caller does, from --press and --say in their order."""
    for name, value in given:
        if name == "says":
            yield value
        else:
            unknown = [key for key in value if key not in KEYS and key not in ", "]
            if unknown:
                raise click.BadParameter(
                    f"{unknown[0]!r} is not a key; a telephone has {' '.join(KEYS)}.", param_hint="--press"
                )
            yield from (key for key in value if key in KEYS)


class Conversation:
    """A call as it is typed and read, with the time that a caller would feel pass."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.clock = 0.0
        self.echo = not sys.stdin.isatty()

    def hold(self, planned: list[str], *, alone: bool) -> None:
        """Hold the call: what is planned first, then what is typed; `alone` ends it where the plan ends."""
        try:
            heard = self.phone.begin()
            self.show(heard)
            todo = iter(planned)
            while heard.doing is not Doing.ENDED:
                typed = next(todo, None)
                if typed is None:
                    if alone:
                        break
                    typed = self.ask(heard)
                else:
                    click.echo(f"\n{self.prompt(heard)}{typed or '(silence)'}")
                heard = self.answer(heard, typed)
            if heard.doing is Doing.ENDED:
                click.echo("\nThe line has hung up.")
        except (KeyboardInterrupt, EOFError, click.Abort):
            click.echo("\nYou hung up.")

    def ask(self, heard: Heard) -> str:
        """What the caller types next."""
        typed = input(f"\n{self.prompt(heard)}")
        if self.echo:
            click.echo(typed or "(silence)")
        return typed

    def prompt(self, heard: Heard) -> str:
        minutes, seconds = divmod(round(self.clock), 60)
        doing = "rings" if heard.doing is Doing.RINGING else "you"
        return f"[{minutes}:{seconds:02}] {doing}> "

    def answer(self, heard: Heard, typed: str) -> Heard:
        ringing = heard.doing is Doing.RINGING
        given = plain.read_ringing(typed) if ringing else plain.read(typed)
        if given is None:
            click.echo(f"The phone is ringing. Type one of: {', '.join(plain.OUTCOMES)}.")
            return heard
        if isinstance(given, Dialled) and not ringing:
            click.echo("No transfer is ringing now.")
            return heard
        if not typed.strip():
            self.clock += heard.window
        heard = self.phone.give(given)
        self.show(heard)
        return heard

    def show(self, heard: Heard) -> None:
        self.clock += heard.seconds
        for line in heard.lines:
            click.echo(textwrap.fill(line.text, WIDTH, initial_indent="  ", subsequent_indent="  "))
        if heard.doing is Doing.RINGING:
            click.echo(f"  (calling {heard.dialled}: type busy, no answer, answered or hung up)")
