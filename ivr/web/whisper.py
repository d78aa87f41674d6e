"""The route that Twilio calls when a transfer is answered: `/whisper`.

For: what whoever answers hears before they are joined with the caller, and the key with which they take the call; its
landing is an empty document, which joins the two at once (promise 12).
Not here: what is whispered (`ivr.dialog.whisper`), how it is spelt (`ivr.channels.aside`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from flask import Blueprint, Request, Response, request
from werkzeug.exceptions import HTTPException

from ivr.channels import aside
from ivr.dialog.state import State, parse
from ivr.web.beside import Beside
from ivr.web.errors import plainly
from ivr.web.guard import keep_strangers_out
from ivr.web.library import Library

log = logging.getLogger("ivr.whisper")


def blueprint(library: Library, is_signed: Callable[[Request], bool], beside: Beside) -> Blueprint:
    """The route, in the version on which the call began."""
    routes = Blueprint("whisper", __name__)
    keep_strangers_out(routes, is_signed, beside.refused)

    @routes.post("/whisper")
    def whisper() -> Response:
        return _twiml(_document(library, beside))

    routes.register_error_handler(HTTPException, plainly)

    @routes.errorhandler(Exception)
    def land(error: Exception) -> Response:
        state = _state()
        log.error("a whisper failed at %s", state.node if state else "no place", exc_info=error)
        return _twiml(aside.NOTHING)

    return routes


def _state() -> State | None:
    return parse(request.query_string.decode("ascii", "replace"))


def _document(library: Library, beside: Beside) -> str:
    state = _state()
    edition = library.edition(state.version) if state else None
    if edition is None or state is None or state.node not in edition.script.nodes:
        return aside.NOTHING
    if request.form.get("Digits"):
        beside.taken(request.form, state)
        return aside.NOTHING
    return aside.write(edition.script, state)


def _twiml(document: str) -> Response:
    return Response(document, content_type="text/xml; charset=utf-8")
