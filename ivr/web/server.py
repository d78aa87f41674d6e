"""The server that answers Twilio: gunicorn with threads, set for short requests from one friendly client.

For: how requests are served, and how the server stops without cutting one off.
Not here: what is served (`ivr.web.app`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

THREADS = 4
GRACE_SECONDS = 20
"""A stop lets every answer in hand be finished: Twilio waits 15 seconds at most."""

LONGEST_ADDRESS = 4094
MOST_HEADERS = 60
LONGEST_HEADER = 4094


class _Server(BaseApplication):  # type: ignore[misc] - gunicorn has no types
    def __init__(self, make_app: Callable[[], Flask], options: dict[str, Any]) -> None:
        self._make_app = make_app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._make_app()


def run(make_app: Callable[[], Flask], host: str, port: int, workers: int) -> None:
    """Serve until told to stop; each worker makes its own app."""
    options = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "graceful_timeout": GRACE_SECONDS,
        "keepalive": 75,
        "limit_request_line": LONGEST_ADDRESS,
        "limit_request_fields": MOST_HEADERS,
        "limit_request_field_size": LONGEST_HEADER,
        "control_socket_disable": True,
        "proc_name": "ivr",
    }
    _Server(make_app, options).run()
