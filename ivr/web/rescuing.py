"""The route of the rescue: `GET /rescue`, what is heard when nothing else answers.

For: Twilio's fallback URL, and whoever keeps a copy elsewhere; nothing but what is live decides on it.
Not here: the words (`ivr.dialog.rescue`), what is kept of them (`landing`, `shelf`).
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from ivr.channels import voice
from ivr.web.library import Library


def blueprint(library: Library) -> Blueprint:
    """The route; anybody may read it, as it tells nothing that a caller would not hear."""
    routes = Blueprint("rescue", __name__)

    @routes.get("/rescue")
    def rescue() -> Response:
        document = library.rescue().document(voice.own_numbers(request.args))
        answer = Response(document, content_type="text/xml; charset=utf-8")
        answer.headers["Cache-Control"] = "no-cache"
        answer.add_etag()
        answer.make_conditional(request)
        return answer

    return routes
