"""What strangers may try, and what comes of it; deploy/SECURITY.md names each threat with its test."""

import logging
import re
import socket
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.machine import Serving
from ivr.phone import strict
from ivr.script.folders import sample
from ivr.store.records import Act
from ivr.store.where import location
from ivr.web import create_app
from ivr.web.settings import Settings, SettingsError, from_environment
from signed import HEADER, PUBLIC_URL, TOKEN, post, sign
from web.lines import greeted

FORM = {"CallSid": "CA1", "From": "+12015550123", "To": "+12015550100", "CallStatus": "in-progress"}
SECRET, PASSWORD = "00112233445566778899aabbccddeeff", "store-password-of-ours"


def at(script, node, **more):
    query = {"l": "en-US", "n": node, "t": "1", "v": f"1.{script.version}"} | more
    return f"{PUBLIC_URL}/voice?" + "&".join(f"{name}={query[name]}" for name in sorted(query))


# --- who asks ------------------------------------------------------------------------------------

SPOOFED = {
    "Host": "evil.example",
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "for=127.0.0.1;host=evil.example;proto=http",
    "X-Original-URL": "/health",
    "X-Rewrite-URL": "/health",
    "X-HTTP-Method-Override": "GET",
    "X-Real-IP": "127.0.0.1",
}


@pytest.mark.parametrize("header", SPOOFED)
def test_no_header_makes_a_stranger_twilio_or_changes_an_answer(app, script, header):
    told = {header: SPOOFED[header]}
    url = at(script, "main_menu")

    assert app.test_client().post("/voice", data=FORM, headers=told).status_code == 403
    assert post(app, url, FORM, **told).data == post(app, url, FORM).data


def test_a_signature_is_good_for_its_own_address_only(app):
    """One that was overheard cannot be used elsewhere on the line."""
    signature = sign(f"{PUBLIC_URL}/status", FORM)

    assert post(app, f"{PUBLIC_URL}/status", FORM, **{HEADER: signature}).status_code == 204
    assert post(app, f"{PUBLIC_URL}/voice", FORM, **{HEADER: signature}).status_code == 403


def test_a_request_without_a_signature_is_refused_before_its_body_is_read(app):
    class Untouched(BytesIO):
        def read(self, *_):
            raise AssertionError("the body was read")

    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/voice", "SERVER_NAME": "x", "SERVER_PORT": "80", "HTTP_HOST": "x",
        "CONTENT_LENGTH": "60000", "CONTENT_TYPE": "application/x-www-form-urlencoded", "wsgi.input": Untouched(),
        "wsgi.url_scheme": "http", "wsgi.errors": BytesIO(), "SERVER_PROTOCOL": "HTTP/1.1",
    }  # fmt: skip
    statuses = []
    app.wsgi_app(environ, lambda status, *_: statuses.append(status))
    assert statuses == ["403 FORBIDDEN"]


# --- what is in a form ---------------------------------------------------------------------------

anything = st.one_of(
    st.sampled_from(["+19005551212", "911", "0", "1", "<Dial>+19005551212</Dial>", '"/><Hangup/>', "'; DROP TABLE versions; --", "${jndi:x}", "../../etc/passwd", "\r\nX: y"]),
    st.text(max_size=60),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    data=st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            ["Digits", "SpeechResult", "From", "Caller", "CallerName", "To", "ForwardedFrom", "FromCity", "DialCallStatus", "CallStatus", "StirVerstat"],
            anything,
        ),
    ),
    node=st.sampled_from(["main_menu", "billing", "fax", "reception", "conditions"]),
)  # fmt: skip
def test_whatever_stands_in_a_form_only_numbers_of_the_line_are_dialled(app, script, data, node):
    answer = post(app, at(script, node), FORM | data)
    dialled = {verb.number for verb in strict.read(answer.text) if isinstance(verb, strict.Dial)}

    assert answer.status_code == 200
    assert dialled <= {number.e164 for number in script.numbers.values()}
    assert "+19005551212" not in answer.text
    assert "<Dial>+" not in answer.text


@pytest.mark.parametrize("node", ["billing", "fax", "reception"])
def test_every_dial_ends_by_itself(app, script, node):
    """Two hours at most, and nobody's telephone rings for ever."""
    answers = [post(app, at(script, node), FORM | {"Digits": key}).text for key in "01*"]
    dials = [found for text in answers for found in re.findall("<Dial [^>]*>", text)]

    assert dials
    for dial in dials:
        assert int(re.search('timeLimit="([0-9]+)"', dial)[1]) <= 7200
        assert int(re.search(' timeout="([0-9]+)"', dial)[1]) <= 60


def test_what_people_write_into_the_store_stays_words(store):
    hostile = "Robert'); DROP TABLE versions; --\n<b>\x1b[31m"
    store.publish(greeted(1), Act(hostile, datetime.now(UTC), hostile), over=None)

    assert (store.history()[0].by, store.history()[0].note) == (hostile, hostile)
    assert store.version(greeted(1).digest) == greeted(1)
    assert store.version("' OR 1=1 --") is None


# --- what gets out -------------------------------------------------------------------------------


def test_no_secret_is_logged_or_told(caplog, tmp_path):
    """With a store that is away, a turn that fails, and everything logged."""
    caplog.set_level(logging.DEBUG)
    store = location({"IVR_STORE": f"postgresql://ivr:{PASSWORD}@127.0.0.1:9/line"})
    app = create_app(Settings((TOKEN,), PUBLIC_URL, sample(), store=store, cache=tmp_path, secret=SECRET, look_every=0))
    told = [post(app, f"{PUBLIC_URL}/voice", FORM | {"SpeechResult": "my heel"}, **{HEADER: "forged"}).text]
    told += [post(app, f"{PUBLIC_URL}/voice?n=nowhere", FORM).text, app.test_client().get("/health").text, caplog.text]

    assert "does not answer" in caplog.text
    for secret in (TOKEN, PASSWORD, SECRET):
        assert secret not in "".join(told)


def test_settings_do_not_show_the_secret_when_they_are_wrong():
    with pytest.raises(SettingsError) as error:
        from_environment({"TWILIO_AUTH_TOKEN": "a token with spaces", "IVR_SECRET": "short-secret"})
    assert "a token with spaces" not in str(error.value)
    assert "short-secret" not in str(error.value)


# --- too much ------------------------------------------------------------------------------------


def test_a_forged_request_costs_little_however_it_is_made(app):
    """The most fields that fit: at most as much as a few dozen honest turns, and no answer is thought of."""
    fields = "&".join(["a"] * 30_000)
    began = process_time()
    for _ in range(5):
        answer = app.test_client().post(
            "/voice", data=fields, content_type="application/x-www-form-urlencoded", headers={HEADER: "forged"}
        )
    spent = (process_time() - began) / 5
    assert answer.status_code in {403, 413}
    assert spent < 0.05


def test_headers_without_end_are_refused_and_others_go_on(tmp_path):
    with Serving(tmp_path, workers=1) as server:
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as flood:
            flood.sendall(b"POST /voice HTTP/1.1\r\nHost: x\r\n")
            answered = b""
            try:
                for _ in range(64):
                    flood.sendall(b"X-Filling: " + b"x" * 4000 + b"\r\n")
                answered = flood.recv(4096)
            except OSError:  # hung up on
                pass
        assert b"200" not in answered[:20]
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as other:
            other.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert other.recv(64).startswith(b"HTTP/1.1 200")


# --- the page ------------------------------------------------------------------------------------

ROOT = Path(__file__).resolve().parents[2]
SECURITY = ROOT / "deploy" / "SECURITY.md"


def named_tests():
    return re.findall(r"`(tests/[\w/.]+)(?:::(\w+))?`", SECURITY.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("file", "test"), sorted(set(named_tests())))
def test_every_test_that_the_page_names_is_there(file, test):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert not test or re.search(rf"^def {test}\(", text, re.MULTILINE)


def test_every_threat_has_a_test():
    rows = [line for line in SECURITY.read_text(encoding="utf-8").splitlines() if line.startswith("| **")]
    assert len(rows) >= 12
    assert [row for row in rows if "`tests/" not in row] == []
