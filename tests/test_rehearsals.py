"""The written calls go as written, on each of three phones: the core, TwiML in process, and the signed web app; and so
do the written conversations by text message.
"""

from urllib.parse import urlsplit

import pytest
from flask import Flask

from ivr.channels import text, voice
from ivr.channels.texting import answer
from ivr.dialog.inputs import Arrived
from ivr.dialog.state import parse
from ivr.dialog.turn import turn
from ivr.phone import rehearsal
from ivr.phone.engine import EnginePhone
from ivr.phone.played import TwimlPhone
from ivr.phone.remote_texts import message
from ivr.phone.texts import TextPhone, apart, came
from ivr.phone.twiml import TwimlCall
from ivr.script.folders import sample
from ivr.web import texts
from ivr.web.guard import signature_check
from ivr.web.library import Library, Unchanging
from signed import PUBLIC_URL, TOKEN, signed_post
from texter import WebTexter

FILES = sorted((sample() / "rehearsals").glob("*.txt"))


def written(file):
    return rehearsal.decode(file.name, file.read_bytes())


CALLS = [file for file in FILES if written(file).channel != rehearsal.TEXT]
TEXTS = [file for file in FILES if file not in CALLS]


def in_process(script):
    """Answers a TwiML phone without any web: read, turn, write."""

    def answer(url, form):
        query = urlsplit(url).query
        given = voice.read(form) if query else Arrived()
        return voice.write(script, turn(script, parse(query), given, voice.own_numbers(form)))

    return answer


@pytest.fixture(params=["core", "twiml", "web"])
def any_phone(request, script, app):
    """The three ways of calling the line."""
    match request.param:
        case "core":
            return EnginePhone(script)
        case "twiml":
            return TwimlPhone(TwimlCall(in_process(script), f"{PUBLIC_URL}/voice"))
    return TwimlPhone(TwimlCall(signed_post(app), f"{PUBLIC_URL}/voice"))


@pytest.mark.parametrize("file", CALLS, ids=lambda file: file.stem)
def test_the_line_says_what_is_written(any_phone, file):
    assert rehearsal.differences(written(file), any_phone) == []


class Documents:
    """A telephone for texts without any web: read, answer, write."""

    def __init__(self, script):
        self.script, self.talk, self.now = script, None, 0

    def send(self, typed):
        passed, body = apart(typed)
        self.now += passed
        done = answer(self.script, self.talk, text.read({"Body": body}), self.now)
        self.talk = done.talk
        return came(message(text.write(done.words)), "")


class SignedTexts:
    """A telephone for texts over signed requests, with the cookie that the line sets, and a clock of its own."""

    def __init__(self, script):
        self.now = 1_800_000_000
        app = Flask("texts")
        signed = signature_check((TOKEN,), PUBLIC_URL)
        app.register_blueprint(texts.blueprint(Library(Unchanging(script)), signed, "x" * 32, lambda: self.now))
        self.texter = WebTexter(app)

    def send(self, typed):
        passed, body = apart(typed)
        self.now += passed
        return came(self.texter.send(body), "")


@pytest.mark.parametrize("telephone", [TextPhone, Documents, SignedTexts])
@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_the_line_texts_what_is_written(script, telephone, file):
    assert rehearsal.differences(written(file), telephone(script)) == []


def test_there_is_a_rehearsal_for_each_promise():
    """Promises 11 and 12 are about what the program does not keep and how it fails: tests/web holds them."""
    promised = {int(file.name.split("-")[0]) for file in FILES}
    assert set(range(1, 14)) - promised == {11, 12}


def test_the_three_phones_hear_the_same_seconds(script, app):
    core = EnginePhone(script).begin()
    web = TwimlPhone(TwimlCall(signed_post(app), f"{PUBLIC_URL}/voice")).begin()

    assert web.words == core.words
    assert web.window == core.window
    assert web.seconds == pytest.approx(core.seconds, rel=0.35)
