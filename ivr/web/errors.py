"""Errors as plain text.

For: what a request that cannot be answered gets instead of a web page, which a voice would read aloud.
Not here: the landing of a call (`phone`), which is no error to whoever hears it.
"""

from __future__ import annotations

from flask import Response
from werkzeug.exceptions import HTTPException


def plainly(error: HTTPException) -> Response:
    """One line."""
    return Response(f"{error.name}.\n", error.code or 500, mimetype="text/plain")
