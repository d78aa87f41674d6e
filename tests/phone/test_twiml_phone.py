"""The telephone for tests plays a document as Twilio would, and posts what its caller does."""

import pytest

from ivr.dialog.inputs import Arrived, Dialled, Key, Outcome, Said, Silence
from ivr.phone.heard import Doing
from ivr.phone.strict import Dial, Hangup, TwimlFault
from ivr.phone.twiml import MOST_REDIRECTS, NotNowError, TwimlCall
from phone.documents import ASK, dial, document, gather, listening, redirect, say, window

URL = "https://line.example/p/voice"


class Line:
    """Answers each address with a document, and remembers what was posted."""

    def __init__(self, **documents):
        self.documents = documents
        self.posted = []

    def __call__(self, url, form):
        own = {k: v for k, v in form.items() if k.startswith(("Digits", "Speech", "Confidence", "Dial"))}
        self.posted.append((url, own))
        self.form = form
        return self.documents[url.partition("?n=")[2] or "a"]


def call(**documents):
    line = Line(**documents)
    return line, TwimlCall(line, URL)


def texts(played):
    return [said.text for said in played.says]


END = document(say("Bye."))


def test_a_call_begins_with_twilios_standard_parameters():
    line, phone = call(a=listening(say() + say("Hola.", language="es-US"), timeout="20"))
    played = phone.begin()
    assert [(said.language, said.text) for said in played.heard] == [("en-US", "Hello."), ("es-US", "Hola.")]
    assert (played.doing, played.waiting.seconds) == (Doing.LISTENING, 20)
    assert line.posted == [(URL, {})]
    assert line.form.keys() == {"AccountSid", "ApiVersion", "CallSid", "CallStatus", "Direction", "From", "To"}
    assert line.form["CallStatus"] == "ringing"


@pytest.mark.parametrize(
    ("given", "posted"),
    [
        (Key("#"), {"Digits": "#"}),
        (Said("billing", 0.5), {"SpeechResult": "billing", "Confidence": "0.5"}),
        (Said("billing"), {"SpeechResult": "billing"}),
        (Silence(), {}),
    ],
)
def test_what_the_caller_does_is_posted_to_the_action_without_its_fragment(given, posted):
    url = "voice?n=b#rc=2&amp;rp=ct,rt,5xx&amp;ct=2000&amp;rt=4000"
    line, phone = call(a=listening(say(), action=url), b=END)
    phone.give(Arrived())
    played = phone.give(given)
    assert line.posted[1:] == [(f"{URL}?n=b", posted)]
    assert line.form["CallStatus"] == "in-progress"
    assert texts(played) == ["Bye."]
    assert played.heard[-1] == Hangup()
    assert played.doing == Doing.ENDED


def test_silence_that_is_not_answered_lets_the_next_verb_follow():
    line, phone = call(a=document(window(say("Connecting."), timeout="3"), dial(**ASK)))
    assert texts(phone.begin()) == ["Connecting."]
    played = phone.wait()
    ringing = Dial("+19735550100", 25, "voice?n=b")
    assert (played.doing, played.heard, played.waiting) == (Doing.RINGING, (ringing,), ringing)
    assert len(line.posted) == 1


def test_a_key_in_that_window_calls_the_transfer_off():
    line, phone = call(a=document(window(), dial(**ASK)), b=END)
    phone.begin()
    assert phone.press("*").doing == Doing.ENDED
    assert line.posted[1] == (f"{URL}?n=b", {"Digits": "*"})


def test_silence_can_fall_through_to_a_redirect():
    line, phone = call(a=document(window(), redirect("voice?n=c")), c=listening(say("Still here.")))
    phone.begin()
    assert texts(phone.wait()) == ["Still here."]
    assert line.posted[1] == (f"{URL}?n=c", {})


@pytest.mark.parametrize(
    ("ended", "posted"),
    [
        (Dialled(Outcome.BUSY), {"DialCallStatus": "busy"}),
        (Dialled(Outcome.NO_ANSWER, bridged=False), {"DialCallStatus": "no-answer", "DialBridged": "false"}),
        (Dialled(Outcome.FAILED), {"DialCallStatus": "failed"}),
        (Dialled(Outcome.CANCELLED), {"DialCallStatus": "canceled"}),
        (
            Dialled(Outcome.COMPLETED, bridged=True, seconds=61),
            {"DialCallStatus": "completed", "DialBridged": "true", "DialCallDuration": "61"},
        ),
    ],
)
def test_the_end_of_a_transfer_is_posted_to_its_action(ended, posted):
    line, phone = call(a=document(dial(**ASK)), b=listening(say("Busy.")))
    assert phone.begin().doing == Doing.RINGING
    played = phone.give(ended)
    assert line.posted[1:] == [(f"{URL}?n=b", posted)]
    assert texts(played) == ["Busy."]
    assert played.doing == Doing.LISTENING


@pytest.mark.parametrize("outcome", Outcome)
def test_without_an_action_the_document_goes_on_whatever_the_outcome(outcome):
    line, phone = call(a=document(say("Sorry."), dial(), say("Our number.")))
    phone.begin()
    assert texts(phone.dialled(Dialled(outcome))) == ["Our number."]
    assert len(line.posted) == 1


def test_redirects_are_followed_and_addresses_are_relative_to_the_last_document():
    line, phone = call(
        a=document(say("One."), redirect("deeper/voice?n=b")),
        b=document(redirect("https://other.example/voice?n=c")),
        c=listening(say("Two.")),
    )
    played = phone.begin()
    assert texts(played) == ["One.", "Two."]
    assert [url for url, _ in line.posted] == [
        URL,
        "https://line.example/p/deeper/voice?n=b",
        "https://other.example/voice?n=c",
    ]
    assert phone.url == "https://other.example/voice?n=c"


def test_a_circle_of_redirects_is_a_fault():
    line, phone = call(a=document(redirect("voice?n=b")), b=document(redirect("voice?n=b")))
    with pytest.raises(TwimlFault, match="documents in a row neither listen nor ring"):
        phone.begin()
    assert len(line.posted) == 1 + MOST_REDIRECTS


def test_a_refused_document_is_a_fault_of_the_call_too():
    _, phone = call(a="<html/>")
    with pytest.raises(TwimlFault):
        phone.begin()


def test_time_is_estimated_from_words_and_pauses_before_and_in_the_gather():
    _, phone = call(a=document(say("one two"), '<Pause length="2"/>', gather(say("three four")), redirect()))
    assert phone.begin().seconds == pytest.approx(4 * 60 / 160 + 2)


ACTS = {
    "press": lambda phone: phone.press("1"),
    "say": lambda phone: phone.say("hello"),
    "wait": lambda phone: phone.wait(),
    "dialled": lambda phone: phone.dialled(Dialled(Outcome.BUSY)),
}


@pytest.mark.parametrize(
    ("document_now", "possible"),
    [(listening(), {"press", "say", "wait"}), (document(dial(**ASK)), {"dialled"}), (END, set())],
    ids=["listening", "ringing", "ended"],
)
@pytest.mark.parametrize("act", ACTS)
def test_a_caller_can_only_do_what_the_phone_waits_for(document_now, possible, act):
    line, phone = call(a=document_now, b=END)
    phone.begin()
    if act in possible:
        assert ACTS[act](phone).doing == Doing.ENDED
    else:
        with pytest.raises(NotNowError):
            ACTS[act](phone)
        assert len(line.posted) == 1


@pytest.mark.parametrize("key", ["A", "10", "", "٣"])
def test_a_telephone_has_twelve_keys(key):
    _, phone = call(a=listening(), b=END)
    phone.begin()
    with pytest.raises(AssertionError):
        phone.press(key)
