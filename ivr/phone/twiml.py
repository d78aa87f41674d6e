"""A telephone that plays TwiML as Twilio would: it speaks, listens, rings, and posts what its caller does.

For: calling the line from outside, in process or over HTTP, in rehearsals and in tests.  Each action of the caller
returns what was heard since and what the phone now waits for.  Time is estimated, never spent.
Not here: how a document is judged (`ivr.phone.strict`), how it travels (the `post` that is handed in), whether what is
heard is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

from ivr.dialog.inputs import Arrived, Dialled, Key, Outcome, Said, Silence
from ivr.phone.heard import Doing, NotNowError
from ivr.phone.strict import Dial, Gather, Hangup, Pause, Redirect, Say, TwimlFault, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ivr.dialog.inputs import Input
    from ivr.phone.strict import Verb

MOST_REDIRECTS = 10
"""Documents in a row that neither listen nor ring: a line that needs more is going round in circles."""

STATUSES = {
    Outcome.BUSY: "busy",
    Outcome.NO_ANSWER: "no-answer",
    Outcome.FAILED: "failed",
    Outcome.CANCELLED: "canceled",
    Outcome.COMPLETED: "completed",
}

Sound = Say | Pause | Dial | Hangup
"""What reaches the caller's ear: words, silence, a number being dialled, the end."""


@dataclass(frozen=True, slots=True)
class Played:
    """What was heard since the caller last did something, and the verb at which the phone waits (None: it hung up)."""

    heard: tuple[Sound, ...]
    waiting: Gather | Dial | None

    @property
    def doing(self) -> Doing:
        if self.waiting is None:
            return Doing.ENDED
        return Doing.LISTENING if isinstance(self.waiting, Gather) else Doing.RINGING

    @property
    def says(self) -> tuple[Say, ...]:
        return tuple(heard for heard in self.heard if isinstance(heard, Say))

    @property
    def seconds(self) -> float:
        """How long it took to hear, estimated; the window of a silent caller is not part of it."""
        return sum(heard.seconds for heard in self.heard if isinstance(heard, Say | Pause))


class TwimlCall:
    """One call.  `post` sends a form to an address and returns the document that answers it.

    A caller can only do what the phone waits for; anything else is a NotNowError.  `url` is where the last document
    came from, `waiting` the verb at which the phone waits (None: it hung up).
    """

    def __init__(
        self,
        post: Callable[[str, dict[str, str]], str],
        url: str = "https://line.example/voice",
        caller: str = "+12015550123",
        line: str = "+12015550100",
    ) -> None:
        self.url = url
        self._post = post
        self._standard = {
            "AccountSid": f"AC{'0' * 32}",
            "ApiVersion": "2010-04-01",
            "CallSid": f"CA{'0' * 32}",
            "Direction": "inbound",
            "From": caller,
            "To": line,
        }
        self._rest: Iterator[Verb] = iter(())
        self.waiting: Gather | Dial | None = None

    def begin(self) -> Played:
        self._ask(self.url, {}, status="ringing")
        return self._play()

    def press(self, key: str) -> Played:
        """One key ends the listening: the line takes one digit a turn and no finishing key."""
        assert len(key) == 1
        assert key in "0123456789*#", "no telephone has other keys"
        return self._answer(self._listening().action, {"Digits": key})

    def say(self, words: str, confidence: float | None = 0.9) -> Played:
        sure = {} if confidence is None else {"Confidence": str(confidence)}
        return self._answer(self._listening().action, {"SpeechResult": words, **sure})

    def wait(self) -> Played:
        """Let the listening window pass.  Silence is posted only where the document asks for it."""
        gather = self._listening()
        return self._answer(gather.action, {}) if gather.answers_silence else self._play()

    def dialled(self, ended: Dialled) -> Played:
        """The transfer ends.  Without an action the document goes on, whatever the outcome."""
        if not isinstance(self.waiting, Dial):
            raise NotNowError("no transfer can end: the phone is not ringing")
        if not self.waiting.action:
            return self._play()
        form = {"DialCallStatus": STATUSES[ended.outcome]}
        if ended.bridged is not None:
            form["DialBridged"] = str(ended.bridged).lower()
        if ended.outcome is Outcome.COMPLETED:
            form["DialCallDuration"] = str(ended.seconds)
        return self._answer(self.waiting.action, form)

    def give(self, given: Input) -> Played:
        """Do what an input of the dialog says."""
        match given:
            case Arrived():
                return self.begin()
            case Key(key):
                return self.press(key)
            case Said(words, confidence):
                return self.say(words, confidence)
            case Silence():
                return self.wait()
            case Dialled():
                return self.dialled(given)

    def _listening(self) -> Gather:
        if not isinstance(self.waiting, Gather):
            raise NotNowError("nothing is heard of the caller: the phone is not listening")
        return self.waiting

    def _answer(self, url: str, form: dict[str, str]) -> Played:
        self._ask(url, form)
        return self._play()

    def _ask(self, url: str, form: dict[str, str], status: str = "in-progress") -> None:
        """The next document.  A fragment holds Twilio's retry overrides and is never sent."""
        self.url = urldefrag(urljoin(self.url, url)).url
        self._rest = iter(read(self._post(self.url, {**self._standard, "CallStatus": status, **form})))

    def _play(self) -> Played:
        """Go on with the document until it waits for the caller or for the network, or ends."""
        heard: list[Sound] = []
        redirects = 0
        while True:
            match verb := next(self._rest, Hangup()):
                case Say() | Pause():
                    heard.append(verb)
                case Redirect():
                    redirects += 1
                    if redirects > MOST_REDIRECTS:
                        raise TwimlFault(f"more than {MOST_REDIRECTS} documents in a row neither listen nor ring")
                    self._ask(verb.url, {})
                case Gather():
                    return self._stop((*heard, *verb.prompt), verb)
                case Dial():
                    return self._stop((*heard, verb), verb)
                case Hangup():
                    return self._stop((*heard, verb), None)

    def _stop(self, heard: tuple[Sound, ...], waiting: Gather | Dial | None) -> Played:
        self.waiting = waiting
        return Played(heard, waiting)
