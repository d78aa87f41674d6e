"""A conversation by text message: one text, and the one that answers it.

For: `answer(script, talk, text, now) -> Answered`, pure like a turn, which it takes for everything that can be chosen
or asked for.  What it adds is what only texts have: they are read and not heard, cut into messages, and may rest.
Not here: how a place is worded (`written`), what a text means (`meant`), how long a conversation lasts (`talk`).
"""

from __future__ import annotations

from dataclasses import dataclass

from ivr.channels import written
from ivr.channels.meant import agrees, meant, says_nothing
from ivr.channels.portions import Pieces, page
from ivr.channels.talk import Talk, counted, rests, rests_now, take_up
from ivr.channels.text import Keyword, Wrote
from ivr.dialog.asking import why_a_person
from ivr.dialog.choices import UNIVERSAL_KEYS, Action, Kind, Question, choices, command, has_told_of_danger, pages
from ivr.dialog.closed import number_of, shut
from ivr.dialog.events import (
    CallEnded,
    CallStarted,
    DeliveryChanged,
    Event,
    InputMatched,
    InputNotMatched,
    KeywordReceived,
    LanguageChanged,
    NodeEntered,
    NumberGiven,
    TextsRested,
    TextsStarted,
    TransferCalledOff,
    TransferStarted,
)
from ivr.dialog.inputs import Arrived, Key, Said
from ivr.dialog.reply import Turn
from ivr.dialog.state import State
from ivr.dialog.turn import fits, turn
from ivr.dialog.understand import NO_DANGER, Emergency, Match, NoMatch, Understood
from ivr.script.catalogue import OPTION_KEYS
from ivr.script.model import Listing, Menu, Script, Transfer


@dataclass(frozen=True, slots=True)
class Answered:
    """What is sent back, which may be nothing; where the conversation then stands; and the facts of it."""

    words: str
    talk: Talk | None
    events: tuple[Event, ...] = ()


USUAL = Arrived()
"""A day on which everybody answers, and nothing else is said."""


def answer(  # noqa: PLR0913 - a text, and what comes with it and may not stand in a conversation
    script: Script,
    talk: Talk | None,
    text: Keyword | Wrote,
    now: int,
    *,
    keeps: bool = True,
    today: Arrived = USUAL,
) -> Answered:
    """The answer to one text.

    talk: where the conversation stands, None where that is not known: then the text stands alone, and a number is one
    of the first menu.  now: seconds of the clock.  keeps: whether the next text will come with what is answered here.
    today: who is closed now, and what is said today beside the usual.
    """
    if isinstance(text, Keyword):
        return Answered("", talk, (KeywordReceived(text.word),))
    taken = take_up(script, talk, now)
    here = counted(taken.talk, text, now)
    state, heard = meant(script, here.state, text)
    if rests(here, urgent=isinstance(heard, Emergency)):
        return _resting(script, here, now)
    asked = _Asked(script, here, text, state, heard, begins=taken.begins, late=taken.late, keeps=keeps, today=today)
    return _sent(asked, _reply(asked), now)


def _resting(script: Script, talk: Talk, now: int) -> Answered:
    """One word about it, with the number of a person; from then on nothing."""
    said = (*written.sentence(script, talk.state.language, "text rests"), *written.person(script, talk.state.language))
    words = page(said, (), (), ())[0] if rests_now(talk) else ""
    return Answered(words, talk._replace(at=now), (TextsRested(talk.state.node),))


# --- what is answered ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    """A text, with all that decides its answer.  state: where it is answered, in the language of the text."""

    script: Script
    talk: Talk
    text: Wrote
    state: State
    heard: Understood | None
    begins: bool
    late: bool
    keeps: bool
    today: Arrived

    def sentence(self, name: str, version: int = 0) -> Pieces:
        return written.sentence(self.script, self.state.language, name, version)

    def place(self, state: State) -> Pieces:
        """What stands at a place today."""
        return written.place(self.script, state.but(closed=self.today.closed), numbered=self.keeps)

    def turn(self) -> Turn:
        """What the line does, as on the telephone."""
        if self.heard is None:
            return turn(self.script, _quiet(self.state), Key(self.text.key))
        heard = self.heard
        return turn(self.script, _quiet(self.state), Said(self.text.words), hear=lambda *_: heard)


@dataclass(frozen=True, slots=True)
class _Reply:
    """The first words of an answer, and then, unless `place` is False, the place at `state` from piece `at`."""

    state: State
    lead: Pieces = ()
    at: int = 0
    place: bool = True
    events: tuple[Event, ...] = ()


def _reply(asked: _Asked) -> _Reply:
    state, text, heard = asked.state, asked.text, asked.heard
    if isinstance(heard, Emergency):
        return _emergency(asked, heard)
    if _is_of_another_script(asked):
        return _Reply(state.at_rest(version=asked.script.version), asked.sentence("we changed"))
    if not text.key and not text.words:
        return _Reply(state, asked.sentence("text words only"))
    if asked.late and text.key and UNIVERSAL_KEYS.get(text.key) not in _ANY_TIME:
        return _Reply(state)
    if isinstance(heard, Match) and heard.action == command("more"):
        return _more(asked, heard)
    if not asked.begins and agrees(asked.script, state, text, heard):
        return _Reply(state, asked.sentence("all right"), place=_is_first(asked, state) or bool(state.question))
    if says_nothing(asked.script, state, text, heard):
        return _Reply(state)
    return _turned(asked)


def _is_first(asked: _Asked, state: State) -> bool:
    """Whether this is the first menu, which says by itself what can be done."""
    return state.node == asked.script.start


_ANY_TIME = (command("person"), command("language"), command("help"))
"""What a key means whatever was sent before it."""


def _is_of_another_script(asked: _Asked) -> bool:
    """Whether the place is gone, or a number may be that of another choice since."""
    before = asked.talk.state
    moved = before.version != asked.script.version and asked.text.key in OPTION_KEYS
    return moved or not fits(asked.script, before)


def _emergency(asked: _Asked, heard: Emergency) -> _Reply:
    """Its words first, always, in the language of the text and in that of the conversation (promise 1)."""
    tags = dict.fromkeys((heard.language, asked.state.language))
    lead = [piece for tag in tags for piece in written.emergency(asked.script, tag, crisis=heard.crisis)]
    done = asked.turn()
    settled = _settled(asked.script, done.state)
    return _Reply(settled, tuple(lead), place=settled.question == Question.CONFIRM, events=done.events)


def _more(asked: _Asked, heard: Match) -> _Reply:
    """What is left of the place, or else its next part; where there is nothing more, that this was all."""
    script, state = asked.script, asked.state
    event = InputMatched(state.node, str(heard.action), "speech" if asked.text.words else "keypad", heard.evidence)
    if asked.talk.sent < len(asked.place(state)) and not asked.begins:
        return _Reply(state, at=asked.talk.sent, events=(event,))
    if not _offers_more(script, state):
        lead = () if asked.begins else asked.sentence("that was all")
        return _Reply(state, lead, place=asked.begins or _is_first(asked, state), events=(event,))
    done = asked.turn()
    return _Reply(_settled(script, done.state), events=done.events)


def _turned(asked: _Asked) -> _Reply:
    """A turn like any other, and what it comes to in a text."""
    done, heard = asked.turn(), asked.heard
    settled = _settled(asked.script, done.state)
    if isinstance(heard, NoMatch) and (heard.a_person or _is_for_a_person(heard, settled)):
        return _for_a_person(asked, heard, done.events)
    missed = next((event for event in done.events if isinstance(event, InputNotMatched)), None)
    if missed is not None:
        return _missed(asked, settled, missed, done.events)
    action = next((Action.parse(event.meaning) for event in done.events if isinstance(event, InputMatched)), None)
    lead, place = _about(asked, settled, action)
    return _Reply(settled, lead, place=place, events=done.events)


def _is_for_a_person(heard: NoMatch, settled: State) -> bool:
    """Whether words of no danger were a question: "is it safe after a heart attack"."""
    return heard.evidence == NO_DANGER and settled.about == str(command("person"))


def _for_a_person(asked: _Asked, heard: NoMatch, events: tuple[Event, ...]) -> _Reply:
    """What a person may know: the number of one, with all that is known of when it is answered."""
    script, language, person = asked.script, asked.state.language, asked.script.nodes[asked.script.person]
    assert isinstance(person, Transfer), "the reader lets only a transfer be the person"
    there = written.answering(script, language, person.number)
    closed = shut(script, asked.state.but(closed=asked.today.closed), person.name)
    known = (*written.closed_now(script, language, closed), *there)
    unknown = () if heard.hours and known else asked.sentence(why_a_person(heard))
    lead = (*unknown, *written.person(script, language), *known)
    given = NumberGiven(person.name, person.number)
    return _Reply(_settled(script, asked.state.at_rest()), lead, place=False, events=(*events, given))


def _missed(asked: _Asked, settled: State, missed: InputNotMatched, events: tuple[Event, ...]) -> _Reply:
    """Other words at each try, and what can be chosen; at the third the number of a person (promise 6).

    Who has only just written, perhaps not to this line at all, is not told that something was wrong.
    """
    if asked.begins:
        return _Reply(settled.but(misses=0), events=events)
    if settled.node == asked.script.person != asked.state.node:
        return _Reply(settled, events=events)
    lead = asked.sentence("text not understood", missed.tries - 1)
    node = asked.script.nodes[settled.node]
    offers = isinstance(node, Menu | Listing) or settled.question == Question.CONFIRM
    return _Reply(settled, lead, place=offers and not settled.answer, events=events)


_CALLS = frozenset({"connect", "try again", "call anyway"})

_NOTHING_TO_DO = frozenset({"no", "wait", "slower", "faster", "louder"})
"""Commands that mean nothing to a reader, or that nothing be done."""


def _about(asked: _Asked, settled: State, action: Action | None) -> tuple[Pieces, bool]:
    """What is said before the place, and whether that is shown at all."""
    if action is None or action.kind is not Kind.COMMAND:
        return (), True
    if action.name == "help":
        return written.helping(asked.script, settled.language), False
    if action.name in _CALLS:
        return (*asked.sentence("text no calls"), *_to_call(asked, settled)), False
    if action.name == "stop":
        return asked.sentence("text no more"), False
    if action.name == "goodbye":
        return asked.sentence("text goodbye"), False
    if action.name in _NOTHING_TO_DO:
        return asked.sentence("all right"), settled.node == asked.script.start
    return (), True


def _to_call(asked: _Asked, settled: State) -> Pieces:
    """The number to call: that of the place where a person answers it, else a person's."""
    number = number_of(asked.script, settled.node)
    if number is None or number.kind == "fax":
        return written.person(asked.script, settled.language)
    return written.call(asked.script, settled.language, number.name)


def _quiet(state: State) -> State:
    """The state without what a telephone alone has: doubled keys, silence, pace, and a call that grows too long."""
    return state.but(led="", star=False, turn=0, rescued=False, silences=0, pace=0, volume=0)


def _settled(script: Script, state: State) -> State:
    """The state after all that a telephone would still wait for: a pen, a ring, a change of mind."""
    open_still = state.question == Question.CONFIRM or has_told_of_danger(state)
    kept = state if open_still else state.but(question="", about="")
    return _quiet(kept).but(version=script.version)


# --- what is sent --------------------------------------------------------------------------------

_OF_CALLS = (CallStarted, CallEnded, DeliveryChanged, TransferStarted, TransferCalledOff)
"""Facts that a text has not: nothing rings, and nothing is hung up."""


def _sent(asked: _Asked, reply: _Reply, now: int) -> Answered:
    """The message: the opening where it is due, the first words, the place as far as there is room, and the way on."""
    script, state = asked.script, reply.state
    events = _facts(asked, reply)
    is_new = asked.begins or state.language != asked.talk.state.language
    opening: Pieces = ()
    if is_new and not isinstance(asked.heard, Emergency):
        notice = written.notice(script, state.language, asked.today.notices)
        opening = (*written.opening(script, state.language), *notice)
    body = asked.place(state)
    at_menu = reply.place and state.node == script.start and not state.question
    ways = () if at_menu else written.ways(script, state)
    going_on = written.line(script, state.language, "text more") if asked.keeps else ways
    if reply.place:
        end = going_on if _offers_more(script, state) else ways
        words, sent = page((*opening, *written.below(reply.lead)), body, going_on, end, reply.at)
    else:
        stayed = state[1:4] == asked.talk.state[1:4]
        sent = asked.talk.sent if stayed else 0
        ways = going_on if stayed and sent < len(body) and not asked.begins else ways
        words, _ = page((*opening, *written.below(reply.lead)), (), (), ways)
    return Answered(words, asked.talk._replace(state=state, at=now, sent=sent), events)


def _offers_more(script: Script, state: State) -> bool:
    """Whether something follows; after the last names of a list the first come again, which nobody needs to be told."""
    node = script.nodes[state.node]
    if isinstance(node, Listing) and state.position + 1 == pages(node):
        return False
    return not state.question and any(choice.action == command("more") for choice in choices(script, state))


def _facts(asked: _Asked, reply: _Reply) -> tuple[Event, ...]:
    """What happened, in the words of the journal."""
    language = reply.state.language
    facts: list[Event] = [TextsStarted(language)] if asked.begins else []
    facts += [event for event in reply.events if not isinstance(event, _OF_CALLS)]
    told = any(isinstance(event, LanguageChanged) for event in facts)
    if language != asked.talk.state.language and not (asked.begins or told):
        facts.append(LanguageChanged(language))
    node = asked.script.nodes[reply.state.node]
    if isinstance(node, Transfer) and NodeEntered(node.name) in facts:
        facts.append(NumberGiven(node.name, node.number))
    return tuple(facts)
