"""What a caller's words mean: the one seam between speech and the call.

For: `understand(script, state, said)`, a pure function that answers with what to do, what to ask, or that it did
not understand; always with the evidence that decided.  Its order of authority: the line's own words coming back,
emergencies, spoken keys, listed phrases and sentences word for word, another language (`foreign`), and then a guess from
all that was learnt.  A guess leads to one of three bands: act, ask, not understood; in the last two, what is like an
emergency is taken for one.
Not here: what follows (`actions`), the phrases (staff's, learnt in `vocabulary`), how a guess is made (`guessing`).
"""

from __future__ import annotations

from functools import lru_cache

from ivr.dialog import doubt, prompts
from ivr.dialog.choices import Action, Kind, offered
from ivr.dialog.danger import danger, denied, harmless
from ivr.dialog.denial import corrected
from ivr.dialog.foreign import LEAVE_THE_PLACE, alone, foreign
from ivr.dialog.guessing import guess
from ivr.dialog.inputs import Said
from ivr.dialog.listed import about_the_line, beyond, is_here, spoken_key, transfers, word_for_word
from ivr.dialog.normal import contains, normalise, spelt
from ivr.dialog.opening import opening
from ivr.dialog.outcomes import Ask, Echo, Emergency, Match, NoMatch, Understood
from ivr.dialog.state import State
from ivr.dialog.vocabulary import Beyond, vocabulary
from ivr.script.model import Script

__all__ = ["Ask", "Echo", "Emergency", "Match", "NoMatch", "Understood", "prepare", "transfers", "understand"]

ECHO_WORDS = 5
"""So many words in a row that the line itself has just said are its echo, not an answer (promise 4)."""

NO_DANGER = "no danger"
"""Evidence that a caller has denied an emergency, as one does who has just heard of it by mistake (promise 1)."""

LIKE_DANGER = "like an emergency that was told"
"""The evidence of what no pattern of danger covers."""

_CERTAIN = frozenset({"phrase", "sentence", "spoken key", "several keys", "a command that is not offered here"})
"""Evidence that leaves no doubt: these very words stand in the words files, or are keys."""


def understand(script: Script, state: State, said: Said) -> Understood:
    """What the words mean at this place of the call."""
    text = normalise(said.words)
    own = vocabulary(script, state.language)
    found = (
        _echo(script, state, text)
        or _emergency(script, state, text, said)
        or spoken_key(script, state, own, text)
        or word_for_word(script, state, own, text)
        or foreign(script, state, text, lambda tag: _guess(script, state.but(language=tag), said))
        or about_the_line(own, text)
        or _guess(script, state, said)
    )
    if found == NoMatch():
        found = alone(script, state, text) or found
    if isinstance(found, NoMatch) and denied(script, text):
        return NoMatch(NO_DANGER)
    return _in_doubt(script, state.language, text, found) or found


def prepare(script: Script) -> None:
    """Learn all languages now, so that no caller waits for it."""
    for tag in script.languages:
        understand(script, State(script.version, tag, script.start), Said(tag))
        doubt.prepare(script, tag)


# --- emergencies and echoes ----------------------------------------------------------------------


def _emergency(script: Script, state: State, text: str, said: Said) -> Emergency | None:
    """Danger, and what is plainly asked for in other words than its own; after words of suicide nothing is asked."""
    digits = {tag: spelt(text, vocabulary(script, tag).digits) for tag in script.languages}
    found = danger(script, state.language, digits)
    if found is None:
        return None
    also = _guess(script, state, Said(found.rest, said.confidence)) if found.rest and not found.crisis else None
    besides = also.action if isinstance(also, Match) and also.action.kind is Kind.GO else None
    return Emergency(found.language, found.crisis, found.phrase, besides)


def _in_doubt(script: Script, language: str, text: str, found: Understood) -> Emergency | None:
    """What would only be asked about, or not be understood, and is like an emergency: that first, then the question."""
    if isinstance(found, Match | Echo | Emergency) or found.evidence in _CERTAIN:
        return None
    asked = found.action if isinstance(found, Ask) else None
    tag = asked.name if asked and asked.kind is Kind.LANGUAGE else language
    if harmless(script, dict.fromkeys(script.languages, text)) or not doubt.doubtful(script, tag, text):
        return None
    crisis = doubt.of_suicide(script, tag, text)
    besides = asked if asked and asked.kind is Kind.GO and not crisis else None
    return Emergency(tag, crisis, LIKE_DANGER, besides)


def _echo(script: Script, state: State, text: str) -> Echo | None:
    if not text:
        return Echo()
    if text.count(" ") + 1 < ECHO_WORDS or text in vocabulary(script, state.language).phrases:
        return None
    heard = (*_own_words(script, place_of(state)), _stock(script, state.language))
    return Echo() if any(contains(own, text) for own in heard) else None


def place_of(state: State) -> State:
    """The state with nothing but what decides what words mean: which the line may just have said, and which it offers."""
    at = (state.language, state.node, state.position, state.item, state.answer, state.question, state.about)
    return State("", *at, touched=state.touched, texting=state.texting)


@lru_cache(maxsize=1024)
def _own_words(script: Script, state: State) -> tuple[str, ...]:
    """What a caller at this place may just have heard from the line: the place itself, with and without what is
    asked there, and the opening as long as nothing else was heard.
    """
    speeches = [prompts.place(script, state), prompts.place(script, state.but(question="", about=""))]
    if not state.touched:
        speeches.append(opening(script, state.language))
    return tuple(normalise(" ".join(utterance.text for utterance in speech)) for speech in speeches)


@lru_cache(maxsize=64)
def _stock(script: Script, language: str) -> str:
    """The line's own sentences, one a line; not that of an emergency, which may well be a caller's in danger."""
    sentences = script.words[language].sentences.items()
    return " \n ".join(normalise(str(said)) for name, many in sentences if name != "emergency help" for said in many)


# --- guessing ------------------------------------------------------------------------------------


def _guess(script: Script, state: State, said: Said) -> Understood:
    own = vocabulary(script, state.language)
    words = normalise(corrected(said.words)).split()
    here = offered(script, state)
    this_one = Action(Kind.LANGUAGE, state.language)
    found = guess(own, words, lambda meaning: is_here(meaning, here) and meaning != this_one, said.confidence)
    if found is None or not found.likely:
        return _offered_inside(script, state.language, here, " ".join(words)) or NoMatch()
    if isinstance(found.meaning, Beyond):
        return beyond(found.meaning, found.evidence, found.because)
    grave = transfers(script, found.meaning) or found.meaning in LEAVE_THE_PLACE
    sure = found.certain if grave else found.sure
    return (Match if sure else Ask)(found.meaning, found.evidence, found.because)


def _offered_inside(script: Script, language: str, here: frozenset[Action], text: str) -> Ask | None:
    """A phrase of several words for a choice that was just offered, among words that the line does not know."""
    found = [(phrase, action) for phrase, action in _long_phrases(script, language, here) if contains(text, phrase)]
    if len({action for _, action in found}) != 1:
        return None
    phrase, action = max(found, key=lambda pair: len(pair[0]))
    return Ask(action, "phrase inside", phrase)


@lru_cache(maxsize=256)
def _long_phrases(script: Script, language: str, here: frozenset[Action]) -> tuple[tuple[str, Action], ...]:
    own = vocabulary(script, language)
    return tuple((p, a) for known in (own.phrases, own.local) for p, a in known.items() if a in here and " " in p)
