"""What a caller may do at a place, well meant or not.

For: `attempts(script, state, ...)`, the inputs that the walk tries in a state: keys, names, commands, silence, noise,
the line's own words, the ends of a transfer.  Where there are many ways to say the same, each visit tries the next
one, and the first menu tries them all, so that the number of attempts at a place does not grow with the line.
Not here: what comes of them (`walker`), whether that is right (`rules`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from ivr.channels.plain import OUTCOMES
from ivr.dialog import prompts
from ivr.dialog.choices import UNIVERSAL_KEYS, Action, Choice, Kind, Question, choices, command, go, item
from ivr.dialog.inputs import Dialled, Input, Key, Outcome, Said, Silence
from ivr.dialog.normal import normalise, without
from ivr.script.catalogue import COMMANDS, KEYS, LOCAL_COMMANDS, OPTION_KEYS
from ivr.script.model import Listing, Script

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ivr.dialog.state import State

GIBBERISH = "zblorg wug"
"""Words that no line expects: a no-match."""

SCREEN_READER = "four five six button"
"""What a screen reader says beside a telephone: its own words, and no choice of the caller."""

RELAY = Dialled(Outcome.COMPLETED, bridged=True, seconds=12)
"""A relay operator's greeting was taken for a sales call, and hung up on."""

ENDS: dict[str, Dialled] = {**OUTCOMES, "relay hang-up": RELAY}

EVERYWHERE = tuple(name for name in COMMANDS if name not in LOCAL_COMMANDS)


class Way(StrEnum):
    """How a caller goes about it."""

    ARRIVAL = "arrival"
    KEY = "key"
    STRAY_KEY = "stray key"
    NAME = "name"
    SPOKEN_KEY = "spoken key"
    POLITE = "polite"  # with a filler, doubled, and please
    INSIDE = "inside"  # a phrase in the middle of other words
    COMMAND = "command"
    PLACE = "place"  # the name of a place that is not on offer here
    SILENCE = "silence"
    NOISE = "noise"
    ECHO = "echo"
    SCREEN_READER = "screen reader"
    EMERGENCY = "emergency"
    CRISIS = "crisis"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Attempt:
    """An input, how it came about, and what the caller means by it (None: nothing that the line offers)."""

    given: Input
    way: Way
    means: Action | None = None

    @property
    def is_key(self) -> bool:
        return isinstance(self.given, Key)

    @property
    def is_speech(self) -> bool:
        return isinstance(self.given, Said)


SILENT = Attempt(Silence(), Way.SILENCE)
NOISE = Attempt(Said(GIBBERISH), Way.NOISE)
OUTCOME_ATTEMPTS = tuple(Attempt(ended, Way.OUTCOME) for ended in dict.fromkeys(ENDS.values()))

T = TypeVar("T")


def _turn(them: Sequence[T], visit: int, most: int = 1) -> Sequence[T]:
    """`most` of `them`, others at each visit."""
    return [them[(visit * most + n) % len(them)] for n in range(min(most, len(them)))]


def _one(them: Sequence[T], visit: int) -> T:
    """Another of `them` at each visit."""
    return them[visit % len(them)]


# --- keys ----------------------------------------------------------------------------------------


def keys(script: Script, state: State, which: Iterable[str] = KEYS) -> Iterator[Attempt]:
    offered = {choice.key: choice.action for choice in choices(script, state)}
    for key in which:
        means = UNIVERSAL_KEYS.get(key) or offered.get(key)
        if key == "*" and state.star:
            means = command("main menu")
        yield Attempt(Key(key), Way.KEY if means else Way.STRAY_KEY, means)


# --- words ---------------------------------------------------------------------------------------


def phrases_of(script: Script, language: str, action: Action) -> tuple[str, ...]:
    """Everything that a caller may say for an action, as staff wrote it."""
    words = script.words[language]
    match action.kind:
        case Kind.GO:
            return (words.nodes[action.name].label, *words.nodes[action.name].phrases)
        case Kind.ITEM:
            found = prompts.item_words(words, action.name)
            return (found.label, *found.phrases)
        case Kind.CLOSEST:
            return prompts.item_words(words, action.name).lay_words
        case Kind.UNLISTED:
            return words.nodes[action.name].not_listed
        case Kind.LANGUAGE:
            return (script.words[action.name].own_name, *script.words[action.name].own_phrases)
    spoken = words.commands[action.name]
    return tuple(spoken.phrases) if action.name in LOCAL_COMMANDS else (spoken.label, *spoken.phrases)


def _names(script: Script, state: State, visit: int) -> Iterator[Attempt]:
    """Each choice on offer: as it was heard, and by one of its phrases."""
    for choice in choices(script, state):
        said = phrases_of(script, state.language, choice.action)
        for phrase in dict.fromkeys((said[0], *_turn(said[1:] or said, visit))):
            yield Attempt(Said(phrase), Way.NAME, choice.action)


def _spoken(script: Script, state: State, offered: Iterable[Choice], visit: int) -> Iterator[Attempt]:
    words = script.words[state.language]
    for choice in offered:
        yield Attempt(Said(_one(words.keys[choice.key], visit)), Way.SPOKEN_KEY, choice.action)


def _commands(script: Script, language: str, visit: int) -> Iterator[Attempt]:
    for name in EVERYWHERE:
        said = phrases_of(script, language, command(name))
        yield Attempt(Said(_one(said, visit)), Way.COMMAND, command(name))


def person_word(script: Script, language: str, visit: int) -> Attempt:
    said = phrases_of(script, language, command("person"))
    return Attempt(Said(_one(said, visit)), Way.COMMAND, command("person"))


def polite(script: Script, language: str, phrase: str, visit: int) -> str:
    """A phrase as people say it: a filler before it, its last word doubled, a filler after it (ASR-08)."""
    fillers = script.words[language].fillers or ("",)
    before, after = _one(fillers, visit), _one(fillers, visit + 1)
    return f"{before} {phrase} {phrase.rsplit(maxsplit=1)[-1]} {after}".strip()


def _mannered(script: Script, state: State, offered: Sequence[Choice], visit: int) -> Iterator[Attempt]:
    """One choice, said politely, and once more in the middle of a sentence."""
    if not offered:
        return
    choice = _one(offered, visit)
    said = phrases_of(script, state.language, choice.action)
    yield Attempt(Said(polite(script, state.language, said[0], visit)), Way.POLITE, choice.action)
    if longer := next((phrase for phrase in said if _stands_out(script, state.language, phrase)), ""):
        yield Attempt(Said(f"{GIBBERISH} {longer}"), Way.INSIDE, choice.action)


@lru_cache(maxsize=4096)
def _stands_out(script: Script, language: str, phrase: str) -> bool:
    """Whether a phrase can be told from the words around it: a single word may mean anything, and fillers are dropped."""
    plain = normalise(phrase)
    return " " in plain and without(plain, frozenset(map(normalise, script.words[language].fillers))) == plain


def _urgent(script: Script, language: str, visit: int) -> Iterator[Attempt]:
    urgent = script.words[language].emergency
    for phrases, way in ((urgent.phrases, Way.EMERGENCY), (urgent.crisis_phrases, Way.CRISIS)):
        if phrases:
            yield Attempt(Said(sayable(_one(phrases, visit))), way)


def sayable(phrase: str) -> str:
    """Words that a pattern of staff's stands for: of words parted by "/" the first, nothing for its dots and stars."""
    return " ".join(word.split("/")[0].rstrip("*") for word in phrase.replace("...", " ").split())


def _own_words(script: Script, state: State) -> Iterator[Attempt]:
    """The line's own words come back over a loudspeaker; a screen reader speaks into the call."""
    heard = " ".join(utterance.text for utterance in prompts.place(script, state)).split()
    if len(heard) >= 8:  # noqa: PLR2004 - fewer might be an answer
        yield Attempt(Said(" ".join(heard[1:8])), Way.ECHO)
    yield Attempt(Said(SCREEN_READER), Way.SCREEN_READER)


# --- places by name ------------------------------------------------------------------------------


def destinations(script: Script) -> tuple[Action, ...]:
    """Everything that can be asked for by name from anywhere."""
    lists = [node for node in script.nodes.values() if isinstance(node, Listing)]
    asked = [item(name) for node in lists for name in (*node.items, *node.mentioned)]
    return (*map(go, script.nodes), *asked)


def _everything(script: Script, language: str) -> Iterator[Attempt]:
    """Every phrase of a language: what the first menu is asked for, once."""
    for action in destinations(script):
        for phrase in phrases_of(script, language, action):
            yield Attempt(Said(phrase), Way.PLACE, action)
    for name in EVERYWHERE:
        for phrase in phrases_of(script, language, command(name)):
            yield Attempt(Said(phrase), Way.COMMAND, command(name))
    for tag in script.languages:
        for phrase in phrases_of(script, language, Action(Kind.LANGUAGE, tag)):
            yield Attempt(Said(phrase), Way.COMMAND, Action(Kind.LANGUAGE, tag))
    for node in script.nodes.values():
        if isinstance(node, Listing):
            yield from _lay_words(script, language, node)


def _lay_words(script: Script, language: str, node: Listing) -> Iterator[Attempt]:
    for phrase in script.words[language].nodes[node.name].not_listed:
        yield Attempt(Said(phrase), Way.PLACE, Action(Kind.UNLISTED, node.name))
    for name in (*node.items, *node.mentioned):
        for phrase in phrases_of(script, language, Action(Kind.CLOSEST, name)):
            yield Attempt(Said(phrase), Way.PLACE, Action(Kind.CLOSEST, name))


def _spoken_keys(script: Script, state: State) -> Iterator[Attempt]:
    """Every way to say every key (INP-09)."""
    means = {choice.key: choice.action for choice in choices(script, state)} | UNIVERSAL_KEYS
    words = script.words[state.language]
    for key, said in words.keys.items():
        for spoken in (*said, *(f"{before} {said[0]}" for before in words.press_words)):
            yield Attempt(Said(spoken), Way.SPOKEN_KEY, means.get(key))


# --- all that is tried at a place ----------------------------------------------------------------

PLACES = frozenset(
    {Question.NONE, Question.HELP, Question.FAX, Question.AFTER, Question.ELSE, Question.CUE, Question.WINDOW}
    | {Question.CLOSED}
)
"""Where everything is tried; elsewhere what a caller needs to go on."""


def attempts(script: Script, state: State, visit: int, names: Sequence[Action]) -> tuple[Attempt, ...]:
    """What is tried in a state.  visit: a number that grows; names: places that may be asked for from anywhere."""
    if state.star:  # what a star before changes is the next star; the rest is tried where it was not pressed
        return (SILENT, *keys(script, state, "*#"))
    if state.led:  # kept only where the key that led here would ring a telephone
        return (SILENT, *keys(script, state, (state.led, "#")))
    first = state.node == script.start and not state.question
    tried = [SILENT, NOISE]
    if state.question in PLACES and not (state.silences or state.misses or state.rescued):
        offered = choices(script, state)
        tried += keys(script, state)
        tried += _names(script, state, visit)
        tried += _spoken(script, state, offered, visit)
        tried += _commands(script, state.language, visit)
        tried += _mannered(script, state, offered, visit)
        tried += _urgent(script, state.language, visit)
        tried += _own_words(script, state)
        tried += [_by_name(script, state, action, visit) for action in _turn(names, visit)]
        if first and state.touched:
            tried += (*_everything(script, state.language), *_spoken_keys(script, state))
    else:
        tried += _onwards(script, state, visit)
    return tuple({attempt.given: attempt for attempt in reversed(tried)}.values())[::-1]


def _onwards(script: Script, state: State, visit: int) -> Iterator[Attempt]:
    """What a caller needs in the middle of trouble or of a question: a person, again, more time, a choice, the way on."""
    offered = choices(script, state)
    stray = next((key for key in OPTION_KEYS[::-1] if key not in {choice.key for choice in offered}), "7")
    asked = state.question in (Question.CONFIRM, Question.GOODBYE) and not state.silences and not state.misses
    mine = [choice.key for choice in (offered if asked else _turn(offered, visit))]
    yield from keys(script, state, (*mine, stray, "0", "#", *(("8", "9", "*") if asked else _turn("89*", visit))))
    yield person_word(script, state.language, visit)
    if state.silences:
        said = phrases_of(script, state.language, command("wait"))
        yield Attempt(Said(_one(said, visit)), Way.COMMAND, command("wait"))
    for choice in offered if asked else _turn(offered, visit):
        yield Attempt(Said(phrases_of(script, state.language, choice.action)[0]), Way.NAME, choice.action)


def _by_name(script: Script, state: State, action: Action, visit: int) -> Attempt:
    said = phrases_of(script, state.language, action)
    return Attempt(Said(_one(said, visit)), Way.PLACE, action)
