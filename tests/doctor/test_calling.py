"""`ivr doctor` calls a line through what operators put in front of it, and names each trap."""

import re

import pytest

from doctor import served
from doctor.served import below, on, redirecting, says, serving
from ivr.doctor.calling import call, speed
from ivr.doctor.result import Level
from ivr.doctor.wire import Answer, Wire
from ivr.script.folders import sample
from ivr.web import create_app
from ivr.web.settings import Settings
from signed import TOKEN

OTHER = "fedcba9876543210fedcba9876543210"


class Line:
    """A line that is set to the address at which it will be called, unless it is set otherwise."""

    def __init__(self, public_url="", tokens=(TOKEN,), **settings):
        self.set, self.tokens, self.settings, self.app = public_url, tokens, settings, None

    def __call__(self, environ, start):
        if self.app is None:
            called = f"http://{environ['HTTP_HOST']}"
            public_url = self.set.format(host=environ["HTTP_HOST"]) or called
            self.app = create_app(Settings(self.tokens, public_url, sample(), **self.settings))
        return self.app(environ, start)


def called(app, path="", tokens=(TOKEN,)):
    """Everything that the doctor finds, and the one that matters first."""
    with serving(app) as address:
        wire = Wire(f"{address}{path}", tokens)
        found = list(call(wire))
        wire.close()
    return found


def test_a_line_that_is_well_is_called_with_one_key_and_all_is_ok():
    found = called(Line())

    levels = {result.check: result.level for result in found if result.check != "speed"}
    assert levels == dict.fromkeys(("call", "whisper", "strangers", "addresses"), Level.OK)
    assert "after key 1 it says: Active release technique." in found[0].what


@pytest.mark.parametrize(
    ("target", "what", "mend"),
    [
        ("https://127.0.0.1:9{path}", "redirects to https://", "Begin IVR_PUBLIC_URL, and the address at the number, with https://"),
        ("{path}/", "lose the caller's keys", "adds a slash at the end"),
        ("https://www.example.org{path}", "lose the caller's keys", "IVR_PUBLIC_URL, and the address at the number, to https://www.example.org"),
        ("/login?next={path}", "redirects to", "without a login"),
    ],
    ids=["to https", "trailing slash", "other host", "login"],
)  # fmt: skip
def test_a_redirect_is_named_for_what_it_is(target, what, mend):
    (only,) = called(redirecting(target))

    assert only.level is Level.WRONG
    assert what in only.what
    assert mend in only.mend


@pytest.mark.parametrize(
    ("status", "mend"),
    [
        ("404 Not Found", "Nothing answers on that path"),
        ("405 Method Not Allowed", "does not take a POST"),
        ("401 Unauthorized", "asks for a password"),
        ("403 Forbidden", "firewall or bot protection"),
        ("413 Payload Too Large", "takes no bodies of this size"),
        ("500 Internal Server Error", "Look at the log"),
        ("502 Bad Gateway", "finds no server behind it"),
        ("503 Service Unavailable", "not ready"),
        ("504 Gateway Timeout", "too slow"),
    ],
)
def test_a_refusal_on_the_way_is_named(status, mend):
    (only,) = called(says(status, "Blocked."))

    assert only.level is Level.WRONG
    assert mend in only.mend


@pytest.mark.parametrize(
    ("app", "what"),
    [
        (says("200 OK", "<html>Welcome</html>", "text/html"), "answers with text/html"),
        (says("200 OK", "<Response><Sya/></Response>", "text/xml"), "no sound document"),
        (says("200 OK", "", "text/xml"), "no sound document"),
    ],
    ids=["a web page", "unknown verb", "nothing"],
)
def test_what_is_not_a_document_for_a_call_is_named(app, what):
    (only,) = called(app)
    assert (only.level, what in only.what) == (Level.WRONG, True)


@pytest.mark.parametrize(
    "public_url", ["https://{host}", "http://127.0.0.1", "http://127.0.0.1:8000", "http://www.127.0.0.1"]
)
def test_a_server_that_takes_itself_for_another_is_told_its_name(public_url):
    (only,) = called(Line(public_url))

    assert f"takes itself for {public_url.split('{')[0]}" in only.what
    assert only.mend.startswith("Set IVR_PUBLIC_URL=http://127.0.0.1:")


def test_a_path_that_the_proxy_takes_away_is_well():
    (first, *_) = called(below("/clinic", Line("http://{host}/clinic"), strips=True), path="/clinic")
    assert first.level is Level.OK


def test_a_path_that_the_server_was_not_told_of_is_named():
    (only,) = called(below("/clinic", Line("http://{host}"), strips=True), path="/clinic")
    assert "takes itself for http://127.0.0.1" in only.what
    assert only.mend.split(" ")[1].endswith("/clinic")


def test_a_path_that_the_proxy_leaves_is_named():
    (only,) = called(below("/clinic", Line("http://{host}/clinic"), strips=False), path="/clinic")
    assert "take it away before it passes" in only.mend


@pytest.mark.parametrize("meddling", [served.DROPPING, served.TRIMMING], ids=["drops empty", "trims"])
def test_a_form_that_is_changed_on_the_way_is_named(meddling):
    (only,) = called(meddling(Line()))
    assert (only.level, "changes the form" in only.what) == (Level.WRONG, True)


@pytest.mark.parametrize("meddling", [served.SORTING, served.DECODING], ids=["sorts", "decodes"])
def test_a_query_that_is_changed_on_the_way_is_named(meddling):
    found = {result.check: result for result in called(meddling(Line()))}

    assert found["call"].level is Level.OK
    assert found["addresses"].level is Level.WARNING


def test_another_token_is_named():
    (only,) = called(Line(tokens=(OTHER,)))
    assert "its token or its IVR_PUBLIC_URL is another" in only.what


def test_tokens_in_another_order_are_a_warning():
    (only,) = called(Line(tokens=(OTHER,)), tokens=(TOKEN, OTHER))
    assert (only.level, "but a later one" in only.what) == (Level.WARNING, True)


def test_a_line_that_answers_strangers_is_wrong():
    found = {result.check: result for result in called(Line(check_signatures=False))}
    assert (found["strangers"].level, "--no-signature" in found["strangers"].mend) == (Level.WRONG, True)


@pytest.mark.parametrize(
    ("proxy", "what"),
    [
        (says("404 Not Found"), "/whisper answers 404, text/plain."),
        (says("200 OK", "Welcome"), "/whisper answers 200, text/plain."),
    ],
    ids=["not passed on", "another page"],
)
def test_a_whisper_that_does_not_get_through_is_seen(proxy, what):
    """A proxy that knows only what callers ask: their calls are well, and staff hear nothing."""
    found = {result.check: result for result in called(on("/whisper", Line(), proxy))}

    assert found["call"].level is Level.OK
    assert (found["whisper"].level, what in found["whisper"].what) == (Level.WRONG, True)
    assert "Let the proxy pass /whisper" in found["whisper"].mend


def test_every_route_that_twilio_posts_to_is_named_to_whoever_keeps_the_firewall(app):
    (only,) = called(says("403 Forbidden", "Blocked."))

    posted = {rule.rule for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    assert set(re.findall(r"/\w+", only.mend)) == posted


def test_a_second_turn_that_fails_is_seen():
    """The first turn has no query; a proxy may treat the second otherwise."""

    def app(environ, start):
        inner = says("502 Bad Gateway") if "n=main_menu" in environ["QUERY_STRING"] else line
        return inner(environ, start)

    line = Line()
    (only,) = called(app)
    assert (only.level, "answers 502" in only.what) == (Level.WRONG, True)


@pytest.mark.parametrize(
    ("public_url", "reason"),
    [("http://127.0.0.1:9", "nothing listens there"), ("http://nobody.invalid", "not known")],
)
def test_nobody_there_is_told_with_the_reason(public_url, reason):
    (only,) = call(Wire(public_url, (TOKEN,)))
    assert (only.level, reason in only.what) == (Level.WRONG, True)


@pytest.mark.parametrize(
    ("seconds", "level"), [(0.99, Level.OK), (1.0, Level.WARNING), (3.9, Level.WARNING), (4.0, Level.WRONG)]
)
def test_a_slow_answer_is_noticed(seconds, level):
    assert speed(Answer("", 200, {}, "", seconds)).level is level
