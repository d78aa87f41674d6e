"""What a text costs, as ratios to the same floor as a turn of a call: Flask, Twilio's RequestValidator, a constant answer."""

import sys
import time
from urllib.parse import urlencode

import pytest
from flask import Flask, Response, request
from twilio.request_validator import RequestValidator

from ivr.channels.talk import Talk
from ivr.dialog.state import State
from ivr.script.folders import sample
from ivr.script.model import Menu
from ivr.web import create_app
from ivr.web.cookie import NAME, parties, seal
from ivr.web.secret import key
from ivr.web.settings import Settings
from measured import TURNS, ratio
from signed import HEADER, PUBLIC_URL, TOKEN, sign

SECRET = "s" * 32
FORM = {
    "ToCountry": "US", "ToState": "NJ", "SmsMessageSid": "SM" + "0" * 32, "NumMedia": "0", "ToCity": "SPARTA",
    "FromZip": "07101", "SmsSid": "SM" + "0" * 32, "FromState": "NJ", "SmsStatus": "received", "FromCity": "NEWARK",
    "FromCountry": "US", "To": "+12015550100", "ToZip": "07871", "NumSegments": "1", "MessageSid": "SM" + "0" * 32,
    "AccountSid": "AC" + "0" * 32, "From": "+12015550123", "ApiVersion": "2010-04-01",
}  # fmt: skip


def floor_app():
    app = Flask("floor")
    validator = RequestValidator(TOKEN)

    @app.post("/text")
    def answer():
        if not validator.validate(f"{PUBLIC_URL}/text", request.form, request.headers.get(HEADER, "")):
            return Response(status=403)
        return Response("<Response/>", mimetype="text/xml")

    return app


def environ(body, cookie):
    form = FORM | {"Body": body}
    content = urlencode(form).encode()
    return {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/text", "QUERY_STRING": "", "SERVER_NAME": "x", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "x", "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(content)), "HTTP_X_TWILIO_SIGNATURE": sign(f"{PUBLIC_URL}/text", form),
        "HTTP_COOKIE": f"{NAME}={cookie}", "wsgi.version": (1, 0), "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr, "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
        "body": content,
    }  # fmt: skip


@pytest.fixture(scope="module")
def app():
    return create_app(Settings((TOKEN,), PUBLIC_URL, sample(), secret=SECRET), prepared=True)


def texts(script, bodies):
    """Texts in conversations at many places, each with a time of its own."""
    nodes = [name for name, node in script.nodes.items() if isinstance(node, Menu)]
    now, sealed_with, between = int(time.time()), key(SECRET, "texts"), parties(FORM)
    for number in range(TURNS):
        for tag in script.languages:
            talk = Talk(State(script.version, tag, nodes[number % len(nodes)]), now - number % 200, since=now)
            yield environ(bodies[number % len(bodies)], seal(talk, sealed_with, between))


@pytest.mark.parametrize(
    ("kind", "bodies", "most"),
    [("a number", ["1", "2", "3", "0"], 2.2), ("words", ["fax", "billing", "does it help with sciatica", "menu"], 4.0)],
)
def test_a_text_costs_little_more_than_nothing(app, script, kind, bodies, most):
    found = ratio(app.wsgi_app, floor_app().wsgi_app, list(texts(script, bodies)), most=most)
    print(f"\na text with {kind}: {found:.2f} of the floor (at most {most})")
    assert found <= most
