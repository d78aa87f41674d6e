"""What Twilio posts is read as an input, however odd it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.channels import voice
from ivr.dialog.inputs import Dialled, Key, Outcome, Said, Silence

READ = [
    ({}, Silence()),
    ({"Digits": "", "SpeechResult": ""}, Silence()),
    ({"SpeechResult": " \n "}, Silence()),
    ({"Digits": "5"}, Key("5")),
    ({"Digits": "*"}, Key("*")),
    ({"Digits": "#"}, Key("#")),
    ({"Digits": "12"}, Key("1")),
    ({"Digits": "A7"}, Key("7")),
    ({"Digits": "ABCD"}, Silence()),
    ({"Digits": "٣"}, Silence()),
    ({"Digits": "w"}, Silence()),
    ({"Digits": "D", "SpeechResult": "billing"}, Said("billing")),
    ({"Digits": "5", "SpeechResult": "billing"}, Key("5")),
    ({"SpeechResult": " Billing. ", "Confidence": "0.91"}, Said("Billing.", 0.91)),
    ({"SpeechResult": "fax", "Confidence": "0"}, Said("fax", 0.0)),
    ({"SpeechResult": "fax", "Confidence": "1.0"}, Said("fax", 1.0)),
    ({"SpeechResult": "fax"}, Said("fax")),
    *(
        ({"SpeechResult": "fax", "Confidence": garbage}, Said("fax"))
        for garbage in ("", "high", "NaN", "nan", "inf", "-inf", "-0.1", "1.01", "1e400", "0,9")
    ),
    ({"DialCallStatus": "busy"}, Dialled(Outcome.BUSY)),
    ({"DialCallStatus": "no-answer"}, Dialled(Outcome.NO_ANSWER)),
    ({"DialCallStatus": "failed"}, Dialled(Outcome.FAILED)),
    ({"DialCallStatus": "canceled"}, Dialled(Outcome.CANCELLED)),
    ({"DialCallStatus": "answered", "DialBridged": "true"}, Dialled(Outcome.COMPLETED, bridged=True)),
    ({"DialCallStatus": "something new"}, Dialled(Outcome.FAILED)),
    (
        {"DialCallStatus": "completed", "DialBridged": "true", "DialCallDuration": "61"},
        Dialled(Outcome.COMPLETED, bridged=True, seconds=61),
    ),
    ({"DialCallStatus": "completed", "DialBridged": "False"}, Dialled(Outcome.COMPLETED, bridged=False)),
    ({"DialCallStatus": "completed", "DialBridged": "maybe"}, Dialled(Outcome.COMPLETED)),
    *(
        ({"DialCallStatus": "completed", "DialCallDuration": garbage}, Dialled(Outcome.COMPLETED))
        for garbage in ("", "-3", "long", "1.5", "9" * 5000)
    ),
    ({"DialCallStatus": "busy", "Digits": "1"}, Dialled(Outcome.BUSY)),
]


@pytest.mark.parametrize(("form", "expected"), READ)
def test_a_form_is_read(form, expected):
    assert voice.read(form) == expected


@given(
    st.dictionaries(
        st.sampled_from(["Digits", "SpeechResult", "Confidence", "DialCallStatus", "DialBridged", "DialCallDuration"]),
        st.text(),
    )
)
def test_no_form_is_too_odd_to_read(form):
    assert isinstance(voice.read(form), Key | Said | Silence | Dialled)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({}, set()),
        ({"To": "+19735550100"}, {"+19735550100"}),
        ({"To": "+19735550100", "ForwardedFrom": "+15705550100"}, {"+19735550100", "+15705550100"}),
        ({"To": "+19735550100", "ForwardedFrom": ""}, {"+19735550100"}),
        ({"ForwardedFrom": "9735550100"}, {"+19735550100"}),
        ({"ForwardedFrom": " 19735550100"}, {"+19735550100"}),
        ({"ForwardedFrom": "(973) 555-0100"}, {"+19735550100"}),
        ({"To": "sip:+19735550100@sip.example:5060"}, {"+19735550100"}),
        ({"ForwardedFrom": "+4930123456"}, {"+4930123456"}),
        ({"To": "client:desk", "ForwardedFrom": "anonymous"}, set()),
    ],
)
def test_own_numbers_are_those_by_which_the_call_came(form, expected):
    assert voice.own_numbers(form) == expected
