"""The web app: where the parts meet.

For: `create_app`, which finds the script, hangs up the routes and sees that no error becomes a web page.
Not here: routes (`phone`, `reading`), settings from the environment (`settings`), the server (`serve`).
"""

from __future__ import annotations

import logging
import os
from functools import partial
from typing import TYPE_CHECKING

from flask import Flask, Response, jsonify
from werkzeug.exceptions import HTTPException

from ivr import __version__
from ivr.channels.page import Contact
from ivr.check.apart import Judgement
from ivr.script.model import Script
from ivr.script.reader import read
from ivr.store.where import Location, open_journal
from ivr.web import guard, messages, phone, rescuing, scraping, sending, texts, whisper
from ivr.web.beside import Beside
from ivr.web.errors import plainly
from ivr.web.followed import Followed
from ivr.web.judging import Errors, Judge, Warned
from ivr.web.library import Library, Source, Unchanging, keep_looking
from ivr.web.moment import Clock, now
from ivr.web.noticed import Noticed
from ivr.web.published import Own, Published
from ivr.web.reading import reading
from ivr.web.recorder import Recorder
from ivr.web.reservations import Reservations
from ivr.web.secret import key
from ivr.web.sending import Sender
from ivr.web.settings import Settings, from_environment
from ivr.web.shelf import Shelf
from ivr.web.spool import spools, waiting_bytes
from ivr.web.writer import Writer

if TYPE_CHECKING:
    from ivr.store.journal import Journal
    from ivr.web.metrics import Metrics

MOST_BYTES = 64 * 1024
"""Of a request's body: Twilio's forms have about two thousand."""

LIBRARY, WRITER = "ivr.library", "ivr.writer"
"""Where the app keeps its library and the writer of its journal, for whoever has the app."""

log = logging.getLogger("ivr.web")


def create_app(
    settings: Settings | None = None,
    *,
    prepared: bool = False,
    judge: Judge = Judgement,
    clock: Clock = now,
) -> Flask:
    """The application; settings come from the environment unless they are given.

    `prepared`: learn what callers say now, rather than with the first words that are heard.  `judge`: begins to find
    out what is wrong with a script.  `clock`: the time of day.
    Raises SettingsError or ScriptError, each with every mistake, before a caller could meet any of them.
    """
    settings = settings or from_environment(os.environ)
    library = _library(settings, judge, prepared=prepared)
    app = Flask("ivr", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_MEMORY_SIZE=MOST_BYTES, MAX_FORM_PARTS=0)
    signed = guard.signature_check(settings.tokens, settings.public_url) if settings.check_signatures else _anyone
    metrics = _metrics(settings, library)
    writer = _writer(settings, metrics)
    beside = Beside(
        Recorder(writer.put, settings.secret, hears=settings.not_understood_days > 0) if writer else None, metrics
    )
    app.register_blueprint(phone.blueprint(library, signed, beside, clock, _sender(settings, prepared=prepared)))
    app.register_blueprint(whisper.blueprint(library, signed, beside))
    app.register_blueprint(rescuing.blueprint(library))
    seconds = lambda: clock().timestamp()  # noqa: E731 - the same clock, as texts count
    app.register_blueprint(texts.blueprint(library, signed, settings.secret, seconds, beside))
    reading(app, library, Contact(line=settings.line_number, texts=settings.text_from), clock)
    if metrics:
        app.register_blueprint(scraping.blueprint(settings.metrics_token, metrics.page))
    app.register_error_handler(HTTPException, plainly)
    app.register_error_handler(Exception, _failed)

    app.extensions[LIBRARY], app.extensions[WRITER] = library, writer

    @app.get("/health")
    def health() -> tuple[Response, int]:
        """A server without a script says 503, so that Twilio is sent to one that has one, or to its fallback."""
        return jsonify(program=__version__, **library.health()), 200 if library.live else 503

    if settings.look_every and (settings.follow or settings.store):
        keep_looking(library, settings.look_every)
    return app


def _library(settings: Settings, judge: Judge, *, prepared: bool) -> Library:
    """The scripts of a folder that is followed, of the store, or of a folder that is read once."""
    source: Source
    if settings.follow:
        shelf = Shelf(settings.cache, str(settings.follow.absolute()))
        errors = Errors(shelf, judge)
        source = Followed(settings.follow, shelf, errors)
    elif settings.store:
        shelf = Shelf(settings.cache, settings.store.url)
        errors = Errors(shelf, judge)
        source = Published(
            settings.store, shelf, _own_folder(settings, settings.store, shelf), Noticed(settings.script)
        )
    else:
        return Library(Unchanging(read(settings.script)), prepared=prepared)
    watched = Warned(source, errors) if settings.look_every else source
    return Library(watched, shelf, prepared=prepared, longest_fetch=settings.longest_fetch)


def _own_folder(settings: Settings, store: Location, shelf: Shelf) -> Own:
    if store.named or store.may_hold_something() or shelf.live():
        return partial(_own, settings)
    script = read(settings.script)  # nobody has published on this machine: what is wrong is told before the start
    return lambda *, answered: script  # noqa: ARG005


def _own(settings: Settings, *, answered: bool) -> Script | None:
    """The operator's own folder; the sample only where the store has said that there is nothing else."""
    folder = settings.script if answered else settings.own_script
    return read(folder) if folder else None


def _sender(settings: Settings, *, prepared: bool) -> Sender | None:
    """Who sends callers texts; nobody where that is not set up.  The first text loads nothing if this is `prepared`."""
    if not settings.may_text or settings.store is None:
        return None
    reserve = Reservations(settings.store, settings.texts_a_day)
    if prepared:
        reserve.prepare()
        messages.prepare()
    account = messages.Account(settings.account, settings.tokens, settings.text_from)
    deliver = partial(messages.deliver, account)
    return Sender(settings.text_from, key(settings.secret, sending.PURPOSE), reserve, deliver)


def _metrics(settings: Settings, library: Library) -> Metrics | None:
    if not settings.metrics_token:
        return None
    from ivr.web.metrics import Metrics  # noqa: PLC0415 - loads a library that finds out whether it counts in files

    folder = spools(settings.cache, settings.store.url if settings.store else "")
    return Metrics(library.health, partial(waiting_bytes, folder))


def _writer(settings: Settings, metrics: Metrics | None) -> Writer | None:
    """Who writes the journal; it begins when there is a store, also one that is made while the server runs."""
    where = settings.store
    if not settings.journal or where is None:
        return None
    counted = {"counted": metrics.journal} if metrics else {}
    folder = spools(settings.cache, where.url)
    heard_days = settings.not_understood_days
    return Writer(partial(_journal, where), folder, settings.keep_days, heard_days=heard_days, **counted).start()


def _journal(where: Location) -> Journal | None:
    """None where the operator has named no store and nobody has published: a call makes none."""
    return open_journal(where) if where.named or where.may_hold_something() else None


def _anyone(_: object) -> bool:
    return True


def _failed(error: Exception) -> Response:
    log.error("a request failed", exc_info=error)
    return Response("Internal error.\n", 500, mimetype="text/plain")
