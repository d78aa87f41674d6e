"""The way from outside to a line: requests as Twilio makes them, and what comes back, unfollowed and unjudged.

For: `Wire`, which signs and sends; whose certificates are trusted; why nobody answered, in words for people.
Not here: what an answer means (`calling`, `server`).
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import SSLError
from twilio.request_validator import RequestValidator

from ivr.web.guard import SIGNATURE

SECONDS = 15
"""Twilio waits no longer (twilio.com/docs/usage/webhooks/webhooks-connection-overrides)."""


class NoAnswerError(Exception):
    """Raised when nobody answers; its text is the reason, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, after `seconds`; a redirect is not followed."""

    url: str
    status: int
    headers: Mapping[str, str]
    text: str
    seconds: float

    @property
    def kind(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


class Wire:
    """Sends to the line at `public_url`.  ca: a file with a further authority to trust, for a trial."""

    def __init__(self, public_url: str, tokens: tuple[str, ...], ca: str | None = None) -> None:
        self.public_url, self.tokens = public_url, tokens
        self._session = requests.Session()
        if ca:
            adapter = HTTPAdapter()
            adapter.init_poolmanager(1, 1, ssl_context=trusting(ca))
            self._session.mount("https://", adapter)

    def post(self, url: str, form: Mapping[str, str], *, signed_as: str = "", token: str = "") -> Answer:
        """Post a form, signed for the address it goes to unless `signed_as` names another."""
        validator = RequestValidator(token or self.tokens[0])
        return self.send("POST", url, form, {SIGNATURE: validator.compute_signature(signed_as or url, form)})

    def send(
        self, method: str, url: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request just as it is given."""
        began = time.monotonic()
        try:
            answer = self._session.request(
                method, url, data=form, headers=headers, timeout=SECONDS, allow_redirects=False
            )
        except requests.RequestException as error:
            raise NoAnswerError(_why(error)) from None
        return Answer(url, answer.status_code, answer.headers, answer.text, time.monotonic() - began)

    def close(self) -> None:
        self._session.close()


def trusting(ca: str | None) -> ssl.SSLContext:
    """What judges certificates: by the public authorities, and by that in the file `ca`, too."""
    context = ssl.create_default_context()
    if ca:
        context.load_verify_locations(ca)
    return context


def _why(error: requests.RequestException) -> str:
    told = str(error)
    if isinstance(error, SSLError):
        return "no secure connection can be made"
    if isinstance(error, requests.Timeout):
        return f"no answer came within {SECONDS} seconds"
    if "NameResolution" in told or "getaddrinfo" in told:
        return "the name of the host is not known"
    if "refused" in told:
        return "the connection is refused: nothing listens there"
    return f"the connection breaks off ({type(error).__name__})"
