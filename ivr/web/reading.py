"""The routes of the readable page: the whole line on paper at `/` and, in other languages, at `/es` and the like.

For: `reading(app, library)`, which serves pages of the live version, with what browsers and caches need to know about them.
A page is made once a version and language; asked again, it is answered with 304 until another version goes live.
Not here: the page (`ivr.channels.page`), which version is live (`library`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache

from flask import Flask, Response, abort, request
from werkzeug.routing import BaseConverter

from ivr.channels.page import Contact, addresses, digest, page, style
from ivr.script.model import Script
from ivr.web.library import Library

NO_SCRIPT = "This line has no script right now.\n"


class Tag(BaseConverter):
    """The address of a language: two letters, or a whole tag in small letters (`ivr.channels.page.addresses`)."""

    regex = "[a-z]{2}|[a-z]{2,3}-[a-z0-9]{2,3}"


def reading(app: Flask, library: Library, contact: Contact) -> None:
    """Hang up the routes; `contact` is how the line itself is reached."""
    app.url_map.converters["tag"] = Tag

    @lru_cache(maxsize=8)
    def made(script: Script, tag: str) -> str:
        return page(script, tag, links(script), contact=contact)

    @app.get("/", defaults={"address": ""})
    @app.get("/<tag:address>")
    def read(address: str) -> Response:
        return answer(library, address, made, [style("page.css")])


def links(script: Script) -> dict[str, str]:
    """Where each page is, seen from any of them: behind whatever path the proxy in front has."""
    return {tag: address or "./" for tag, address in addresses(script).items()}


def answer(library: Library, address: str, made: Callable[[Script, str], str], inline: list[str]) -> Response:
    """The document that the live version has at an address; `inline` is what may stand in it."""
    if library.live is None:
        return Response(NO_SCRIPT, 503, mimetype="text/plain")
    script = library.live.script
    tag = next((tag for tag, known in addresses(script).items() if known == address), "")
    return document(made(script, tag), tag, inline) if tag else abort(404)


def document(content: str, language: str, inline: list[str]) -> Response:
    """A page that asks nobody for anything, kept by caches for as long as it stays the same."""
    allowed = " ".join(map(digest, inline))
    found = Response(content, content_type="text/html; charset=utf-8")
    found.headers["Content-Language"] = language
    found.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {allowed}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
    found.headers["X-Content-Type-Options"] = "nosniff"
    found.headers["Referrer-Policy"] = "no-referrer"
    found.headers["Cache-Control"] = "no-cache"  # keep it, and ask whether it is still what callers hear
    found.set_etag(hashlib.sha256(content.encode()).hexdigest()[:20])
    found.make_conditional(request)
    return found
