"""The server that answers Twilio: granian, set for short requests from one friendly client.

For: how requests are served, and how the server stops without cutting one off.
Not here: what is served (`ivr.web.app`).
"""

from __future__ import annotations

import os
import tempfile
from functools import partial

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from ivr.web.app import create_app
from ivr.web.settings import Settings

GRACE_SECONDS = 20
"""A stop lets every answer in hand be finished: Twilio waits 15 seconds at most (twilio.md section 0)."""

COUNTERS = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder of the counters that all workers share (`ivr.web.metrics`)."""

MOST_HEADER_BYTES = 32 * 1024
"""Of the request line and all headers together: Twilio's have about two thousand."""

HEADER_SECONDS = 10
"""Whoever sends headers more slowly than this is not Twilio."""


def run(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve until told to stop; each worker makes its own app, and one that dies is replaced.

    A worker answers on one thread: a turn waits for nothing, so more threads only take turns with each other.
    """
    server = Granian(
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
    with tempfile.TemporaryDirectory(prefix="ivr-metrics-") as folder:
        if settings.metrics_token:  # the workers inherit it, and count together there
            os.environ[COUNTERS] = folder
        server.serve(target_loader=partial(_load, settings), wrap_loader=False)


def _load(settings: Settings) -> Flask:
    return create_app(settings, prepared=True)
