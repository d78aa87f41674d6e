"""Somebody who texts the line, for tests: each text is read, answered and measured as a network would."""

from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from ivr.channels.gsm import segments
from ivr.channels.text import read
from ivr.channels.texting import USUAL, answer
from ivr.web.cookie import NAME
from signed import HEADER, PUBLIC_URL, sign


class Texter:
    """`send` answers with what comes back; `keeps` is whether a cookie would come back with the next text; `today` is who
    is closed, and what is said beside the usual.
    """

    def __init__(self, script, *, keeps=True, now=1_800_000_000, today=USUAL):
        self.script, self.keeps, self.now, self.today = script, keeps, now, today
        self.talk = None
        self.events = ()

    def send(self, body, *, after=20, **form):
        """One text, so many seconds after the last one."""
        self.now += after
        done = answer(
            self.script,
            self.talk if self.keeps else None,
            read({"Body": body, **form}),
            self.now,
            keeps=self.keeps,
            today=self.today,
        )
        self.talk, self.events = done.talk, done.events
        assert segments(done.words) <= 2, done.words
        return done.words

    def send_all(self, *bodies):
        for body in bodies:
            answered = self.send(body)
        return answered

    @property
    def place(self):
        return self.talk.state.node

    def facts(self, kind):
        return [event for event in self.events if isinstance(event, kind)]


class WebTexter:
    """The same over signed requests, with a jar of cookies for each pair of numbers, as Twilio has one."""

    def __init__(self, app, *, url=f"{PUBLIC_URL}/text", keeps=True, sender="+12015550123"):
        self.client = app.test_client(use_cookies=False)
        self.url, self.keeps, self.sender = url, keeps, sender
        self.cookie = ""
        self.answer = None

    def form(self, body, **more):
        return {
            "MessageSid": "SM" + "0" * 32, "AccountSid": "AC" + "0" * 32, "From": self.sender, "To": "+12015550100",
            "Body": body, "NumMedia": "0", "NumSegments": "1", "SmsStatus": "received", "FromCountry": "US", **more,
        }  # fmt: skip

    def send(self, body, **more):
        form = self.form(body, **more)
        headers = {HEADER: sign(self.url, form)}
        if self.cookie:
            headers["Cookie"] = f"{NAME}={self.cookie}"
        self.answer = self.client.post(urlsplit(self.url).path, data=form, headers=headers)
        assert self.answer.status_code == 200, self.answer.text
        if self.keeps and (kept := self.answer.headers.get("Set-Cookie")):
            self.cookie = kept.partition(";")[0].partition("=")[2]
        return received(self.answer)

    def send_all(self, *bodies):
        for body in bodies:
            answered = self.send(body)
        return answered


def received(answer):
    """What a telephone gets of an answer: a message, several, or none; plain text is sent as it is."""
    if answer.mimetype == "text/plain":
        return answer.text
    root = ET.fromstring(answer.data)
    assert root.tag == "Response"
    assert [child.tag for child in root] in ([], ["Message"])
    assert not any(element.attrib for element in root.iter())
    return "".join(root.itertext())
