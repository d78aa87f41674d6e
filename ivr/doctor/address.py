"""The public address as it is written, before anybody is asked.

For: what Twilio could never call.
Not here: whether it answers.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from ivr.doctor.result import Result, ok, wrong


def address(public_url: str) -> Result:
    """Whether Twilio could call the line at this address."""
    parts = urlsplit(public_url)
    host = parts.hostname or ""
    if parts.scheme != "https":
        what = f"{public_url} is not encrypted: what callers press and say could be read and changed on the way."
        return wrong("address", what, "Put HTTPS in front of the line, and begin IVR_PUBLIC_URL with https://.")
    if "_" in host:
        what = f"The host {host} has an underscore, to which Twilio sends no status callbacks."
        return wrong("address", what, "Use a name without one.")
    if _is_private(host):
        return wrong(
            "address", f"Twilio cannot reach {host}, which is an address of this network.", "Use a public name."
        )
    return ok("address", f"{public_url} is an address that Twilio could call.")


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or "." not in host or host.endswith((".local", ".internal", ".localhost"))
