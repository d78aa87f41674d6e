"""Texts to callers, over the whole way: the question in a call, the store, and a faithful copy of Twilio's Messages."""

import base64
import json
import logging
import re
import subprocess
import sys
import threading

import pytest
from twilio.http import HttpClient
from twilio.http.response import Response

from caller import Caller
from ivr.channels.gsm import segments
from ivr.phone.played import TwimlPhone
from ivr.phone.twiml import TwimlCall
from ivr.script.folders import sample
from ivr.store.database import transaction
from ivr.store.tables import texts_sent
from ivr.store.where import location
from ivr.web import app as web_app
from ivr.web import create_app, messages, sending
from ivr.web.app import LIBRARY
from ivr.web.messages import Account, NotSentError, deliver
from ivr.web.sending import MOST_WAITING, Sender, Wanted
from ivr.web.settings import Settings, SettingsError, from_environment
from signed import PUBLIC_URL, TOKEN, post, signed_post

SID = "AC" + "0123456789abcdef" * 2
LINE, CALLER = "+12015550100", "+12015554567"
SECRET = "s" * 32


class Twilio(HttpClient):
    """Twilio's Messages at the level of HTTP: it checks what Twilio checks, and answers as Twilio answers."""

    def __init__(self, token=TOKEN, refuses=None):
        super().__init__(logging.getLogger("fake"), is_async=False)
        self.token, self.refuses, self.sent, self.asked = token, refuses, [], 0

    def request(self, method, uri, params=None, data=None, headers=None, auth=None, **_):
        self.asked += 1
        sid, token = auth or base64.b64decode(headers["Authorization"].split()[1]).decode().split(":")
        assert (method, uri) == ("POST", f"https://api.twilio.com/2010-04-01/Accounts/{SID}/Messages.json")
        assert not params
        if (sid, token) != (SID, self.token):
            return self.error(401, 20003, "Authenticate")
        if self.refuses:
            return self.error(400, self.refuses, f"refused for {data['To']}")
        if not re.fullmatch(r"\+[1-9][0-9]{7,14}", data["To"]):
            return self.error(400, 21211, f"Invalid 'To' Phone Number: {data['To']}")
        if not 0 < len(data["Body"]) <= 1600:
            return self.error(400, 21617, "The concatenated message body exceeds the 1600 character limit")
        assert set(data) == {"To", "From", "Body"}
        self.sent.append((data["From"], data["To"], data["Body"]))
        return Response(201, json.dumps({"sid": f"SM{len(self.sent):032x}", "status": "queued", "body": data["Body"]}))

    @staticmethod
    def error(status, code, message):
        info = f"https://www.twilio.com/docs/errors/{code}"
        return Response(status, json.dumps({"code": code, "message": message, "more_info": info, "status": status}))


@pytest.fixture
def twilio(monkeypatch):
    twilio = Twilio()
    account = Account(SID, (TOKEN,), LINE, twilio)
    monkeypatch.setattr(web_app.messages, "deliver", lambda _, to, words: deliver(account, to, words))
    return twilio


@pytest.fixture
def senders(monkeypatch):
    made = []

    class Watched(Sender):
        def __init__(self, *args):
            super().__init__(*args)
            made.append(self)

    monkeypatch.setattr(web_app, "Sender", Watched)
    monkeypatch.setattr(sending, "LOOK_EVERY", 0.02)
    return made


@pytest.fixture
def new_app(twilio, senders, store_address):
    """Makes an app on the store, and closes what it opened."""
    made = []

    def make(address=store_address, **changed):
        made.append(create_app(settings(address, **changed)))
        return made[-1]

    yield make
    for one in (*senders, *(app.extensions[LIBRARY] for app in made)):
        one.close()


def settings(address, **changed):
    where = location({"IVR_STORE": str(address)})
    usual = {"store": where, "secret": SECRET, "text_from": LINE, "account": SID, "look_every": 0}
    return Settings((TOKEN,), PUBLIC_URL, sample(), **usual | changed)


PREPARED = """
import sys
from datetime import date
from functools import partial
from ivr.script.folders import sample
from ivr.store.where import location
from ivr.web import app, create_app, messages
from ivr.web.sending import Wanted
from ivr.web.settings import Settings
made = []
class Watched(app.Sender):
    def __init__(self, *args):
        super().__init__(*args)
        made.append(self)
app.Sender = Watched
class Refusing:
    def request(self, *args, **kwargs):
        raise OSError
account, number, texts, store = sys.argv[1:]
kept = messages.Account
messages.Account = lambda *args: kept(*args, Refusing())
settings = Settings(("t",), "https://line.example", sample(), store=location({"IVR_STORE": store}),
                    secret="s" * 32, text_from=texts, account=account, look_every=0)
create_app(settings, prepared=True)
known = set(sys.modules)
made[0].hand_over(Wanted("CA", 1, number, "hello"))
made[0].rest()
print(*sorted(name for name in set(sys.modules) - known if name.startswith(("sqlalchemy.orm", "twilio.rest", "requests"))))
"""


def test_the_first_text_of_a_prepared_server_loads_no_library(tmp_path):
    command = [sys.executable, "-c", PREPARED, SID, CALLER, LINE, str(tmp_path / "line.db")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)

    assert done.stdout == "\n"
    assert "OSError" in done.stderr  # it came as far as Twilio


@pytest.fixture
def app(new_app):
    return new_app()


def a_call(app, caller=CALLER, sid="CA" + "0" * 32):
    call = TwimlCall(signed_post(app), f"{PUBLIC_URL}/voice", caller=caller, line=LINE)
    call._standard["CallSid"] = sid
    return Caller(TwimlPhone(call))


def asks(call):
    """The fax number, and then a text of it."""
    call.press("4")
    call.wait()
    return call.press("71")


def test_what_was_heard_is_texted_once_to_the_number_that_calls(app, twilio, senders):
    call = a_call(app)
    call.press("4")
    call.wait()
    assert "Text me this" in call.text
    assert "ending four five six seven" in call.press("7")
    call.press("1")
    senders[0].rest()

    assert twilio.sent == [
        (
            LINE,
            CALLER,
            (
                "Automatic replies. No person reads these texts. In an emergency call or text 911.\n"
                "Specialty Surgical Center, automated line.\nFax number\nThe number is 973-940-3170."
            ),
        )
    ]
    assert segments(twilio.sent[0][2]) == 2


def test_a_whole_announcement_is_one_text(app, twilio, senders):
    call = a_call(app)
    call.press("12")
    call.press("71")
    senders[0].rest()

    ((_, _, words),) = twilio.sent
    assert "First, Doctor Gutkin feels the muscles" in words
    assert words.endswith("You could also move more easily.")


def test_the_same_request_again_sends_nothing_more(app, twilio, senders):
    call = a_call(app)
    call.press("4")
    call.wait()
    call.press("7")
    url = call.phone._call.waiting.action
    form = {**call.phone._call._standard, "CallStatus": "in-progress", "Digits": "1"}
    address = f"{PUBLIC_URL}/{url.partition('#')[0].lstrip('/')}"
    answers = {post(app, address, form).data for _ in range(4)}
    senders[0].rest()

    assert len(answers) == 1
    assert len(twilio.sent) == 1


def test_a_number_is_sent_so_many_texts_a_day(app, twilio, senders):
    for number in range(8):
        asks(a_call(app, sid=f"CA{number:032x}"))
    asks(a_call(app, caller="+12015554568", sid="CA9"))
    senders[0].rest()

    assert [to for _, to, _ in twilio.sent] == [CALLER] * 5 + ["+12015554568"]


def test_several_processes_count_together(new_app, twilio, senders):
    apps = [new_app(texts_a_day=2) for _ in range(2)]
    for number in range(6):
        asks(a_call(apps[number % 2], sid=f"CA{number:032x}"))
    for sender in senders:
        sender.rest()

    assert len(twilio.sent) == 2


def test_the_store_holds_neither_number_nor_call(app, senders, store_address, open_stores):
    asks(a_call(app))
    senders[0].rest()

    store = open_stores()
    with transaction(store._engine) as connection:
        (row,) = connection.execute(texts_sent.select())
    assert len(row.once) == len(row.number) == 64
    assert "5554567" not in str(row)
    assert "CA0" not in str(row)


NOT_REACHED = {
    "withheld": "anonymous", "not known": "unknown", "withheld, in digits": "+266696687", "a program": "client:ann",
    "an address": "sip:a@b.c", "nothing": "", "without a country": "2015554567", "the line itself": LINE,
    "no number": "+1", "a number that cannot exist": "+12011234567", "Mexico": "+525512345678", "Jamaica": "+18762345678",
    "Canada": "+14162345678", "toll-free": "+18002345678", "more to pay": "+19002345678", "a person's": "+15002345678",
}  # fmt: skip


@pytest.mark.parametrize("caller", NOT_REACHED.values(), ids=NOT_REACHED)
def test_only_an_ordinary_number_of_the_same_country_is_offered_it(app, twilio, caller):
    call = a_call(app, caller=caller)
    call.press("4")
    call.wait()
    assert "Text me this" not in call.text
    assert "no choice here" in call.press("7")


@pytest.mark.parametrize("lacking", ["text_from", "account", "secret", "store"])
def test_without_all_that_it_needs_it_is_not_offered(new_app, lacking):
    call = a_call(new_app(**{lacking: None if lacking == "store" else ""}))
    call.press("4")
    call.wait()
    assert "Text me this" not in call.text


def test_a_number_in_the_address_is_never_texted(app, twilio, senders):
    """The number is that of the request, whatever a state may say; and without it nothing is sent."""
    call = a_call(app)
    call.press("4")
    call.wait()
    call.press("7")
    call.phone._call._standard["From"] = "anonymous"
    assert "This line cannot text this phone." in call.press("1")
    senders[0].rest()
    assert not twilio.sent


# --- failures ------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [21610, 21211, 30034, 20429])
def test_a_refusal_of_twilio_is_logged_without_number_or_words(app, twilio, senders, caplog, code):
    twilio.refuses = code
    with caplog.at_level(logging.DEBUG):
        assert "One text is on its way" in asks(a_call(app))
        senders[0].rest()

    assert f"error {code}" in caplog.text
    ours = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("sqlalchemy"))
    assert "5554567" not in ours
    assert "973-940-3170" not in ours
    assert twilio.asked == 1, "what was reserved counts as sent"


def test_the_next_text_is_sent_after_one_that_failed(app, twilio, senders):
    twilio.refuses = 30034
    asks(a_call(app))
    senders[0].rest()
    twilio.refuses = None
    asks(a_call(app, sid="CA1"))
    senders[0].rest()
    assert len(twilio.sent) == 1


def test_a_store_that_is_away_sends_nothing_and_the_call_goes_on(app, twilio, senders, caplog):
    senders[0]._reserve._where = location({"IVR_STORE": "postgresql://nobody@127.0.0.1:1/none"})
    with caplog.at_level(logging.ERROR):
        assert "One text is on its way" in asks(a_call(app))
        senders[0].rest()
    assert "a text was not sent: StoreAwayError" in caplog.text
    assert not twilio.sent


def test_while_a_token_is_rotated_the_right_one_is_found():
    twilio = Twilio(token="the-new-one")
    deliver(Account(SID, ("the-old-one", "the-new-one"), LINE, twilio), CALLER, "hi")
    assert len(twilio.sent) == 1
    with pytest.raises(NotSentError, match="error 20003"):
        deliver(Account(SID, ("wrong",), LINE, twilio), CALLER, "hi")


def test_twilios_own_client_is_given_a_log_that_nobody_reads(monkeypatch):
    made = []
    monkeypatch.setattr("twilio.http.http_client.TwilioHttpClient", lambda **given: made.append(given) or Twilio())
    deliver(Account(SID, (TOKEN,), LINE), CALLER, "hi")

    assert made == [{"timeout": messages.SECONDS, "logger": messages.SILENT}]
    assert not messages.SILENT.isEnabledFor(logging.ERROR)


def test_a_turn_never_waits_and_what_is_too_much_is_dropped(caplog):
    go, sent = threading.Event(), []

    class Always:
        def __call__(self, *_):
            return True

        def close(self):
            sent.append("closed")

    def slow(to, words):
        go.wait(10)
        sent.append(to)

    sender = Sender(LINE, b"key", Always(), slow)
    for number in range(MOST_WAITING + 20):
        sender.hand_over(Wanted("CA1", number, CALLER, "hi"))
    assert "others are waiting" in caplog.text
    go.set()
    sender.close()
    assert sent.pop() == "closed"
    assert MOST_WAITING <= len(sent) <= MOST_WAITING + 1


ENDS = """
import logging, sys, time
from threading import Event, main_thread
from ivr.web import sending
class Reserve:
    def __call__(self, *_): return True
    def close(self): print("closed")
began = Event()
def deliver(to, words):
    began.set()
    while main_thread().is_alive(): time.sleep(0.01)
    print("sent", words)
logging.basicConfig(stream=sys.stdout, format="%(message)s")
sending.LAST_SECONDS = float(sys.argv[1])
sender = sending.Sender("+12015550100", b"key", Reserve(), deliver)
for number in range(3):
    sender.hand_over(sending.Wanted("CA1", number, "+12015554567", str(number)))
began.wait()
"""


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(5, ["sent 0", "sent 1", "sent 2", "closed"]), (0, ["sent 0", "sent 1", "promised and not sent: 1", "closed"])],
    ids=["all of them", "as many as there is time for"],
)
def test_what_was_promised_is_sent_before_the_program_ends(seconds, told):
    done = subprocess.run([sys.executable, "-c", ENDS, str(seconds)], check=True, capture_output=True, text=True)

    for line, expected in zip(done.stdout.splitlines(), told, strict=True):
        assert line.endswith(expected)
    assert "5554567" not in done.stdout


# --- settings ------------------------------------------------------------------------------------

RIGHT = {
    "TWILIO_AUTH_TOKEN": TOKEN, "IVR_PUBLIC_URL": PUBLIC_URL, "IVR_TEXT_FROM": "+1 (201) 555-0100",
    "TWILIO_ACCOUNT_SID": SID, "IVR_SECRET": SECRET,
}  # fmt: skip


def test_settings_of_texts():
    read = from_environment(RIGHT)
    assert (read.text_from, read.account, read.texts_a_day, read.may_text) == (LINE, SID, 5, True)
    assert from_environment(RIGHT | {"IVR_TEXTS_A_DAY": "3"}).texts_a_day == 3
    assert not from_environment(RIGHT | {"IVR_TEXT_FROM": ""}).may_text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"IVR_TEXT_FROM": "201-555-0100"}, "IVR_TEXT_FROM is not a number with its country."),
        ({"IVR_TEXT_FROM": "+1"}, "IVR_TEXT_FROM is not a number with its country."),
        ({"TWILIO_ACCOUNT_SID": ""}, "IVR_TEXT_FROM is set, and TWILIO_ACCOUNT_SID is not."),
        ({"IVR_SECRET": ""}, "IVR_TEXT_FROM is set, and IVR_SECRET is not."),
        ({"TWILIO_ACCOUNT_SID": "SK123"}, "TWILIO_ACCOUNT_SID is not an Account SID."),
        ({"IVR_TEXTS_A_DAY": "many"}, "IVR_TEXTS_A_DAY is not a number from 1 to 99."),
        ({"IVR_TEXTS_A_DAY": "0"}, "IVR_TEXTS_A_DAY is not a number from 1 to 99."),
    ],
)
def test_a_mistake_in_the_settings_of_texts_is_told_in_one_sentence(changed, told):
    with pytest.raises(SettingsError, match=re.escape(told)):
        from_environment(RIGHT | changed)
