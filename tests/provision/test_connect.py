"""`ivr connect` against an account that remembers: what is shown, what is written, and what it will not do.

The account is an imitation (`fake_twilio`): deploy/first-call.md says what only a real one can show.
"""

import pytest
import requests
from click.testing import CliRunner

from ivr.cli import main
from provision.fake_twilio import NUMBER, SID, TOKEN, FakeTwilio, number, sid
from signed import PUBLIC_URL

RETRIES = "#rc=2&rp=ct,rt,5xx&ct=2000&rt=4000"
OURS = {
    "voice_url": f"{PUBLIC_URL}/voice{RETRIES}",
    "voice_method": "POST",
    "voice_fallback_url": f"{PUBLIC_URL}/rescue",
    "voice_fallback_method": "GET",
    "status_callback": f"{PUBLIC_URL}/status",
    "status_callback_method": "POST",
}
ENVIRON = {"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": TOKEN, "IVR_PUBLIC_URL": PUBLIC_URL}


@pytest.fixture
def twilio(monkeypatch):
    fake = FakeTwilio(number(), number(2, "+12015550101"))
    monkeypatch.setattr("ivr.provision.rest.TwilioHttpClient", lambda **_: fake)
    return fake


@pytest.fixture
def connect(twilio):
    def run(*args, **environ):
        done = CliRunner().invoke(main, ["connect", NUMBER, *args], env=ENVIRON | environ)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    return run


def settings(twilio):
    return {name: twilio.numbers[sid("PN")][name] for name in OURS}


def test_what_would_change_is_shown_and_nothing_is_written(connect, twilio):
    before = dict(twilio.numbers[sid("PN")])
    code, said = connect()

    assert code == 0
    assert f"now:      https://demo.twilio.com/docs/voice.xml\n    becomes:  {OURS['voice_url']}" in said
    assert "now:      nothing\n    becomes:  https://line.example.org/rescue" in said
    assert "calls ask with\n    stays:    POST" in said
    assert "4 settings would change; nothing was changed." in said
    assert (twilio.numbers[sid("PN")], twilio.written) == (before, [])


def test_apply_writes_only_what_differs_on_that_number_and_reads_it_back(connect, twilio):
    other = dict(twilio.numbers[sid("PN", 2)])
    code, said = connect("--apply")

    assert code == 0
    assert "Written, and read back" in said
    assert settings(twilio) == OURS
    assert set(twilio.written[0]) == {"VoiceUrl", "VoiceFallbackUrl", "VoiceFallbackMethod", "StatusCallback"}
    assert twilio.numbers[sid("PN", 2)] == other
    assert twilio.numbers[sid("PN")]["sms_url"] == "https://demo.twilio.com/docs/sms.xml"


def test_once_more_changes_nothing(connect, twilio):
    connect("--apply")
    code, said = connect("--apply")

    assert (code, len(twilio.written)) == (0, 1)
    assert "Nothing to change" in said


def test_texts_are_connected_only_when_asked_for(connect, twilio):
    connect("--apply", "--texts")
    one = twilio.numbers[sid("PN")]

    assert (one["sms_url"], one["sms_method"]) == (f"{PUBLIC_URL}/text{RETRIES}", "POST")


def test_a_fallback_elsewhere_may_be_named(connect, twilio):
    connect("--apply", "--fallback", "https://files.example.net/rescue.xml")

    assert settings(twilio)["voice_fallback_url"] == "https://files.example.net/rescue.xml"


# --- what overrides the number -------------------------------------------------------------------


def override(twilio, kind, **content):
    one = twilio.numbers[sid("PN")]
    match kind:
        case "app":
            one["voice_application_sid"] = sid("AP")
            twilio.applications[sid("AP")] = {"sid": sid("AP"), "friendly_name": "old menu"} | content
        case "trunk":
            one["trunk_sid"] = sid("TK")
            twilio.trunks[sid("TK")] = {"sid": sid("TK"), "friendly_name": "office phones"}
        case "text app":
            one["sms_application_sid"] = sid("AP")
            twilio.applications[sid("AP")] = {"sid": sid("AP"), "friendly_name": "old menu"} | content
        case "service":
            twilio.members.add((sid("MG"), sid("PN")))
            told = {"sid": sid("MG"), "friendly_name": "reminders", "use_inbound_webhook_on_number": False}
            twilio.services[sid("MG")] = told | content
        case "elsewhere":
            twilio.services[sid("MG")] = {"sid": sid("MG"), "use_inbound_webhook_on_number": False}


@pytest.mark.parametrize(
    ("kind", "args", "named"),
    [
        ("app", [], ["TwiML App old menu", sid("AP"), "--detach takes"]),
        ("trunk", [], ["SIP trunk office phones", "--detach takes"]),
        ("text app", ["--texts"], ["Texts go where the TwiML App old menu"]),
        ("service", ["--texts"], ["Messaging Service reminders", "Defer to sender's webhook"]),
    ],
)
def test_what_overrides_the_number_is_named_and_stops_the_writing(connect, twilio, kind, args, named):
    override(twilio, kind)
    code, said = connect("--apply", *args)

    assert code == 1
    assert [part for part in named if part not in said] == []
    assert "Nothing was changed." in said
    assert twilio.written == []


@pytest.mark.parametrize("kind", ["text app", "service", "elsewhere"])
def test_what_overrides_texts_alone_does_not_hinder_calls(connect, twilio, kind):
    override(twilio, kind)

    assert connect("--apply")[0] == 0
    assert settings(twilio) == OURS


def test_a_service_that_the_number_is_not_in_hinders_nothing(connect, twilio):
    override(twilio, "elsewhere")
    assert connect("--apply", "--texts")[0] == 0


def test_a_service_that_defers_to_the_number_hinders_nothing(connect, twilio):
    override(twilio, "service", use_inbound_webhook_on_number=True)
    assert connect("--apply", "--texts")[0] == 0


@pytest.mark.parametrize(("kind", "field"), [("app", "voice_application_sid"), ("trunk", "trunk_sid")])
def test_detach_takes_the_number_out_and_sets_its_own_addresses(connect, twilio, kind, field):
    override(twilio, kind)
    code, said = connect("--apply", "--detach")

    assert code == 0, said
    assert settings(twilio) == OURS
    assert not twilio.numbers[sid("PN")][field]
    assert not any(f"POST /2010-04-01/Accounts/{SID}/Applications" in asked for asked in twilio.asked)


def test_an_app_that_asks_this_line_already_is_left_alone(connect, twilio):
    override(twilio, "app", **OURS)
    code, said = connect("--apply")

    assert (code, twilio.written) == (0, [])
    assert "Nothing to change" in said


# --- what it refuses -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "environ", "said"),
    [
        ([], {"IVR_PUBLIC_URL": "http://line.example.org"}, "IVR_PUBLIC_URL has to begin with https://"),
        (["--fallback", "http://x.example/r"], {}, "--fallback has to begin with https://"),
        ([], {"TWILIO_ACCOUNT_SID": ""}, "TWILIO_ACCOUNT_SID is not set"),
        ([], {"TWILIO_ACCOUNT_SID": "AC123"}, "is not an Account SID"),
        ([], {"TWILIO_AUTH_TOKEN": ""}, "TWILIO_AUTH_TOKEN is not set"),
        ([], {"TWILIO_AUTH_TOKEN": "f" * 32}, "Twilio does not know TWILIO_ACCOUNT_SID with this TWILIO_AUTH_TOKEN"),
    ],
)
def test_settings_that_cannot_work_are_told_in_one_sentence(connect, twilio, args, environ, said):
    code, heard = connect("--apply", *args, **environ)

    assert code == 1
    assert said in heard
    assert twilio.written == []


@pytest.mark.parametrize(
    ("status", "said"),
    [(403, "Test credentials cannot"), (404, "Twilio refuses that"), (429, "a pause"), (503, "trouble of its own")],
)
def test_what_twilio_refuses_is_told_in_one_sentence(connect, twilio, status, said):
    twilio.failing = status
    code, heard = connect()

    assert code == 1
    assert said in heard


def test_a_network_that_is_away_is_told_in_one_sentence(connect, twilio, monkeypatch):
    def away(*_, **__):
        raise requests.ConnectionError

    monkeypatch.setattr(twilio, "request", away)
    assert connect() == (
        1,
        "Error: Twilio's API cannot be reached (ConnectionError). Try again; does this machine reach the web?\n",
    )


def test_a_number_of_another_account_is_not_found(connect, twilio):
    twilio.numbers = {}
    code, said = connect()

    assert code == 1
    assert "The account has no number +12015550100" in said


def test_a_longer_number_is_another_one(connect, twilio):
    """Twilio's search finds every number that holds what was asked for."""
    twilio.numbers = {sid("PN"): number(1, f"{NUMBER}9")}
    assert connect("--apply")[0] == 1
    assert twilio.written == []


def test_a_number_that_cannot_do_it_is_left_alone(connect, twilio):
    twilio.numbers[sid("PN")]["capabilities"] = {"voice": True, "sms": False}

    assert connect("--apply", "--texts")[0] == 1
    assert twilio.written == []
    assert connect("--apply")[0] == 0


def test_while_a_token_is_rotated_the_one_that_twilio_takes_is_used(connect, twilio):
    assert connect("--apply", TWILIO_AUTH_TOKEN=f"{'e' * 32},{TOKEN}")[0] == 0
    assert settings(twilio) == OURS


def test_the_token_is_never_shown(connect, twilio):
    twilio.failing = 401
    assert TOKEN not in connect()[1]
