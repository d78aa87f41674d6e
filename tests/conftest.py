"""What every test may ask for: the sample line, a call to it, and the app with a caller whose requests are signed."""

import pytest

from caller import Caller
from ivr.phone.engine import EnginePhone, starting
from ivr.phone.played import TwimlPhone
from ivr.phone.twiml import TwimlCall
from ivr.script.folders import sample
from ivr.script.reader import read
from ivr.web import create_app
from ivr.web.settings import Settings
from signed import PUBLIC_URL, TOKEN, signed_post


@pytest.fixture(scope="session")
def script():
    """The line that ships."""
    return read(sample())


@pytest.fixture
def phone(script):
    """A call that has just been answered."""
    return Caller(EnginePhone(script))


@pytest.fixture
def at(script):
    """A call that begins at a place: at("billing"), at("fax", "es-US")."""

    def begin(node, language=""):
        return Caller(EnginePhone(script, starting(script, language, node)))

    return begin


@pytest.fixture(scope="session")
def app():
    return create_app(Settings((TOKEN,), PUBLIC_URL, sample()))


@pytest.fixture
def web_phone(app):
    """The same call over signed requests and TwiML."""
    return Caller(TwimlPhone(TwimlCall(signed_post(app), f"{PUBLIC_URL}/voice")))
