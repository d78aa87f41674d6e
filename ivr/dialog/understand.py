"""What a caller's words mean: the one seam between speech and the call.

For: `understand(script, state, said)`, a pure function that answers with what to do, what to ask, or that it did
not understand; always with the evidence that decided.  Its order of authority: the line's own words coming back,
emergencies, spoken keys, listed phrases and sentences word for word, another language, and then a guess from all that
was learnt.  A guess leads to one of three bands: act, ask, not understood; in the last two, what is like an emergency is
taken for one.
Not here: what follows (`actions`), the phrases (staff's, learnt in `vocabulary`), how a guess is made (`guessing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ivr.dialog import prompts
from ivr.dialog.choices import UNIVERSAL_KEYS, Action, Kind, Question, choices, command, offered
from ivr.dialog.danger import danger, denied, harmless
from ivr.dialog.denial import corrected
from ivr.dialog.doubt import doubtful, of_suicide
from ivr.dialog.guessing import guess
from ivr.dialog.inputs import Said
from ivr.dialog.normal import contains, normalise, spelt, without
from ivr.dialog.opening import opening
from ivr.dialog.state import State
from ivr.dialog.vocabulary import Beyond, Meaning, Vocabulary, vocabulary
from ivr.script.catalogue import LOCAL_COMMANDS
from ivr.script.model import Script, Transfer

ECHO_WORDS = 5
"""So many words in a row that the line itself has just said are its echo, not an answer (promise 4)."""

SEVERAL_KEYS = 2
"""So many names of keys and hardly another word are a screen reader's "four five six button", and no choice (ERR-11)."""

NO_DANGER = "no danger"
"""Evidence that a caller has denied an emergency, as one does who has just heard of it by mistake (promise 1)."""

LIKE_DANGER = "like an emergency that was told"
"""The evidence of what no pattern of danger covers."""

_CERTAIN = frozenset({"phrase", "sentence", "spoken key", "several keys", "a command that is not offered here"})
"""Evidence that leaves no doubt: these very words stand in the words files, or are keys."""

_LEAVE_THE_PLACE = (command("goodbye"), command("language"))
"""Like a transfer, these take the caller away from what they were doing: never on weak evidence."""

FEWEST_FOREIGN = 2
"""So many words of another language, and hardly one of this one, are that language."""


@dataclass(frozen=True, slots=True)
class Match:
    """`evidence` is the kind of what decided, for the log; `because` the words of the script that did, for staff."""

    action: Action
    evidence: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    action: Action
    evidence: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Emergency:
    """Words of an emergency in `language`; `crisis` when they are of suicide.  `besides` is what else was plainly
    asked for: then it may be no emergency at all, and the caller is asked about it after the sentence.
    """

    language: str
    crisis: bool
    because: str = ""
    besides: Action | None = None


@dataclass(frozen=True, slots=True)
class Echo:
    """The line's own words, or nothing but noise words: no answer, and no fault either."""


@dataclass(frozen=True, slots=True)
class NoMatch:
    """Not understood; or understood as what the line does not know and `a_person` may, such as the `hours`; or as `polite`
    words, which ask for nothing.
    """

    evidence: str = ""
    because: str = ""
    a_person: bool = False
    hours: bool = False
    polite: bool = False


Understood = Match | Ask | Emergency | Echo | NoMatch


def understand(script: Script, state: State, said: Said) -> Understood:
    """What the words mean at this place of the call."""
    text = normalise(said.words)
    own = vocabulary(script, state.language)
    found = (
        _echo(script, state, text)
        or _emergency(script, state, own, text, said)
        or _spoken_key(script, state, own, text)
        or _word_for_word(script, state, own, text)
        or _foreign(script, state, text)
        or _guess(script, state, own, said)
    )
    if isinstance(found, NoMatch) and denied(script, text):
        return NoMatch(NO_DANGER)
    return _in_doubt(script, state.language, text, found) or found


def prepare(script: Script) -> None:
    """Learn all languages now, so that no caller waits for it."""
    for tag in script.languages:
        understand(script, State(script.version, tag, script.start), Said(tag))


def transfers(script: Script, action: Action) -> bool:
    """Whether this leads straight to a ringing telephone."""
    if action.kind is Kind.GO:
        return isinstance(script.nodes[action.name], Transfer)
    return action in (command("person"), command("connect"), command("try again"), command("call anyway"))


# --- emergencies and echoes ----------------------------------------------------------------------


def _emergency(script: Script, state: State, own: Vocabulary, text: str, said: Said) -> Emergency | None:
    digits = {tag: spelt(text, vocabulary(script, tag).digits) for tag in script.languages}
    found = danger(script, state.language, digits)
    if found is None:
        return None
    also = _guess(script, state, own, said)
    to_a_place = isinstance(also, Match) and also.action.kind is Kind.GO
    besides = also.action if isinstance(also, Match) and to_a_place else None
    return Emergency(found.language, found.crisis, found.phrase, besides)


def _in_doubt(script: Script, language: str, text: str, found: Understood) -> Emergency | None:
    """What would only be asked about, or not be understood, and is like an emergency: that first, then the question."""
    if isinstance(found, Match | Echo | Emergency) or found.evidence in _CERTAIN:
        return None
    asked = found.action if isinstance(found, Ask) else None
    tag = asked.name if asked and asked.kind is Kind.LANGUAGE else language
    if harmless(script, dict.fromkeys(script.languages, text)) or not doubtful(script, tag, text):
        return None
    return Emergency(
        tag, of_suicide(script, tag, text), LIKE_DANGER, asked if asked and asked.kind is Kind.GO else None
    )


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


# --- keys, and what stands in the words files ----------------------------------------------------


def _spoken_key(script: Script, state: State, own: Vocabulary, text: str) -> Understood | None:
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


def _word_for_word(script: Script, state: State, own: Vocabulary, text: str) -> Understood | None:
    """A phrase, or a sentence from which the line learns, as it is written."""
    here = offered(script, state)
    elsewhere: Meaning | None = None
    if own.said.get(text) is Beyond.POLITE:  # "okay thanks" is a yes where one is asked for
        plain = own.local.get(" ".join(own.wording.plain(text)))
        return (
            Match(plain, "phrase", text)
            if plain and _is_here(plain, here)
            else _beyond(Beyond.POLITE, "sentence", text)
        )
    for wording in (text, " ".join(own.wording.plain(text))):
        if elsewhere:  # "uh huh" is a yes, and never the "huh" that is left without its filler
            break
        for evidence, known in (("phrase", own.local), ("phrase", own.phrases), ("sentence", own.said)):
            meaning = known.get(wording)
            if meaning is not None and _is_here(meaning, here):
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
    return NoMatch("a command that is not offered here", text, a_person=elsewhere == command("text me"))


def _is_here(meaning: Meaning, here: frozenset[Action]) -> bool:
    local = isinstance(meaning, Action) and meaning.kind is Kind.COMMAND and meaning.name in LOCAL_COMMANDS
    return not local or meaning in here


def _outcome(meaning: Meaning, evidence: str, because: str) -> Understood:
    return _beyond(meaning, evidence, because) if isinstance(meaning, Beyond) else Match(meaning, evidence, because)


def _beyond(meaning: Beyond, evidence: str, because: str) -> NoMatch:
    hours, polite = meaning is Beyond.HOURS, meaning is Beyond.POLITE
    return NoMatch(evidence, because, a_person=hours or meaning is Beyond.PERSON, hours=hours, polite=polite)


# --- another language ----------------------------------------------------------------------------


def _foreign(script: Script, state: State, text: str) -> Understood | None:
    """A caller who speaks another of the line's languages is offered it at once, and may answer in it."""
    asked = Action.parse(state.about) if state.question == Question.CONFIRM else None
    if asked is not None and asked.kind is Kind.LANGUAGE:
        answer = vocabulary(script, asked.name).local.get(text)
        if answer in (command("yes"), command("no")):
            return Match(answer, "phrase", text)
    for tag in script.languages:
        if tag != state.language and _is_spoken(script, tag, state.language, text.split()):
            other = Action(Kind.LANGUAGE, tag)
            return (Match if asked == other else Ask)(other, "words of another language")
    return None


def _is_spoken(script: Script, tag: str, here: str, words: list[str]) -> bool:
    """Whether words are rather of the language `tag` than of the one that is spoken here."""
    other, own = vocabulary(script, tag).common, vocabulary(script, here).common
    theirs = sum(word in other and word not in own for word in words)
    ours = sum(word in own and word not in other for word in words)
    return theirs >= FEWEST_FOREIGN and theirs >= 2 * ours and 2 * theirs >= len(words)


# --- guessing ------------------------------------------------------------------------------------


def _guess(script: Script, state: State, own: Vocabulary, said: Said) -> Understood:
    words = normalise(corrected(said.words)).split()
    here = offered(script, state)
    this_one = Action(Kind.LANGUAGE, state.language)
    found = guess(own, words, lambda meaning: _is_here(meaning, here) and meaning != this_one, said.confidence)
    if found is None or not found.likely:
        return _offered_inside(script, state.language, here, " ".join(words)) or NoMatch()
    if isinstance(found.meaning, Beyond):
        return _beyond(found.meaning, found.evidence, found.because)
    grave = transfers(script, found.meaning) or found.meaning in _LEAVE_THE_PLACE
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
