"""Calls to be placed by a crowd: each turn's address, form and the one right answer, worked out beforehand.

An answer is a function of the version, the address and the form alone, so that what a crowd hears can be compared byte by
byte with what one process says at leisure; and so are the facts that a turn leaves in the journal.
Not here: sending anything (`crowd`).
"""

from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from bench.counted import facts_of, known_as
from ivr.dialog.inputs import Dialled, Key, Outcome, Said, Silence
from ivr.phone.twiml import TwimlCall
from ivr.store.where import location
from ivr.web import create_app
from ivr.web.app import LIBRARY, WRITER
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
    """One request, its right answer, and what the journal then holds of it: turn, kind and ordinal of each fact.

    `form` lacks the CallSid.
    """

    address: str
    form: dict
    answer: bytes
    facts: frozenset


def walks(script_folder, public_url):
    """For each path its turns, as a process with that script says them."""
    where = location({"IVR_STORE": str(script_folder.parent / "walked.sqlite3")})
    cache = script_folder.parent / "walked"
    app = create_app(Settings((TOKEN,), public_url, script_folder, store=where, cache=cache, look_every=0))
    found = [_walk(app, public_url, where, f"CA{number:032x}", path) for number, path in enumerate(PATHS)]
    app.extensions[WRITER].close()
    app.extensions[LIBRARY].close()
    return found


def _walk(app, public_url, where, sid, path):
    turns, known = [], set()

    def send(url, form):
        answer = post(app, url, form | {"CallSid": sid})
        assert answer.status_code == 200
        app.extensions[WRITER].flush()
        facts = facts_of(where)[known_as(sid)]
        url = urldefrag(urljoin(f"{public_url}/voice", url)).url
        content = {name: value for name, value in form.items() if name != "CallSid"}
        turns.append(Turn(url, content, answer.data, frozenset(facts - known)))
        known.update(facts)
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
