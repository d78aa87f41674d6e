"""When nothing was heard, or nothing was understood.

For: the ladders of promise 6: other words on each try, more help on each, and then a person.  Nobody is
blamed and nobody is cut off (ERR-01 to ERR-05, TIME-03 to TIME-05).
Not here: what was said or pressed (`actions`), the words themselves (staff's).
"""

from __future__ import annotations

from ivr.dialog import prompts
from ivr.dialog.call import Call
from ivr.dialog.choices import Question, choices
from ivr.dialog.closed import shut
from ivr.dialog.events import CallEnded, InputMissing, InputNotMatched, Mode
from ivr.dialog.reply import HangUp, Listen, Turn
from ivr.dialog.spoken import Speech, join
from ivr.dialog.transfers import dial_now, leave_with_person, to_person
from ivr.script.wiring import LONGEST_WINDOW

GOODBYE_SECONDS = 3
"""Time to stay after all, before the line hangs up."""

SECOND_WAIT = 30
"""With the first 55 seconds, more than a minute of quiet after "wait" (TIME-05)."""


def silence(call: Call) -> Turn:
    """Nothing was heard: a few kind words, a warning, a person; each with a longer window (promise 5)."""
    match call.state.question:
        case Question.GOODBYE:
            return end(call)
        case Question.WINDOW | Question.DIALLING:
            return dial_now(call)
        case Question.CUE:
            return call.resume()
        case Question.WAIT:
            return _still_waiting(call)
    return _no_input(call)


def _no_input(call: Call) -> Turn:
    tries = call.state.silences + 1
    event = InputMissing(call.state.node, tries)
    prompt_count = len(call.script.words[call.language].sentences["silence"])
    if tries > prompt_count:
        turn = _nobody_there(call)
    else:
        state = call.state.but(silences=tries)
        last = tries == prompt_count and not _can_connect(call)
        said = call.sentence("silence when closed") if last else call.sentence("silence", tries - 1)
        turn = call.listen(state, said, offers_until_touched(call))
    return turn.after(event)


def _can_connect(call: Call) -> bool:
    """Whether silence leads to a ringing telephone: not out of hours, until the caller has been told so (XFER-07)."""
    person = call.script.person
    told = call.state.question == Question.CLOSED and call.state.node == person
    return told or not shut(call.script, call.state, person)


def _nobody_there(call: Call) -> Turn:
    """A person; but after a talk, or when silence has led to a person before, a polite end: nobody is there."""
    told = call.state.question == Question.CLOSED  # a person was promised, and is called before the line gives up
    if call.state.question == Question.ELSE or (call.state.rescued and not told):
        return goodbye(call)
    rescued = call.state.but(rescued=True)
    return to_person(call.where(rescued), call.sentence("to a person"))


def _still_waiting(call: Call) -> Turn:
    if call.state.silences == 0:
        return call.listen(call.state.but(silences=1), seconds=SECOND_WAIT)
    return call.listen(call.resting(), call.sentence("still waiting"))


def wait(call: Call, *lead: Speech) -> Turn:
    """The caller asked for time: quiet, then a gentle word; it costs no try."""
    state = call.state.at_rest(question=Question.WAIT)
    return call.listen(state, *lead, call.sentence("waiting"), seconds=LONGEST_WINDOW)


def not_understood(call: Call, mode: Mode, key: str = "") -> Turn:
    """Not matched: first what can be said, then the keys, then a person (ERR-04, ERR-05, ERR-06)."""
    tries = call.state.misses + 1
    event = InputNotMatched(call.state.node, mode, tries)
    words = call.script.words[call.language]
    name = "key without a choice" if mode == "keypad" else "not understood"
    if tries > len(words.sentences[name]):
        turn = to_person(call, call.sentence("to a person"))
    else:
        state = call.state.but(misses=tries, silences=0)
        spoken_key = {"key": words.keys[key][0]} if key else {}
        offered = choices(call.script, state)
        if len(offered) <= 1 and tries == 1 and mode == "speech":  # nothing of which one could be said
            said = call.sentence("not understood here")
        else:
            said = prompts.sentence(call.script, call.language, name, tries - 1, **spoken_key)
        by_name = len(offered) > 1 and tries == 1 and mode == "speech"
        listed = prompts.labels(call.script, state) if by_name else prompts.brief(call.script, state)
        person = (call.pause(), call.sentence("person offer")) if offered else ()
        turn = call.listen(state, said, call.pause(), listed, *person, call.pause(), offers_until_touched(call))
    return turn.after(event)


def offers_until_touched(call: Call) -> Speech:
    """Until the line has understood anything, a caller may be waiting for another language (promise 6)."""
    return () if call.state.touched else prompts.offers(call.script, call.language)


def goodbye(call: Call) -> Turn:
    """A last chance to stay, then the end."""
    state = call.state.at_rest(question=Question.GOODBYE)
    said = Listen(call.sentence("goodbye"), GOODBYE_SECONDS, state)
    ending = end(call)
    return Turn((said, *ending.steps), state, ending.events)


def end(call: Call, *speech: Speech) -> Turn:
    return Turn((HangUp(join(*speech)),), call.state, (CallEnded(call.state.node),))


def too_long(call: Call) -> Turn:
    """A call that has gone round too often is left with a person, so that nothing loops for ever."""
    return leave_with_person(call)
