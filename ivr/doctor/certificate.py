"""The certificate of the public address, judged as Twilio judges it: it must be valid, or no call is answered.

For: whether it can be trusted, for this host, for how many more days.
Not here: anything that is asked over the connection.
"""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime
from urllib.parse import urlsplit

from ivr.doctor.result import Result, ok, warning, wrong
from ivr.doctor.wire import trusting

CERTIFICATE = "certificate"
HTTPS = 443
FEW_DAYS = 14
SECONDS = 10

NOT_YET, EXPIRED, SELF_SIGNED, SELF_SIGNED_CHAIN, NO_ISSUER, UNVERIFIED, OTHER_HOST, OTHER_ADDRESS = (
    9,
    10,
    18,
    19,
    20,
    21,
    62,
    64,
)
"""Verification codes of OpenSSL (its manual page openssl-verification-options)."""

_OWN = "Get one from a public authority, such as Let's Encrypt (Caddy does so by itself)."
_NAMES_ANOTHER = ("is for another host", "Get one that names this host.")
_TROUBLE = {
    EXPIRED: ("has expired", "Renew it, and look why that did not happen by itself."),
    NOT_YET: ("is not valid yet", "Look at the clock of this machine, and at the dates of the certificate."),
    SELF_SIGNED: ("is signed by itself, which Twilio does not trust", _OWN),
    SELF_SIGNED_CHAIN: ("is signed by an authority that is not public, which Twilio does not trust", _OWN),
    NO_ISSUER: (
        "cannot be traced to a public authority",
        "Serve the whole chain: the certificate, then the intermediate ones (fullchain.pem).",
    ),
    UNVERIFIED: ("cannot be traced to a public authority", "Serve the whole chain, as in fullchain.pem."),
    OTHER_HOST: _NAMES_ANOTHER,
    OTHER_ADDRESS: _NAMES_ANOTHER,
}


def certificate(public_url: str, now: datetime, ca: str | None = None) -> Result:
    """How the certificate stands at `now`, a moment with a time zone."""
    parts = urlsplit(public_url)
    host = parts.hostname or ""
    context = trusting(ca)
    try:
        with (
            socket.create_connection((host, parts.port or HTTPS), SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=host) as secure,
        ):
            return _days(secure, now)
    except ssl.SSLCertVerificationError as error:
        what, mend = _TROUBLE.get(error.verify_code, (f"is refused ({error.verify_message})", _OWN))
        return wrong(CERTIFICATE, f"The certificate of {host} {what}.", mend)
    except ssl.SSLError as error:
        what = f"No secure connection to {host} can be made ({error.reason or 'no reason given'})."
        return wrong(CERTIFICATE, what, "Does HTTPS answer on that port, with TLS 1.2 or newer?")
    except OSError as error:
        what = f"Nobody answers at {host} ({error.strerror or error})."
        return wrong(CERTIFICATE, what, "Is the name right, and the port open to the world?")


def _days(secure: ssl.SSLSocket, now: datetime) -> Result:
    told = secure.getpeercert() or {}
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(told["notAfter"])), UTC)
    days = (ends - now).days
    what = f"The certificate is valid until {ends:%Y-%m-%d}, {days} more days ({secure.version()})."
    if days >= FEW_DAYS:
        return ok(CERTIFICATE, what)
    return warning(CERTIFICATE, what, "Renew it now. By itself it should have been renewed before.")
