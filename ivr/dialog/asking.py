"""Asking back: "did you mean ...?", where the line is not sure enough to act.

For: the one question, with a keypad way to answer, and what it costs.
Not here: what is unsure (`ivr.dialog.understand`), what a yes or a no does (`actions`), words that mean nothing (`recovery`).
"""

from __future__ import annotations

from ivr.dialog import prompts, recovery
from ivr.dialog.call import Call
from ivr.dialog.choices import Action, Question, command, go
from ivr.dialog.events import InputAsked, Mode
from ivr.dialog.outcomes import NoMatch
from ivr.dialog.reply import Turn
from ivr.dialog.spoken import Speech
from ivr.script.model import Transfer

MOST_QUESTIONS = 2
"""So many questions in a row; after them it is a person's turn."""


def ask(  # noqa: PLR0913 - what is asked, why, and what is said around it
    call: Call, action: Action, evidence: str, lead: Speech = (), offer: Speech = (), mode: Mode = "speech"
) -> Turn:
    """Not sure enough to act: one short question, with a keypad way to answer (ASR-07), between `lead` and `offer`.

    A question counts as a try: whoever is asked three times in a row needs a person (ERR-13).
    """
    if call.state.misses >= MOST_QUESTIONS:
        return recovery.not_understood(call, mode)
    event = InputAsked(call.state.node, str(action), mode, evidence)
    state = call.resting().at_rest(question=Question.CONFIRM, about=str(action), misses=call.state.misses + 1)
    return call.listen(state, lead, prompts.place(call.script, state), offer).after(event)


def why_a_person(heard: NoMatch) -> str:
    """The sentence before a person is offered for what the line does not know."""
    return "hours unknown" if heard.hours else "automated" if heard.automated else "a person knows"


def ask_before_connecting(call: Call, mode: Mode) -> Turn:
    """Perhaps a word or a key to stop it: ask, rather than go on dialling (ERR-08)."""
    rings = isinstance(call.script.nodes[call.state.node], Transfer)
    action = go(call.state.node) if rings else command("connect")
    return ask(call, action, "unclear while connecting", offer=call.sentence("person offer"), mode=mode)
