"""The server that answers Twilio: granian, set for short requests from one friendly client.

For: how requests are served, and how the server stops without cutting one off.
Not here: what is served (`ivr.web.app`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from ivr.web.app import LIBRARY, create_app
from ivr.web.counters import shared
from ivr.web.settings import Settings

log = logging.getLogger("ivr.server")

GRACE_SECONDS = 20
"""A stop lets every answer in hand be finished: Twilio waits 15 seconds at most
(twilio.com/docs/usage/webhooks/webhooks-connection-overrides)."""

MOST_HEADER_BYTES = 32 * 1024
"""Of the request line and all headers together: Twilio's have about two thousand."""

HEADER_SECONDS = 10
"""Whoever sends headers more slowly than this is not Twilio."""


class _Steadfast(Granian):  # type: ignore[misc, valid-type]
    """Granian as a line needs it where workers die: nobody is turned away, and it never gives up.

    Both are seams of Granian itself without a public name; tests/web/test_server.py holds that they do what they say.
    """

    _ssp: Any
    _shd: Any
    keep_up: Callable[[], None]

    def _init_shared_socket(self) -> None:
        """One queue for all workers, kept by the parent as Granian keeps it elsewhere than on Linux: who is waiting to
        be served by a worker that dies is served by the next, instead of being refused or reset.
        """
        super()._init_shared_socket()
        if self._ssp:
            self._shd, self._ssp = self._ssp.build(), None

    def _respawn_workers(self, *args: Any, **kwargs: Any) -> None:
        """Granian ends when a worker dies twice within seconds; a request that kills one is asked again by Twilio, and
        must not take the whole line down.  After that this process learns what is live now, for the next one.
        """
        super()._respawn_workers(*args, **kwargs)
        self.respawned_wrks.clear()
        try:
            self.keep_up()
        except Exception:
            log.exception("the first process could not read what is live")


def rehearse(settings: Settings) -> None:
    """Read and learn, in this process, what the workers that are made from it will speak: each of them inherits it.

    Raises SettingsError or ScriptError, each with every mistake; leaves nothing open that a worker would inherit.
    """
    alone = replace(settings, look_every=0, journal=False, metrics_token="")
    create_app(alone, prepared=True).extensions[LIBRARY].close()


def run(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve until told to stop; each worker makes its own app, and one that dies is replaced.

    A worker answers on one thread: a turn waits for nothing, so more threads only take turns with each other.
    Raises SettingsError where the workers have no place to count.
    """
    server = _Steadfast(
        "ivr.web:create_app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=HEADER_SECONDS * 1000, max_buffer_size=MOST_HEADER_BYTES, keep_alive=True
        ),
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=GRACE_SECONDS,
    )
    server.keep_up = partial(rehearse, settings)
    with shared(settings.cache) if settings.metrics_token else nullcontext():
        server.serve(target_loader=partial(_load, settings), wrap_loader=False)


def _load(settings: Settings) -> Flask:
    return create_app(settings, prepared=True)
