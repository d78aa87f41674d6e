"""Calls to be placed by a crowd: each turn's address, form and the one right answer, worked out beforehand.

An answer is a function of the version, the address and the form alone, so that what a crowd hears can be compared byte by
byte with what one process says at leisure.
Not here: sending anything (`crowd`).
"""

from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from ivr.dialog.inputs import Dialled, Key, Outcome, Said, Silence
from ivr.phone.twiml import TwimlCall
from ivr.web import create_app
from ivr.web.settings import Settings
from signed import TOKEN, post

PATHS = (
    (Key("1"), Key("1"), Key("1"), Key("*"), Key("2")),
    (Key("3"), Key("*"), Said("my bill"), Dialled(Outcome.BUSY), Key("2")),
    (Key("2"), Said("sciatica"), Key("#"), Key("*"), Key("4")),
    (Silence(), Key("8"), Key("1"), Key("3"), Key("0"), Silence(), Dialled(Outcome.NO_ANSWER)),
    (Said("what is active release"), Key("1"), Said("fax number"), Silence(), Key("*")),
    (Key("9"), Key("1"), Key("3"), Silence(), Silence(), Key("1")),
)
"""What people do: keys, words, silence, transfers in both languages."""


@dataclass(frozen=True)
class Turn:
    """One request and its right answer; `form` lacks the CallSid."""

    address: str
    form: dict
    answer: bytes


def walks(script_folder, public_url):
    """For each path its turns, as a process with that script says them."""
    app = create_app(Settings((TOKEN,), public_url, script_folder))
    return [_walk(app, public_url, path) for path in PATHS]


def _walk(app, public_url, path):
    turns = []

    def send(url, form):
        answer = post(app, url, form)
        assert answer.status_code == 200
        url = urldefrag(urljoin(f"{public_url}/voice", url)).url
        turns.append(Turn(url, {k: v for k, v in form.items() if k != "CallSid"}, answer.data))
        return answer.text

    call = TwimlCall(send, f"{public_url}/voice")
    call.begin()
    for given in path:
        if isinstance(given, Dialled) != (call.waiting is not None and not hasattr(call.waiting, "prompt")):
            continue  # this line would not be there now
        call.give(given)
        if call.waiting is None:
            break
    return turns
