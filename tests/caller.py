"""A caller for tests: one readable verb for each thing that a person does on a telephone."""

from ivr.channels.plain import OUTCOMES
from ivr.dialog.inputs import Key, Said, Silence
from ivr.phone.heard import Doing


class Caller:
    """Wraps any phone; every verb answers with the words that were heard."""

    def __init__(self, phone, *, begin=True):
        self.phone = phone
        self.heard = phone.begin() if begin else None

    @property
    def text(self):
        return self.heard.text

    @property
    def ringing(self):
        return self.heard.dialled if self.heard.doing is Doing.RINGING else ""

    @property
    def ended(self):
        return self.heard.doing is Doing.ENDED

    @property
    def place(self):
        return self.phone.state.node

    def press(self, keys):
        for key in keys:
            self.heard = self.phone.give(Key(key))
        return self.text

    def say(self, words, confidence=None):
        self.heard = self.phone.give(Said(words, confidence))
        return self.text

    def wait(self, times=1):
        for _ in range(times):
            self.heard = self.phone.give(Silence())
        return self.text

    def ends(self, outcome):
        """The transfer ends: busy, no answer, failed, answered, hung up."""
        self.heard = self.phone.give(OUTCOMES[outcome])
        return self.text
