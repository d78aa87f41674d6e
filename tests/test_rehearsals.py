"""The written calls go as written, on each of three phones: the core, TwiML in process, and the signed web app."""

from urllib.parse import urlsplit

import pytest

from ivr.channels import voice
from ivr.dialog.inputs import Arrived
from ivr.dialog.state import parse
from ivr.dialog.turn import turn
from ivr.phone import rehearsal
from ivr.phone.engine import EnginePhone
from ivr.phone.played import TwimlPhone
from ivr.phone.twiml import TwimlCall
from ivr.script.folders import sample
from signed import PUBLIC_URL, signed_post

FILES = sorted((sample() / "rehearsals").glob("*.txt"))


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


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_line_says_what_is_written(any_phone, file):
    written = rehearsal.parse(file.name, file.read_text(encoding="utf-8"))

    assert rehearsal.differences(written, any_phone) == []


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
