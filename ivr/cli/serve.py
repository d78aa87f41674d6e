"""`ivr serve`: put the line on the web, where Twilio calls it.

For: the options of the server, and refusing to start where strangers could use the line.
Not here: the app (`ivr.web.app`), how it is served (`ivr.web.server`), settings (`ivr.web.settings`).
"""

from __future__ import annotations

import ipaddress
import os
from dataclasses import replace
from pathlib import Path

import click

from ivr.cli.common import tell_problems
from ivr.script.folders import sample
from ivr.script.problems import ScriptError
from ivr.web.server import rehearse, run
from ivr.web.settings import PUBLIC_URL, SCRIPT, TOKEN, Settings, SettingsError, from_environment


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes that answer.")
@click.option("--no-signature", is_flag=True, help="Answer anybody; only on this machine, only for trying it out.")
@click.option(
    "--follow",
    is_flag=False,
    flag_value="",
    metavar="[FOLDER]",
    help="Let every sound save of this folder go live (that of IVR_SCRIPT by default), and follow no store.",
)
def serve(host: str, port: int, workers: int, follow: str | None, *, no_signature: bool) -> None:
    """Serve the line to Twilio at /voice and /text: the published version, or the folder of the line where none is.

    Settings come from the environment: TWILIO_AUTH_TOKEN (several with commas), IVR_PUBLIC_URL (the address that
    Twilio calls), IVR_SCRIPT (the folder of the line; the sample by default), IVR_STORE (where published versions are),
    IVR_CACHE (where this machine keeps them), IVR_KEEP_DAYS (how long what happened in calls is kept),
    IVR_NOT_UNDERSTOOD_DAYS (for how long what was not understood is kept, without names and numbers; not at all by default),
    IVR_METRICS_TOKEN (with which /metrics may be read), IVR_SECRET (by which texts become a conversation), IVR_TEXT_FROM
    and TWILIO_ACCOUNT_SID (by which callers can be sent a text), IVR_TEXTS_A_DAY (how many one caller is sent at most),
    IVR_LINE_NUMBER (that callers dial, to stand on the page that can be read).
    """
    try:
        settings = _unguarded(host) if no_signature else from_environment(os.environ)
        if follow is not None:
            settings = replace(settings, follow=_folder(follow, settings))
            click.echo(f"Following {settings.follow}. The first check may take some seconds.", err=True)
        rehearse(settings)  # say what is wrong once, before any worker starts
        run(settings, host, port, workers)
    except SettingsError as error:
        raise click.ClickException("\n".join(error.mistakes)) from None
    except ScriptError as error:
        tell_problems(Path(os.environ.get(SCRIPT) or sample()), error)
        raise SystemExit(1) from None


def _folder(follow: str, settings: Settings) -> Path:
    folder = Path(follow) if follow else settings.script
    if not folder.is_dir():
        raise SettingsError([f"--follow names {folder}, and there is no such folder."])
    return folder


def _unguarded(host: str) -> Settings:
    """Settings without a token: refused wherever somebody else could reach the line."""
    if os.environ.get(PUBLIC_URL):
        raise SettingsError(
            [f"--no-signature cannot be used while {PUBLIC_URL} is set: the line would answer strangers."]
        )
    if not _is_loopback(host):
        raise SettingsError(
            [f"--no-signature works only on this machine, and {host} can be reached from others. Use --host 127.0.0.1."]
        )
    placeholder = {TOKEN: "not-checked", PUBLIC_URL: "http://127.0.0.1"}
    return replace(from_environment({**os.environ, **placeholder}), check_signatures=False)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
