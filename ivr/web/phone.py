"""The routes that Twilio calls: `/voice` for each turn of a call, `/whisper` when a transfer is answered, `/status` for
how a call ended.

For: guard, read, turn, write; and the landing when any of them fails (promise 12).
Not here: what the line says (`ivr.dialog`), which script (`library`), the landing itself (`landing`), how TwiML is spelt (`ivr.channels`).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from flask import Blueprint, Request, Response, request
from werkzeug.exceptions import HTTPException

from ivr.channels import aside, voice
from ivr.dialog.inputs import Arrived
from ivr.dialog.state import State, parse
from ivr.dialog.turn import turn
from ivr.script.model import Script
from ivr.web.beside import Beside
from ivr.web.errors import plainly
from ivr.web.landing import NO_SCRIPT, Edition
from ivr.web.library import Library

log = logging.getLogger("ivr.phone")

FIRST_STATUS = "ringing"
"""CallStatus of the first request of an incoming call (twilio.md section 4)."""


def blueprint(library: Library, is_signed: Callable[[Request], bool], beside: Beside) -> Blueprint:
    """The routes, for whatever script is live and for those on which calls under way began."""
    routes = Blueprint("phone", __name__)

    @routes.before_request
    def refuse_strangers() -> Response | None:
        if is_signed(request):
            return None
        beside.refused()
        log.warning("refused: no valid signature on %s", request.path)
        return Response("The signature is missing or wrong.\n", 403, mimetype="text/plain")

    @routes.post("/voice")
    def answer() -> Response:
        state = _state()
        edition = library.edition(state.version) if state else library.live
        return _twiml(_turn(edition.script, state, beside) if edition else NO_SCRIPT)

    @routes.post("/whisper")
    def whisper() -> Response:
        return _twiml(_whisper(library, beside))

    @routes.post("/status")
    def ended() -> Response:
        beside.over(request.form)
        return Response(status=204)

    routes.register_error_handler(HTTPException, plainly)

    @routes.errorhandler(Exception)
    def land(error: Exception) -> Response:
        """A caller never hears an error: they hear a sentence and a way on (promise 12)."""
        state = _state()
        log.error(
            "a %s failed at %s",
            _WORK.get(request.endpoint or "", "status callback"),
            state.node if state else "the beginning",
            exc_info=error,
        )
        match request.endpoint:
            case "phone.answer":
                beside.landed()
                return _twiml(_landed(library.live, state) if library.live else NO_SCRIPT)
            case "phone.whisper":
                return _twiml(aside.NOTHING)
        return Response(status=204)

    return routes


_WORK = {"phone.answer": "turn", "phone.whisper": "whisper"}


def _state() -> State | None:
    return parse(request.query_string.decode("ascii", "replace"))


def _landed(edition: Edition, state: State | None) -> str:
    may_dial = edition.script.person_number.e164 not in voice.own_numbers(request.form)
    return edition.landing.document(state.language if state else "", may_dial=may_dial)


def _whisper(library: Library, beside: Beside) -> str:
    """Whoever answers a transfer hears what it is about; a key that they press takes the call."""
    state = _state()
    edition = library.edition(state.version) if state else None
    if edition is None or state is None or state.node not in edition.script.nodes:
        return aside.NOTHING
    if request.form.get("Digits"):
        beside.taken(request.form, state)
        return aside.NOTHING
    return aside.write(edition.script, state)


def _turn(script: Script, state: State | None, beside: Beside) -> str:
    begun, form = time.perf_counter(), request.form
    begins = state is None and (not request.query_string or form.get("CallStatus") == FIRST_STATUS)
    given = Arrived() if begins else voice.read(form)
    done = turn(script, state, given, voice.own_numbers(form))
    if log.isEnabledFor(logging.INFO):
        log.info("turn %d: %s", done.state.turn, "; ".join(map(str, done.events)))
    document = voice.write(script, done)
    beside.turn(form, done, time.perf_counter() - begun)
    return document


def _twiml(document: str) -> Response:
    return Response(document, content_type="text/xml; charset=utf-8")
