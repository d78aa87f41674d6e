"""The routes that Twilio calls: `/voice` for each turn of a call, `/status` for how a call ended.

For: guard, read, turn, write; and the landing when any of them fails (promise 12).
Not here: what the line says (`ivr.dialog`), which script (`library`), the landing itself (`landing`), how TwiML is spelt (`ivr.channels`).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import Blueprint, Request, Response, request
from werkzeug.exceptions import HTTPException

from ivr.channels import voice, written
from ivr.dialog.events import TextAsked
from ivr.dialog.inputs import Input, Said
from ivr.dialog.reply import Turn
from ivr.dialog.state import State, parse
from ivr.dialog.turn import turn
from ivr.script.model import Script
from ivr.web.beside import Beside
from ivr.web.errors import plainly
from ivr.web.guard import keep_strangers_out
from ivr.web.landing import Edition
from ivr.web.library import Library
from ivr.web.moment import Clock, arrived, now
from ivr.web.sending import Reachable, Sender, Wanted

log = logging.getLogger("ivr.phone")

FIRST_STATUS = "ringing"
"""CallStatus of the first request of an incoming call (twilio.com/docs/voice/twiml)."""


def blueprint(
    library: Library,
    is_signed: Callable[[Request], bool],
    beside: Beside,
    clock: Clock = now,
    sender: Sender | None = None,
) -> Blueprint:
    """The routes, for whatever script is live and for those on which calls under way began.

    sender: who sends callers a text; where there is none, it is not offered.
    """
    routes = Blueprint("phone", __name__)
    keep_strangers_out(routes, is_signed, beside.refused)

    @routes.post("/voice")
    def answer() -> Response:
        state = _state()
        edition = library.edition(state.version) if state else library.live
        form = request.form
        if edition is None:
            return _twiml(_rescued(library, form))
        reached = _reachable(sender, form)
        if _begins(state):
            given: Input = replace(arrived(edition.script, library.notices, clock()), texting=reached is not None)
        else:
            given = voice.read(form)
        return _twiml(_turn(edition.script, state, given, beside, reached))

    @routes.post("/status")
    def ended() -> Response:
        beside.over(request.form)
        return Response(status=204)

    routes.register_error_handler(HTTPException, plainly)

    @routes.errorhandler(Exception)
    def land(error: Exception) -> Response:
        """A caller never hears an error: they hear a sentence and a way on (promise 12)."""
        state = _state()
        if request.endpoint != "phone.answer":
            log.error("a status callback failed", exc_info=error)
            return Response(status=204)
        log.error("a turn failed at %s", state.node if state else "the beginning", exc_info=error)
        beside.landed()
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


def _reachable(sender: Sender | None, form: Mapping[str, str]) -> Reachable | None:
    """The caller, where a text may be sent to the number that calls."""
    number = voice.caller(form) if sender else ""
    return Reachable(number, sender) if sender and sender.may_send(number) else None


def _turn(script: Script, state: State | None, given: Input, beside: Beside, reached: Reachable | None) -> str:
    begun, form = time.perf_counter(), request.form
    done = turn(script, state, given, voice.own_numbers(form), caller=reached.number if reached else "")
    if reached:
        _send_texts(reached, script, done)
    if log.isEnabledFor(logging.INFO):
        log.info("turn %d: %s", done.state.turn, "; ".join(map(str, done.events)))
    document = voice.write(script, done)
    beside.turn(form, done, time.perf_counter() - begun)
    if isinstance(given, Said):
        beside.heard(script, done, given.words)
    return document


def _send_texts(reached: Reachable, script: Script, done: Turn) -> None:
    """Hand over what the caller has asked for; only ever to the number that calls, so that no stranger is texted."""
    for event in done.events:
        if isinstance(event, TextAsked):
            words = written.whole(script, event.language, event.node)
            wanted = Wanted(request.form.get("CallSid", ""), done.state.turn, reached.number, words)
            reached.sender.hand_over(wanted)


def _twiml(document: str) -> Response:
    return Response(document, content_type="text/xml; charset=utf-8")
