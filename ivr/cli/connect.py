"""`ivr connect`: put the line on a Twilio number.

For: showing what is set and what would change, and writing it when asked to.
Not here: what should be set (`ivr.provision.number`), Twilio's API (`ivr.provision.rest`).
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import click

from ivr.cli.common import as_dialled
from ivr.provision.number import LABELS, Plan, plan, wanted
from ivr.provision.rest import ACCOUNT, Account, AccountError
from ivr.web.settings import PUBLIC_URL, SettingsError, from_environment


@click.command()
@click.argument("number", callback=as_dialled)
@click.option("--texts", is_flag=True, help="Let the line answer text messages to this number, too.")
@click.option(
    "--fallback", default="", metavar="URL", help="Ask this address when the line fails, rather than its own /rescue."
)
@click.option("--detach", is_flag=True, help="Take the number out of a TwiML App or SIP trunk that overrides it.")
@click.option("--apply", "apply_", is_flag=True, help="Write the changes; without this, nothing is changed.")
def connect(number: str, fallback: str, *, texts: bool, detach: bool, apply_: bool) -> None:
    """Show what is set on the Twilio number NUMBER, and what would change to put this line on it.

    Settings come from the environment: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, IVR_PUBLIC_URL.
    """
    try:
        account, public_url = _account()
        settings = wanted(public_url, fallback=_https(fallback, "--fallback"), texts=texts)
        found = plan(account.number(number, texts=texts), settings, detach=detach)
        _show(found)
        if apply_ and found.changes and not found.obstacles:
            found = plan(account.change(found.number, found.changes, texts=texts), settings)
            if found.changes or found.obstacles:
                _show(found)
                raise click.ClickException(
                    "Twilio took the changes and tells of others. Look at the number in the console."
                )
            click.echo("Written, and read back as it should be.")
            click.echo("Now call it; deploy/first-call.md says what to listen for.  `ivr doctor` checks the rest.")
            return
    except AccountError as error:
        raise click.ClickException(str(error)) from None
    _say_what_is_left(found, asked_to_write=apply_)


def _account() -> tuple[Account, str]:
    try:
        settings = from_environment(os.environ)
    except SettingsError as error:
        raise click.ClickException("\n".join(error.mistakes)) from None
    if not settings.account:
        raise click.ClickException(f"{ACCOUNT} is not set. Copy it from the Twilio console; it begins with AC.")
    return Account(settings.account, settings.tokens), _https(settings.public_url, PUBLIC_URL)


def _https(url: str, name: str) -> str:
    """Only https: what callers press and say would cross the net in clear, and anybody on the way could change it."""
    if url and (urlsplit(url).scheme != "https" or not urlsplit(url).hostname):
        raise click.ClickException(
            f"{name} has to begin with https://. Put HTTPS in front of the line; deploy/ shows how."
        )
    return url


def _show(found: Plan) -> None:
    """Every setting, and under it what it would become."""
    click.echo(f"{found.number.e164} ({found.number.sid})")
    becomes = {change.name: change for change in found.changes}
    for name, label in LABELS.items():
        now = found.number.settings.get(name, "")
        if name in becomes:
            click.echo(f"  {label}\n    now:      {now or 'nothing'}\n    becomes:  {becomes[name].new or 'nothing'}")
        elif now or name in found.wanted:
            click.echo(f"  {label}\n    stays:    {now or 'nothing'}")
    for obstacle in found.obstacles:
        click.echo(f"  In the way: {obstacle.what}\n    {obstacle.mend}")


def _say_what_is_left(found: Plan, *, asked_to_write: bool) -> None:
    if found.obstacles:
        raise click.ClickException("So this number would not ask the line. Nothing was changed.")
    if not found.changes:
        click.echo("Nothing to change: this number asks the line as it should.")
        return
    assert not asked_to_write, "what was asked for has been written"
    count = len(found.changes)
    click.echo(
        f"{count} {'setting' if count == 1 else 'settings'} would change; nothing was changed. To write it, add --apply."
    )
