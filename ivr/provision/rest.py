"""Twilio's REST API, as far as a number needs it: the only module that asks it.

For: `Account`, which reads numbers with all that overrides them and writes settings; its errors are one sentence.
Not here: what should be set (`number`), the command (`ivr.cli.connect`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from requests import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from ivr.provision.number import LABELS, Change, Kind, Number, Override

ACCOUNT = "TWILIO_ACCOUNT_SID"
SECONDS = 10.0
"""How long one answer of the API may take."""

UNAUTHORIZED, NOT_FOUND = 401, 404

_T = TypeVar("_T")


class AccountError(Exception):
    """Raised when the account cannot be asked or changed; its text is one sentence for people, and how to mend it."""


class Account:
    """One account of Twilio.  tokens: several while one is being rotated; the first that is accepted is used."""

    def __init__(self, sid: str, tokens: Iterable[str]) -> None:
        http = TwilioHttpClient(timeout=SECONDS)
        self.clients = [Client(sid, token, http_client=http) for token in tokens]

    def number(self, e164: str, *, texts: bool = False) -> Number:
        """The number with all that overrides it; Messaging Services are looked through only for the sake of texts."""
        found = self._ask(lambda client: client.incoming_phone_numbers.list(phone_number=e164, limit=20))
        exactly = [one for one in found if one.phone_number == e164]
        if not exactly:
            raise AccountError(
                f"The account has no number {e164}. Is {ACCOUNT} the (sub)account that owns it? The console lists its"
                " numbers under Phone Numbers, Active numbers."
            )
        return self._whole(exactly[0], texts=texts)

    def numbers(self) -> list[Number]:
        """Every number of the account, up to a thousand, with its own settings only."""
        return [_number(one) for one in self._ask(lambda client: client.incoming_phone_numbers.list(limit=1000))]

    def change(self, number: Number, changes: Iterable[Change], *, texts: bool = False) -> Number:
        """Write settings, and read the number anew."""
        written = {change.name: change.new for change in changes}
        self._ask(lambda client: client.incoming_phone_numbers(number.sid).update(**written))
        return self._whole(self._ask(lambda client: client.incoming_phone_numbers(number.sid).fetch()), texts=texts)

    def _whole(self, one: Any, *, texts: bool) -> Number:
        return _number(one, (*self._overrides(one), *(self._service(one.sid) if texts else ())))

    def _overrides(self, one: Any) -> Iterator[Override]:
        if one.voice_application_sid:
            app = self._ask(lambda client: client.applications(one.voice_application_sid).fetch())
            asked = {
                name: getattr(app, name) or ""
                for name in LABELS
                if name.startswith(("voice_", "status_")) and hasattr(app, name)
            }
            yield Override(Kind.VOICE_APPLICATION, app.sid, app.friendly_name or "", asked)
        if one.trunk_sid:
            trunk = self._ask(lambda client: client.trunking.v1.trunks(one.trunk_sid).fetch())
            yield Override(Kind.TRUNK, trunk.sid, trunk.friendly_name or "")
        if one.sms_application_sid:
            app = self._ask(lambda client: client.applications(one.sms_application_sid).fetch())
            asked = {"sms_url": app.sms_url or "", "sms_method": app.sms_method or ""}
            yield Override(Kind.SMS_APPLICATION, app.sid, app.friendly_name or "", asked)

    def _service(self, number_sid: str) -> Iterator[Override]:
        """The Messaging Service that the number is in; a service is asked for each of its numbers, as none is told by
        the number itself.
        """
        for service in self._ask(lambda client: client.messaging.v1.services.list(limit=200)):
            if service.use_inbound_webhook_on_number or not self._holds(service.sid, number_sid):
                continue
            asked = {"sms_url": service.inbound_request_url or "", "sms_method": service.inbound_method or ""}
            yield Override(Kind.SERVICE, service.sid, service.friendly_name or "", asked)

    def _holds(self, service: str, number_sid: str) -> bool:
        def fetch(client: Client) -> bool:
            try:
                client.messaging.v1.services(service).phone_numbers(number_sid).fetch()
            except TwilioRestException as error:
                if error.status == NOT_FOUND:
                    return False
                raise
            return True

        return self._ask(fetch)

    def _ask(self, question: Callable[[Any], _T]) -> _T:
        for client in [*self.clients]:
            try:
                return question(client)
            except TwilioException as error:
                if _status(error) == UNAUTHORIZED and len(self.clients) > 1:
                    self.clients.remove(client)
                    continue
                raise AccountError(_refused(error)) from None
            except RequestException as error:
                raise AccountError(
                    f"Twilio's API cannot be reached ({type(error).__name__}). Try again; does this machine reach the web?"
                ) from None
        raise AssertionError("the last client has answered or failed")


def _number(one: Any, overrides: tuple[Override, ...] = ()) -> Number:
    able = one.capabilities or {}
    settings = {name: getattr(one, name) or "" for name in LABELS}
    calls, texts = bool(able.get("voice", True)), bool(able.get("sms", True))
    return Number(one.sid, one.phone_number, settings, calls, texts, overrides)


def _status(error: TwilioException) -> int:
    """The HTTP status; a list that is refused tells it in its text alone (twilio-python 9.13)."""
    if isinstance(error, TwilioRestException):
        return int(error.status)
    told = re.search(r"HTTP (\d{3})", str(error))
    return int(told[1]) if told else 0


def _refused(error: TwilioException) -> str:
    match _status(error):
        case 401:
            return f"Twilio does not know {ACCOUNT} with this TWILIO_AUTH_TOKEN. Copy both from the same page of the console."
        case 403:
            return (
                "Twilio does not let these credentials do that. Test credentials cannot; use the live Account SID and"
                " Auth Token of the account that owns the number."
            )
        case 429:
            return "Twilio asks for a pause: too many requests. Try again in a minute."
        case status if status >= 500:  # noqa: PLR2004 - the class of Twilio's own faults
            return f"Twilio's API has trouble of its own ({status}). Try again later; nothing here is wrong."
    told = f"{error.msg} ({error.status}, code {error.code})" if isinstance(error, TwilioRestException) else str(error)
    return f"Twilio refuses that: {told}. Look for its code at twilio.com/docs/api/errors."
