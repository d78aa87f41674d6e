"""What every test may ask for: the sample line, a call to it, the app with a caller whose requests are signed, a store."""

import pytest
from hypothesis import settings

from browser import axe_core, chromium
from caller import Caller
from ivr.phone.engine import EnginePhone, starting
from ivr.phone.played import TwimlPhone
from ivr.phone.twiml import TwimlCall
from ivr.script.folders import sample
from ivr.script.reader import read
from ivr.store.where import location, open_journal, open_store
from ivr.web import create_app
from ivr.web.settings import Settings
from postgres import Postgres, needed
from signed import PUBLIC_URL, TOKEN, signed_post

settings.register_profile("unhurried", deadline=None)  # a busy neighbour is no fault of ours
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def no_store_of_this_machine(monkeypatch, tmp_path_factory):
    """No test reads or writes what the person who runs it has published."""
    home = tmp_path_factory.mktemp("home")
    for name in (
        "IVR_STORE",
        "IVR_CACHE",
        "IVR_SCRIPT",
        "IVR_SECRET",
        "IVR_KEEP_DAYS",
        "IVR_METRICS_TOKEN",
        "IVR_NOT_UNDERSTOOD_DAYS",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))


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


@pytest.fixture(scope="session")
def driver():
    """One browser for all tests of pages."""
    driver = chromium()
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def axe():
    """axe-core, which judges pages."""
    return axe_core()


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server for as long as the tests run."""
    server = Postgres(needed())
    yield server
    server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def store_address(request, tmp_path):
    """What stands in IVR_STORE, for each kind of database; nothing is in it yet."""
    if request.param == "sqlite":
        return str(tmp_path / "new folder" / "store.sqlite3")
    return request.getfixturevalue("postgres").new_schema()


@pytest.fixture
def journal(store_address):
    journal = open_journal(location({"IVR_STORE": store_address}))
    yield journal
    journal.close()


@pytest.fixture
def open_stores(store_address):
    """Opens the same store once more, as another program would."""
    opened = []

    def another():
        opened.append(open_store(location({"IVR_STORE": store_address})))
        return opened[-1]

    yield another
    for store in opened:
        store.close()


@pytest.fixture
def store(open_stores):
    return open_stores()
