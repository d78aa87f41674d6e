"""Twilio's Messages API: one text to one number.

For: the one place that knows it.
Not here: whether a text may be sent (`sending`), what it says.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

log = logging.getLogger("ivr.messages")

SILENT = logging.Logger("silent", logging.CRITICAL)  # noqa: LOG001 - it is nobody's, so that no setting wakes it
"""Twilio's own client writes every number and word into its log, at the level at which we write that a text was sent."""

SECONDS = 10.0
"""For one request; nobody waits for it."""

WRONG_TOKEN = 401


class NotSentError(Exception):
    """Raised when Twilio refuses a text; tells Twilio's number for the reason, and nothing of the text."""


@dataclass(frozen=True, slots=True)
class Account:
    """From which account and number texts are sent.  tokens: several while one is being rotated, of which one is right.

    http: a client to be used instead of Twilio's own.
    """

    sid: str
    tokens: tuple[str, ...]
    number: str
    http: Any = None


def prepare() -> None:
    """Load Twilio's client, which takes as long as many turns."""
    import twilio.rest.api.v2010  # noqa: PLC0415, F401 - who sends no texts does without


def deliver(account: Account, to: str, words: str) -> None:
    """Send `words` to a number; raises NotSentError when Twilio refuses."""
    from twilio.base.exceptions import TwilioRestException  # noqa: PLC0415 - slow to load, and seldom needed
    from twilio.http.http_client import TwilioHttpClient  # noqa: PLC0415
    from twilio.rest import Client  # noqa: PLC0415

    for token in account.tokens:
        client = Client(
            account.sid, token, http_client=account.http or TwilioHttpClient(timeout=SECONDS, logger=SILENT)
        )
        try:
            client.messages.create(to=to, from_=account.number, body=words)
        except TwilioRestException as error:
            if error.status == WRONG_TOKEN and token != account.tokens[-1]:
                continue
            log.warning("Twilio refused a text: status %s, error %s", error.status, error.code)
            raise NotSentError(f"error {error.code}") from None  # its own words may quote the number
        return
