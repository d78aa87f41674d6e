"""A turn of a call: one input, and all that follows from it until the line listens again.

For: `turn(script, state, given, ...) -> Turn`, the only way in for a caller; `enter` is for trying a place out.  It is a
pure function: no clock, no files, no network, no memory; the same values always give the same answer, so any process can
give it, and a repeated request is answered alike.  What a call has to remember travels in the callback URL.
Not here: what an action does (`actions`), how anything is spelt (`ivr.channels`).
"""

from __future__ import annotations

from collections.abc import Callable

from ivr.dialog import closed, prompts, recovery, transfers
from ivr.dialog.actions import arrive, perform
from ivr.dialog.asking import ask, ask_before_connecting, why_a_person
from ivr.dialog.call import Call
from ivr.dialog.choices import (
    DANGER_TOLD,
    UNIVERSAL_KEYS,
    Action,
    Question,
    choices,
    command,
    has_told_of_danger,
    knows,
    pages,
)
from ivr.dialog.courtesy import polite
from ivr.dialog.events import CallStarted, EmergencyHeard, Event, InputMatched, LanguageChanged, TransferCalledOff
from ivr.dialog.inputs import Arrived, Dialled, Input, Key, Said
from ivr.dialog.opening import opening
from ivr.dialog.reply import Listen, Turn
from ivr.dialog.spoken import join
from ivr.dialog.state import MOST_TURNS, State
from ivr.dialog.understand import NO_DANGER, Ask, Echo, Emergency, Match, NoMatch, Understood, understand
from ivr.dialog.understand import transfers as rings
from ivr.script.catalogue import OPTION_KEYS
from ivr.script.model import Announcement, Listing, NumberNode, Script, Transfer


def turn(  # noqa: PLR0913 - a call, what is given, and what comes with each request and may not stand in a state
    script: Script,
    state: State | None,
    given: Input,
    own: frozenset[str] = frozenset(),
    hear: Callable[[Script, State, Said], Understood] = understand,
    caller: str = "",
) -> Turn:
    """The answer to one input.

    state: where the call stands; None when that could not be read, which starts again with a word about it.  A state
    of another version goes on at the same place, or at the nearest that still exists.
    own: the numbers by which the call reached us; they are never dialled (promise 9).
    hear: how words are understood; the checker hands in one that remembers, as no call may.
    caller: the number that calls, in E.164, where texts may be sent to it; like `own` it comes with each request.
    """
    if isinstance(given, Arrived):
        return _begin(script, given)
    if state is None:
        return _begin_again(script)
    if not fits(script, state) or _is_of_another_menu(script, state, given):
        before, state = state, _nearest(script, state)
        if not _means_the_same_everywhere(script, state, given):
            return _changed(Call(script, state.but(turn=state.turn + 1), own, caller), before)
    call = Call(script, state.but(turn=state.turn + 1, version=script.version), own, caller)
    if call.state.turn > MOST_TURNS:
        return recovery.too_long(call)
    if isinstance(given, Key):
        return _called_off(call.state, _after_key(_pressed(call, given.key)))
    call = call.where(call.state.but(led="", star=False))
    match given:
        case Said():
            return _called_off(call.state, _heard(call, given, hear))
        case Dialled() if call.state.question == Question.DIALLING:
            return transfers.ended(call, given)
        case Dialled():  # of a dial that this place did not make
            return call.resume()
    return recovery.silence(call)


def _called_off(before: State, done: Turn) -> Turn:
    """Whatever leads away from a transfer that could still be called off has called it off."""
    goes_on = done.state.node == before.node and done.state.question in (Question.WINDOW, Question.DIALLING)
    told = any(isinstance(event, TransferCalledOff) for event in done.events)
    left = before.question == Question.WINDOW and not goes_on and not told
    return done.after(TransferCalledOff(before.node)) if left else done


def enter(script: Script, state: State) -> Turn:
    """A call that begins in the middle, on arrival at a place: for trying a script out."""
    return arrive(Call(script, state), state)


def fits(script: Script, state: State) -> bool:
    """Whether this script has the places and the language in which the call stands."""
    known = {state.node, *state.way} <= script.nodes.keys() and state.language in script.languages
    return known and _has_position(script, state) and _can_ask(script, state)


def _has_position(script: Script, state: State) -> bool:
    match script.nodes[state.node]:
        case Announcement(parts=parts):
            return state.position < len(parts) and not state.answer
        case Listing(items=items, mentioned=mentioned) as listing:
            unlisted = state.answer == prompts.Answer.UNLISTED or not state.answer
            return state.position < pages(listing) and (unlisted or state.item in (*items, *mentioned))
    return not state.position and not state.answer


_WAITS = frozenset({Question.WINDOW, Question.CUE, Question.WAIT, Question.GOODBYE})
"""Moments in which words that lead nowhere are not answered with a question."""

_QUESTIONS = frozenset(Question)
_ABOUT_A_NUMBER = frozenset(
    {Question.CUE, Question.FAX, Question.WINDOW, Question.DIALLING, Question.AFTER, Question.BARRED, Question.ELSE}
    | {Question.CLOSED}
)


def _can_ask(script: Script, state: State) -> bool:
    if state.question in _ABOUT_A_NUMBER:
        return isinstance(script.nodes[state.node], NumberNode | Transfer)
    if state.question == Question.TEXT:
        return state.texting and isinstance(script.nodes[state.node], Announcement | NumberNode | Transfer)
    if state.question == Question.CONFIRM:
        asked = Action.parse(state.about)
        return asked is not None and knows(script, state, asked)
    return state.question in _QUESTIONS


# --- beginnings ----------------------------------------------------------------------------------


def _begin(script: Script, arrived: Arrived) -> Turn:
    state = State(script.version, script.first_language, script.start, closed=arrived.closed, texting=arrived.texting)
    state = state.but(turn=1)
    begun = Call(script, state).listen(state, opening(script, state.language, arrived.notices))
    return begun.after(CallStarted(state.language))


def _begin_again(script: Script) -> Turn:
    """The address was not one of ours: the first menu, with a sentence about it."""
    fresh = State(script.version, script.first_language, script.start, turn=1)
    call = Call(script, fresh)
    return call.at(fresh, call.sentence("start again"))


# --- a version that is no longer to be had -------------------------------------------------------


def _is_of_another_menu(script: Script, state: State, given: Input) -> bool:
    """Whether it is an option's key, heard in a version that cannot be had: it may now be the key of something else."""
    return state.version != script.version and isinstance(given, Key) and given.key in OPTION_KEYS


def _nearest(script: Script, state: State) -> State:
    """The place where the call stands, or the nearest on the way back that still exists, with nothing asked."""
    language = state.language if state.language in script.languages else script.first_language
    way = [script.start, *(name for name in (*state.way, state.node) if name in script.nodes)]
    node, behind = way[-1], tuple(dict.fromkeys(way[1:-1]))
    landed = State(script.version, language, node, pace=state.pace, volume=state.volume, touched=state.touched)
    landed = landed.but(texting=state.texting, closed=closed.known(script, state), turn=state.turn)
    return Call(script, landed.but(way=tuple(name for name in behind if name != node))).resting()


def _means_the_same_everywhere(script: Script, state: State, given: Input) -> bool:
    """What no change of a script may take from a caller: a person, and the answer to words of an emergency."""
    if isinstance(given, Said):
        heard = understand(script, state, given)
        return isinstance(heard, Emergency) or (isinstance(heard, Match) and heard.action == command("person"))
    return isinstance(given, Key) and UNIVERSAL_KEYS.get(given.key) == command("person")


def _changed(call: Call, before: State) -> Turn:
    known = {before.node, *before.way} & call.script.nodes.keys()
    return call.resume(call.sentence("we changed" if known else "start again"))


# --- keys ----------------------------------------------------------------------------------------


def _pressed(call: Call, key: str) -> Turn:
    before = call.state
    call = call.where(before.but(led=key, star=key == "*", rescued=False))
    universal = UNIVERSAL_KEYS.get(key)
    match before.question:
        case Question.WINDOW if key not in UNIVERSAL_KEYS:
            return transfers.keep_connecting(call) if key == before.led else ask_before_connecting(call, "keypad")
        case Question.CUE | Question.WAIT | Question.GOODBYE if key not in {"0", "8", "9"}:
            return _any_key(call, key)
    if key == "*" and before.star:
        universal = command("main menu")
    action = universal or next((c.action for c in choices(call.script, before) if c.key == key), None)
    if action is None:
        return _without_a_choice(call, before, key)
    if key == before.led and _acts(call, action) and (universal is None or before.question == Question.CLOSED):
        # A doubled key is tremor, not a choice (promise 4); pressed once more, it is one.
        return call.where(call.state.but(led="")).briefly()
    return _matched(call, action, InputMatched(before.node, str(action), "keypad"))


def _without_a_choice(call: Call, before: State, key: str) -> Turn:
    """A doubled key, which has only just led to this place or question, is no try: what stands there once more."""
    is_new = before.misses == (1 if before.question == Question.CONFIRM else 0)
    if key != before.led or not is_new:
        return recovery.not_understood(call, "keypad", key)
    call = call.where(call.state.but(led=""))
    return call.at(call.state) if before.question else call.briefly()


def _any_key(call: Call, key: str) -> Turn:
    """Press any key, the line has said: go on from where the line paused."""
    if call.state.question == Question.CUE and key == "*":
        return perform(call, command("back"))
    return call.resume()


def _acts(call: Call, action: Action) -> bool:
    """Whether a telephone rings at once, or a text is sent, also by way of a yes."""
    if action == command("connect"):
        return transfers.number_at(call.script, call.state.node).kind != "fax"
    if action == command("yes"):
        asked = Action.parse(call.state.about)
        return call.state.question in (Question.FAX, Question.TEXT) or (asked is not None and rings(call.script, asked))
    return rings(call.script, action)


def _after_key(turn: Turn) -> Turn:
    """Half a second for the handset to go back to the ear (TIME-08)."""
    first, *rest = turn.steps
    if not isinstance(first, Listen) or not first.speech:
        return turn
    rested = join(prompts.pause(first.speech[0].language, prompts.AFTER_KEY), first.speech)
    return Turn((Listen(rested, first.seconds, first.state, first.hints), *rest), turn.state, turn.events)


# --- words ---------------------------------------------------------------------------------------


def _heard(call: Call, said: Said, hear: Callable[[Script, State, Said], Understood]) -> Turn:
    before = call.state
    call = call.where(before.but(rescued=False))
    heard = hear(call.script, call.state, said)
    if isinstance(heard, Echo):
        return _listen_on(call)
    if has_told_of_danger(before):  # only what is said next can deny it
        call = call.where(call.state.but(about=""))
        if isinstance(heard, NoMatch) and heard.evidence == NO_DANGER:
            return call.briefly(call.sentence("all right"), call.pause())
    if not isinstance(heard, Match | Ask) or not heard.language:
        return _answered(call, before, heard)
    there = call.where(call.state.but(language=heard.language))
    return _answered(there, before, heard).after(LanguageChanged(heard.language))


def _answered(call: Call, before: State, heard: Understood) -> Turn:
    match heard:
        case Emergency() as heard:
            return _emergency(call, heard)
        case Match(action=action, evidence=evidence):
            return _matched(call, action, InputMatched(before.node, str(action), "speech", evidence))
        case Ask(action=action, evidence=evidence) if _is_enough(before, action):
            return _matched(call, action, InputMatched(before.node, str(action), "speech", evidence))
        case Ask(action=action, evidence=evidence) if action != command("yes"):
            return ask(call, action, evidence)
        case Ask():  # a yes is sure, or the question is put again: nobody is asked "did you want yes?"
            return _not_understood(call)
        case NoMatch(polite=True):
            return polite(call)
        case NoMatch() as heard if call.state.question not in _WAITS:
            return _beyond(call, heard)
    return _not_understood(call)


def _beyond(call: Call, heard: NoMatch) -> Turn:
    """What is no choice: a danger that is over, when somebody is there, what a person may know, or nothing that is known."""
    asked = Action.parse(call.state.about) if call.state.question == Question.CONFIRM else None
    if heard.evidence == NO_DANGER and asked:
        return ask(call, asked, NO_DANGER)
    if heard.evidence == NO_DANGER:  # "is it safe after a heart attack"
        return ask(call, command("person"), NO_DANGER, call.sentence("a person knows"))
    if heard.hours and (known := closed.opening_hours(call.script, call.state)):
        return call.briefly(known, call.pause())
    if heard.a_person:
        return ask(call, command("person"), "for a person", call.sentence(why_a_person(heard)))
    return _not_understood(call)


def _matched(call: Call, action: Action, event: Event) -> Turn:
    """Do it; from now on the line knows that this caller can be understood."""
    done = perform(call.where(call.state.but(touched=True)), action)
    return done.after(event)


_STAYING = (command("wait"), command("stop"), command("back"))


def _is_enough(state: State, action: Action) -> bool:
    """Whether unsure words need no question: a no; the same again after "did you want ...?"; and, before a telephone rings
    or the call ends, what would keep the caller here.
    """
    insists = state.question == Question.CONFIRM and state.about == str(action)
    stays = state.question in (Question.WINDOW, Question.GOODBYE) and action in _STAYING
    return action == command("no") or insists or stays


def _listen_on(call: Call) -> Turn:
    """Nobody has answered yet: listen on, at no cost."""
    if call.state.question == Question.WINDOW:
        return transfers.keep_connecting(call)
    return call.listen(call.state)


def _not_understood(call: Call) -> Turn:
    match call.state.question:
        case Question.WINDOW:
            return ask_before_connecting(call, "speech")
        case Question.CUE | Question.WAIT | Question.GOODBYE:
            return call.resume()
    return recovery.not_understood(call, "speech")


def _emergency(call: Call, heard: Emergency) -> Turn:
    """The sentence again, at once, in the words' language and the caller's; nothing is dialled (promise 1).

    Where something else was plainly asked for too, the line is in doubt, and asks about it after the sentence.
    """
    script, state = call.script, call.resting()
    said = []
    for tag in dict.fromkeys((heard.language, call.language)):
        words = script.words[tag]
        said.append(prompts.emergency(script, tag))
        if heard.crisis:
            said.append(prompts.say(tag, *prompts.fill(script, words, words.emergency.crisis)))
        said.append(prompts.say(tag, *prompts.fill(script, words, words.emergency.still_here)))
    there = call.where(state)
    if call.state.question == Question.WINDOW:  # the transfer is off: what there is instead
        said += [call.pause(), prompts.brief(script, state)]
    if heard.besides:
        answered = ask(there, heard.besides, "in doubt", join(*said))
    else:
        answered = call.listen(state.but(about=DANGER_TOLD), *said)
    return answered.after(EmergencyHeard(state.node))
