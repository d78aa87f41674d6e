"""A phone that calls a line which runs somewhere else, over HTTP, as Twilio would.

For: `ivr call --url`: each form is signed with the account's token and posted; the TwiML that comes back is played
by the strict phone.
Not here: playing TwiML (`ivr.phone.twiml`), the terminal.
"""

from __future__ import annotations

import requests
from twilio.request_validator import RequestValidator

from ivr.phone.played import TwimlPhone
from ivr.phone.twiml import TwimlCall

SECONDS = 15
"""Twilio waits no longer (twilio.com/docs/usage/webhooks/webhooks-connection-overrides)."""


class RemoteError(Exception):
    """Raised when the line cannot be reached, refuses, or answers what is not TwiML."""


class Poster:
    """Posts signed forms to the line at `url`, whose public address, the one that is signed, is `signed_as`."""

    def __init__(self, url: str, token: str, signed_as: str) -> None:
        self.base, self._public = _base(url), _base(signed_as)
        self._validator = RequestValidator(token)
        self._session = requests.Session()

    def post(self, address: str, form: dict[str, str], cookies: dict[str, str] | None = None) -> requests.Response:
        """The answer to one form; raises RemoteError where there is none, or not the line's."""
        signature = self._validator.compute_signature(address.replace(self.base, self._public, 1), form)
        headers = {"X-Twilio-Signature": signature}
        try:
            answer = self._session.post(
                address, data=form, headers=headers, cookies=cookies, timeout=SECONDS, allow_redirects=False
            )
        except requests.RequestException as error:
            raise RemoteError(
                f"Nobody answers at {address}: {type(error).__name__}. Is the line running there?"
            ) from None
        if answer.is_redirect:
            raise RemoteError(
                f"{address} redirects to {answer.headers['Location']}. Twilio would lose what the caller pressed on the way,"
                " so it is not followed. Let the line answer at the address that is called, or call the other one."
            )
        if answer.status_code == requests.codes.forbidden:
            raise RemoteError(
                f"{self.base} refuses our signature. Set TWILIO_AUTH_TOKEN to its token, and --signed-as to its IVR_PUBLIC_URL."
            )
        if not answer.ok:
            raise RemoteError(f"{address} answers {answer.status_code} {answer.reason}, not a document.")
        return answer


def RemotePhone(url: str, token: str, signed_as: str) -> TwimlPhone:  # noqa: N802 - made like a phone, and is one
    """A phone on the line at `url`, whose public address, the one that is signed, is `signed_as`."""
    poster = Poster(url, token, signed_as)
    return TwimlPhone(TwimlCall(lambda address, form: poster.post(address, form).text, f"{poster.base}/voice"))


def _base(url: str) -> str:
    base = url.rstrip("/").removesuffix("/voice").removesuffix("/text")
    return base if "://" in base else f"http://{base}"
