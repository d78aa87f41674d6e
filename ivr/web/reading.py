"""The routes for whoever reads the line: all of it at `/`, its map at `/map`, other languages at `/es` and the like.

For: `reading(app, library)`, which serves pages of the live version, with what browsers and caches need to know about them.
A page is made once a version, language and notice; asked again, it is answered with 304 until one of them changes.
Not here: the pages (`ivr.channels.page`, `map`), which version is live (`library`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from flask import Flask, Response, abort, redirect, request
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as BaseResponse

from ivr.channels.map.document import CODE as MAP_CODE
from ivr.channels.map.document import STYLES as MAP_STYLES
from ivr.channels.map.document import document
from ivr.channels.page import STYLES as PAGE_STYLES
from ivr.channels.page import Contact, addresses, digest, embedded, page
from ivr.script.model import Script
from ivr.script.notices import heard
from ivr.script.today import Told
from ivr.web.library import Library
from ivr.web.moment import Clock, now

MOST_KEPT = 8
"""Pages: a few versions in two languages."""


class Tag(BaseConverter):
    """The address of a language: two letters, or a whole tag in small letters (`ivr.channels.page.addresses`)."""

    regex = "[a-z]{2}|[a-z]{2,3}-[a-z0-9]{2,3}"


def reading(app: Flask, library: Library, contact: Contact, clock: Clock = now) -> None:
    """Hang up the routes; `contact` is how the line itself is reached, `clock` decides which notice still lasts."""
    app.url_map.converters["tag"] = Tag

    @lru_cache(maxsize=MOST_KEPT)
    def page_of(script: Script, tag: str, notices: tuple[Told, ...]) -> str:
        known = addresses(script)
        others = {other: address or "./" for other, address in known.items() if other != tag}
        return page(script, tag, others, picture=_map(known[tag]), contact=contact, notices=notices)

    @lru_cache(maxsize=MOST_KEPT)
    def map_of(script: Script, tag: str) -> str:
        known = addresses(script)
        up = "../" if known[tag] else "./"
        others = {other: up + _map(address) for other, address in known.items() if other != tag}
        return document(script, tag, others, page=up + known[tag])

    @app.get("/", defaults={"address": ""})
    @app.get("/<tag:address>")
    def read(address: str) -> Response:
        script, tag = _asked(library, address)
        return shown(page_of(script, tag, heard(script, library.notices, clock())), tag, styles=PAGE_STYLES)

    @app.get("/map", defaults={"address": ""})
    @app.get("/<tag:address>/map")
    def look(address: str) -> Response:
        script, tag = _asked(library, address)
        return shown_map(map_of(script, tag), tag)

    @app.get("/map/", defaults={"address": ""})
    @app.get("/<tag:address>/")
    @app.get("/<tag:address>/map/")
    def without_the_slash(address: str) -> BaseResponse:
        """What is typed with a slash at its end; told from there, as the proxy in front may have any path before it."""
        _asked(library, address)
        return redirect(f"../{request.path.rstrip('/').rpartition('/')[2]}", 308)


def _map(address: str) -> str:
    """Where the map of a language is, seen from the pages; the proxy in front may have any path before it."""
    return f"{address}/map" if address else "map"


def _asked(library: Library, address: str) -> tuple[Script, str]:
    """The live script, and the language that has an address."""
    if library.live is None:
        abort(503)
    script = library.live.script
    tag = next((tag for tag, known in addresses(script).items() if known == address), "")
    return (script, tag) if tag else abort(404)


def shown_map(content: str, language: str) -> Response:
    """A map, with all that may stand in it."""
    return shown(content, language, styles=MAP_STYLES, codes=[MAP_CODE])


def shown(content: str, language: str, styles: Sequence[str], codes: Sequence[str] = ()) -> Response:
    """A page that asks nobody for anything, kept by browsers and caches for as long as it stays the same."""
    may = {"style-src": styles, "script-src": codes}
    inline = "".join(
        f"{kind} {' '.join(digest(embedded(name)) for name in names)}; " for kind, names in may.items() if names
    )
    found = Response(content, content_type="text/html; charset=utf-8")
    found.headers["Content-Language"] = language
    found.headers["Content-Security-Policy"] = (
        f"default-src 'none'; {inline}base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    found.headers["X-Content-Type-Options"] = "nosniff"
    found.headers["Referrer-Policy"] = "no-referrer"
    found.headers["Cache-Control"] = "no-cache"  # keep it, and ask whether it is still what callers hear
    found.set_etag(hashlib.sha256(content.encode()).hexdigest()[:20])
    found.make_conditional(request)
    return found
