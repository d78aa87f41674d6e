"""A line of the smallest size, built by hand, for tests of the channels.

Not here: the sample script, on whose words no test of a channel may depend.
"""

from __future__ import annotations

from ivr.dialog.reply import Listen, Turn
from ivr.dialog.spoken import Utterance
from ivr.dialog.state import State
from ivr.script.model import (
    EmergencyWords,
    Language,
    Menu,
    PhoneNumber,
    Prompt,
    Script,
    Term,
    Transfer,
    Translation,
    Words,
)

DESK = PhoneNumber("desk", "+19735550100", ("973", "555", "0100"))


def words(tag, terms=None):
    none = Prompt(())
    return Words(
        language=tag,
        own_name=tag,
        own_phrases=(),
        translation=Translation(),
        emergency=EmergencyWords(none, none, none, (), (), ()),
        nodes={},
        numbers={},
        commands={},
        keys={},
        press_words=(),
        fillers=(),
        sentences={},
        terms={term: Term(sounds_like=sound) for term, sound in (terms or {}).items()},
    )


def script(voice="Polly.Joanna-Neural", rate=100, terms=None):
    """English as asked for, Spanish at 90 %."""
    return Script(
        name="tiny",
        version="abc",
        start="home",
        person="person",
        time_zone="UTC",
        waits=(10, 20, 30),
        ring_seconds=25,
        languages={
            "en-US": Language("en-US", voice, "Polly.Joanna", rate, "experimental_utterances"),
            "es-US": Language("es-US", "Polly.Lupe-Neural", "Polly.Penelope", 90, "default"),
        },
        numbers={"desk": DESK},
        nodes={"home": Menu("home", ()), "person": Transfer("person", "desk")},
        words={"en-US": words("en-US", terms), "es-US": words("es-US")},
    )


def state(**changes):
    return State(**{"version": "abc", "language": "en-US", "node": "home", **changes})


def english(*pieces):
    return (Utterance("en-US", pieces),)


def spanish(*pieces):
    return (Utterance("es-US", pieces),)


def listening(*pieces, **changes):
    """A turn that says `pieces` in English and listens."""
    where = state(**changes)
    return Turn((Listen(english(*pieces), 10, where),), where)
