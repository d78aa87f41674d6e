"""`ivr doctor` as an operator runs it: a line behind HTTPS, an account, a store."""

import json

import pytest
import trustme
from click.testing import CliRunner

from doctor.served import on, says, serving
from doctor.test_calling import Line
from doctor.test_looks import DIAL, SAY, context
from ivr.cli import main
from ivr.provision.number import wanted
from provision.fake_twilio import NUMBER, SID, FakeTwilio, number, sid
from signed import TOKEN

RESCUE = says("200 OK", f"<Response>{SAY}{DIAL}</Response>", "text/xml")


@pytest.fixture
def running(tmp_path, monkeypatch):
    """A line that runs behind HTTPS with all that is around it; answers with a way to run the doctor on it."""
    authority = trustme.CA()
    ca = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(ca)
    leaf = authority.issue_cert("127.0.0.1")
    fake = FakeTwilio(number())
    monkeypatch.setattr("ivr.provision.rest.TwilioHttpClient", lambda **_: fake)
    with serving(on("/rescue", Line("https://{host}"), RESCUE), context(leaf.private_key_and_cert_chain_pem)) as url:
        fake.numbers[sid("PN")] |= wanted(url)
        environ = {"TWILIO_AUTH_TOKEN": TOKEN, "IVR_PUBLIC_URL": url, "TWILIO_ACCOUNT_SID": SID}

        def doctor(*args, **changed):
            done = CliRunner().invoke(main, ["doctor", "--ca", str(ca), *args], env=environ | changed)
            assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
            return done.exit_code, done.output

        doctor.twilio = fake
        yield doctor


def found(said):
    return {(one["check"], one["level"]) for one in json.loads(said)}


def test_everything_is_looked_at_and_only_what_a_trial_cannot_have_is_wrong(running):
    """On this machine the address is private and the authority is ours; all else is well."""
    code, said = running("--format", "json")
    seen = found(said)

    assert code == 1
    assert {check for check, level in seen if level == "wrong"} == {"address"}
    assert {check for check, _ in seen} >= {
        "address", "certificate", "call", "whisper", "speed", "strangers", "addresses", "version", "health", "clock", "store",
        "number", "fallback", "loop",
    }  # fmt: skip
    assert ("number", "ok") in seen


def test_each_look_is_one_line_for_people(running):
    code, said = running()
    lines = said.splitlines()

    assert code == 1
    assert all(line.startswith(("ok  ", "warning  ", "wrong  ", "not looked at  ")) for line in lines[:-1]), said
    assert ", 1 wrong, 0 not looked at." in lines[-1], said


def test_drift_and_a_loop_are_seen(running):
    running.twilio.numbers[sid("PN")] |= {"voice_method": "GET", "phone_number": "+19739403166"}
    seen = found(running("--format", "json")[1])

    assert {("number", "wrong"), ("loop", "wrong")} <= seen


def test_without_an_account_the_rest_is_looked_at(running):
    seen = found(running("--format", "json", TWILIO_ACCOUNT_SID="")[1])

    assert {("number", "not looked at"), ("loop", "not looked at"), ("call", "ok")} <= seen


def test_the_number_may_be_said_or_set(running):
    without = {"TWILIO_ACCOUNT_SID": ""}
    said = running("(973) 940-3166", "--format", "json", **without)[1]
    known = running("--format", "json", IVR_LINE_NUMBER="+19739403166", **without)[1]

    assert ("loop", "wrong") in found(said) & found(known)


def test_an_account_that_cannot_be_asked_hides_nothing(running):
    running.twilio.failing = 503
    seen = found(running("--format", "json")[1])

    assert {("number", "wrong"), ("call", "ok"), ("fallback", "warning")} <= seen


def test_settings_that_are_wrong_are_all_named():
    done = CliRunner().invoke(main, ["doctor"], env={"TWILIO_AUTH_TOKEN": "", "IVR_PUBLIC_URL": ""})

    assert done.exit_code == 1
    assert done.output.count("wrong         settings") == 2


def test_programs_are_told_how_to_mend_what_there_is_to_mend(running):
    told = json.loads(running("--format", "json", TWILIO_ACCOUNT_SID="")[1])
    told += json.loads(CliRunner().invoke(main, ["doctor", "--format", "json"], env={"TWILIO_AUTH_TOKEN": ""}).output)

    assert [one for one in told if ("mend" in one) == (one["level"] == "ok")] == []
    assert all(one.get("mend") != "" for one in told)


def test_neither_token_nor_callers_stand_in_the_report(running):
    assert TOKEN not in running()[1]


def test_an_account_with_no_number_of_ours_is_a_warning(running):
    running.twilio.numbers[sid("PN")]["voice_url"] = "https://demo.example/voice"
    seen = found(running("--format", "json")[1])
    assert ("number", "warning") in seen
    assert NUMBER not in str(seen)
