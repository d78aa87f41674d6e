"""The web app: where the parts meet.

For: `create_app`, which reads the script, hangs up the routes and sees that no error becomes a web page.
Not here: routes (`phone`), settings from the environment (`settings`), the server (`serve`).
"""

from __future__ import annotations

import logging
import os

from flask import Flask, Response, jsonify
from werkzeug.exceptions import HTTPException

from ivr import __version__
from ivr.dialog.understand import prepare
from ivr.script.reader import read
from ivr.web import guard, phone
from ivr.web.errors import plainly
from ivr.web.settings import Settings, from_environment

MOST_BYTES = 64 * 1024
"""Of a request's body: Twilio's forms have about two thousand."""

log = logging.getLogger("ivr.web")


def create_app(settings: Settings | None = None, *, prepared: bool = False) -> Flask:
    """The application; settings come from the environment unless they are given.

    `prepared`: learn what callers say now, rather than with the first words that are heard.
    Raises SettingsError or ScriptError, each with every mistake, before a caller could meet any of them.
    """
    settings = settings or from_environment(os.environ)
    script = read(settings.script)
    if prepared:
        prepare(script)
    app = Flask("ivr", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_MEMORY_SIZE=MOST_BYTES, MAX_FORM_PARTS=0)
    signed = guard.signature_check(settings.tokens, settings.public_url) if settings.check_signatures else _anyone
    app.register_blueprint(phone.blueprint(script, signed))
    app.register_error_handler(HTTPException, plainly)
    app.register_error_handler(Exception, _failed)

    @app.get("/health")
    def health() -> Response:
        return jsonify(status="ok", program=__version__, script=script.name, version=script.version)

    return app


def _anyone(_: object) -> bool:
    return True


def _failed(error: Exception) -> Response:
    log.error("a request failed", exc_info=error)
    return Response("Internal error.\n", 500, mimetype="text/plain")
