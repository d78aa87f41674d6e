"""What a caller's words mean: the one seam between speech and the call.

For: `understand(script, state, said)`, a pure function that answers with what to do, what to ask, or that it did
not understand; always with the evidence that decided.  Its order of authority: emergencies, the line's own
words coming back, spoken keys, then listed phrases, exact before contained before nearly the same.
Not here: what follows (`actions`), the phrases (staff's, learnt in `vocabulary`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from ivr.dialog import prompts
from ivr.dialog.choices import UNIVERSAL_KEYS, Action, Kind, choices, command, offered
from ivr.dialog.inputs import Said
from ivr.dialog.normal import contains, normalise, without
from ivr.dialog.state import State
from ivr.dialog.vocabulary import Vocabulary, vocabulary
from ivr.script.model import Script, Transfer

ECHO_WORDS = 5
"""So many words in a row that the line itself has just said are its echo, not an answer (promise 4)."""

NEARLY = 88.0
"""How alike, out of 100, a near miss must be to be asked about; strict, because a wrong guess costs trust."""

SHORTEST_NEAR_MISS = 5
MOST_HINTS = 500
LONGEST_HINT = 100
"""Twilio's limits for the recogniser's hints (twilio.md section 1)."""


@dataclass(frozen=True, slots=True)
class Match:
    action: Action
    evidence: str


@dataclass(frozen=True, slots=True)
class Ask:
    action: Action
    evidence: str


@dataclass(frozen=True, slots=True)
class Emergency:
    """Words of an emergency in `language`; `crisis` when they are of suicide."""

    language: str
    crisis: bool


@dataclass(frozen=True, slots=True)
class Echo:
    """The line's own words, or nothing but noise words: no answer, and no fault either."""


@dataclass(frozen=True, slots=True)
class NoMatch:
    pass


Understood = Match | Ask | Emergency | Echo | NoMatch


def understand(script: Script, state: State, said: Said) -> Understood:
    """What the words mean at this place of the call."""
    text = normalise(said.words)
    own = vocabulary(script, state.language)
    return (
        _echo(script, state, text)
        or _emergency(script, state, text)
        or _spoken_key(script, state, own, text)
        or _phrase(script, state, own, text)
        or NoMatch()
    )


# --- emergencies and echoes ----------------------------------------------------------------------


def _emergency(script: Script, state: State, text: str) -> Emergency | None:
    """Any node, any language: a person in danger does not keep to the menu (promise 1)."""
    tags = [state.language, *(tag for tag in script.languages if tag != state.language)]
    for tag in tags:
        known = vocabulary(script, tag)
        rest = without(text, known.no_emergency)
        if rest in known.no_emergency:
            continue
        crisis = any(contains(rest, phrase) for phrase in known.crisis)
        if crisis or any(contains(rest, phrase) for phrase in known.emergency):
            return Emergency(tag, crisis)
    return None


def _echo(script: Script, state: State, text: str) -> Echo | None:
    if not text:
        return Echo()
    if text.count(" ") + 1 < ECHO_WORDS or text in vocabulary(script, state.language).phrases:
        return None
    places = (state.but(question="", about=""), state)
    return Echo() if any(contains(_own_words(script, _place(at)), text) for at in places) else None


def _place(state: State) -> State:
    """The state with nothing but what decides the words of a place."""
    at = (state.language, state.node, state.position, state.item, state.answer, state.question, state.about)
    return State("", *at)


@lru_cache(maxsize=1024)
def _own_words(script: Script, state: State) -> str:
    """What a caller at this place may just have heard from the line, as one text."""
    speech = prompts.opening(script, state.language) + prompts.place(script, state)
    return normalise(" ".join(utterance.text for utterance in speech))


# --- keys and phrases ----------------------------------------------------------------------------


def _spoken_key(script: Script, state: State, own: Vocabulary, text: str) -> Understood | None:
    """A key said aloud, as in "number two", "press too" or "zero zero" (INP-09); it never transfers unasked."""
    key = _key_named(own, without(text, own.fillers))
    if key is None:
        return None
    here = {choice.key: choice.action for choice in choices(script, state)}
    action = here.get(key) or UNIVERSAL_KEYS.get(key)
    if action is None:
        return NoMatch()
    return Ask(action, "spoken key") if transfers(script, action) else Match(action, "spoken key")


def _key_named(own: Vocabulary, text: str) -> str | None:
    """The key whose name stands after nothing but press words; it may begin with one itself: "press number sign"."""
    words = text.split()
    for first, word in enumerate(words):
        if (key := own.keys.get(" ".join(words[first:]))) is not None:
            return key
        if word not in own.press_words:
            break
    return own.keys.get(without(text, own.press_words))


def transfers(script: Script, action: Action) -> bool:
    """Whether this leads straight to a ringing telephone."""
    if action.kind is Kind.GO:
        return isinstance(script.nodes[action.name], Transfer)
    return action in (command("person"), command("connect"), command("try again"))


def _phrase(script: Script, state: State, own: Vocabulary, text: str) -> Understood | None:
    known = _active(script, state, own)
    for wording in (text, without(text, own.fillers)):
        if (action := known.get(wording)) is not None:
            return Match(action, "phrase")
    bare = without(text, own.fillers)
    held = [phrase for phrase in known if " " in phrase and contains(bare, phrase)]
    if held:
        action = known[max(held, key=len)]
        sure = action.kind in (Kind.ITEM, Kind.CLOSEST) and len({known[p] for p in held}) == 1
        return Match(action, "phrase inside") if sure else Ask(action, "phrase inside")
    return _near_miss(known, bare)


def _active(script: Script, state: State, own: Vocabulary) -> dict[str, Action]:
    """The phrases understood here: all of the line's, and the local commands that are on offer."""
    here = offered(script, state)
    return dict(own.phrases) | {phrase: action for phrase, action in own.local.items() if action in here}


def _near_miss(known: dict[str, Action], text: str) -> Understood | None:
    if len(text) < SHORTEST_NEAR_MISS:
        return None
    found = process.extractOne(text, known.keys(), scorer=fuzz.ratio, score_cutoff=NEARLY)
    return Ask(known[found[0]], "near miss") if found else None


# --- hints for the recogniser --------------------------------------------------------------------


def hints(script: Script, state: State) -> tuple[str, ...]:
    """Words that the recogniser should expect: this place's own first, then what works everywhere (ASR-06)."""
    return _hints(script, state.language, tuple(choice.action for choice in choices(script, state)))


@lru_cache(maxsize=1024)
def _hints(script: Script, language: str, offered: tuple[Action, ...]) -> tuple[str, ...]:
    words = script.words[language]
    own: list[str] = []
    for action in offered:
        own.append(prompts.label(script, language, action))
        if action.kind is Kind.GO:
            own += words.nodes[action.name].phrases
        elif action.kind is Kind.ITEM:
            found = prompts.item_words(words, action.name)
            own += [*found.phrases, *found.lay_words]
        else:
            own += words.commands[action.name].phrases
    everywhere = [p for spoken in words.commands.values() for p in spoken.phrases]
    languages = [p for other in script.words.values() for p in (other.own_name, *other.own_phrases)]
    nodes = [p for node in words.nodes.values() for p in (node.label, *node.phrases)]
    keys = [spoken[0] for spoken in words.keys.values()]
    every = (hint.replace(",", " ") for hint in (*own, *languages, *everywhere, *nodes, *keys))
    return tuple(dict.fromkeys(hint for hint in every if len(hint) <= LONGEST_HINT))[:MOST_HINTS]
