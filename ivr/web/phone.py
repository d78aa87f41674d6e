"""The routes that Twilio calls: `/voice` for each turn of a call, `/status` for how a call ended, `/rescue` for when
nothing else answers.

For: guard, read, turn, write; and the landing when any of them fails (promise 12).
Not here: what the line says (`ivr.dialog`), which script (`library`), the landing itself (`landing`), how TwiML is spelt (`ivr.channels`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from flask import Blueprint, Request, Response, request
from werkzeug.exceptions import HTTPException

from ivr.channels import voice
from ivr.dialog.inputs import Input
from ivr.dialog.state import State, parse
from ivr.dialog.turn import turn
from ivr.script.model import Script
from ivr.web.errors import plainly
from ivr.web.landing import Edition
from ivr.web.library import Library
from ivr.web.moment import Clock, arrived, now

log = logging.getLogger("ivr.phone")

READING = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that tell nothing about anybody and change nothing."""

FIRST_STATUS = "ringing"
"""CallStatus of the first request of an incoming call (twilio.md section 4)."""


def blueprint(library: Library, is_signed: Callable[[Request], bool], clock: Clock = now) -> Blueprint:
    """The routes, for whatever script is live and for those on which calls under way began."""
    routes = Blueprint("phone", __name__)

    @routes.before_request
    def refuse_strangers() -> Response | None:
        if request.method in READING or is_signed(request):
            return None
        log.warning("refused: no valid signature on %s", request.path)
        return Response("The signature is missing or wrong.\n", 403, mimetype="text/plain")

    @routes.post("/voice")
    def answer() -> Response:
        state = _state()
        edition = library.edition(state.version) if state else library.live
        if edition is None:
            return _twiml(_rescued(library, request.form))
        given = arrived(edition.script, library.notices, clock()) if _begins(state) else voice.read(request.form)
        return _twiml(_turn(edition.script, state, given))

    @routes.post("/status")
    def ended() -> Response:
        return Response(status=204)

    @routes.get("/rescue")
    def rescue() -> Response:
        """For Twilio's fallback URL, and for whoever keeps a copy elsewhere: nothing but what is live decides on it."""
        answer = _twiml(_rescued(library, request.args))
        answer.headers["Cache-Control"] = "no-cache"
        answer.add_etag()
        answer.make_conditional(request)
        return answer

    routes.register_error_handler(HTTPException, plainly)

    @routes.errorhandler(Exception)
    def land(error: Exception) -> Response:
        """A caller never hears an error: they hear a sentence and a way on (promise 12)."""
        if request.endpoint != "phone.answer":
            log.error("a status callback failed", exc_info=error)
            return Response(status=204)
        state = _state()
        log.error("a turn failed at %s", state.node if state else "the beginning", exc_info=error)
        return _twiml(_landed(library.live, state) if library.live else _rescued(library, request.form))

    return routes


def _state() -> State | None:
    return parse(request.query_string.decode("ascii", "replace"))


def _rescued(library: Library, asked: Mapping[str, str]) -> str:
    return library.rescue().document(voice.own_numbers(asked))


def _landed(edition: Edition, state: State | None) -> str:
    may_dial = edition.script.person_number.e164 not in voice.own_numbers(request.form)
    return edition.landing.document(state.language if state else "", may_dial=may_dial)


def _begins(state: State | None) -> bool:
    return state is None and (not request.query_string or request.form.get("CallStatus") == FIRST_STATUS)


def _turn(script: Script, state: State | None, given: Input) -> str:
    done = turn(script, state, given, voice.own_numbers(request.form))
    if log.isEnabledFor(logging.INFO):
        log.info("turn %d: %s", done.state.turn, "; ".join(map(str, done.events)))
    return voice.write(script, done)


def _twiml(document: str) -> Response:
    return Response(document, content_type="text/xml; charset=utf-8")
