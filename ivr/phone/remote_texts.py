"""A telephone that texts a line which runs somewhere else, over HTTP, as Twilio would.

For: `ivr text --url`: each form is signed and posted, and the line's cookie is kept in between.
Not here: signing and posting (`remote`), the terminal, a conversation on the core (`texts`).
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from ivr.phone.heard import Heard
from ivr.phone.remote import Poster, RemoteError
from ivr.phone.texts import apart, came

FORM = {"MessageSid": f"SM{'0' * 32}", "From": "+12015550123", "To": "+12015550100", "NumMedia": "0"}
"""The numbers are such as nobody has."""


class RemoteTexter:
    """A telephone for the line at `url`, whose public address, the one that is signed, is `signed_as`."""

    def __init__(self, url: str, token: str, signed_as: str) -> None:
        self._poster = Poster(url, token, signed_as)
        self._cookies: dict[str, str] = {}

    def send(self, written: str) -> Heard:
        _, body = apart(written)
        answer = self._poster.post(f"{self._poster.base}/text", {**FORM, "Body": body}, self._cookies)
        self._cookies |= answer.cookies.get_dict()
        return came(message(answer.text) if "xml" in answer.headers.get("Content-Type", "") else answer.text, "")


def message(document: str) -> str:
    """The words of the one message in a document, or of none."""
    try:
        return "".join(ET.fromstring(document).itertext())  # noqa: S314 - from a line of one's own
    except ET.ParseError as error:
        raise RemoteError(f"The line answers what is no TwiML: {error}.") from None
