"""`GET /metrics`, for whoever has the token.

For: the one page of this server that is for a machine of the operator's own.
Not here: what stands on it (`metrics`).
"""

from __future__ import annotations

from collections.abc import Callable
from hmac import compare_digest

from flask import Blueprint, Response, request

FORMAT = "text/plain; version=0.0.4; charset=utf-8"


def blueprint(token: str, page: Callable[[], bytes]) -> Blueprint:
    """The route; without its token it is as good as not there."""
    routes = Blueprint("metrics", __name__)
    expected = f"Bearer {token}".encode()

    @routes.get("/metrics")
    def metrics() -> Response:
        if not compare_digest(request.headers.get("Authorization", "").encode(), expected):
            return Response(
                "The token is missing or wrong.\n", 401, {"WWW-Authenticate": "Bearer"}, mimetype="text/plain"
            )
        return Response(page(), content_type=FORMAT)

    return routes
