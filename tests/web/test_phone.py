"""The web: signatures, repeated requests, failures, limits; as Twilio and as strangers would meet them."""

import logging
import subprocess
import sys

import pytest

from caller import Caller
from ivr.phone import strict
from ivr.phone.played import TwimlPhone
from ivr.phone.twiml import TwimlCall
from ivr.script.folders import sample
from ivr.web import create_app
from ivr.web import phone as phone_routes
from ivr.web.secret import key as key_for
from ivr.web.settings import Settings, SettingsError, from_environment
from signed import HEADER, PUBLIC_URL, TOKEN, post, sign, signed_post

FORM = {"CallSid": "CA1", "From": "+12015550123", "To": "+12015550100", "CallStatus": "in-progress"}
AT_MAIN = f"{PUBLIC_URL}/voice?l=en-US&n=main_menu&t=1&v=1.abc"


def test_a_call_over_the_web_is_the_call_on_the_core(web_phone, phone):
    for key in "1128":
        assert web_phone.press(key).replace(" ", "") == phone.press(key).replace(" ... ", " ").replace(" ", "")


# --- signatures ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/voice", "/status"])
@pytest.mark.parametrize(
    "headers",
    [
        {HEADER: ""},
        {HEADER: "forged"},
        {HEADER: "f\xf6rged"},
        {HEADER: sign(f"{PUBLIC_URL}/voice", FORM, "another token")},
    ],
    ids=["missing", "forged", "forged in another alphabet", "of another token"],
)
def test_a_request_without_a_valid_signature_is_refused(app, path, headers):
    answer = post(app, f"{PUBLIC_URL}{path}", FORM, **headers)

    assert answer.status_code == 403
    assert answer.mimetype == "text/plain"


def test_a_changed_form_or_address_is_refused(app):
    signature = sign(AT_MAIN, FORM)

    assert post(app, AT_MAIN, FORM | {"Digits": "5"}, **{HEADER: signature}).status_code == 403
    assert post(app, AT_MAIN.replace("main_menu", "billing"), FORM, **{HEADER: signature}).status_code == 403


@pytest.mark.parametrize("token", ["old-token-0123456789", "new-token-0123456789"])
def test_two_tokens_are_accepted_while_one_is_rotated(token):
    app = create_app(Settings(("old-token-0123456789", "new-token-0123456789"), PUBLIC_URL, sample()))

    assert post(app, AT_MAIN, FORM, **{HEADER: sign(AT_MAIN, FORM, token)}).status_code == 200


@pytest.mark.parametrize("query", ["a=%C3%A9", "a=%2F%27%2C%7E", "a=b+c", "b=2&a=1", "a="])
def test_the_raw_query_is_what_was_signed(app, query):
    """Flask decodes it; a signature over the decoded address would be refused."""
    assert post(app, f"{PUBLIC_URL}/voice?{query}", FORM).status_code == 200


def test_a_public_address_with_a_path_and_a_port_is_the_one_that_is_signed():
    app = create_app(Settings((TOKEN,), "https://example.org:8443/clinic", sample()))
    signed = sign("https://example.org:8443/clinic/voice", FORM)

    assert app.test_client().post("/voice", data=FORM, headers={HEADER: signed}).status_code == 200


def test_values_in_the_form_may_be_empty_repeated_and_in_any_writing(app):
    form = FORM | {"CallerName": "", "FromCity": "NUEVA YÖRK", "SpeechResult": "¿dónde están? 你好"}
    assert post(app, AT_MAIN, form).status_code == 200


# --- the same again, elsewhere -------------------------------------------------------------------


def test_a_repeated_request_gets_the_same_bytes_and_another_process_can_go_on(app):
    other = create_app(Settings((TOKEN,), PUBLIC_URL, sample()))
    form = FORM | {"Digits": "4"}

    first = post(app, AT_MAIN, form).data
    assert post(app, AT_MAIN, form).data == first
    assert post(other, AT_MAIN, form).data == first


def test_a_new_process_gives_the_same_bytes():
    code = (
        "from ivr.web import create_app\nfrom ivr.web.settings import Settings\nfrom ivr.script.folders import sample\n"
        "app = create_app(Settings(('x' * 32,), 'https://x.example', sample(), check_signatures=False))\n"
        "print(app.test_client().post('/voice', data={'CallStatus': 'ringing'}).text)"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout for _ in "ab"
    }
    assert len(runs) == 1


# --- beginnings ----------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?campaign=flyer"])
def test_a_ringing_call_is_answered_with_the_opening(app, query):
    heard = post(app, f"{PUBLIC_URL}/voice{query}", FORM | {"CallStatus": "ringing"}).text
    assert "automated line" in heard


@pytest.mark.parametrize(
    "query", ["nonsense", "l=en-US&n=nowhere&v=1.x", "l=en-US&n=main_menu&v=1.x&n=billing", "l=" + "x" * 999]
)
def test_an_address_that_is_not_ours_starts_again_with_a_sentence(app, query):
    heard = post(app, f"{PUBLIC_URL}/voice?{query}", FORM | {"Digits": "5"})

    assert heard.status_code == 200
    assert "We start again at the main menu." in heard.text


def test_voice_takes_post_only(app):
    assert app.test_client().get("/voice").status_code == 405


# --- our own faults (promise 12) -----------------------------------------------------------------


@pytest.fixture
def broken_app(app, monkeypatch):
    """An app in which every turn fails."""

    def fail(*_):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(phone_routes, "turn", fail)
    return app


@pytest.mark.parametrize(("language", "sentence"), [("en-US", "Something went wrong"), ("es-US", "Algo")])
def test_a_fault_is_met_with_a_sentence_and_the_main_number(broken_app, caplog, language, sentence):
    heard = post(broken_app, AT_MAIN.replace("en-US", language), FORM | {"Digits": "1", "SpeechResult": "my secret"})

    verbs = strict.read(heard.text)
    assert heard.status_code == 200
    assert sentence in verbs[0].text
    assert [v.number for v in verbs if isinstance(v, strict.Dial)] == ["+19739403166"]
    assert not [v.action for v in verbs if isinstance(v, strict.Dial) and v.action]
    assert heard.text.count("nine four zero" if language == "en-US" else "nueve cuatro cero") == 2
    assert "a turn failed" in caplog.text
    assert "my secret" not in caplog.text
    assert "2015550123" not in caplog.text


def test_a_fault_never_dials_the_number_that_the_call_came_from(broken_app):
    heard = post(broken_app, AT_MAIN, FORM | {"ForwardedFrom": "+19739403166"})

    assert not [v for v in strict.read(heard.text) if isinstance(v, strict.Dial)]


def test_a_fault_of_a_status_callback_is_nobodys_to_hear(app):
    answer = post(app, f"{PUBLIC_URL}/status", FORM | {"CallStatus": "completed", "CallDuration": "44"})

    assert (answer.status_code, answer.data) == (204, b"")


@pytest.mark.parametrize(
    ("method", "path"), [("get", "/nowhere"), ("get", "/voice"), ("post", "/nowhere"), ("put", "/health")]
)
def test_no_error_is_a_web_page(app, method, path):
    answer = getattr(app.test_client(), method)(path)

    assert answer.status_code >= 400
    assert answer.mimetype == "text/plain"


# --- numbers that lead back, limits, privacy -----------------------------------------------------


@pytest.mark.parametrize("header", ["To", "ForwardedFrom"])
@pytest.mark.parametrize("number", ["+19739403166", "9739403166", "(973) 940-3166"])
def test_a_number_by_which_the_call_came_in_is_not_dialled(app, header, number):
    heard = post(app, AT_MAIN, FORM | {"Digits": "0", header: number})

    assert "leads back to this line" in heard.text
    assert not [v for v in strict.read(heard.text) if isinstance(v, strict.Dial)]


def test_a_huge_body_is_refused_before_it_is_read(app):
    answer = post(app, AT_MAIN, FORM | {"SpeechResult": "x" * 100_000})
    assert answer.status_code == 413
    assert answer.mimetype == "text/plain"


@pytest.mark.parametrize(
    "words", ["", "   ", "\x00\x01", "\u202eright to left", "😀" * 50, "a " * 5000, "<Say>hello</Say>"]
)
def test_whatever_a_recogniser_returns_the_answer_is_a_sound_document(app, words):
    strict.read(post(app, AT_MAIN, FORM | {"SpeechResult": words}).text)


def test_no_number_or_word_of_a_caller_is_logged_or_put_into_an_address(app, caplog):
    caplog.set_level(logging.DEBUG)
    heard = post(app, AT_MAIN, FORM | {"SpeechResult": "my heel kills me every morning"}).text

    for secret in ("2015550123", "heel", "kills"):
        assert secret not in caplog.text
        assert secret not in heard.split("action=")[1].split('"')[1]


def test_health_tells_the_version_and_nothing_more(app, script):
    answer = app.test_client().get("/health")
    told = answer.json
    assert told.pop("looked_seconds_ago") >= 0
    assert told == {
        "status": "ok",
        "program": "0.1.0",
        "script": script.name,
        "version": script.version,
        "source": "folder",
        "problems": [],
        "checking": None,
    }


# --- settings ------------------------------------------------------------------------------------

GOOD = {"TWILIO_AUTH_TOKEN": TOKEN, "IVR_PUBLIC_URL": PUBLIC_URL}


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({}, ["TWILIO_AUTH_TOKEN", "IVR_PUBLIC_URL"]),
        (GOOD | {"TWILIO_AUTH_TOKEN": " , "}, ["TWILIO_AUTH_TOKEN"]),
        (GOOD | {"TWILIO_AUTH_TOKEN": "short"}, ["TWILIO_AUTH_TOKEN"]),
        (GOOD | {"IVR_PUBLIC_URL": "line.example.org"}, ["IVR_PUBLIC_URL"]),
        (GOOD | {"IVR_PUBLIC_URL": "https://x.example/?a=1"}, ["IVR_PUBLIC_URL"]),
        (GOOD | {"IVR_PUBLIC_URL": "https://[bad"}, ["IVR_PUBLIC_URL"]),
        (GOOD | {"IVR_SCRIPT": "/no/such/folder"}, ["IVR_SCRIPT"]),
        (GOOD | {"IVR_SECRET": "guess me"}, ["IVR_SECRET"]),
        ({"IVR_SCRIPT": "/no/such/folder"}, ["TWILIO_AUTH_TOKEN", "IVR_PUBLIC_URL", "IVR_SCRIPT"]),
    ],
)
def test_every_mistake_in_the_settings_is_named(environ, named):
    with pytest.raises(SettingsError) as error:
        from_environment(environ)
    assert [mistake.split()[0] for mistake in error.value.mistakes] == named


@pytest.mark.parametrize("url", [PUBLIC_URL, f"{PUBLIC_URL}/", f"{PUBLIC_URL}/voice", f" {PUBLIC_URL} "])
def test_the_public_address_is_understood_however_it_ends(url):
    assert from_environment(GOOD | {"IVR_PUBLIC_URL": url}).public_url == PUBLIC_URL


def test_tokens_are_split_at_commas():
    both = from_environment(GOOD | {"TWILIO_AUTH_TOKEN": f"{TOKEN}, second-token"}).tokens
    assert both == (TOKEN, "second-token")


def test_the_app_takes_its_settings_from_the_environment(monkeypatch):
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    heard = Caller(TwimlPhone(TwimlCall(signed_post(create_app()), f"{PUBLIC_URL}/voice"))).text
    assert "automated line" in heard


def test_a_key_is_for_one_purpose_only():
    secret = from_environment(GOOD | {"IVR_SECRET": " 00112233445566778899aabbccddeeff\n"}).secret

    assert key_for(secret, "texts") == key_for("00112233445566778899aabbccddeeff", "texts")
    assert len({key_for(secret, "texts"), key_for(secret, "callers"), key_for(secret[::-1], "texts")}) == 3
