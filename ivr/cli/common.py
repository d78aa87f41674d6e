"""What several commands share: the folder of a line, how problems in it are told, numbers, tokens and files.

For: reading a script for a command, or ending the command with every problem on a line of its own; taking a number as a
person writes it; writing a file, or saying why it cannot be written.
Not here: the commands.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from ivr.dialog.inputs import Arrived
from ivr.script.folders import WIRING, sample
from ivr.script.model import Script
from ivr.script.notices import in_folder
from ivr.script.problems import ScriptError
from ivr.script.reader import read
from ivr.script.telephone import e164
from ivr.web.moment import arrived
from ivr.web.settings import SCRIPT, TOKEN

folder_argument = click.argument(
    "folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="[FOLDER]"
)


def as_dialled(_context: click.Context, _param: click.Parameter, given: str | None) -> str:
    """The callback of an argument or option that is a number as a person writes it; in E.164, or empty."""
    number = e164(given) if given else ""
    if number is None:
        raise click.BadParameter(f"{given} is not a phone number. Write it like +12015550100.")
    return number


Telephone = TypeVar("Telephone")


def elsewhere(telephone: Callable[[str, str, str], Telephone], url: str | None, signed_as: str | None) -> Telephone:
    """A telephone for the line that runs at `url`, signing with the newest token in the environment."""
    token = os.environ.get(TOKEN, "").partition(",")[0].strip()
    return telephone(url or "", token, signed_as or url or "")


def line_folder(folder: Path | None) -> Path:
    """The folder of the line: the one that was named, that of IVR_SCRIPT, or the sample.

    In a checkout the sample is the checkout's, whatever was installed from it: that is where staff edit.
    """
    named = os.environ.get(SCRIPT, "").strip()
    checkout = Path("scripts") / sample().name
    return folder or (Path(named) if named else checkout if (checkout / WIRING).is_file() else sample())


def open_script(folder: Path | None, *, to_change: bool = False) -> Script:
    """The script in a folder, by default `line_folder`; ends the command when it cannot be read.

    to_change: the command would have changed something, and says that it has not.
    """
    where = line_folder(folder)
    try:
        return read(where)
    except ScriptError as error:
        tell_problems(where, error, "Nothing was changed." if to_change else "")
        raise SystemExit(1) from None


def today(script: Script, folder: Path | None, moment: datetime) -> Arrived:
    """Who is closed at a moment, and what the notice beside the script says; what is wrong with that is told."""
    where = line_folder(folder)
    notices, problems = in_folder(where, script)
    if problems:
        tell_problems(where, ScriptError(problems), "Callers hear no notice from that file until it is mended.")
    return arrived(script, notices, moment)


def tell_problems(folder: Path, error: ScriptError, so: str = "") -> None:
    """Every problem, with the path from here to the file, so that a terminal can open it; and what comes of it."""
    for problem in error.problems:
        click.echo(
            f"{folder / problem.place.file}:{problem.place.line}:{problem.place.column}: {problem.what}. {problem.mend}",
            err=True,
        )
    count = len(error.problems)
    click.echo(f"{count} {'problem' if count == 1 else 'problems'}. {so}".rstrip(), err=True)


def write_file(path: Path, content: str) -> None:
    """Write a file, in a folder that may not be there yet, or end the command with one sentence."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(
            f"{path} cannot be written: {error.strerror}. Choose another place, or mend this one."
        ) from None


def make_file(path: Path, content: str) -> None:
    """Write a file that was asked for, and say where it is."""
    write_file(path, content)
    click.echo(path)


class InOrder(click.Command):
    """A command whose repeated options keep the order in which they were given, as `ctx.meta[ORDER]`."""

    ORDER = "ivr.order"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        values, _, order = self.make_parser(ctx).parse_args(list(args))
        taken: dict[str, int] = {}
        given: list[tuple[str, Any]] = []
        for param in order:
            name = param.name or ""
            if isinstance(param, click.Option) and param.multiple:
                given.append((name, values[name][taken.get(name, 0)]))
                taken[name] = taken.get(name, 0) + 1
        ctx.meta[self.ORDER] = given
        return super().parse_args(ctx, args)
