"""Somebody who texts the line, for tests: each text is read, answered and measured as a network would."""

from ivr.channels.gsm import segments
from ivr.channels.text import read
from ivr.channels.texting import answer


class Texter:
    """`send` answers with what comes back; `keeps` is whether a cookie would come back with the next text."""

    def __init__(self, script, *, keeps=True, now=1_800_000_000):
        self.script, self.keeps, self.now = script, keeps, now
        self.talk = None
        self.events = ()

    def send(self, body, *, after=20, **form):
        """One text, so many seconds after the last one."""
        self.now += after
        done = answer(
            self.script, self.talk if self.keeps else None, read({"Body": body, **form}), self.now, keeps=self.keeps
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
