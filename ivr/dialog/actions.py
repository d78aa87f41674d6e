"""What each thing that a caller can want does to the call.

For: `perform(call, action)`, one small function for each kind of action and command.
Not here: what the caller meant (`choices` for keys, `understand` for words), transfers, recovery.
"""

from __future__ import annotations

from collections.abc import Callable

from ivr.dialog import prompts, recovery, textme, transfers
from ivr.dialog.call import Call
from ivr.dialog.choices import Action, Kind, Question, choices, command, pages
from ivr.dialog.events import DeliveryChanged, LanguageChanged, NodeEntered, TransferCalledOff
from ivr.dialog.reply import Listen, Turn
from ivr.dialog.spoken import Speech, join
from ivr.dialog.state import FASTEST, LOUDEST, SLOWEST, State
from ivr.dialog.understand import transfers as transfers_to
from ivr.script.model import Listing, NumberNode, Transfer

CUE_SECONDS = 3
"""Time to find a pen before a number is read; any key skips it (NUM-04, promise 8)."""


def perform(call: Call, action: Action) -> Turn:
    """Do what the caller wants."""
    match action.kind:
        case Kind.GO:
            return arrive(call, call.state.moved(action.name))
        case Kind.ITEM | Kind.CLOSEST | Kind.UNLISTED:
            return _answer(call, action)
        case Kind.LANGUAGE:
            return _speak(call, action.name)
        case Kind.COMMAND:
            return _COMMANDS[action.name](call)


def arrive(call: Call, state: State, *lead: Speech) -> Turn:
    """Come to a node, whatever its kind; it opens with its label (MENU-09, ERR-07)."""
    here = call.where(state)
    match call.script.nodes[state.node]:
        case Transfer():
            turn = transfers.connect(here, state, *lead)
        case NumberNode():
            cue = Listen(join(*lead, prompts.cue(call.script, state)), CUE_SECONDS, _asking(state, Question.CUE))
            read = state.but(led="")  # a doubled key falls into the cue; after it, a key is meant
            turn = here.listen(read, prompts.place(call.script, read), before=(cue,))
        case _:
            turn = here.at(state, *lead)
    return turn.after(NodeEntered(state.node))


def _asking(state: State, question: Question, about: str = "") -> State:
    return state.at_rest(question=question, about=about)


# --- lists ---------------------------------------------------------------------------------------

_ANSWERS = {
    Kind.ITEM: prompts.Answer.LISTED,
    Kind.CLOSEST: prompts.Answer.CLOSEST,
    Kind.UNLISTED: prompts.Answer.UNLISTED,
}


def _answer(call: Call, action: Action) -> Turn:
    """Is it on the list?  Answered at the list, from wherever it was asked (promise 13)."""
    if action.kind is Kind.UNLISTED:
        node, item = action.name, ""
    else:
        node, item = _list_of(call, action.name), action.name
    state = call.state if call.state.node == node else call.state.moved(node)
    state = state.at_rest(item=item, answer=str(_ANSWERS[action.kind]))
    entered = () if call.state.node == node else (NodeEntered(node),)
    return call.at(state).after(*entered)


def _list_of(call: Call, item: str) -> str:
    lists = (node for node in call.script.nodes.values() if isinstance(node, Listing))
    return next(node.name for node in lists if item in (*node.items, *node.mentioned))


# --- moving about --------------------------------------------------------------------------------


def _person(call: Call) -> Turn:
    if call.state.question == Question.WINDOW and call.state.node == call.script.person:
        return transfers.keep_connecting(call)
    return transfers.to_person(call)


def _again(call: Call) -> Turn:
    """The last useful content, not an apology or a notice (UNI-04)."""
    if call.state.question in (Question.WINDOW, Question.CUE):
        return arrive(call, call.state.at_rest())
    if call.state.question == Question.CLOSED:
        return transfers.tell_closed(call, call.state)
    if call.state.question in _ASKING:
        return call.at(call.state.at_rest(question=call.state.question, about=call.state.about))
    return call.resume()


_OVER_THE_PLACE = frozenset(
    {Question.HELP, Question.CONFIRM, Question.FAX, Question.TEXT, Question.WAIT, Question.GOODBYE}
)
_ASKING = _OVER_THE_PLACE - {Question.WAIT, Question.GOODBYE} | {
    Question.AFTER,
    Question.CLOSED,
    Question.BARRED,
    Question.ELSE,
}


def _back(call: Call) -> Turn:
    """One step, never to the start; the caller hears where that is (ERR-09)."""
    state, node = call.state, call.script.nodes[call.state.node]
    if state.question in _OVER_THE_PLACE:
        return call.resume()
    if state.question == Question.WINDOW:
        return call_off(call)
    if state.question == Question.NONE and state.answer and isinstance(node, Listing):
        return call.at(state.at_rest(item="", answer=""))
    if state.question == Question.NONE and state.position:
        return call.at(state.at_rest(position=state.position - 1))
    return _leave(call)


def _leave(call: Call, *lead: Speech) -> Turn:
    """To the node from which the caller came."""
    state = call.behind()
    if isinstance(call.script.nodes[state.node], Transfer):  # its choices; going back never dials again
        there = call.where(state)
        return there.at(there.resting(), *lead)
    return arrive(call, state, *lead)


def call_off(call: Call) -> Turn:
    """The caller has stopped a transfer: back to where they were, nothing dialled (ERR-08)."""
    refused, event = call.sentence("not connecting"), TransferCalledOff(call.state.node)
    if isinstance(call.script.nodes[call.state.node], NumberNode):
        return call.briefly(refused).after(event)
    return _leave(call, refused).after(event)


def _main_menu(call: Call, *lead: Speech) -> Turn:
    return arrive(call, call.state.moved(call.script.start).but(way=()), *lead)


def _more(call: Call) -> Turn:
    if all(choice.action != command("more") for choice in choices(call.script, call.state)):
        return call.briefly(call.sentence("that was all"), call.pause())
    state, node = call.state, call.script.nodes[call.state.node]
    position = state.position + 1
    if isinstance(node, Listing):
        position %= pages(node)
    return call.at(state.at_rest(position=position))


# --- help, settings, language, time --------------------------------------------------------------


def _help(call: Call) -> Turn:
    return call.at(_asking(call.resting(), Question.HELP))


def _deliver(call: Call, name: str, **changed: int) -> Turn:
    """Speak otherwise from now on, for the rest of the call (TIME-11); and let the caller hear it at once."""
    state = call.state.but(**changed)
    heard = call.sentence("at the limit") if state == call.state else _acknowledge(call, name)
    there = call.where(state)
    turn = arrive(there, state.at_rest(), heard) if state.question == Question.WINDOW else there.resume(heard)
    return turn.after(DeliveryChanged(state.pace, state.volume))


def _acknowledge(call: Call, name: str) -> Speech:
    label = prompts.label(call.script, call.language, command(name))
    return prompts.say(call.language, prompts.sentence_of(label), prompts.BEFORE_PRESS)


def _slower(call: Call) -> Turn:
    return _deliver(call, "slower", pace=max(call.state.pace - 1, SLOWEST))


def _faster(call: Call) -> Turn:
    return _deliver(call, "faster", pace=min(call.state.pace + 1, FASTEST))


def _louder(call: Call) -> Turn:
    return _deliver(call, "louder", volume=min(call.state.volume + 1, LOUDEST))


def _other_language(call: Call) -> Turn:
    return _speak(call, call.script.next_language(call.language))


def _speak(call: Call, language: str) -> Turn:
    """Go on in another language, at the same place (LEP-05)."""
    state = call.state.but(language=language)
    there = call.where(state)
    named = prompts.say(language, prompts.sentence_of(call.script.words[language].own_name), prompts.BEFORE_PRESS)
    if state.question in (Question.WINDOW, Question.CUE):
        turn = arrive(there, state.at_rest(), named)
    elif state.question == Question.CLOSED:
        turn = transfers.tell_closed(there, state, named)
    elif state.question in _ASKING:
        turn = there.at(state.at_rest(question=state.question, about=state.about), named)
    elif state.node == call.script.start:  # the opening has told of a person in another language only
        turn = there.resume(named, there.sentence("person offer"), there.pause())
    else:
        turn = there.resume(named)
    return turn.after(LanguageChanged(language))


def _goodbye(call: Call) -> Turn:
    """Said twice, the end at once."""
    return recovery.end(call) if call.state.question == Question.GOODBYE else recovery.goodbye(call)


def _wait(call: Call) -> Turn:
    """In the middle of a transfer, "wait" stops it as well; at the end of a call, it is to stay."""
    if call.state.question == Question.GOODBYE:
        return call.briefly(call.sentence("all right"), call.pause())
    if call.state.question != Question.WINDOW:
        return recovery.wait(call)
    stopped = call_off(call)
    waiting = recovery.wait(call.where(stopped.state), call.sentence("not connecting"))
    return waiting.after(*stopped.events)


def _stop(call: Call) -> Turn:
    if call.state.question == Question.WINDOW:
        return call_off(call)
    return call.briefly(call.sentence("all right"))


# --- answers to a question -----------------------------------------------------------------------


def _connect(call: Call) -> Turn:
    """A fax line is dialled only after a yes to a question that names its tone (XFER-05)."""
    if transfers.number_at(call.script, call.state.node).kind == "fax":
        return call.at(_asking(call.state, Question.FAX))
    if call.state.question in (Question.CLOSED, Question.AFTER):  # what is to be known of it, the caller knows
        return _call_anyway(call)
    return transfers.connect(call, call.state)


def _call_anyway(call: Call) -> Turn:
    return transfers.call_anyway(call, call.state)


def _yes(call: Call) -> Turn:
    if call.state.question == Question.WINDOW:
        return transfers.dial_now(call)
    if call.state.question == Question.FAX:
        return transfers.connect(call, call.state)
    if call.state.question == Question.TEXT:
        return textme.send(call)
    if call.state.question == Question.ELSE:
        return _main_menu(call)
    asked = Action.parse(call.state.about)
    resting = call.where(call.resting())
    return perform(resting, asked) if asked else resting.resume()


def _no(call: Call) -> Turn:
    if call.state.question == Question.WINDOW:
        return call_off(call)
    if call.state.question == Question.ELSE:
        return _goodbye(call)
    asked = Action.parse(call.state.about)
    rings = call.state.question == Question.FAX or (asked is not None and transfers_to(call.script, asked))
    return call.briefly(call.sentence("not connecting" if rings else "all right"), call.pause())


_COMMANDS: dict[str, Callable[[Call], Turn]] = {
    "person": _person,
    "again": _again,
    "back": _back,
    "main menu": _main_menu,
    "help": _help,
    "slower": _slower,
    "faster": _faster,
    "louder": _louder,
    "wait": _wait,
    "language": _other_language,
    "goodbye": _goodbye,
    "stop": _stop,
    "more": _more,
    "connect": _connect,
    "try again": _connect,
    "hear number": transfers.hear_number,
    "call anyway": _call_anyway,
    "text me": textme.ask,
    "yes": _yes,
    "no": _no,
}
