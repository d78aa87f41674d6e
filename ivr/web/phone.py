"""The routes that Twilio calls: `/voice` for each turn of a call, `/status` for how a call ended.

For: guard, read, turn, write; and the landing when any of them fails (promise 12).
Not here: what the line says (`ivr.dialog`), how TwiML is spelt (`ivr.channels`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Request, Response, request

from ivr.channels import voice
from ivr.dialog import prompts
from ivr.dialog.inputs import Arrived
from ivr.dialog.state import State, parse
from ivr.dialog.turn import turn
from ivr.script.model import Script

log = logging.getLogger("ivr.phone")

FIRST_STATUS = "ringing"
"""CallStatus of the first request of an incoming call (twilio.md section 4)."""


@dataclass(frozen=True, slots=True)
class Landing:
    """What is heard when the program fails, by language, made before anything can fail."""

    dialling: dict[str, str]
    alone: dict[str, str]
    first_language: str

    @classmethod
    def of(cls, script: Script) -> Landing:
        """The landings of a script: one that dials, one for a call that came from the very number it would dial."""
        return cls(
            dialling={tag: _landing(script, tag, dials=True) for tag in script.languages},
            alone={tag: _landing(script, tag, dials=False) for tag in script.languages},
            first_language=script.first_language,
        )

    def document(self, language: str, *, may_dial: bool) -> str:
        documents = self.dialling if may_dial else self.alone
        return documents.get(language) or documents[self.first_language]


def _landing(script: Script, tag: str, *, dials: bool) -> str:
    sorry, number = prompts.trouble(script, tag, dials=dials), prompts.our_number(script, tag)
    return voice.trouble(script, tag, sorry, number, dials=dials)


def blueprint(script: Script, is_signed: Callable[[Request], bool]) -> Blueprint:
    """The routes for one script."""
    routes = Blueprint("phone", __name__)
    landing = Landing.of(script)

    @routes.before_request
    def refuse_strangers() -> Response | None:
        if is_signed(request):
            return None
        log.warning("refused: no valid signature on %s", request.path)
        return Response("The signature is missing or wrong.\n", 403, mimetype="text/plain")

    @routes.post("/voice")
    def answer() -> Response:
        state: State | None = None
        try:
            state = parse(request.query_string.decode("ascii", "replace"))
            return _twiml(_turn(script, state))
        except Exception:  # a caller never hears an error: they hear a sentence and a way on
            log.exception("a turn failed at %s", state.node if state else "the beginning")
            own = voice.own_numbers(request.form)
            language = state.language if state else ""
            return _twiml(landing.document(language, may_dial=script.person_number.e164 not in own))

    @routes.post("/status")
    def ended() -> Response:
        return Response(status=204)

    return routes


def _turn(script: Script, state: State | None) -> str:
    form = request.form
    begins = state is None and (not request.query_string or form.get("CallStatus") == FIRST_STATUS)
    given = Arrived() if begins else voice.read(form)
    done = turn(script, state, given, voice.own_numbers(form))
    if log.isEnabledFor(logging.INFO):
        log.info("turn %d: %s", done.state.turn, "; ".join(map(str, done.events)))
    return voice.write(script, done)


def _twiml(document: str) -> Response:
    return Response(document, content_type="text/xml; charset=utf-8")
