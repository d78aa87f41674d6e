"""Putting a caller through, and bringing back whoever was not.

For: the announcement with its three seconds to call it off, the dial, and every outcome (promise 9).
Not here: how a dial is spelt (`ivr.channels`), why a transfer was wanted (`actions`, `recovery`).
"""

from __future__ import annotations

from dataclasses import replace

from ivr.dialog import closed, prompts
from ivr.dialog.call import Call
from ivr.dialog.choices import Question
from ivr.dialog.closed import shut
from ivr.dialog.events import NodeEntered, TransferEnded, TransferFoundClosed, TransferStarted
from ivr.dialog.inputs import Dialled, Outcome
from ivr.dialog.prompts import BEFORE_PRESS, GET_A_PEN
from ivr.dialog.reply import Dial, HangUp, Listen, Turn
from ivr.dialog.spoken import Speech, join
from ivr.dialog.state import State
from ivr.script.model import Announcement, Listing, Menu, PhoneNumber, Script

CALL_OFF_SECONDS = 3
DOUBLED_SECONDS = 1
"""Of quiet after the first sentences that a doubled key led to: the least that a window has."""

DIRECTLY = "directly"
"""What a transfer is about that needs no key to be taken: nobody has pressed one the first time."""

TALKED_SECONDS = 20
"""A bridge shorter than this was hung up on, as relay calls are: the caller is asked again (promise 9)."""


def number_at(script: Script, node: str) -> PhoneNumber:
    """The number that a number or transfer node is about."""
    found = script.nodes[node]
    assert not isinstance(found, Menu | Announcement | Listing), node
    return script.numbers[found.number]


def to_person(call: Call, *lead: Speech) -> Turn:
    """To a person, from wherever the caller is (promise 2); out of hours whoever asks once more is put through."""
    person = call.script.person
    asks_again = call.state.question == Question.CLOSED and call.state.node == person
    if shut(call.script, call.state, person) and not asks_again:
        turn = _found_closed(call, call.state.moved(person))
    else:
        turn = call_anyway(call, call.state.moved(person), *lead)
    return turn.after(NodeEntered(person))


def connect(call: Call, state: State, *lead: Speech) -> Turn:
    """Put the caller through, or say that nobody is there now, and let them decide."""
    if shut(call.script, state):
        return _found_closed(call, state, *lead)
    return call_anyway(call, state, *lead)


def _found_closed(call: Call, state: State, *lead: Speech) -> Turn:
    number = number_at(call.script, state.node)
    return tell_closed(call, state, *lead).after(TransferFoundClosed(state.node, number.name))


def tell_closed(call: Call, state: State, *lead: Speech) -> Turn:
    """Nobody is there: when that ends, the number, and the choice to call anyway (UNI-08, XFER-07).

    A key that led here is doubled for as long as the first sentences last (promise 4); pressed after them, it is a choice.
    """
    asked = state.at_rest(question=Question.CLOSED)
    told, cued = closed.told(call.script, state), _cued(call, number_at(call.script, state.node))
    offered = prompts.place(call.script, asked)
    if not asked.led:
        return call.listen(asked, *lead, told, call.pause(), cued, call.pause(), offered)
    first = Listen(join(*lead, told), DOUBLED_SECONDS, asked)
    return call.listen(asked.but(led=""), cued, call.pause(), offered, before=(first,))


def call_anyway(call: Call, state: State, *lead: Speech) -> Turn:
    """Say who is being called, leave three seconds to call it off, then dial (ERR-08, XFER-01)."""
    label = call.script.words[call.language].nodes[state.node].label
    named = prompts.say(call.language, prompts.sentence_of(label), BEFORE_PRESS)
    return _dial(call, state, *lead, named, call.sentence("connecting"))


def keep_connecting(call: Call) -> Turn:
    """The same three seconds once more, in silence: a doubled key, or thanks, is no reason to stop or to start."""
    return replace(_dial(call, call.state), events=())


def _dial(call: Call, state: State, *speech: Speech) -> Turn:
    number = number_at(call.script, state.node)
    if number.e164 in call.own:
        return _bring_back(call, state, "same line", Question.BARRED)
    state = state.at_rest(question=Question.WINDOW, about=_directly(state))
    dialling = state.but(question=Question.DIALLING)
    announced = Listen(join(*speech), CALL_OFF_SECONDS, state)
    dial = Dial(number, call.script.ring_seconds, dialling)
    return Turn((announced, dial), state, (TransferStarted(state.node, number.name),))


def dial_now(call: Call) -> Turn:
    """Dial without another word: the caller has asked for it twice."""
    number = number_at(call.script, call.state.node)
    state = call.state.but(question=Question.DIALLING)
    return Turn((Dial(number, call.script.ring_seconds, state),), state)


def ended(call: Call, dialled: Dialled) -> Turn:
    """Every outcome comes back to a choice; after a talk, that choice is whether there is anything else."""
    name = _outcome(call, dialled)
    event = TransferEnded(call.state.node, name, dialled.bridged, dialled.seconds)
    if name == "talked":
        turn = call.at(call.state.at_rest(question=Question.ELSE))
    else:
        turn = _bring_back(call, call.state, name)
    return turn.after(event)


def _directly(state: State) -> str:
    return DIRECTLY if state.about == DIRECTLY else ""


def _outcome(call: Call, dialled: Dialled) -> str:
    if dialled.outcome is not Outcome.COMPLETED:
        return "failed" if dialled.outcome is Outcome.CANCELLED else str(dialled.outcome)
    if dialled.bridged is False:
        asked = number_at(call.script, call.state.node).taken_with_key and not _directly(call.state)
        return "not taken" if asked else "failed"
    return "talked" if dialled.seconds >= TALKED_SECONDS else "cut short"


def _bring_back(call: Call, state: State, outcome: str, question: Question = Question.AFTER) -> Turn:
    """What happened, the number to write down, and the choice to try again (XFER-03, UNI-08)."""
    state = state.at_rest(question=question, about=DIRECTLY if outcome == "not taken" else "")
    unanswered = outcome == "no answer"
    hours = closed.hours(call.script, state) if unanswered else ()
    emergency = call.sentence("emergency help") if unanswered else ()
    cued = () if outcome == "cut short" else _cued(call, number_at(call.script, state.node))
    return call.at(state, call.sentence(outcome), hours, emergency, call.pause(), cued, call.pause())


def _cued(call: Call, number: PhoneNumber) -> Speech:
    """The number, after time to find a pen (NUM-04)."""
    return join(call.sentence("number cue"), call.pause(GET_A_PEN), prompts.reading(call.script, call.language, number))


def hear_number(call: Call) -> Turn:
    """The number of a transfer that is over or not to be had, read out."""
    cued = _cued(call, number_at(call.script, call.state.node))
    return call.at(call.state.at_rest(question=call.state.question, about=_directly(call.state)), cued, call.pause())


def leave_with_person(call: Call) -> Turn:
    """The last resort, from which nothing comes back: a sentence, the dial, the number, the end (promise 12)."""
    number = call.script.person_number
    ours = prompts.our_number(call.script, call.language)
    after = join(ours, call.pause(), ours)
    if number.e164 in call.own:
        return Turn((HangUp(after),), call.state)
    said = Listen(call.sentence("to a person"), CALL_OFF_SECONDS, call.state)
    return Turn((said, Dial(number, call.script.ring_seconds, None), HangUp(after)), call.state)
