"""Keys that are said aloud, and what stands in the words files word for word.

For: what is certain without guessing, in any language of the line: a spoken key, a listed phrase, a sentence as it is written.
Not here: guesses (`guessing`), which language is asked first (`understand`, `foreign`).
"""

from __future__ import annotations

from ivr.dialog.choices import UNIVERSAL_KEYS, Action, Kind, choices, command, offered
from ivr.dialog.normal import contains, spelt, without
from ivr.dialog.outcomes import Ask, Match, NoMatch, Understood
from ivr.dialog.state import State
from ivr.dialog.vocabulary import Beyond, Meaning, Vocabulary
from ivr.script.catalogue import LOCAL_COMMANDS
from ivr.script.model import Script, Transfer

SEVERAL_KEYS = 2
"""So many names of keys and hardly another word are a screen reader's "four five six button", and no choice (ERR-11)."""

BESIDE_A_QUESTION = 3
"""Words that may stand around a question about the line itself."""


def transfers(script: Script, action: Action) -> bool:
    """Whether this leads straight to a ringing telephone."""
    if action.kind is Kind.GO:
        return isinstance(script.nodes[action.name], Transfer)
    return action in (command("person"), command("connect"), command("try again"), command("call anyway"))


def spoken_key(script: Script, state: State, own: Vocabulary, text: str) -> Understood | None:
    """A key said aloud, as in "number two", "press too" or "zero zero" (INP-09); it never transfers unasked."""
    spoken = without(spelt(text, own.digits), own.fillers)
    key = _key_named(own, spoken)
    if key is None:
        keys = sum(word in own.keys for word in spoken.split())
        return NoMatch("several keys") if keys >= SEVERAL_KEYS and keys >= spoken.count(" ") else None
    here = {choice.key: choice.action for choice in choices(script, state)}
    action = here.get(key) or UNIVERSAL_KEYS.get(key)
    if action is None:
        return NoMatch("a key that has no choice here")
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


def word_for_word(script: Script, state: State, own: Vocabulary, text: str) -> Understood | None:
    """A phrase, or a sentence from which the line learns, as it is written."""
    here = offered(script, state)
    elsewhere: Meaning | None = None
    if own.said.get(text) is Beyond.POLITE:  # "okay thanks" is a yes where one is asked for
        plain = own.local.get(" ".join(own.wording.plain(text)))
        return (
            Match(plain, "phrase", text) if plain and is_here(plain, here) else beyond(Beyond.POLITE, "sentence", text)
        )
    for wording in (text, " ".join(own.wording.plain(text))):
        if elsewhere:  # "uh huh" is a yes, and never the "huh" that is left without its filler
            break
        for evidence, known in (("phrase", own.local), ("phrase", own.phrases), ("sentence", own.said)):
            meaning = known.get(wording)
            if meaning is not None and is_here(meaning, here):
                return _outcome(
                    own.by_name(meaning, own.wording.core(wording.split())) if known is own.said else meaning,
                    evidence,
                    wording,
                )
            elsewhere = elsewhere or meaning
    if elsewhere is None:
        return None
    if elsewhere == command("text me") and not state.texting:  # to be told so
        return Match(elsewhere, "phrase", text)
    nothing_more = elsewhere == command("no") and not state.question  # where nothing was asked that could be refused
    return NoMatch(
        "a command that is not offered here", text, a_person=elsewhere == command("text me"), polite=nothing_more
    )


def about_the_line(own: Vocabulary, text: str) -> NoMatch | None:
    """A question whether a person speaks, and hardly another word: "hey are you a robot or what"."""
    most = text.count(" ") + 1
    for sentence, words in own.about_line:
        if most - BESIDE_A_QUESTION <= words <= most and contains(text, sentence):
            return beyond(Beyond.AUTOMATED, "sentence", sentence)
    return None


def is_here(meaning: Meaning, here: frozenset[Action]) -> bool:
    """Whether this has a meaning at a place which offers these actions."""
    local = isinstance(meaning, Action) and meaning.kind is Kind.COMMAND and meaning.name in LOCAL_COMMANDS
    return not local or meaning in here


def _outcome(meaning: Meaning, evidence: str, because: str) -> Understood:
    return beyond(meaning, evidence, because) if isinstance(meaning, Beyond) else Match(meaning, evidence, because)


def beyond(meaning: Beyond, evidence: str, because: str) -> NoMatch:
    """What the line itself has no answer to, or only a sentence."""
    hours, automated = meaning is Beyond.HOURS, meaning is Beyond.AUTOMATED
    a_person = hours or automated or meaning is Beyond.PERSON
    return NoMatch(evidence, because, a_person, hours, automated, polite=meaning is Beyond.POLITE)
