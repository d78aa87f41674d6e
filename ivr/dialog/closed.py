"""A number that nobody answers now: whether it is so, and what is said about it.

For: `shut`, and the sentences that tell when somebody is there again (XFER-07).  What is so was decided when the call
began and travels in its state; a script that has changed since may have other numbers, or no words for a time.
Not here: a clock, how hours are worked out (`ivr.script.hours`), what follows in the call (`transfers`).
"""

from __future__ import annotations

from ivr.dialog import prompts
from ivr.dialog.spoken import Speech, join
from ivr.dialog.state import State
from ivr.script.model import NumberNode, PhoneNumber, Script, Transfer
from ivr.script.today import Closed


def number_of(script: Script, node: str) -> PhoneNumber | None:
    """The number that a place is about, if it is about one."""
    found = script.nodes[node]
    return script.numbers[found.number] if isinstance(found, NumberNode | Transfer) else None


def shut(script: Script, state: State, node: str = "") -> Closed | None:
    """What is known of the number at `node`, by default where the caller is, if it was closed when the call began."""
    number = number_of(script, node or state.node) if state.closed else None
    return next((closed for closed in state.closed if number and closed.number == number.name), None)


def known(script: Script, state: State) -> tuple[Closed, ...]:
    """What is left of the state's closed numbers in another script."""
    return tuple(closed for closed in state.closed if closed.number in script.numbers)


def when(script: Script, language: str, closed: Closed) -> Speech:
    """When somebody is there again: nothing where that is not known, is far away, or has no words (NUM-07)."""
    words = script.words[language]
    day, time = words.days.get(closed.day), words.times.get(closed.time)
    if not day or not time:
        return ()
    return prompts.sentence(script, language, "opens later" if closed.weeks else "opens", day=day, time=time)


def hours(script: Script, state: State) -> Speech:
    """All that is known about when somebody is there: the next opening, else the usual hours (promise 9)."""
    number, closed = number_of(script, state.node), shut(script, state)
    said = when(script, state.language, closed) if closed else ()
    usual = script.words[state.language].hours.get(number.name) if number else None
    return said or (prompts.say(state.language, usual) if usual else ())


def opening_hours(script: Script, state: State) -> Speech:
    """What is known about when somebody is there: at the number where the caller is, else at a person's; or nothing."""
    return _of_number(script, state) or _of_number(script, state.but(node=script.person))


def _of_number(script: Script, state: State) -> Speech:
    number, language = number_of(script, state.node), state.language
    usual = hours(script, state)
    if number is None or (number.hours is None and not usual):
        return ()
    if shut(script, state):
        return told(script, state)
    label = prompts.say(
        language, prompts.sentence_of(script.words[language].nodes[state.node].label), prompts.BEFORE_PRESS
    )
    return join(label, prompts.sentence(script, language, "open now") if number.hours else (), usual)


def told(script: Script, state: State) -> Speech:
    """That nobody is there, when that ends, and whom to call in danger (UNI-08, XFER-07, EMG-03)."""
    language = state.language
    label = prompts.sentence_of(script.words[language].nodes[state.node].label)
    return join(
        prompts.say(language, label, prompts.BEFORE_PRESS),
        prompts.sentence(script, language, "closed"),
        hours(script, state),
        prompts.sentence(script, language, "emergency help"),
    )
