"""Who may post: only Twilio, proved by its signature.

For: checking a request's signature against the public address and the raw query string.
Not here: what a request means, where the tokens come from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hmac import compare_digest

from flask import Blueprint, Request, Response, request
from twilio.request_validator import RequestValidator

SIGNATURE = "X-Twilio-Signature"

REFUSED = "The signature is missing or wrong."
"""What a stranger is told; `ivr doctor` knows by it that the line itself refuses, and nobody in front of it."""

READING = frozenset({"GET", "HEAD", "OPTIONS"})
"""What changes nothing and is the same for everybody."""


def signature_check(tokens: tuple[str, ...], public_url: str) -> Callable[[Request], bool]:
    """A function that tells whether a request was signed with one of `tokens`.

    Twilio signs the address that it calls.  `request.url` is not that: behind a proxy its scheme and host are
    others, and Flask has decoded it (of `%C3%A9` it has made é).  So the address is put together from the
    configured one and the query string as it came.
    """
    validators = [RequestValidator(token) for token in tokens]

    def is_signed(asked: Request) -> bool:
        signature = asked.headers.get(SIGNATURE, "")
        if not signature:
            return False
        query = asked.environ.get("QUERY_STRING", "")
        url = f"{public_url}{asked.path}?{query}" if query else f"{public_url}{asked.path}"
        return any(_is_genuine(validator, url, asked.form, signature) for validator in validators)

    return is_signed


def keep_strangers_out(
    routes: Blueprint, is_signed: Callable[[Request], bool], refused: Callable[[str], object]
) -> None:
    """Refuse every request to `routes` that is not signed, but for what is only read, and tell `refused` its path."""

    @routes.before_request
    def refuse_strangers() -> Response | None:
        if request.method in READING or is_signed(request):
            return None
        refused(request.path)
        return Response(f"{REFUSED}\n", 403, mimetype="text/plain")


def _is_genuine(validator: RequestValidator, url: str, form: Mapping[str, str], signature: str) -> bool:
    """The address as it stands first, which nearly every request was signed for; then with and without its port.

    `validate` alone would work out two signatures for each request, a quarter of what a turn costs.
    """
    expected = validator.compute_signature(url, form)
    return compare_digest(expected.encode(), signature.encode()) or bool(validator.validate(url, form, signature))
