"""`ivr report` and `ivr purge`: what callers wanted, and forgetting it.

For: which journal, which days, which form.
Not here: counting and drawing (`ivr.report`), keeping (`ivr.store`).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from ivr.cli.common import open_script
from ivr.cli.publishing import told
from ivr.report.period import Period, milliseconds
from ivr.script.folders import sample
from ivr.script.model import Script
from ivr.script.problems import ScriptError, shown
from ivr.store.where import Location, StoreError, location, open_journal, open_store
from ivr.web.settings import SettingsError, keep_days

if TYPE_CHECKING:
    from ivr.store.journal import Journal

LIKE_THIS = "`ivr report --demo` shows what a report looks like."


def _day(_context: click.Context, _param: click.Parameter, given: str | None) -> date | None:
    """A day as it is typed."""
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise click.BadParameter(f"'{shown(given or '')}' is no day. Write it like 2026-11-01.") from None


@click.command()
@click.option(
    "--since", callback=_day, metavar="DATE", help="The first day, such as 2026-11-01; thirty days by default."
)
@click.option("--until", callback=_day, metavar="DATE", help="The last day; today by default.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "asked"]),
    default="text",
    show_default=True,
    help="For a terminal, a program, a page to keep and to print, or `ivr check --asked`.",
)
@click.option("--not-understood", is_flag=True, help="Only list what was not understood, where that is kept.")
@click.option("--demo", is_flag=True, help="Show four weeks of callers who are made up.")
def report(since: date | None, until: date | None, form: str, *, not_understood: bool, demo: bool) -> None:
    """Tell what callers wanted: how many, when, where they went, and where the line did not help them.

    Days are those of the line's time zone.  `ivr report --format html > report.html` makes a page.
    """
    if not_understood:
        _refuse_what_does_not_go_with_the_list(form, demo=demo)
        click.echo(_not_understood(since, until), nl=False)
        return
    from ivr.report import asked, page, terminal  # noqa: PLC0415 - loads SQLAlchemy, which most commands do without
    from ivr.report.figures import gather  # noqa: PLC0415 - as above
    from ivr.report.sections import sections  # noqa: PLC0415 - as above

    with _demo() if demo else _journal(LIKE_THIS) as (journal, script, usual):
        figures = gather(journal, script, _period(usual, since, until))
    if form == "asked":
        click.echo(asked.as_asked(figures, script), nl=False)
        return
    told = sections(figures, script)
    shown = {"text": terminal.show, "json": page.as_json, "html": page.as_page}[form](figures, told)
    click.echo(shown, nl=False)


@click.command()
@click.option(
    "--before", callback=_day, metavar="DATE", help="The first day to keep; by default IVR_KEEP_DAYS (400) days ago."
)
def purge(before: date | None) -> None:
    """Delete what the journal holds of earlier days, for good.  A running server does so by itself once a day."""
    with _journal() as (journal, script, _):
        zone = ZoneInfo(script.time_zone)
        try:
            first = before or _today(zone) - timedelta(days=keep_days(os.environ))
        except SettingsError as error:
            raise click.ClickException(str(error)) from None
        deleted = journal.purge(milliseconds(first, zone))
    click.echo(f"{deleted} {'event' if deleted == 1 else 'events'} from before {first} deleted.")


def _refuse_what_does_not_go_with_the_list(form: str, *, demo: bool) -> None:
    if form != "text" or demo:
        raise click.UsageError("--not-understood is a list for the terminal. Leave out --format and --demo.")


def _not_understood(since: date | None, until: date | None) -> str:
    from ivr.report import heard  # noqa: PLC0415 - loads SQLAlchemy, which most commands do without
    from ivr.store.questions import not_understood  # noqa: PLC0415 - as above

    with _journal() as (journal, script, usual):
        period = _period(usual, since, until)
        with journal.reading() as connection:
            return heard.show(not_understood(connection, *period.moments), script, period)


def _period(usual: Period, since: date | None, until: date | None) -> Period:
    if since is None and until is None:
        return usual
    period = Period.until(until or usual.last, usual.zone, since)
    if period.first > period.last:
        raise click.ClickException(
            f"The report would begin on {period.first} and end on {period.last}. Write an earlier --since or a later --until."
        )
    return period


@contextmanager
def _journal(otherwise: str = "") -> Iterator[tuple[Journal, Script, Period]]:
    """The journal that the environment names, the script that is spoken, and the last thirty days.

    otherwise: what can be done where no journal is.
    """
    try:
        where = location(os.environ)
        where.require(otherwise)
        script = _spoken(where)
        zone = ZoneInfo(script.time_zone)
        journal = open_journal(where)
        try:
            yield journal, script, Period.until(_today(zone), zone)
        finally:
            journal.close()
    except StoreError as error:
        raise click.ClickException(told(error)) from None


@contextmanager
def _demo() -> Iterator[tuple[Journal, Script, Period]]:
    from ivr.report.demo import fill  # noqa: PLC0415 - only here

    script = open_script(sample())
    with tempfile.TemporaryDirectory() as folder:
        journal = open_journal(location({"IVR_STORE": str(Path(folder) / "demo")}))
        try:
            yield journal, script, fill(journal, script)
        finally:
            journal.close()


def _spoken(where: Location) -> Script:
    """The published version, else the operator's folder."""
    store = open_store(where)
    try:
        live = store.live()
        version = store.version(live.digest) if live else None
        return version.script() if version else open_script(None)
    except ScriptError:
        return open_script(None)
    finally:
        store.close()


def _today(zone: ZoneInfo) -> date:
    return datetime.now(UTC).astimezone(zone).date()
