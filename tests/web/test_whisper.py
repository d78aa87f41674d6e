"""The route that Twilio asks when a transfer is answered."""

import re

import pytest

from ivr.channels import aside
from ivr.web import whisper as routes
from signed import PUBLIC_URL, post


def where(script, **changed):
    state = {"l": "es-US", "n": "billing", "t": "3", "u": "1", "v": f"1.{script.version}"} | changed
    return f"{PUBLIC_URL}/whisper?{'&'.join(f'{k}={v}' for k, v in sorted(state.items()))}"


FORM = {"CallSid": "CA2", "ParentCallSid": "CA1", "CallStatus": "in-progress"}


def test_a_transfer_leads_to_its_whisper(app, web_phone, script):
    web_phone.press("8")
    web_phone.press("5")
    heard = post(app, f"{PUBLIC_URL}/voice?l=en-US&n=main_menu&t=1&v=1.{script.version}", {"Digits": "5"}).text
    url = re.search(r'<Number url="([^"#]+)', heard).group(1).replace("&amp;", "&")

    assert "Information line. English. Billing." in post(app, f"{PUBLIC_URL}/{url}", FORM).text


def test_a_key_joins_the_two(app, script):
    assert post(app, where(script), FORM | {"Digits": "5"}).text == aside.NOTHING


@pytest.mark.parametrize("changed", [{"n": "nowhere"}, {"l": "x"}, {"n": "main_menu"}, {"l": "fr-FR"}])
def test_an_address_that_makes_no_sense_joins_the_two_at_once(app, script, changed):
    answer = post(app, where(script, **changed), FORM)

    assert (answer.status_code, answer.text, answer.mimetype) == (200, aside.NOTHING, "text/xml")


def test_a_fault_joins_the_two_at_once(app, script, monkeypatch, caplog):
    monkeypatch.setattr(routes.aside, "write", lambda *_: 1 / 0)

    assert post(app, where(script), FORM).text == aside.NOTHING
    assert "a whisper failed at billing" in caplog.text
