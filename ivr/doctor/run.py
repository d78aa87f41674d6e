"""All that the doctor looks at, in the order in which a call meets it.

For: `examine`; each look is on its own, so that one that fails hides no other.
Not here: the looks themselves, the command (`ivr.cli.doctor`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from ivr.doctor.address import address
from ivr.doctor.calling import call
from ivr.doctor.certificate import certificate
from ivr.doctor.keeping import store
from ivr.doctor.numbers import drift, loops, ours
from ivr.doctor.result import Result, unseen, warning, wrong
from ivr.doctor.server import fallback, server
from ivr.doctor.wire import Wire
from ivr.provision.rest import ACCOUNT, Account, AccountError
from ivr.script.model import Script
from ivr.script.problems import ScriptError
from ivr.script.reader import read
from ivr.store.where import StoreError, open_store
from ivr.web.settings import Settings


def examine(settings: Settings, account: Account | None, number: str = "", ca: str | None = None) -> Iterator[Result]:
    """Look at everything.  number: the line's, in E.164, where it is known.  ca: see `Wire`."""
    wire = Wire(settings.public_url, settings.tokens, ca)
    try:
        yield address(settings.public_url)
        if settings.public_url.startswith("https://"):
            yield certificate(settings.public_url, datetime.now(UTC), ca)
        if ca:
            what = f"The authorities in {ca} were trusted, too; Twilio does not know them."
            yield warning("certificate", what, "Leave out --ca before callers come.")
        yield from call(wire)
        kept, published = store(settings.store) if settings.store else ([], "")
        yield from server(wire, published, datetime.now(UTC))
        yield from kept
        yield from _numbers(settings, account, number, wire)
    finally:
        wire.close()


def _numbers(settings: Settings, account: Account | None, number: str, wire: Wire) -> Iterator[Result]:
    """The numbers of the account that are ours, and the fallback that they name."""
    mine = []
    if account is None:
        what = f"How the number is set at Twilio, as {ACCOUNT} is not set."
        yield unseen("number", what, "Set it to the Account SID in the Twilio console.")
    else:
        try:
            mine = [
                account.number(one.e164, texts=True) for one in ours(account.numbers(), settings.public_url, number)
            ]
        except AccountError as error:
            yield wrong("number", "The account cannot be asked.", str(error))
        else:
            if not mine:
                what = f"No number of the account asks {settings.public_url}."
                yield warning("number", what, "ivr connect NUMBER puts the line on one.")
    for one in mine:
        yield from drift(one, settings.public_url)
    fallbacks = {one.settings.get("voice_fallback_url", "") for one in mine} - {""}
    for url in sorted(fallbacks) or [""]:
        yield fallback(wire, url)
    yield from _loops(settings, {one.e164 for one in mine} | ({number} if number else set()))


def _loops(settings: Settings, numbers: set[str]) -> Iterator[Result]:
    script = _script(settings)
    if not numbers:
        what = "Whether the line would dial itself, as its own number is not known."
        yield unseen("loop", what, "Say it: ivr doctor NUMBER")
    elif script:
        yield from loops(script, numbers)


def _script(settings: Settings) -> Script | None:
    """The published script, else the folder's; None where neither can be read, which other looks tell."""
    try:
        if settings.store and settings.store.may_hold_something():
            opened = open_store(settings.store)
            try:
                live = opened.live()
                version = opened.version(live.digest) if live else None
            finally:
                opened.close()
            if version:
                return version.script()
        return read(settings.script)
    except (StoreError, ScriptError):
        return None
