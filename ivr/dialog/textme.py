"""Sending what was just heard as a text message: the question, and what follows a yes (NUM-05).

For: "text me this" at announcements, numbers and transfers that came back, for callers who can be sent one.
Not here: what is sent, to which number, how often (the web room's); whether it arrived, which a call never waits for.
"""

from __future__ import annotations

from ivr.dialog.call import Call
from ivr.dialog.choices import Question
from ivr.dialog.events import TextAsked
from ivr.dialog.reply import Turn


def ask(call: Call) -> Turn:
    """Nothing is sent without a yes to a question that names the number and the cost."""
    if not call.caller or not call.state.texting:
        return _cannot(call)
    return call.at(call.state.at_rest(question=Question.TEXT))


def send(call: Call) -> Turn:
    """Hand it over, and go on at once."""
    if not call.caller:
        return _cannot(call)
    return call.briefly(call.sentence("text me sent"), call.pause()).after(TextAsked(call.state.node, call.language))


def _cannot(call: Call) -> Turn:
    """The line sends no texts, or none to this phone."""
    return call.briefly(call.sentence("text me not"), call.pause())
