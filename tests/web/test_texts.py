"""Texts over the web: signatures, cookies, failures and repeated requests, as Twilio and as strangers would meet them."""

import logging

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr.channels.gsm import segments
from ivr.channels.talk import FRESH, Talk
from ivr.dialog.state import State
from ivr.script.folders import sample
from ivr.web import create_app, texts
from ivr.web.cookie import parties, seal, unseal
from ivr.web.library import Found, Library, Unchanging
from ivr.web.secret import key
from ivr.web.settings import Settings
from signed import HEADER, PUBLIC_URL, TOKEN, post, sign
from texter import WebTexter

SECRET = "0123456789abcdef" * 2
URL = f"{PUBLIC_URL}/text"
MENU = "Specialty Surgical Center, automated line."
OPENING = "Automatic replies. No person reads these texts. In an emergency call or text 911."


@pytest.fixture(scope="module")
def app():
    return create_app(Settings((TOKEN,), PUBLIC_URL, sample(), secret=SECRET))


@pytest.fixture
def texter(app):
    return WebTexter(app)


def test_a_conversation(texter):
    assert texter.send("hi").startswith(f"{OPENING}\n{MENU}\n1 Active release technique\n")
    assert texter.send("1").startswith("Active release technique\n1 What it is\n")
    assert texter.send("1").endswith("Text MORE to go on.")
    assert texter.send("more").startswith("It is a special kind of chiropractic massage.")
    assert texter.send("8").startswith("Respuestas automaticas.")


def test_the_exact_document(texter):
    texter.send("hi")
    texter.send("4")
    assert texter.answer.text == (
        '<?xml version="1.0" encoding="UTF-8"?><Response><Message>Fax number\nThe number is 973-940-3170.\n'
        "Text MENU for the main menu, 0 for a person.</Message></Response>"
    )
    assert texter.answer.content_type == "text/xml; charset=utf-8"
    texter.send("STOP")
    assert texter.answer.text == '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


# --- signatures ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers", [{HEADER: ""}, {HEADER: "forged"}, {HEADER: sign(URL, {"Body": "hi"}, "another token")}]
)
def test_a_text_without_a_valid_signature_is_refused(app, headers):
    assert post(app, URL, {"Body": "hi"}, **headers).status_code == 403


def test_a_changed_text_is_refused(app):
    assert post(app, URL, {"Body": "hi", "From": "+1"}, **{HEADER: sign(URL, {"Body": "hi"})}).status_code == 403


PORTS = [
    # the address that is set; what Twilio signs for a call, and for a text (twilio.com/docs/usage/security)
    ("https://example.org:8443", "https://example.org", "https://example.org:8443"),
    ("https://example.org", "https://example.org", "https://example.org"),
    ("https://example.org:443", "https://example.org", "https://example.org:443"),
    ("http://example.org:8080", "http://example.org:8080", "http://example.org:8080"),
]


@pytest.mark.parametrize(("public", "for_a_call", "for_a_text"), PORTS)
def test_a_text_is_signed_with_the_port_and_a_call_over_https_without(public, for_a_call, for_a_text):
    client = create_app(Settings((TOKEN,), public, sample())).test_client()
    form = {"Body": "hi", "From": "+12015550123", "To": "+12015550100"}

    assert client.post("/text", data=form, headers={HEADER: sign(f"{for_a_text}/text", form)}).status_code == 200
    assert client.post("/voice", data=form, headers={HEADER: sign(f"{for_a_call}/voice", form)}).status_code == 200


# --- the cookie ----------------------------------------------------------------------------------


def test_the_cookie_is_kept_for_four_hours_and_holds_nothing_of_the_sender(texter):
    texter.send("my sciatica is killing me")
    kept = texter.answer.headers["Set-Cookie"]

    assert "Max-Age=14400" in kept
    assert "Secure" in kept
    assert "HttpOnly" in kept
    assert "2015550123" not in kept
    content = unseal(texter.cookie, key(SECRET, "texts"), parties(texter.form("")))
    assert "killing" not in str(content)
    assert content.state.item == "sciatica"


FORGED = ["", ".", "a", "a.b", "....", "%00", "é", "x" * 5000, "MS4x.MS4x"]


@pytest.mark.parametrize("cookie", FORGED)
def test_a_cookie_that_is_not_ours_is_as_none(texter, cookie):
    texter.cookie = cookie.encode("ascii", "replace").decode()
    assert texter.send("2").startswith(f"{OPENING}\nWho it is for")


def test_a_changed_cookie_is_as_none(texter):
    texter.send_all("hi", "1")
    honest = texter.cookie
    for place in range(0, len(honest), 7):
        texter.cookie = honest[:place] + ("A" if honest[place] != "A" else "B") + honest[place + 1 :]
        assert texter.send("2").startswith(f"{OPENING}\nWho it is for"), place


def test_a_cookie_is_worth_nothing_between_other_numbers_or_with_another_secret(app, texter):
    texter.send_all("hi", "1")
    other = WebTexter(app, sender="+12015550199")
    other.cookie = texter.cookie
    assert other.send("2").startswith(f"{OPENING}\nWho it is for")

    rotated = WebTexter(create_app(Settings((TOKEN,), PUBLIC_URL, sample(), secret=SECRET[::-1])))
    rotated.cookie = texter.cookie
    assert rotated.send("2").startswith(f"{OPENING}\nWho it is for")


def test_another_process_goes_on_and_a_repeated_request_gets_the_same(app, texter):
    texter.send_all("hi", "1")
    other = WebTexter(create_app(Settings((TOKEN,), PUBLIC_URL, sample(), secret=SECRET)))
    other.cookie = texter.cookie

    assert other.send("2") == texter.send("2")


def test_a_second_text_before_the_first_is_answered(texter):
    """Both come with the cookie from before; whichever answer is last decides how it goes on."""
    texter.send("hi")
    before = texter.cookie
    assert texter.send("1").startswith("Active release technique\n")
    texter.cookie = before
    assert texter.send("2").startswith("Who it is for\n")
    assert texter.send("3").startswith("Sciatica. That is on our list.")


def test_without_a_secret_no_cookie_is_set_and_each_text_stands_alone():
    texter = WebTexter(create_app(Settings((TOKEN,), PUBLIC_URL, sample())))

    assert texter.send("5").startswith(f"{OPENING}\nBilling\nCall 570-386-2366.")
    assert "Set-Cookie" not in texter.answer.headers
    assert texter.send("2").startswith(f"{OPENING}\nWho it is for")
    assert "973-940-3166" in texter.send("a person")


TALK = Talk(
    State("abc", "en-US", "main menu", way=("a", "b")), at=1_800_000_000, sent=3, since=5, replies=7, last=9, same=1
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200), st.binary(max_size=40))
def test_no_text_but_a_sealed_one_is_a_conversation(cookie, between):
    assert unseal(cookie, b"key", between) is None
    assert unseal(seal(TALK, b"key", between), b"key", between) == TALK
    assert unseal(seal(TALK, b"key", between), b"key", between + b"x") is None


# --- time, and failures ---------------------------------------------------------------------------


class Clock:
    now = 1_800_000_000.5

    def __call__(self):
        return self.now


def test_time_is_that_of_the_clock(script):
    clock = Clock()
    app = Flask("texts")
    app.register_blueprint(texts.blueprint(Library(Unchanging(script)), lambda _: True, SECRET, clock))
    texter = WebTexter(app)
    texter.send_all("hi", "1")
    clock.now += FRESH
    assert texter.send("2").startswith("What happens in a session")
    clock.now += FRESH + 1
    assert texter.send("2").startswith(f"{OPENING}\n{MENU}")


@pytest.mark.parametrize(
    ("language", "sorry"), [("hi", "Something went wrong on our side."), ("8", "Algo fallo de nuestra parte.")]
)
def test_a_failure_is_answered_with_911_and_the_number_of_a_person(texter, monkeypatch, caplog, language, sorry):
    texter.send(language)

    def fail(*_, **__):
        raise RuntimeError("boom")

    monkeypatch.setattr(texts, "answer", fail)
    with caplog.at_level(logging.ERROR):
        words = texter.send("1")

    assert texter.answer.mimetype == "text/plain"
    assert words.startswith(sorry)
    assert "911" in words
    assert "973-940-3166" in words
    assert segments(words) <= 2
    assert "boom" in caplog.text
    assert "+12015550123" not in caplog.text


def test_a_failing_cookie_does_not_fail_the_landing(texter, monkeypatch):
    texter.send("hi")

    def fail(*_, **__):
        raise RuntimeError("boom")

    monkeypatch.setattr(texts.cookie, "unseal", fail)
    assert "973-940-3166" in texter.send("1")


def test_a_server_without_a_script_says_so():
    class Nothing(Unchanging):
        def look(self):
            return Found(None, "nothing")

    app = Flask("texts")
    app.register_blueprint(texts.blueprint(Library(Nothing(None)), lambda _: True, SECRET))
    words = WebTexter(app).send("hi")

    assert words.startswith("If this is an emergency, call or text 911.")
    assert segments(words) <= 2


def test_neither_number_nor_words_are_logged(texter, caplog):
    with caplog.at_level(logging.DEBUG):
        texter.send_all("hi", "my sciatica is killing me", "STOP")

    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("ivr"))
    assert "KeywordReceived" in ours
    assert "5550123" not in ours
    assert "killing" not in ours
