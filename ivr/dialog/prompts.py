"""What is said at each place: prompts, menus made from the wiring, numbers read out.

For: turning a script and a place into speech.  Everything here depends on the script, the language and the
place alone, so it is worked out once and kept.
Not here: what a caller did and what follows from it (`turn`, `recovery`, `transfers`).
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from ivr.dialog.choices import TEXT_ME, Action, Choice, Kind, Question, choices, command, go, pages
from ivr.dialog.spoken import Break, Piece, Slow, Speech, Utterance, join
from ivr.dialog.state import State
from ivr.script.catalogue import KEY_SLOTS
from ivr.script.model import (
    Announcement,
    ItemWords,
    Listing,
    Menu,
    NumberNode,
    PhoneNumber,
    Prompt,
    Script,
    Transfer,
    Words,
)

AFTER_KEY = Break(500)  # the handset goes back to the ear (TIME-08)
BEFORE_PRESS = Break(300)  # between an option and its key (OPT-02)
BETWEEN = Break(600)  # between options (TIME-07), and between sentences of different purpose
GET_A_PEN = Break(3000)  # where a number is cued and read in one breath (NUM-04)


# --- filling prompts -----------------------------------------------------------------------------


def slow_number(words: Words, number: PhoneNumber) -> Slow:
    """The number as its digits are named in this language, group by group (NUM-01, NUM-06)."""
    return Slow(tuple(" ".join(words.keys[digit][0] for digit in group) for group in number.groups), number.written)


def fill(script: Script, words: Words, prompt: Prompt, **given: Piece) -> tuple[Piece, ...]:
    """The pieces of a prompt with its slots filled: from `given` (underscores for spaces), keys, numbers."""
    pieces: list[Piece] = []
    for part in prompt.pieces:
        piece = part if isinstance(part, str) else _slot(script, words, part.name, given)
        if pieces and isinstance(pieces[-1], Slow) and isinstance(piece, str):
            piece = piece.lstrip(".,;:?! ")  # no voice reads a full stop that stands alone
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        elif piece:
            pieces.append(piece)
    if pieces and isinstance(pieces[0], str):
        pieces[0] = pieces[0][:1].upper() + pieces[0][1:]
    return tuple(pieces)


def _slot(script: Script, words: Words, name: str, given: dict[str, Piece]) -> Piece:
    if (piece := given.get(name.replace(" ", "_"))) is not None:
        return piece
    if name in KEY_SLOTS:
        return words.keys[KEY_SLOTS[name]][0]
    if name in script.numbers:
        return slow_number(words, script.numbers[name])
    return ""


@lru_cache(maxsize=4096)
def sentence(script: Script, language: str, name: str, version: int = 0, **given: Piece) -> Speech:
    """A stock sentence; a tapered one in its `version`, or its last when there are not so many (ERR-04)."""
    words = script.words[language]
    versions = words.sentences[name]
    return say(language, *fill(script, words, versions[min(version, len(versions) - 1)], **given))


def say(language: str, *pieces: Piece) -> Speech:
    return (Utterance(language, pieces),)


def pause(language: str, silence: Break = BETWEEN) -> Speech:
    return say(language, silence)


def sentence_of(text: str) -> str:
    """A label as a sentence of its own."""
    return text if text[-1:] in ".?!" else f"{text}."


# --- menus made from the wiring ------------------------------------------------------------------


def label(script: Script, language: str, action: Action, state: State | None = None) -> str:
    """What a choice is called: the same in every menu (MENU-06)."""
    words = script.words[language]
    if action.kind is Kind.LANGUAGE:
        return script.words[action.name].own_name
    if action.kind in (Kind.GO, Kind.UNLISTED):
        return words.nodes[action.name].label
    if action.kind in (Kind.ITEM, Kind.CLOSEST):
        return item_words(words, action.name).label
    if action.name == "more" and state is not None and _is_last_page(script, state):
        return str(words.sentences["first names"][0])
    return words.commands[action.name].label


def _is_last_page(script: Script, state: State) -> bool:
    node = script.nodes[state.node]
    return isinstance(node, Listing) and state.position + 1 >= pages(node)


def item_words(words: Words, name: str) -> ItemWords:
    """The words of what can be looked up: an item of any list, or what is only mentioned beside it."""
    return next(
        found for node in words.nodes.values() for table in (node.items, node.mentioned) if (found := table.get(name))
    )


def options(script: Script, state: State, *, count: bool = True) -> Speech:
    """The choices as they are heard: how many there are, then label, pause, key (MENU-07, OPT-01)."""
    offered = choices(script, state)
    words = script.words[state.language]
    pieces: list[Piece] = []
    for choice in offered:
        pieces += [label(script, state.language, choice.action, state), BEFORE_PRESS, _press(words, choice), BETWEEN]
    counted = _count(script, state.language, len(offered)) if count else ()
    return join(counted, say(state.language, *pieces[:-1]))


def _press(words: Words, choice: Choice) -> str:
    press = words.sentences["press"][0]
    return "".join(p if isinstance(p, str) else words.keys[choice.key][0] for p in press.pieces) + "."


def _count(script: Script, language: str, number: int) -> Speech:
    if number == 0:
        return ()
    if number == 1:
        return sentence(script, language, "one choice")
    return join(
        sentence(script, language, "choices", count=script.words[language].keys[str(number)][0]), pause(language)
    )


def labels(script: Script, state: State) -> Speech:
    """The choices by name alone, for a caller who needs to be told what can be said (ERR-06, UNI-03)."""
    names = [label(script, state.language, choice.action, state) for choice in choices(script, state)]
    pieces = [piece for name in names for piece in (sentence_of(name), BEFORE_PRESS)]
    return say(state.language, *pieces[:-1]) if names else ()


def offers(script: Script, language: str) -> Speech:
    """The other languages, each in its own words and voice (LEP-02)."""
    others = [tag for tag in script.languages if tag != language]
    return join(*(sentence(script, tag, "language offer") for tag in others))


# --- places --------------------------------------------------------------------------------------


def emergency(script: Script, language: str) -> Speech:
    words = script.words[language]
    return join(say(language, *fill(script, words, words.emergency.say)), pause(language))


def place(script: Script, state: State) -> Speech:
    """What is said on arrival at a place, or when it is to be heard again; its label comes first (MENU-09)."""
    at = (state.language, state.node, state.position, state.item, state.answer, state.question, state.about)
    return _place(script, State("", *at, texting=state.texting))


@lru_cache(maxsize=8192)
def _place(script: Script, state: State) -> Speech:
    """`state` holds what decides what is heard, and nothing else."""
    language = state.language
    match state.question:
        case Question.HELP:
            return _help(script, state)
        case Question.CONFIRM:
            return _did_you_want(script, state)
        case Question.FAX:
            return join(sentence(script, language, "fax warning"), options(script, state, count=False))
        case Question.TEXT:
            return text_me(script, language, "")
        case Question.AFTER | Question.CLOSED | Question.BARRED:
            return options(script, state)
        case Question.ELSE:
            return join(sentence(script, language, "anything else"), options(script, state))
    return _node(script, state)


def _node(script: Script, state: State) -> Speech:
    language, words = state.language, script.words[state.language].nodes[state.node]
    name = say(language, sentence_of(words.label), BEFORE_PRESS)
    match script.nodes[state.node]:
        case Menu():
            return join(name, _intro(script, state), options(script, state))
        case Announcement(parts=parts):
            text = say(language, *fill(script, script.words[language], words.parts[parts[state.position]]))
            lead = name if state.position == 0 else ()
            return join(lead, text, pause(language), brief(script, state))
        case Listing():
            return _listing(script, state, name)
        case NumberNode(number=number):
            return join(reading(script, language, script.numbers[number]), pause(language), options(script, state))
        case Transfer():
            return name
    raise AssertionError(state.node)


def _intro(script: Script, state: State) -> Speech:
    words = script.words[state.language]
    intro = words.nodes[state.node].intro
    return say(state.language, *fill(script, words, intro), BETWEEN) if intro else ()


def _after(script: Script, state: State) -> Speech:
    """The way on after a text: no dead end (MENU-11)."""
    return sentence(script, state.language, "after a text")


def brief(script: Script, state: State) -> Speech:
    """The choices of a place without its text, for a caller who has heard it."""
    listed = options(script, state, count=False)
    if any(choice != TEXT_ME for choice in choices(script, state)):
        return listed
    return join(listed, pause(state.language) if listed else (), _after(script, state))


def _listing(script: Script, state: State, name: Speech) -> Speech:
    language = state.language
    if state.answer:
        return join(_answer(script, state), pause(language), _after(script, state))
    lead = join(name, _intro(script, state)) if state.position == 0 else ()
    return join(lead, options(script, state))


class Answer(StrEnum):
    """How a list answers (promise 13), kept in the state."""

    LISTED = "listed"
    CLOSEST = "closest"
    UNLISTED = "unlisted"


def _answer(script: Script, state: State) -> Speech:
    """No advice: what is on the list, and that only an examination can tell (promise 13)."""
    language, node = state.language, script.nodes[state.node]
    if state.answer == Answer.UNLISTED:
        return sentence(script, language, "not on the list")
    words = script.words[language]
    found = item_words(words, state.item)
    more = say(language, *fill(script, words, found.answer)) if found.answer else ()
    if isinstance(node, Listing) and state.item in node.mentioned:
        return join(say(language, sentence_of(found.label)), more)
    name = "closest on the list" if state.answer == Answer.CLOSEST else "on the list"
    said = sentence(script, language, name, item=found.label)
    return join(said, more, sentence(script, language, "only an examination"))


def _did_you_want(script: Script, state: State) -> Speech:
    """The question in the language of which it speaks: a caller who needs another one may not know this one."""
    action = Action.parse(state.about)
    language = action.name if action and action.kind is Kind.LANGUAGE else state.language
    if action in (command("person"), go(script.person)):
        return sentence(script, language, "want a person")
    name = label(script, language, action) if action else ""
    return sentence(script, language, "did you want", label=name)


def _help(script: Script, state: State) -> Speech:
    """Where you are, what you can do, and the settings with their keys (UNI-03, EMG-03, DEAF-05)."""
    language, words = state.language, script.words[state.language]
    node_words = words.nodes[state.node]
    own = say(language, *fill(script, words, node_words.help)) if node_words.help else ()
    place = (state.node, state.position, state.item, state.answer)
    named = labels(script, State(script.version, language, *place, texting=state.texting))
    sayable = join(sentence(script, language, "you can say"), named, pause(language)) if named else ()
    return join(
        say(language, sentence_of(words.commands["help"].label), BEFORE_PRESS),
        sentence(script, language, "help", label=node_words.label),
        own,
        sayable,
        options(script, state, count=not named),
        pause(language),
        offers(script, language),
        pause(language),
        sentence(script, language, "emergency help"),
        sentence(script, language, "relay"),
    )


# --- numbers -------------------------------------------------------------------------------------


def reading(script: Script, language: str, number: PhoneNumber) -> Speech:
    """The number, slowly, twice (NUM-04)."""
    digits = slow_number(script.words[language], number)
    return join(
        sentence(script, language, "the number", number=digits),
        pause(language),
        sentence(script, language, "the number again", number=digits),
    )


def text_me(script: Script, language: str, last: str) -> Speech:
    """The question before a text is sent: to which number, by its `last` digits, and that it may cost (NUM-05)."""
    words = script.words[language]
    digits = Slow((" ".join(words.keys[digit][0] for digit in last),), last) if last else ""
    return say(language, *fill(script, words, words.sentences["text me"][0], digits=digits))


def cue(script: Script, state: State) -> Speech:
    """What comes before a number, so that a caller can find a pen (NUM-04)."""
    language = state.language
    name = sentence_of(script.words[language].nodes[state.node].label)
    return join(say(language, name, BEFORE_PRESS), sentence(script, language, "number cue"))


def trouble(script: Script, language: str, *, dials: bool) -> Speech:
    """The plain sentence for a fault of ours, and what happens now (promise 12)."""
    said = sentence(script, language, "trouble")
    return join(said, sentence(script, language, "to a person")) if dials else said


def our_number(script: Script, language: str) -> Speech:
    """The number of a person, slowly, for the case that a dial comes to nothing."""
    return sentence(script, language, "our number", number=slow_number(script.words[language], script.person_number))
