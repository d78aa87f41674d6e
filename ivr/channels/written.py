"""The line in writing: what stands at each place when it is read instead of heard.

For: places, choices and numbers as the pieces of a text message.  They are made from the same script, the same labels
and the same choices as the spoken ones; what a telephone alone can do ("press", "hear it again") is never put in.
Not here: speech (`ivr.dialog.prompts`), where a message ends (`portions`), who wrote what (`texting`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ivr.channels.openings import openings
from ivr.channels.portions import Pieces, fits, lines, sentences, text
from ivr.channels.text import MOST_CHARACTERS
from ivr.dialog import prompts
from ivr.dialog.choices import Action, Kind, Question, choices, command
from ivr.dialog.closed import shut
from ivr.dialog.prompts import Answer
from ivr.dialog.state import State
from ivr.script.catalogue import KEY_SLOTS
from ivr.script.model import Announcement, Listing, Menu, NumberNode, Prompt, Script, Transfer
from ivr.script.today import Closed, Told


def fill(script: Script, language: str, prompt: Prompt, **given: str) -> str:
    """A prompt with its slots filled as they are written: keys and phone numbers in digits."""
    filled = "".join(p if isinstance(p, str) else _slot(script, language, p.name, given) for p in prompt.pieces)
    return filled[:1].upper() + filled[1:]


def _slot(script: Script, language: str, name: str, given: dict[str, str]) -> str:
    if (said := given.get(name.replace(" ", "_"))) is not None:
        return said
    if name in script.numbers:
        return phone_number(script, language, name)
    return KEY_SLOTS.get(name, name)


def phone_number(script: Script, language: str, name: str) -> str:
    """A phone number in digits; who answers it, where the number may not be sent as a text."""
    found = script.numbers[name]
    return found.written if "text" in found.uses else script.words[language].numbers[name]


@lru_cache(maxsize=4096)
def sentence(script: Script, language: str, name: str, version: int = 0, **given: str) -> Pieces:
    """A stock sentence; a tapered one in its `version`, or its last when there are not so many."""
    words = script.words[language]
    versions = words.sentences[name]
    return sentences(fill(script, language, versions[min(version, len(versions) - 1)], **given))


def line(script: Script, language: str, name: str, **given: str) -> Pieces:
    """A stock sentence on a line of its own."""
    return below(sentence(script, language, name, 0, **given))


def below(said: Pieces) -> Pieces:
    """The same, beginning a line of its own."""
    return (f"\n{said[0].lstrip()}", *said[1:]) if said else ()


def ways(script: Script, state: State) -> Pieces:
    """The way on from a place: no dead end (MENU-11)."""
    return line(script, state.language, "text ways")


# --- what may come first -------------------------------------------------------------------------


def opening(script: Script, language: str) -> Pieces:
    """The first words of every conversation (EMG-06)."""
    return sentence(script, language, "text opening")


def notice(script: Script, language: str, notices: tuple[Told, ...]) -> Pieces:
    """What is said today beside the usual; where that would fill a message by itself, that there is news."""
    told = next((told for told in notices if told.language == language), None)
    if told is None:
        return ()
    said = sentences(prompts.sentence_of(told.words)) if told.words else sentence(script, language, told.ready)
    going_on = line(script, language, "text more")
    return below(
        said if fits((*opening(script, language), *said, *going_on)) else sentence(script, language, "news today")
    )


def closed_now(script: Script, language: str, closed: Closed | None) -> Pieces:
    """That nobody answers a number now, and when somebody does, where that is known (XFER-07, NUM-07)."""
    if closed is None:
        return ()
    words = script.words[language]
    day, time = words.days.get(closed.day), words.times.get(closed.time)
    name = "opens later" if closed.weeks else "opens"
    opens = sentence(script, language, name, 0, day=day, time=time) if day and time else ()
    return (*line(script, language, "closed"), *opens)


def emergency(script: Script, language: str, *, crisis: bool) -> Pieces:
    """The answer to words of an emergency (promise 1)."""
    words = script.words[language]
    return (
        *line(script, language, "text emergency"),
        *(sentence(script, language, "text crisis") if crisis else ()),
        *sentences(fill(script, language, words.emergency.still_here)),
    )


def helping(script: Script, language: str) -> Pieces:
    """What can be written here."""
    languages = lines(*(f"8 {script.words[tag].own_name}" for tag in script.languages if tag != language))
    relay = sentence(script, language, "text relay")
    return (*sentence(script, language, "text help"), *relay, *languages)


def person(script: Script, language: str) -> Pieces:
    """The number of a person, to call."""
    return call(script, language, script.person_number.name)


def call(script: Script, language: str, name: str) -> Pieces:
    """A number to call."""
    return sentence(script, language, "text call", number=phone_number(script, language, name))


def answering(script: Script, language: str, name: str) -> Pieces:
    """When somebody answers a number, a line for each thing that is known."""
    known = openings(script, language, script.numbers[name])
    return below(lines(*known.lines())) if known else ()


def trouble(script: Script, language: str) -> Pieces:
    """The plain sentences for a fault of ours (promise 12)."""
    said = (*sentence(script, language, "trouble"), *sentence(script, language, "text emergency"))
    return (*said, *person(script, language))


# --- places --------------------------------------------------------------------------------------


def place(script: Script, state: State, *, numbered: bool = True) -> Pieces:
    """What stands at a place.

    numbered: False where the next text will not be known to come from here, so that a number could mean anything.
    """
    keys = (state.language, state.node, state.position, state.item, state.answer, state.question, state.about)
    return _place(script, *keys, shut(script, state), numbered=numbered or state.node == script.start)


@lru_cache(maxsize=4096)
def _place(  # noqa: PLR0913 - these, and nothing else, decide what is read
    script: Script,
    language: str,
    node: str,
    position: int,
    item: str,
    answer: str,
    question: str,
    about: str,
    closed: Closed | None,
    *,
    numbered: bool,
) -> Pieces:
    state = State(script.version, language, node, position, item, answer, question, about)
    if question == Question.CONFIRM:
        return tuple(_not_sure(script, state))
    words = script.words[language]
    own = words.nodes[node]
    name = () if node == script.start else lines(own.label)
    match script.nodes[node]:
        case Announcement(parts=parts):
            part = parts[position]
            said = sentences(fill(script, language, own.texts.get(part) or own.parts[part]))
            return (*(name if position == 0 else ()), *below(said))
        case Listing() if answer:
            return tuple(_answer(script, state))
        case Listing() if position:
            return tuple(_options(script, state, numbered=numbered))
        case Menu() | Listing():
            return (*name, *_intro(script, state), *_options(script, state, numbered=numbered))
        case NumberNode(number=number):
            said = sentence(script, language, "the number", number=phone_number(script, language, number))
            now = closed_now(script, language, closed)
            return (*name, *below(said), *now, *_intro(script, state), *answering(script, language, number))
        case Transfer(number=number):
            called = line(script, language, "text call", number=phone_number(script, language, number))
            relay = sentence(script, language, "text relay")
            now = closed_now(script, language, closed)
            return (*name, *called, *now, *relay, *_intro(script, state), *answering(script, language, number))


def _intro(script: Script, state: State) -> Pieces:
    """The place's own words for texts, or else those that are spoken before its choices."""
    language, words = state.language, script.words[state.language]
    own = words.nodes[state.node]
    greeting = _said(script, language, words.sentences["greeting"][0]) if state.node == script.start else ()
    return below((*greeting, *_said(script, language, own.text or own.intro)))


def _said(script: Script, language: str, said: Prompt | None) -> Pieces:
    return sentences(fill(script, language, said)) if said else ()


def _options(script: Script, state: State, *, numbered: bool) -> Iterator[str]:
    """The choices, one on a line, under the same keys as on the telephone."""
    for choice in choices(script, state):
        if choice.action != command("more"):
            label = prompts.label(script, state.language, choice.action, state)
            yield from lines(f"{choice.key} {label}" if numbered else f"- {label}")
    if state.node == script.start:
        yield from lines(f"0 {prompts.label(script, state.language, command('person'))}")
        yield from lines(*(f"8 {script.words[tag].own_name}" for tag in script.languages if tag != state.language))


def _answer(script: Script, state: State) -> Iterator[str]:
    """No advice: what is on the list, and that only an examination can tell, before all that may come with "more"
    (promise 13).
    """
    language, words = state.language, script.words[state.language]
    if state.answer == Answer.UNLISTED:
        yield from sentence(script, language, "not on the list")
        return
    found = prompts.item_words(words, state.item)
    node = script.nodes[state.node]
    more = _said(script, language, found.answer)
    if isinstance(node, Listing) and state.item in node.mentioned:
        yield from (*lines(found.label), *below(more))
        return
    name = "closest on the list" if state.answer == Answer.CLOSEST else "on the list"
    yield from sentence(script, language, name, item=found.label)
    yield from (*sentence(script, language, "only an examination"), *more)


def _not_sure(script: Script, state: State) -> Iterator[str]:
    """One short question with two numbers.  It is put so that nobody answers YES, which Twilio keeps for itself."""
    action = Action.parse(state.about)
    language = action.name if action and action.kind is Kind.LANGUAGE else state.language
    label = prompts.label(script, language, action) if action else ""
    yield from line(script, language, "text not sure")
    yield from lines(f"1 {label}", *(f"2 {s}" for s in sentence(script, language, "text something else")))


# --- a place as a whole --------------------------------------------------------------------------


def whole(script: Script, language: str, node: str) -> str:
    """All of a place in one text, for a caller on the telephone who wants to keep it."""
    state = State(script.version, language, node)
    found = script.nodes[node]
    parts = len(found.parts) if isinstance(found, Announcement) else 1
    greeting = _said(script, language, script.words[language].sentences["greeting"][0])
    pieces = [*opening(script, language), *below(greeting)]
    for position in range(parts):
        for piece in place(script, state.but(position=position)):
            if len(text((*pieces, piece))) <= MOST_CHARACTERS:
                pieces.append(piece)
    return text(pieces)
