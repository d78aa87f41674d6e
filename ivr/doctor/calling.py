"""A call to the line through its public address, as Twilio would place it: the first turn, one key, and a whisper.

For: saying of each thing that can go wrong on the way what it is and how to mend it: redirects, a proxy that changes
the address or the form, a server that takes itself for another, a wrong token, a stranger who is let in.
Not here: the certificate (`certificate`), what the server says about itself (`server`).
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from ivr.doctor.result import Result, ok, warning, wrong
from ivr.doctor.variants import variants
from ivr.doctor.wire import Answer, NoAnswerError, Wire
from ivr.phone.strict import TwimlFault
from ivr.phone.twiml import TwimlCall
from ivr.provision.number import SIGNED, VOICE, WHISPER
from ivr.web.guard import REFUSED

CALL = "call"
SLOW, TOO_SLOW = 1.0, 4.0
"""Seconds: a caller notices the first, and Twilio asks again after the second (`twiml.RETRIES`)."""

PLAIN = {"CallSid": f"CA{'0' * 32}", "From": "+12015550123", "To": "+12015550100", "CallStatus": "ringing"}
FORM = PLAIN | {"AccountSid": f"AC{'0' * 32}", "CallerName": "", "FromCity": " NUEVA YÖRK ", "FromState": "N&J+=%2F"}
"""What a proxy that meddles with forms would drop, trim or decode (twilio-python issues 715 and 751)."""

ENCODED = "b=%2F%27%2C&a=%C3%A9"
"""A query that a proxy which decodes or sorts would change."""


class _StopError(Exception):
    """Raised where the call cannot go on."""

    def __init__(self, result: Result) -> None:
        self.result = result


def call(wire: Wire) -> Iterator[Result]:
    """Place the call; what is found ends with what makes it impossible to go on."""
    try:
        yield from _call(wire)
    except _StopError as stop:
        yield stop.result
    except NoAnswerError as error:
        mend = "Is `ivr serve` running, and does the proxy pass on to it? Is the port open to the world?"
        yield wrong(CALL, f"Nobody answers at {wire.public_url}{VOICE}: {error}.", mend)


def _call(wire: Wire) -> Iterator[Result]:
    url = f"{wire.public_url}{VOICE}"
    first = _answered(wire, wire.post(url, FORM))
    yield from _one_key(wire)
    yield _whisper(wire)
    yield speed(first)
    yield _strangers(wire, url)
    yield _query(wire, url)


def _answered(wire: Wire, answer: Answer) -> Answer:
    """The answer, if it is one that Twilio would play."""
    if answer.status in range(300, 400):
        raise _StopError(_redirect(answer))
    if answer.status == HTTPStatus.FORBIDDEN:
        raise _StopError(_refused(wire, answer))
    if answer.status != HTTPStatus.OK:
        raise _StopError(wrong(CALL, f"{answer.url} answers {answer.status}.", _MEND.get(answer.status, _BEHIND)))
    if answer.kind not in _XML:
        what = f"{answer.url} answers with {answer.kind or 'no Content-Type'}, not with a document for a call."
        raise _StopError(
            wrong(CALL, what, "Something else answers there. Let the proxy pass this path to `ivr serve`.")
        )
    return answer


_XML = ("text/xml", "application/xml")
_BEHIND = "Look at the log of the proxy and of `ivr serve`."
_MEND: dict[int, str] = {
    HTTPStatus.NOT_FOUND: (
        "Nothing answers on that path. If IVR_PUBLIC_URL has a path, the proxy has to take it away before it passes the"
        " request on (Caddy: handle_path; nginx: proxy_pass with a slash at its end)."
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: "That path does not take a POST, so it is not `ivr serve` that answers there.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The proxy takes no bodies of this size. Let it take 64 kB.",
    HTTPStatus.UNAUTHORIZED: "The proxy asks for a password, which Twilio does not know. Let /voice through without one.",
    HTTPStatus.BAD_GATEWAY: "The proxy finds no server behind it. Is `ivr serve` running, on the port that the proxy asks?",
    HTTPStatus.SERVICE_UNAVAILABLE: "The proxy or the server is not ready. Look at /health and at their logs.",
    HTTPStatus.GATEWAY_TIMEOUT: "The server behind the proxy is too slow, or the proxy asks the wrong one.",
}


def _redirect(answer: Answer) -> Result:
    """Twilio follows a redirect and loses the caller's keys on the way, and the signature does not fit any more."""
    target = urljoin(answer.url, answer.headers.get("Location", ""))
    asked, told = urlsplit(answer.url), urlsplit(target)
    base = target.partition("?")[0].removesuffix("/").removesuffix(VOICE)
    if told.path == f"{asked.path}/":
        mend = f"Let the proxy pass {asked.path} on as it is; it adds a slash at the end."
    elif (told.hostname, told.path) == (asked.hostname, asked.path) and told.scheme != asked.scheme:
        mend = f"Begin IVR_PUBLIC_URL, and the address at the number, with {told.scheme}://, and do not redirect there."
    elif told.path == asked.path:
        mend = f"Set IVR_PUBLIC_URL, and the address at the number, to {base}, or let this host answer itself."
    else:
        mend = "Let the proxy pass this path to `ivr serve`, without a login or another page in between."
    return wrong(CALL, f"{answer.url} redirects to {target}; Twilio would lose the caller's keys.", mend)


# --- a signature that is refused -----------------------------------------------------------------


def _refused(wire: Wire, answer: Answer) -> Result:
    if REFUSED not in answer.text:
        what = f"Something in front of the line refuses {answer.url} with 403."
        return wrong(CALL, what, f"Let POST requests to {', '.join(SIGNED)} through its firewall or bot protection.")
    for token in wire.tokens[1:]:
        if wire.post(answer.url, FORM, token=token).status == HTTPStatus.OK:
            what = "The server does not take the first token of TWILIO_AUTH_TOKEN, but a later one."
            return warning(CALL, what, "Set the same tokens on the server, and restart it.")
    if wire.post(answer.url, PLAIN).status == HTTPStatus.OK:
        what = "Something on the way changes the form: it drops empty fields, trims spaces, or decodes twice."
        return wrong(CALL, what, "Let the proxy pass the body of a request on byte for byte.")
    for base in variants(wire.public_url):
        if wire.post(answer.url, FORM, signed_as=f"{base}{VOICE}").status == HTTPStatus.OK:
            what = f"The server takes itself for {base}, and is called as {wire.public_url}."
            return wrong(CALL, what, f"Set IVR_PUBLIC_URL={wire.public_url} on the server, and restart it.")
    what = "The server refuses our signature: its token or its IVR_PUBLIC_URL is another."
    mend = f"Set TWILIO_AUTH_TOKEN and IVR_PUBLIC_URL={wire.public_url} on the server just as here. Does the proxy change the path?"
    return wrong(CALL, what, mend)


# --- a call that is answered ---------------------------------------------------------------------


def _one_key(wire: Wire) -> Iterator[Result]:
    def post(url: str, form: dict[str, str]) -> str:
        return _answered(wire, wire.post(url, form)).text

    phone = TwimlCall(post, f"{wire.public_url}{VOICE}")
    try:
        phone.begin()
        heard = phone.press("1")
    except TwimlFault as fault:
        raise _StopError(wrong(CALL, f"What the line answers is no sound document: {fault}.", _BEHIND)) from None
    opening = heard.says[0].text if heard.says else "silence"
    yield ok(CALL, f"The line answers a signed call; after key 1 it says: {opening[:60].strip()}")


def _whisper(wire: Wire) -> Result:
    """What Twilio asks when a transfer is answered.  No caller hears it, so no call shows that it does not get through."""
    url = f"{wire.public_url}{WHISPER}"
    answer = wire.post(url, FORM)
    if answer.status == HTTPStatus.OK and answer.kind in _XML:
        return ok("whisper", "Whoever answers a transfer can be told who calls.")
    fault = f"answers {answer.status}, {answer.kind or 'no Content-Type'}"
    what = f"{url} {fault}. Whoever answers a transfer is not told who calls, and Twilio notes error 11200."
    return wrong("whisper", what, f"Let the proxy pass {WHISPER} to `ivr serve`, just as {VOICE}.")


def speed(first: Answer) -> Result:
    """How long a caller waits in silence."""
    took = f"The first answer takes {first.seconds:.2f} s."
    if first.seconds < SLOW:
        return ok("speed", took)
    if first.seconds < TOO_SLOW:
        return warning("speed", took, "Callers hear that as silence. Is the server busy, or far away?")
    return wrong("speed", took, "Twilio gives up after 4 s and asks again. Give the server more CPU, or more workers.")


def _strangers(wire: Wire, url: str) -> Result:
    status = wire.send("POST", url, PLAIN).status
    if status == HTTPStatus.FORBIDDEN:
        return ok("strangers", "A request without a signature is refused.")
    what = f"A request without a signature is answered with {status}."
    return wrong("strangers", what, "The server must not run with --no-signature, nor the proxy answer itself.")


def _query(wire: Wire, url: str) -> Result:
    if wire.post(f"{url}?{ENCODED}", FORM).status == HTTPStatus.OK:
        return ok("addresses", "The query of an address arrives just as it was sent.")
    what = "Something on the way decodes or sorts the query of an address, and the signature does not fit any more."
    return warning(
        "addresses", what, "Let the proxy pass the query on byte for byte. The line's own addresses get through."
    )
