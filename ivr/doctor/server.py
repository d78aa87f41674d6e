"""What the running server says about itself, and how it stands to what was published.

For: the version that callers hear, what the server complains of, its clock, and its fallback.
Not here: calls (`calling`), the store itself (`keeping`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from ivr import __version__
from ivr.doctor.result import Result, ok, warning, wrong
from ivr.doctor.wire import Answer, NoAnswerError, Wire
from ivr.phone.strict import Dial, TwimlFault, read
from ivr.provision.number import RESCUE

LOOKS = 4
"""Several processes may answer; so many questions meet most of them."""

LONG_AGO = 60
"""Seconds: a server looks into the store every two."""

CLOCK_NOTICEABLE, CLOCK_WRONG = 30, 300
"""Seconds between two clocks: opening hours and notices go by the server's."""


def server(wire: Wire, published: str, now: datetime) -> Iterator[Result]:
    """How the server is.  published: the version that is live in the store, '' where none is known."""
    try:
        answers = [wire.send("GET", f"{wire.public_url}/health") for _ in range(LOOKS)]
    except NoAnswerError as error:
        yield wrong("health", f"/health does not answer: {error}.", "Is `ivr serve` running?")
        return
    told = [found for found in map(_health, answers) if found is not None]
    if len(told) < LOOKS:
        mend = "Let the proxy pass /health to `ivr serve`; no monitor can see the line without it."
        yield wrong("health", f"/health answers {answers[0].status}, not with the health of a line.", mend)
        return
    yield from _versions(told, published)
    yield from _complaints(told[-1])
    yield _clock(answers[-1], now)


def _health(answer: Answer) -> dict[str, Any] | None:
    try:
        told = json.loads(answer.text)
    except ValueError:
        return None
    return told if isinstance(told, dict) and "version" in told else None


def _versions(told: list[dict[str, Any]], published: str) -> Iterator[Result]:
    spoken = sorted({str(one["version"]) for one in told if one["version"]})
    programs = sorted({str(one.get("program")) for one in told})
    if not spoken:
        mend = "Publish one (`ivr publish`), or set IVR_SCRIPT on the server."
        yield wrong("version", "The server has no script: callers hear only that the line does not work.", mend)
    elif len(spoken) > 1:
        what = f"Processes speak different versions: {', '.join(spoken)}."
        yield warning(
            "version", what, "That is over within seconds of publishing; if it stays, one cannot reach the store."
        )
    elif published and spoken != [published]:
        what = f"Callers hear version {spoken[0]}, and {published} is published."
        yield wrong(
            "version", what, "Does the server have the same IVR_STORE? Its /health and its log say what is wrong."
        )
    else:
        yield ok("version", f"Callers hear version {spoken[0]}{', as published' if published else ''}.")
    if programs != [__version__]:
        what = f"The server runs ivr {', '.join(programs)}, and this is {__version__}."
        yield warning("program", what, "Deploy the same program everywhere.")


def _complaints(told: dict[str, Any]) -> Iterator[Result]:
    problems = [str(problem) for problem in told.get("problems", [])]
    for problem in problems:
        yield warning("health", f"The server says: {problem}", "Its log says more.")
    ago = float(told.get("looked_seconds_ago") or 0)
    if told.get("source") == "store" and ago > LONG_AGO:
        what = f"The server last looked for a new version {ago:.0f} seconds ago."
        yield wrong("health", what, "Restart it: what is published does not reach callers.")
    elif not problems:
        yield ok("health", f"The server has nothing to complain of; its script comes from the {told.get('source')}.")


def _clock(answer: Answer, now: datetime) -> Result:
    try:
        apart = abs((parsedate_to_datetime(answer.headers["Date"]) - now).total_seconds())
    except (KeyError, ValueError, TypeError):
        mend = "Let the proxy pass on the header Date, to compare clocks."
        return warning("clock", "The server does not say what time it is.", mend)
    what = f"The clocks of the server and of this machine are {apart:.0f} s apart."
    mend = (
        "Let both follow a time server (timedatectl set-ntp true). Opening hours and notices go by the server's clock."
    )
    if apart <= CLOCK_NOTICEABLE:
        return ok("clock", what)
    return wrong("clock", what, mend) if apart > CLOCK_WRONG else warning("clock", what, mend)


def fallback(wire: Wire, address: str = "") -> Result:
    """Whether Twilio finds a document at the fallback, which it asks with GET when the line has failed."""
    url = address or f"{wire.public_url}{RESCUE}"
    mend = "`ivr rescue` writes the file; serve it there, to GET, as text/xml, without a redirect."
    try:
        answer = wire.send("GET", url)
        if answer.status != HTTPStatus.OK:
            return wrong("fallback", f"{url} answers {answer.status}.", mend)
        verbs = read(answer.text)
    except NoAnswerError as error:
        return wrong("fallback", f"Nobody answers at {url}: {error}.", mend)
    except TwimlFault as fault:
        return wrong("fallback", f"What {url} answers is no sound document: {fault}.", mend)
    if not any(isinstance(verb, Dial) for verb in verbs):
        return warning("fallback", f"{url} puts nobody through.", "Let it dial the main number; `ivr rescue` does.")
    if urlsplit(url).hostname == urlsplit(wire.public_url).hostname:
        what = f"{url} answers, from the same host: it does not help when that host is gone."
        return warning(
            "fallback",
            what,
            "Put the file that `ivr rescue` writes on another host, and name it: ivr connect --fallback URL",
        )
    return ok("fallback", f"{url} answers, and puts callers through.")
