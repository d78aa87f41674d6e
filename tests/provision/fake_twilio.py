"""Twilio's REST API as far as we use it, with a memory: an HTTP client that takes what twilio-python really builds.

It stands in for the network alone.  Names and limits are those of the published API description (`twilio/twilio-oai` on GitHub):
unknown parameters are ignored there and refused here, since a misspelt one would change nothing.
"""

import base64
import json
import re
from urllib.parse import urlsplit

from twilio.http import HttpClient
from twilio.http.response import Response

SID, TOKEN = "AC" + "a" * 32, "0123456789abcdef0123456789abcdef"
API = "api.twilio.com"
NUMBER = "+12015550100"

TAKES = {
    *(f"Voice{what}{kind}" for what in ("", "Fallback") for kind in ("Url", "Method")),
    *(f"Sms{what}{kind}" for what in ("", "Fallback") for kind in ("Url", "Method")),
    *("StatusCallback", "StatusCallbackMethod", "VoiceApplicationSid", "SmsApplicationSid", "TrunkSid", "FriendlyName"),
}


def snake(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def sid(kind, n=1):
    return kind + f"{n:032x}"


def number(n=1, e164=NUMBER, **settings):
    """A number as it is when it was bought: calls and texts ask a demo."""
    return {
        "sid": sid("PN", n), "account_sid": SID, "phone_number": e164, "friendly_name": "(201) 555-0100",
        "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False},
        "voice_url": "https://demo.twilio.com/docs/voice.xml", "voice_method": "POST", "voice_fallback_url": "",
        "voice_fallback_method": "POST", "status_callback": "", "status_callback_method": "POST",
        "voice_application_sid": "", "trunk_sid": None, "sms_application_sid": "",
        "sms_url": "https://demo.twilio.com/docs/sms.xml", "sms_method": "POST", "sms_fallback_url": "",
        "sms_fallback_method": "POST",
    } | settings  # fmt: skip


class FakeTwilio(HttpClient):
    """An account with numbers, applications, trunks and messaging services.  `failing`: a status for every answer."""

    def __init__(self, *numbers):
        self.numbers = {one["sid"]: one for one in numbers}
        self.applications, self.trunks, self.services = {}, {}, {}
        self.members = set()
        self.tokens = {TOKEN}
        self.failing = 0
        self.written = []
        self.asked = []

    def request(self, method, url, params=None, data=None, headers=None, auth=None, timeout=None, **_):
        assert timeout is None or timeout > 0
        host, path = urlsplit(url).netloc, urlsplit(url).path
        self.asked.append(f"{method} {path}")
        if self.failing:
            return refusal(self.failing)
        if (auth or basic(headers)) not in {(SID, token) for token in self.tokens}:
            return refusal(401, 20003, "Authenticate")
        return self.answer(method, host, path, params or {}, data or {})

    def answer(self, method, host, path, params, data):
        account = f"/2010-04-01/Accounts/{SID}"
        match (host, path.removeprefix(account).removesuffix(".json").split("/")[1:]):
            case ("api.twilio.com", ["IncomingPhoneNumbers"]) if method == "GET" and path.startswith(account):
                wanted = params.get("PhoneNumber", "")
                return page("incoming_phone_numbers", [n for n in self.numbers.values() if wanted in n["phone_number"]])
            case ("api.twilio.com", ["IncomingPhoneNumbers", which]) if (
                path.startswith(account) and which in self.numbers
            ):
                return found(self.numbers[which]) if method == "GET" else self.update(self.numbers[which], data)
            case ("api.twilio.com", ["Applications", which]) if which in self.applications:
                return found(self.applications[which])
            case ("trunking.twilio.com", ["v1", "Trunks", which]) if which in self.trunks:
                return found(self.trunks[which])
            case ("messaging.twilio.com", ["v1", "Services"]):
                meta = {"key": "services", "next_page_url": None, "url": path}
                return answer(200, {"services": [*self.services.values()], "meta": meta})
            case ("messaging.twilio.com", ["v1", "Services", service, "PhoneNumbers", which]):
                if (service, which) in self.members:
                    return found({"sid": which, "service_sid": service})
        return refusal(404, 20404, f"The requested resource {path} was not found")

    def update(self, one, data):
        unknown = set(data) - TAKES
        assert not unknown, f"no such parameter: {unknown}"
        for name, value in data.items():
            if name.endswith("Method") and value not in {"GET", "POST"}:
                return refusal(400, 21403, f"{name} is not valid")
            is_address = name.endswith("Url") or name == "StatusCallback"
            if is_address and value and not re.match(r"https?://[^/_]+(/|$)", value):
                return refusal(400, 21502, f"{name} is not a valid URL")
        self.written.append(data)
        one.update({snake(name): value for name, value in data.items()})
        return found(one)


def basic(headers):
    scheme, _, given = (headers or {}).get("Authorization", "").partition(" ")
    return tuple(base64.b64decode(given).decode().split(":", 1)) if scheme == "Basic" else None


def answer(status, content):
    return Response(status, json.dumps(content))


def found(content):
    return answer(200, content)


def page(name, items):
    return answer(200, {name: items, "next_page_uri": None, "page": 0, "page_size": 50, "start": 0, "end": len(items)})


def refusal(status, code=0, message="no"):
    return answer(status, {"code": code, "message": message, "status": status})
