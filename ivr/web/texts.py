"""The route that Twilio calls for each text message: `/text`.

For: guard, read, answer, write; the cookie that carries the conversation; and the landing when any of them fails.
Not here: what is answered (`ivr.channels.texting`), how a cookie is sealed (`cookie`), which script (`library`).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, Request, Response, request
from werkzeug.exceptions import HTTPException

from ivr.channels import text
from ivr.channels.talk import LONGEST, Talk
from ivr.channels.texting import answer
from ivr.dialog.inputs import Arrived
from ivr.dialog.state import State
from ivr.script.model import Script
from ivr.web import cookie
from ivr.web.beside import Beside
from ivr.web.errors import plainly
from ivr.web.guard import keep_strangers_out
from ivr.web.landing import NO_SCRIPT_TEXT
from ivr.web.library import Library
from ivr.web.moment import arrived
from ivr.web.secret import key

log = logging.getLogger("ivr.texts")

Clock = Callable[[], float]


def blueprint(
    library: Library,
    is_signed: Callable[[Request], bool],
    secret: str = "",
    clock: Clock = time.time,
    beside: Beside = Beside(),  # noqa: B008 - it remembers nothing
) -> Blueprint:
    """The route.  Without a secret nothing is kept from one text to the next, and each stands alone."""
    routes = Blueprint("texts", __name__)
    sealed_with = key(secret, cookie.PURPOSE) if secret else None
    keep_strangers_out(routes, is_signed, beside.refused)

    @routes.post("/text")
    def reply() -> Response:
        talk = _talk(sealed_with)
        edition = library.edition(talk.state.version) if talk else library.live
        if edition is None:
            return _plain(NO_SCRIPT_TEXT)
        seconds = clock()
        today = arrived(edition.script, library.notices, datetime.fromtimestamp(seconds, UTC))
        return _answered(edition.script, talk, sealed_with, int(seconds), today, beside)

    routes.register_error_handler(HTTPException, plainly)

    @routes.errorhandler(Exception)
    def land(error: Exception) -> Response:
        """Nobody is sent an error: they are sent a sentence, 911, and the number of a person (promise 12)."""
        log.error("a text could not be answered", exc_info=error)
        return _plain(library.live.landing.text(_language(sealed_with)) if library.live else NO_SCRIPT_TEXT)

    return routes


def _answered(  # noqa: PLR0913 - a text, and all that comes with it
    script: Script, talk: Talk | None, sealed_with: bytes | None, now: int, today: Arrived, beside: Beside
) -> Response:
    done = answer(script, talk, text.read(request.form), now, keeps=sealed_with is not None, today=today)
    if log.isEnabledFor(logging.INFO):
        log.info("text: %s", "; ".join(map(str, done.events)))
    beside.text(request.form, done.talk.state if done.talk else _nowhere(script), done.events)
    sent = Response(text.write(done.words), content_type="text/xml; charset=utf-8")
    if sealed_with and done.talk:
        value = cookie.seal(done.talk, sealed_with, cookie.parties(request.form))
        sent.set_cookie(cookie.NAME, value, max_age=LONGEST, secure=True, httponly=True)
    return sent


def _nowhere(script: Script) -> State:
    """Where somebody is of whom nothing is known."""
    return State(script.version, script.first_language, script.start)


def _talk(sealed_with: bytes | None) -> Talk | None:
    sent = request.cookies.get(cookie.NAME, "")
    return cookie.unseal(sent, sealed_with, cookie.parties(request.form)) if sent and sealed_with else None


def _language(sealed_with: bytes | None) -> str:
    """The language of the conversation, as far as that can be told when something has failed."""
    try:
        talk = _talk(sealed_with)
    except Exception:  # noqa: BLE001 - what fails here may be what has failed before
        return ""
    return talk.state.language if talk else ""


def _plain(words: str) -> Response:
    """Twilio sends what is plain text as it is (twilio.com/docs/messaging/twiml)."""
    return Response(words, content_type="text/plain; charset=utf-8")
