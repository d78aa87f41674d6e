"""What else `ivr doctor` looks at: address, certificate, the server's own words, its clock, the fallback, store, numbers."""

import json
import sqlite3
import ssl
from contextlib import closing
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import trustme

from doctor.served import below, on, redirecting, says, serving
from ivr import __version__
from ivr.doctor import keeping
from ivr.doctor.address import address
from ivr.doctor.certificate import certificate
from ivr.doctor.numbers import drift, loops, ours
from ivr.doctor.result import Level
from ivr.doctor.server import fallback, server
from ivr.doctor.wire import Wire
from ivr.provision.number import Kind, Number, Override, wanted
from ivr.store.where import location
from signed import PUBLIC_URL, TOKEN
from web.lines import greeted, publish

OK, WARNING, WRONG = Level.OK, Level.WARNING, Level.WRONG
NOW = datetime.now(UTC)


def wire(url):
    return Wire(url, (TOKEN,))


# --- the address, as it is written ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "level", "said"),
    [
        (PUBLIC_URL, OK, "could call"),
        ("https://line.example.org:8443/clinic", OK, "could call"),
        ("https://203.0.114.9", OK, "could call"),
        ("http://line.example.org", WRONG, "not encrypted"),
        ("https://our_line.example.org", WRONG, "underscore"),
        ("https://localhost", WRONG, "cannot reach"),
        ("https://127.0.0.1:8000", WRONG, "cannot reach"),
        ("https://10.1.2.3", WRONG, "cannot reach"),
        ("https://[::1]", WRONG, "cannot reach"),
        ("https://line", WRONG, "cannot reach"),
        ("https://line.internal", WRONG, "cannot reach"),
    ],
)
def test_an_address_that_twilio_could_never_call_is_named(url, level, said):
    found = address(url)
    assert (found.level, said in found.what) == (level, True)


# --- the certificate -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """An authority of our own, and the file by which it is trusted."""
    own = trustme.CA()
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    own.cert_pem.write_to_path(file)
    return own, str(file)


def issued(authority, host="127.0.0.1", begins=-10, ends=60):
    leaf = authority[0].issue_cert(
        host, not_before=NOW + timedelta(days=begins), not_after=NOW + timedelta(days=ends, minutes=5)
    )
    return context(leaf.private_key_and_cert_chain_pem)


def context(pem):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with pem.tempfile() as file:
        made.load_cert_chain(file)
    return made


@pytest.mark.parametrize(
    ("given", "level", "said"),
    [
        ({}, OK, "60 more days"),
        ({"ends": 13}, WARNING, "13 more days"),
        ({"ends": -1}, WRONG, "has expired"),
        ({"begins": 2}, WRONG, "not valid yet"),
        ({"host": "line.example.org"}, WRONG, "for another host"),
    ],
    ids=["valid", "ends soon", "expired", "not yet", "another host"],
)
def test_a_certificate_is_judged(authority, given, level, said):
    with serving(says("200 OK"), issued(authority, **given)) as url:
        found = certificate(url, NOW, authority[1])
    assert (found.level, said in found.what) == (level, True), found


def test_a_further_authority_is_trusted_beside_the_others(authority, monkeypatch, tmp_path):
    """One of our own stands for the public ones, for both ways on which the doctor asks."""
    public = trustme.CA()
    public.cert_pem.write_to_path(tmp_path / "public.pem")
    for library in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
        monkeypatch.setenv(library, str(tmp_path / "public.pem"))
    for trusted in (authority, (public, "")):
        with serving(says("200 OK"), issued(trusted)) as url:
            assert certificate(url, NOW, authority[1]).level is OK
            wire = Wire(url, (TOKEN,), authority[1])
            assert wire.send("GET", url).status == 200
            wire.close()


def test_an_authority_that_is_not_public_is_named(authority):
    with serving(says("200 OK"), issued(authority)) as url:
        found = certificate(url, NOW)
    assert found.level is WRONG
    assert "public authority" in found.what + found.mend


def test_a_missing_chain_is_named():
    """The server sends its own certificate without the intermediate one that the world does not know."""
    root = trustme.CA()
    leaf = root.create_child_ca().issue_cert("127.0.0.1")
    pem = trustme.Blob(leaf.private_key_pem.bytes() + leaf.cert_chain_pems[0].bytes())
    with serving(says("200 OK"), context(pem)) as url, root.cert_pem.tempfile() as ca:
        found = certificate(url, NOW, ca)
    assert (found.level, "the whole chain" in found.mend) == (WRONG, True)


def test_a_port_that_does_not_speak_tls_is_named():
    with serving(says("200 OK")) as url:
        found = certificate(url.replace("http:", "https:"), NOW)
    assert (found.level, "No secure connection" in found.what) == (WRONG, True)


def test_nobody_at_the_port_is_named():
    assert certificate("https://127.0.0.1:9", NOW).level is WRONG


# --- what the server says ------------------------------------------------------------------------

WELL = {
    "status": "ok",
    "program": __version__,
    "version": "abc",
    "source": "store",
    "looked_seconds_ago": 1,
    "problems": [],
}


def told(*healths, published="abc", now=None):
    """The doctor's words about processes that say these things in turn."""
    turns = iter(range(10**6))

    def app(environ, start):
        told = json.dumps(WELL | healths[next(turns) % len(healths)])
        return says("200 OK", told, "application/json")(environ, start)

    with serving(app) as url:
        return {result.check: result for result in server(wire(url), published, now or datetime.now(UTC))}


@pytest.mark.parametrize(
    ("healths", "check", "level", "said"),
    [
        ([{}], "version", OK, "as published"),
        ([{"version": "old"}], "version", WRONG, "abc is published"),
        ([{"version": None}], "version", WRONG, "no script"),
        ([{}, {"version": "old"}], "version", WARNING, "different versions: abc, old"),
        ([{"program": "0.0.9"}], "program", WARNING, "0.0.9"),
        ([{}], "health", OK, "nothing to complain of"),
        ([{"problems": ["The store does not answer."]}], "health", WARNING, "The store does not answer."),
        ([{"looked_seconds_ago": 61}], "health", WRONG, "61 seconds ago"),
        ([{"looked_seconds_ago": 9999, "source": "folder"}], "health", OK, "from the folder"),
    ],
)
def test_what_the_server_says_is_judged(healths, check, level, said):
    found = told(*healths)[check]
    assert (found.level, said in found.what) == (level, True), found


def test_a_line_that_was_never_published_is_well():
    assert told({"version": "folder"}, published="")["version"].level is OK


@pytest.mark.parametrize(("apart", "level"), [(0, OK), (-40, WARNING), (40, WARNING), (400, WRONG)])
def test_clocks_are_compared(apart, level):
    assert told({}, now=datetime.now(UTC) + timedelta(seconds=apart))["clock"].level is level


@pytest.mark.parametrize(
    "app", [says("404 Not Found"), says("200 OK", "<html/>", "text/html"), says("200 OK", "[]"), redirecting("/x")]
)
def test_a_health_that_is_none_is_wrong(app):
    with serving(app) as url:
        (only,) = server(wire(url), "", NOW)
    assert (only.check, only.level) == ("health", WRONG)


# --- the fallback --------------------------------------------------------------------------------

SAY = '<Say voice="Polly.Joanna" language="en-US">Please hold.</Say>'
DIAL = '<Dial timeout="25" timeLimit="7200" answerOnBridge="true"><Number>+19739403166</Number></Dial>'


@pytest.mark.parametrize(
    ("app", "level", "said"),
    [
        (says("200 OK", f"<Response>{SAY}{DIAL}</Response>", "text/xml"), WARNING, "from the same host"),
        (says("200 OK", f"<Response>{SAY}<Hangup/></Response>", "text/xml"), WARNING, "puts nobody through"),
        (says("200 OK", "<html>", "text/html"), WRONG, "no sound document"),
        (says("404 Not Found"), WRONG, "answers 404"),
        (redirecting("/elsewhere"), WRONG, "answers 308"),
    ],
    ids=["same host", "no transfer", "web page", "missing", "redirect"],
)
def test_the_fallback_is_asked_with_get(app, level, said):
    with serving(on("/rescue", says("405 Method Not Allowed"), app)) as url:
        found = fallback(wire(url))
    assert (found.level, said in found.what) == (level, True), found


def test_a_fallback_elsewhere_is_well():
    app = says("200 OK", f"<Response>{SAY}{DIAL}</Response>", "text/xml")
    with serving(below("/files", app, strips=True)) as url:
        assert fallback(wire(PUBLIC_URL), f"{url}/files/rescue.xml").level is OK


def test_a_fallback_where_nobody_is_is_wrong():
    assert fallback(wire(PUBLIC_URL), "http://127.0.0.1:9/rescue").level is WRONG


# --- the store -----------------------------------------------------------------------------------


def test_a_store_that_can_be_written_is_well_and_tells_what_is_live(store, store_address):
    publish(store, greeted(1))
    before = store.history()
    (found, *_), live = keeping.store(location({"IVR_STORE": store_address}))

    assert (found.level, live) == (OK, greeted(1).digest)
    assert store.history() == before


def test_where_nothing_was_published_nothing_is_made(tmp_path):
    where = location({"IVR_STORE": str(tmp_path / "store.sqlite3")})
    (found, *_), live = keeping.store(where)

    assert (found.level, live) == (OK, "")
    assert not where.path.exists()


def test_a_store_that_cannot_be_opened_is_wrong(tmp_path):
    (found,), live = keeping.store(location({"IVR_STORE": str(tmp_path)}))
    assert (found.level, live) == (WRONG, "")


def test_a_store_that_can_only_be_read_is_wrong(postgres):
    """A role that may look and not write: publishing would fail, though the server goes on."""
    address = postgres.new_database()
    store = keeping.open_store(location({"IVR_STORE": address}))
    store.prepare()
    store.close()
    name = address.partition("@/")[2].partition("?")[0]
    postgres.run("psql", "-h", postgres.folder, "-U", "postgres", "-d", name, "-c",
                 f"ALTER DATABASE {name} SET default_transaction_read_only = on")  # fmt: skip

    (found,), _ = keeping.store(location({"IVR_STORE": address}))
    assert (found.level, "read-only" in found.what) == (WRONG, True)


def test_a_store_that_takes_nothing_is_wrong_though_it_can_be_read(tmp_path):
    """As on a disk that is full; here the database itself refuses."""
    where = location({"IVR_STORE": str(tmp_path / "store.sqlite3")})
    store = keeping.open_store(where)
    publish(store, greeted(1))
    store.close()
    with closing(sqlite3.connect(where.path)) as opened:
        opened.execute("CREATE TRIGGER full BEFORE UPDATE ON applied BEGIN SELECT RAISE(ABORT, 'disk is full'); END")

    (found, *_), _ = keeping.store(where)
    assert (found.level, "disk is full" in found.what) == (WRONG, True)


def test_a_disk_that_fills_up_is_a_warning(monkeypatch, tmp_path):
    monkeypatch.setattr(keeping.shutil, "disk_usage", lambda _: SimpleNamespace(free=3 * 2**20))
    found, _ = keeping.store(location({"IVR_STORE": str(tmp_path / "new" / "store.sqlite3")}))

    assert [(result.check, result.level) for result in found] == [("store", OK), ("disk", WARNING)]


# --- the numbers ---------------------------------------------------------------------------------

RIGHT = wanted(PUBLIC_URL)


@pytest.mark.parametrize(
    ("settings", "levels", "said"),
    [
        (RIGHT, [OK], "asks this line as it should"),
        (RIGHT | {"voice_fallback_url": "https://files.example.net/rescue.xml"}, [OK], "as it should"),
        (RIGHT | {"voice_fallback_url": ""}, [WRONG], "“fallback” is not set"),
        (RIGHT | {"voice_fallback_url": "http://files.example.net/r"}, [WRONG], "“fallback” is http://"),
        (RIGHT | {"voice_url": f"{PUBLIC_URL}/voice", "voice_method": "GET"}, [WRONG, WRONG], "“calls ask” is"),
        (RIGHT | {"sms_url": f"{PUBLIC_URL}/text", "sms_method": "POST"}, [WRONG], "“texts ask” is"),
        (RIGHT | {"sms_url": "https://elsewhere.example/sms"}, [OK], "as it should"),
    ],
)
def test_drift_is_what_connect_would_change(settings, levels, said):
    found = list(drift(Number("PN1", "+12015550100", settings), PUBLIC_URL))

    assert [result.level for result in found] == levels
    assert said in found[0].what


def test_an_app_that_overrides_the_number_is_wrong():
    one = Number("PN1", "+12015550100", RIGHT, overrides=(Override(Kind.TRUNK, "TK1", "office"),))
    (found,) = drift(one, PUBLIC_URL)
    assert (found.level, "--detach" in found.mend) == (WRONG, True)


def test_our_numbers_are_those_that_ask_this_line_and_the_named_one():
    numbers = [
        Number("PN1", "+12015550100", RIGHT),
        Number("PN2", "+12015550101", {"voice_url": "https://demo.example/voice"}),
        Number("PN3", "+12015550102", {"voice_url": f"{PUBLIC_URL}.evil.example/voice"}),
    ]
    assert [one.sid for one in ours(numbers, PUBLIC_URL, "")] == ["PN1"]
    assert [one.sid for one in ours(numbers, PUBLIC_URL, "+12015550101")] == ["PN1", "PN2"]


def test_a_number_of_the_line_that_it_answers_itself_is_wrong(script):
    (found,) = loops(script, {"+19739403166"})
    assert (found.level, "“main”" in found.what) == (WRONG, True)
    assert [result.level for result in loops(script, {"+12015550100"})] == [OK]
