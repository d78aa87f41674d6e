"""The addresses that a server is most often set to by mistake.

For: guessing what a server takes itself for, from what it is called; each guess is tried with a real signature.
Not here: trying them (`calling`).
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

PORTS = (443, 80, 8000, 8443)


def variants(public_url: str) -> list[str]:
    """Other addresses for the same line, the likeliest first."""
    return [url for url in dict.fromkeys(_variants(public_url)) if url != public_url]


def _variants(public_url: str) -> Iterator[str]:
    yield from ("http://localhost:8000", "http://127.0.0.1:8000", "http://127.0.0.1", "https://line.example.org")
    parts = urlsplit(public_url)
    host, path = parts.hostname or "", parts.path
    www = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    here = f"{host}:{parts.port}" if parts.port else host
    other = "http" if parts.scheme == "https" else "https"
    for scheme in (other, parts.scheme):
        for name in (here, host, www):
            for below in (path, "", f"{path}/"):
                yield f"{scheme}://{name}{below}"
        for port in PORTS:
            yield f"{scheme}://{host}:{port}{path}"
