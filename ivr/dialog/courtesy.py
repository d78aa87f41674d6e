"""Words that ask for nothing: thanks, "I'm fine", "no problem".

For: what a polite word leads to.  It is no failure and costs no try; a caller goes on where they were.
Not here: which words are polite (staff's, in the words files), a goodbye (`actions`), words that were not understood (`recovery`).
"""

from __future__ import annotations

from ivr.dialog import recovery, transfers
from ivr.dialog.call import Call
from ivr.dialog.choices import Question
from ivr.dialog.reply import Turn


def polite(call: Call) -> Turn:
    """The choices once more, briefly; at an end, the end; a question that is open is put again."""
    match call.state.question:
        case Question.GOODBYE:
            return recovery.end(call)
        case Question.ELSE:
            return recovery.goodbye(call)
        case Question.WINDOW:
            return transfers.keep_connecting(call)
        case Question.WAIT:
            return recovery.wait(call)
        case Question.CUE:
            return call.resume()
        case Question.CONFIRM | Question.FAX | Question.TEXT:
            return call.at(call.state)
    return call.briefly(call.sentence("all right"), call.pause())
