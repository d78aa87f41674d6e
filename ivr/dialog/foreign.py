"""Words of another of the line's languages than the one that is spoken.

For: a caller who speaks another language, or mixes two (LEP-04): the words for a person act in any of them, keys that are
said aloud are keys, and whoever plainly speaks another language is offered it at once, and may answer in it.  Words of the
line's first language, which everybody around hears, act as they do there; those of another one tell who speaks it.
Not here: words of danger, which count in every language (`danger`), the words themselves (staff's).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from ivr.dialog.choices import Action, Kind, Question, command, offered
from ivr.dialog.listed import spoken_key, transfers, word_for_word
from ivr.dialog.outcomes import Ask, Match, NoMatch, Understood
from ivr.dialog.state import State
from ivr.dialog.vocabulary import Vocabulary, vocabulary
from ivr.script.model import Script

FEWEST_FOREIGN = 2
"""So many words of another language, and hardly one of this one, are that language."""

SHORTEST_ALONE = 3
"""Letters of a single word that may tell of a language: "si" and "see" are heard for one another."""

FOREIGN = "words of another language"
PERSON = command("person")
LEAVE_THE_PLACE = (command("goodbye"), command("language"))
"""Like a transfer, these take the caller away from what they were doing: never on weak evidence."""


def foreign(script: Script, state: State, text: str, guessed: Callable[[str], Understood]) -> Understood | None:
    """What a normalised text means in another language; `guessed` tells what it is like in one of them."""
    own = vocabulary(script, state.language)
    for tag in _others(script, state):
        other = vocabulary(script, tag)
        if found := (
            _answer(script, state, other, text)
            or _person(script, tag, own, text, partial(guessed, tag))
            or _key(script, state, tag, own, text)
            or _mixed(script, state, tag, text, Kind.COMMAND)
            or _spoken(state, tag, own, other, text)
            or _mixed(script, state, tag, text, Kind.GO, Kind.ITEM, Kind.CLOSEST, Kind.UNLISTED)
        ):
            return found
    return None


def alone(script: Script, state: State, text: str) -> Ask | None:
    """The offer of the language in which a single word, which means nothing here, says something by itself."""
    if len(text) < SHORTEST_ALONE or text in vocabulary(script, state.language).common:
        return None
    tags = (tag for tag in _others(script, state) if text in vocabulary(script, tag).alone)
    return next((Ask(Action(Kind.LANGUAGE, tag), FOREIGN, text) for tag in tags), None)


def _others(script: Script, state: State) -> list[str]:
    return [tag for tag in script.languages if tag != state.language]


def _answer(script: Script, state: State, other: Vocabulary, text: str) -> Match | None:
    """A yes, a no, or another word for what was just offered."""
    answer = other.local.get(text)
    return Match(answer, "phrase", text) if answer in offered(script, state) and answer is not None else None


def _person(
    script: Script, tag: str, own: Vocabulary, text: str, guessed: Callable[[], Understood]
) -> Understood | None:
    """The words for a person, exactly as strong as on a line of their own language (promise 2); not for one of a language.

    But for words of the first language, which are mixed in, whoever answers is told that the caller speaks it (LEP-06).
    """
    other, goes_on_in = vocabulary(script, tag), "" if tag == script.first_language else tag
    for wording in (text, " ".join(other.wording.plain(text))):
        if wording in other.asking_for_a_person and not own.common.issuperset(text.split()):
            return Match(PERSON, "phrase", wording, goes_on_in)
    theirs, ours = _counted(own, other, text.split())
    languages = (Action(Kind.LANGUAGE, each) for each in script.languages)
    if theirs <= ours or not other.names(PERSON, text) or any(other.names(each, text) for each in languages):
        return None
    found = guessed()
    if not isinstance(found, Match | Ask) or found.action != PERSON:
        return None
    return replace(found, language=goes_on_in)


def _key(script: Script, state: State, tag: str, own: Vocabulary, text: str) -> Match | Ask | None:
    """A key said aloud; the one for another language leads to that in which it was said."""
    if own.common.issuperset(text.split()):
        return None
    found = spoken_key(script, state, vocabulary(script, tag), text)
    if isinstance(found, Match) and found.action == command("language"):
        return replace(found, action=Action(Kind.LANGUAGE, tag))
    return found if isinstance(found, Match | Ask) else None


def _mixed(script: Script, state: State, tag: str, text: str, *kinds: Kind) -> Understood | None:
    """A phrase or sentence of the line's first language, asked about if it leaves the place; of another, the offer of it."""
    own = vocabulary(script, state.language)
    if own.common.issuperset(text.split()):
        return None
    found = word_for_word(script, state, vocabulary(script, tag), text)
    if tag != script.first_language:
        return Ask(Action(Kind.LANGUAGE, tag), FOREIGN) if isinstance(found, Match) and " " in text else None
    if isinstance(found, NoMatch):
        return found if found.polite else None
    if not isinstance(found, Match) or found.action.kind not in kinds:
        return None
    leaves = found.action in LEAVE_THE_PLACE or transfers(script, found.action)
    return Ask(found.action, found.evidence, found.because) if leaves else found


def _spoken(state: State, tag: str, own: Vocabulary, other: Vocabulary, text: str) -> Match | Ask | None:
    """The offer of a language of which there are several words, and of this one hardly any; asked for again, the language."""
    words = text.split()
    theirs, ours = _counted(own, other, words)
    if theirs < FEWEST_FOREIGN or theirs < 2 * ours or 2 * theirs < len(words):
        return None
    wanted = Action(Kind.LANGUAGE, tag)
    asked = state.question == Question.CONFIRM and state.about == str(wanted)
    return (Match if asked else Ask)(wanted, FOREIGN)


def _counted(own: Vocabulary, other: Vocabulary, words: list[str]) -> tuple[int, int]:
    """How many words are of the other language alone, and of this one alone."""
    theirs = sum(word in other.common and word not in own.common for word in words)
    return theirs, sum(word in own.common and word not in other.common for word in words)
