"""`ivr notice`: a sentence that every caller hears today, and that ends by itself.

For: giving, listing and taking back; telling the person who gives it what each language will hear.
Not here: what a notice may say (`ivr.script.notices`), keeping it (`ivr.store`), saying it (`ivr.web`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from ivr.check.noticed import MOST_SECONDS, notice_findings, seconds_to_a_person
from ivr.cli.common import open_script
from ivr.cli.publishing import act, live_in, published_script, tell_new_store, the_store
from ivr.script.model import Script
from ivr.script.notices import LIKE_A_MOMENT, Notice, heard, moment_of, sentence_problems
from ivr.script.problems import instead, shown
from ivr.script.today import Told

if TYPE_CHECKING:
    from ivr.store.versions import Store

WHAT_TO_SAY = (
    'What are callers to hear? Write it like this: ivr notice "We are closed today." --until 2026-12-24T18:00. With'
    " --closed instead of words they hear a ready-made sentence; --list shows what they hear now, --clear takes it back."
)
ONE_AT_A_TIME = "Give a notice, or --list, or --clear: one of them at a time."


@click.command()
@click.argument("words", nargs=-1)
@click.option("--until", default="", metavar="TIME", help="When it ends, by the clock of the line: 2026-12-24T18:00.")
@click.option("--language", default="", metavar="TAG", help="The language of WORDS; the first of the line by default.")
@click.option("--closed", is_flag=True, help="It is about being closed; without WORDS, in ready-made sentences.")
@click.option("--list", "show", is_flag=True, help="List what callers hear now, and until when.")
@click.option("--clear", is_flag=True, help="Take every notice back.")
def notice(words: tuple[str, ...], until: str, language: str, *, closed: bool, show: bool, clear: bool) -> None:  # noqa: PLR0913
    """Say WORDS, one sentence, to every caller right after the emergency sentence, until a time.

    Callers of the other languages hear a ready-made sentence, until you give them one of their own with --language.
    New calls hear it within seconds, and it ends by itself.
    """
    asked = sum((bool(words or closed), show, clear))
    if asked != 1:
        raise click.UsageError(ONE_AT_A_TIME if asked else WHAT_TO_SAY)
    with the_store(to_read=show or clear) as store:
        script = _script(store)
        if clear:
            store.clear_notices()
            click.echo("No notice is said any more; new calls hear that within seconds.")
        elif show:
            _list(store, script)
        else:
            given = _notice(script, " ".join(words), until, language, closed=closed)
            tell_new_store(store)
            before = _heard_now(script, store)
            store.give_notice(given, act(""))
            _tell(script, store, given, before)


def _script(store: Store) -> Script:
    """The line that callers hear."""
    live = live_in(store)
    published = published_script(store, live.digest) if live else None
    return published or open_script(None)


def _notice(script: Script, words: str, until: str, language: str, *, closed: bool) -> Notice:
    tag = language or script.first_language
    if tag not in script.languages:
        raise click.BadParameter(
            f"{tag} is no language of this line. {instead(tag, script.languages)}", None, None, "--language"
        )
    end = _end(until, script)
    said = " ".join(words.split())
    problems = sentence_problems(tag, said) if said else []
    if problems:
        raise click.ClickException("\n".join(f"{p.what[:1].upper()}{p.what[1:]}. {p.mend}" for p in problems))
    return Notice(end, tag if said else "", said, closed)


def _end(until: str, script: Script) -> datetime:
    if not until.strip():
        raise click.UsageError(f"--until is missing: when does the notice end? {LIKE_A_MOMENT}")
    end = moment_of(until, script.time_zone)
    if end is None:
        raise click.BadParameter(f"'{shown(until)}' is no day and time. {LIKE_A_MOMENT}", param_hint="--until")
    if end <= datetime.now(UTC):
        raise click.BadParameter(f"{_clock(end, script)} has passed. Write when the notice ends.", param_hint="--until")
    return end


def _heard_now(script: Script, store: Store) -> tuple[Told, ...]:
    return heard(script, [one.notice for one in store.notices()], datetime.now(UTC))


def _tell(script: Script, store: Store, given: Notice, before: tuple[Told, ...]) -> None:
    """What each language hears now, and no longer, and what may be better said."""
    told = _heard_now(script, store)
    click.echo("New calls hear within seconds, right after the emergency sentence:")
    _show(script, told)
    for gone in (one for one in before if one.words and one not in told):
        click.echo(f'It takes the place of "{gone.words}"')
    click.echo(f"It ends by itself on {_clock(given.until, script)}. To take it back before: ivr notice --clear")
    for told_ready in (one for one in told if one.ready and given.words):
        name = script.words[told_ready.language].own_name
        again = f"--language {told_ready.language} --until {given.until.astimezone(ZoneInfo(script.time_zone)):%Y-%m-%dT%H:%M}"
        _warn(
            f"warning: there are no words of yours in {name}. Give them: ivr notice {again} {'--closed ' * given.closed}WORDS"
        )
    for finding in notice_findings(script, given.language, given.words) if given.words else ():
        _warn(f"{finding.severity} {finding.rule}: {finding.what}. {finding.mend}")
    _warn_if_long(script, told, given)


def _warn_if_long(script: Script, told: tuple[Told, ...], given: Notice) -> None:
    """What could not be shorter is no fault: a ready-made sentence takes its time as well."""
    late = seconds_to_a_person(script, told)
    shortest = seconds_to_a_person(script, heard(script, [replace(given, words="")], datetime.now(UTC)))
    if late > max(MOST_SECONDS, shortest):
        _warn(
            f"advice MENU-13: the way to a person is named after {late:.0f} seconds, and {MOST_SECONDS} is best."
            f" Fewer words bring it nearer; with a ready-made sentence it is {shortest:.0f}."
        )


def _warn(sentence: str) -> None:
    click.echo(sentence, err=True)


def _list(store: Store, script: Script) -> None:
    now = datetime.now(UTC)
    lasting = [given for given in store.notices() if given.notice.until > now]
    if not lasting:
        click.echo("No notice is said now.")
        return
    _show(script, heard(script, [given.notice for given in lasting], now))
    for given in lasting:
        what = f'"{given.notice.words}"' if given.notice.words else "The ready-made closure"
        click.echo(
            f"{what} ends on {_clock(given.notice.until, script)}; given by {given.by} on {_clock(given.at, script)}."
        )


def _show(script: Script, told: tuple[Told, ...]) -> None:
    for one in told:
        words = script.words[one.language]
        click.echo(
            f"  {words.own_name}: {one.words or words.sentences[one.ready][0]}{'  (ready-made)' if one.ready else ''}"
        )


def _clock(at: datetime, script: Script) -> str:
    return f"{at.astimezone(ZoneInfo(script.time_zone)):%Y-%m-%d at %H:%M}"
