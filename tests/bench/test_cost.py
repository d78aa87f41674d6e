"""What a turn costs, as ratios to a floor that is measured in the same run.

The floor is Flask with Twilio's RequestValidator and a constant answer, on the same form: what any webhook pays before it
has thought of anything.  Run `pytest -m bench -n 0 -s` to see the figures.
"""

import subprocess
import sys
import time
from dataclasses import replace
from statistics import median
from urllib.parse import urlencode

import pytest
from flask import Flask, Response, request
from twilio.request_validator import RequestValidator

from ivr.script.folders import sample
from ivr.script.model import Menu, NodeWords, Option
from ivr.web import create_app
from ivr.web import phone as routes
from ivr.web.settings import Settings
from measured import TURNS, ratio
from signed import HEADER, PUBLIC_URL, TOKEN, sign

FORM = {
    "AccountSid": "AC" + "0" * 32, "ApiVersion": "2010-04-01", "CallSid": "CA" + "0" * 32, "CallStatus": "in-progress",
    "Called": "+12015550100", "CalledCity": "SPARTA", "CalledCountry": "US", "CalledState": "NJ", "CalledZip": "07871",
    "Caller": "+12015550123", "CallerCity": "NEWARK", "CallerCountry": "US", "CallerState": "NJ", "CallerZip": "07101",
    "Digits": "1", "Direction": "inbound", "FinishedOnKey": "", "From": "+12015550123", "FromCity": "NEWARK",
    "FromCountry": "US", "FromState": "NJ", "FromZip": "07101", "To": "+12015550100", "ToCity": "SPARTA",
    "ToCountry": "US", "ToState": "NJ", "ToZip": "07871", "msg": "Gather End",
}  # fmt: skip


def floor_app(public_url=PUBLIC_URL):
    app = Flask("floor")
    validator = RequestValidator(TOKEN)

    @app.post("/voice")
    def answer():
        url = f"{public_url}/voice?{request.environ['QUERY_STRING']}"
        if not validator.validate(url, request.form, request.headers.get(HEADER, "")):
            return Response(status=403)
        return Response("<Response/>", mimetype="text/xml")

    return app


def environ(query):
    body = urlencode(FORM).encode()
    return {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/voice", "QUERY_STRING": query, "SERVER_NAME": "x", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "x", "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)), "HTTP_X_TWILIO_SIGNATURE": sign(f"{PUBLIC_URL}/voice?{query}", FORM),
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr, "wsgi.multithread": False,
        "wsgi.multiprocess": False, "wsgi.run_once": False, "body": body,
    }  # fmt: skip


@pytest.fixture(scope="module")
def turns(script):
    """Signed keypad turns at many places, each with a turn number of its own, as a day of calls would bring them."""
    nodes = [name.replace(" ", "_") for name, node in script.nodes.items() if isinstance(node, Menu)]
    return [
        environ(f"l={lang}&n={nodes[i % len(nodes)]}&t={i % 90 + 1}&u=1&v=1.{script.version}")
        for i in range(TURNS)
        for lang in ("en-US", "es-US")
    ]


def test_a_signed_keypad_turn_costs_at_most_a_third_more_than_nothing(app, turns, record_property):
    found = ratio(app.wsgi_app, floor_app().wsgi_app, turns, most=1.3)
    record_property("ratio", found)
    print(f"\na signed keypad turn: {found:.2f} of the floor (at most 1.3)")
    assert found <= 1.3


def grown(script, menus):
    """The sample with so many more menus, reachable one from another."""
    nodes, words = dict(script.nodes), {tag: dict(w.nodes) for tag, w in script.words.items()}
    for number in range(menus):
        name = f"extra {number}"
        nodes[name] = Menu(name, (Option("1", "treatment"), Option("2", f"extra {(number + 1) % menus}")))
        for spoken_there in words.values():
            spoken_there[name] = NodeWords(f"Extra {number}", (f"extra place {number}",))
    spoken = {tag: replace(w, nodes=words[tag]) for tag, w in script.words.items()}
    return replace(script, nodes=nodes, words=spoken)


def test_a_turn_costs_the_same_on_a_line_of_a_thousand_places(script, monkeypatch):
    apps, asked = [], []
    for menus in (10, 1000):
        big = grown(script, menus)
        monkeypatch.setattr("ivr.web.app.read", lambda _, big=big: big)
        apps.append(create_app(Settings((TOKEN,), PUBLIC_URL, sample())).wsgi_app)
        asked.append([environ(f"l=en-US&n=extra_{i % 10}&t=1&u=1&v=1.{script.version}") for i in range(TURNS)])
    found = ratio(apps[1], apps[0], asked[1], asked[0], most=1.10)
    print(f"\n1,000 places against 10: {found:.2f} (at most 1.10)")
    assert found <= 1.10


FIRST_ANSWER = """
from ivr.web import create_app
from ivr.web.settings import Settings
from ivr.script.folders import sample
app = create_app(Settings(("x" * 32,), "https://x.example", sample(), check_signatures=False))
assert "automated line" in app.test_client().post("/voice", data={"CallStatus": "ringing"}).text
"""


def wall(code):
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - begun


def test_the_first_answer_comes_soon_after_the_start():
    wall(FIRST_ANSWER)
    pairs = [(wall(FIRST_ANSWER), wall("import flask")) for _ in range(3)]
    ours = median(one for one, _ in pairs)
    print(
        f"\nfrom start to first answer: {ours:.2f} s (under 3), {median(a / b for a, b in pairs):.1f} of importing Flask"
    )
    assert ours < 3


def test_the_benchmark_measures_the_real_handler():
    assert routes.turn.__module__ == "ivr.dialog.turn"
