"""A page for whoever sits at this machine, and for nobody else.

For: refusing requests that only pretend to come from this machine's own page: a strange name that was made to point
here (DNS rebinding), another site's script or form (cross-origin); the headers that keep a page to itself; serving it.
Not here: what the page does (`trying`), who may post to the line itself (`guard`).
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

from flask import Flask, Request, Response, abort, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

LOOPBACK = "127.0.0.1"

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""The page runs what it was served with, asks only where it came from, and stands in nobody else's frame."""


def keep_to_this_machine(app: Flask) -> None:
    """Guard every route of an app, also those that are added later."""

    @app.before_request
    def refuse_strangers() -> None:
        if not is_loopback(request.host):
            abort(403, "This page answers only under an address of this machine.")
        if request.method not in {"GET", "HEAD"} and not is_own_page(request):
            abort(403, "Only the page itself may ask for this.")

    @app.after_request
    def keep_to_itself(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)  # a page that needs less, or other, says so itself
        return response


def is_loopback(host: str) -> bool:
    """Whether a Host header, with or without a port, names this machine itself."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    try:
        return ipaddress.ip_address(name.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return name.lower() == "localhost"


def is_own_page(request: Request) -> bool:
    """Whether a browser says that the page itself sent this, and not another site; every browser says so on a POST."""
    own = request.headers.get("Origin") == f"http://{request.host}"
    return own and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


class _Silent(WSGIRequestHandler):
    """The page asks every second whether a file was saved: nothing to fill a terminal with."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug calls it so
        """Say nothing."""


def local_server(app: Flask, port: int = 0) -> BaseWSGIServer:
    """A server on this machine only; port 0 is any that is free.  Raises OSError when the port is taken."""
    with socket.create_server((LOOPBACK, port)) as listening:
        return make_server(
            LOOPBACK,
            listening.getsockname()[1],
            app,
            threaded=True,
            request_handler=_Silent,
            fd=listening.fileno(),
        )
