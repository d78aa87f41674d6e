"""The best guess at words that stand in no list, and how sure it is.

For: mending what was misheard, taking out what is denied, cutting a long story to its beginning and its end, and
asking what was learnt; of what leads nowhere as a whole, the last parts are looked at by themselves.  Phrases that staff
listed and that stand among the words add to it.  Whether to act on a guess is decided by how much speaks for it, and how
much more than for the next one.
Not here: what is certain without guessing (`understand`), what was learnt (`learnt`, `vocabulary`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TypeGuard

from ivr.dialog.choices import Action, Kind, command, go
from ivr.dialog.learnt import Guess
from ivr.dialog.normal import contains, normalise
from ivr.dialog.part import Part, part, said
from ivr.dialog.vocabulary import Beyond, Meaning, Vocabulary
from ivr.dialog.wording import standing, standing_at

LONGEST = 24
"""Words: of a longer story, the beginning and the end are looked at."""

LIKE = "like a sentence"
"""The evidence of what hardly differs from a sentence that staff wrote."""

STORY, SHORTEST_PART, MOST_PARTS = 7, 2, 2
"""Words from which on a story has parts, words of its shortest part, and how many parts are looked at."""

GOODBYE, PERSON = command("goodbye"), command("person")
MAIN_MENU, STOP = command("main menu"), command("stop")
RASH = (GOODBYE, MAIN_MENU)
"""To be asked about these for no reason is worse than not to be understood."""

ASK, ACT, CERTAIN = 1.4, 1.9, 2.9
"""How much must speak for a guess to ask about it, to act on it, and to put a call through for it."""

LEAD_TO_ASK, LEAD = 0.0, 0.7
"""How much more must speak for it than for the next one."""

PHRASE, WORD = 0.5, 0.2
"""What a listed phrase among the words adds, and every further word of it."""

NEAR = 0.55
"""How alike a sentence must be to say that a question to a list was really something else."""

LATEST = 1
"""Words that may stand before a question to a list."""

RARE = 4.0
"""A word that stands in fewer sentences than this tells (a logarithm) names something."""

KNOWN, LEAST_KNOWN = 0.45, 0.4
"""How much of the words must be known, from 0 to 1, to act on a guess, and to ask about it."""

DOUBT = 0.35
"""A recogniser that is less sure than this makes the line ask rather than act; it is unfair to disabled speech."""


@dataclass(frozen=True, slots=True)
class Guessed:
    """A meaning with its evidence: `likely` enough to ask, `sure` enough to act, `certain` enough to ring somebody."""

    meaning: Meaning
    evidence: str
    because: str = ""
    likely: bool = True
    sure: bool = True
    certain: bool = False
    score: float = 0.0
    lead: float = 0.0

    @property
    def like(self) -> bool:
        """Whether a part of a story is enough: it is like a sentence, or much speaks for it."""
        return self.certain or self.evidence == LIKE


IsHere = Callable[[Meaning], bool]


def guess(own: Vocabulary, words: list[str], is_here: IsHere, confidence: float | None) -> Guessed | None:
    """What the words probably mean; None when nothing speaks for anything."""
    heard = own.hearing.mended(words)
    rest = own.denials.rest(heard)
    doubt, denied = _doubtful(confidence), rest != heard
    look = partial(_of_part, own, is_here=is_here, doubt=doubt)
    as_said = partial(look, _cut(own.denials.rest(words)), denied=True) if heard != words else None
    whole = look(_cut(rest), denied=denied)
    if whole is None or not whole.sure or whole.meaning is Beyond.NOT_FOR_US:
        parts = (look(part, denied=denied) for part in _clauses(own, rest))
        whole = next((p for p in parts if p and p.sure and p.like and isinstance(p.meaning, Action)), whole)
    kept = whole and _checked(own, whole, words, as_said)
    if kept or whole is None:
        return kept
    other = _of_part(own, _cut(rest), lambda m: is_here(m) and m not in RASH, doubt=doubt, denied=denied)
    return replace(other, sure=False, certain=False) if other and other.sure else None


def _of_part(own: Vocabulary, words: list[str], is_here: IsHere, *, doubt: bool, denied: bool) -> Guessed | None:
    """The best guess at one part of what was said."""
    heard = said(own, words)
    found = _guesses(own, heard, is_here) if own.tells(heard.core) or _phrased(own, heard) else []
    if not found or (denied and not _says_something(own, heard)):
        return None
    asked = _asked_of_list(own, heard, found[0], is_here)
    return _named_part(own, heard, asked or _banded(own, heard, found, doubt=doubt, denied=denied), doubt=doubt)


def _clauses(own: Vocabulary, words: list[str]) -> list[list[str]]:
    """The parts of a story, the last first, as it ends with the request; none of a short utterance."""
    parts: list[list[str]] = [[]]
    end = 0
    for at, word in enumerate(words if len(words) >= STORY else []):
        if at < end:
            continue
        end = next((stop for stop, _ in standing_at(own.clauses, words, at)), at)
        if end > at:
            parts.append([])
        else:
            parts[-1].append(word)
    long = [part for part in parts if len(part) >= SHORTEST_PART]
    return long[: -MOST_PARTS - 1 : -1] if len(parts) > 1 else []


def _named_part(own: Vocabulary, heard: Part, found: Guessed, *, doubt: bool) -> Guessed:
    """A condition is only acted on if one of its own words was said; the name of one that no list holds is that one."""
    core = heard.core
    name, unlisted = _unlisted(heard)
    if not (unlisted or _is_item(found.meaning)):
        return found
    near = _core_of(own, found.because)
    if unlisted and found.meaning == go(unlisted.name):
        return replace(found, meaning=unlisted, sure=found.likely and not doubt)
    known = bool(name) and set(name) <= set(near)  # what the guess is like holds the name as well
    if not _is_of_list(found.meaning):
        aches = unlisted and not (found.like or known) and not own.pains.isdisjoint(core)
        return replace(found, meaning=unlisted, sure=not doubt, certain=False) if unlisted and aches else found
    if _is_item(found.meaning):
        if own.defined(found.meaning.name, core) and (found.like or known or not unlisted):
            return found
        if (known and any(own.defined(key, core) for key in own.defining)) or set(near) <= set(core):
            return found
    if unlisted:
        return replace(found, meaning=unlisted, sure=found.sure or (found.likely and not doubt))
    return replace(found, sure=False, certain=False) if _is_item(found.meaning) else found


@lru_cache(maxsize=4096)
def _core_of(own: Vocabulary, sentence: str) -> list[str]:
    """The core of a sentence of the words files."""
    return own.wording.core(own.wording.plain(normalise(sentence)))


def _unlisted(heard: Part) -> tuple[list[str], Action | None]:
    """The first name that no list holds, and its list; not one inside a longer name, as in "a hernia in my back"."""
    for at, end, named in heard.named:
        inside = any(start <= at and end <= stop and stop - start > end - at for start, stop, _ in heard.named)
        if isinstance(named, Action) and named.kind is Kind.UNLISTED and not inside:
            return heard.core[at:end], named
    return [], None


def _checked(
    own: Vocabulary, found: Guessed, words: list[str], as_said: Callable[[], Guessed | None] | None
) -> Guessed | None:
    """What only mending has made puts nobody through, and a command is asked about; an end to all is not even that."""
    if not isinstance(found.meaning, Action):
        return found
    other = as_said() if as_said and (found.certain or found.meaning.kind is Kind.COMMAND) else found
    if other is None or other.meaning != found.meaning:
        found = replace(found, sure=found.sure and found.meaning.kind is not Kind.COMMAND, certain=False)
    if found.meaning == STOP:
        found = replace(found, sure=False, certain=False)
    return None if found.meaning in RASH and _rash(own, found, said(own, words)) else found


def _rash(own: Vocabulary, found: Guessed, heard: Part) -> bool:
    """Whether a way out is guessed that was not asked for by its name, or by one of the words of its name."""
    if any(named == found.meaning for _, _, named in heard.named):
        return False
    if found.meaning == GOODBYE:
        return not found.certain
    return not found.sure and own.own_words[MAIN_MENU].isdisjoint(heard.core)


def _says_something(own: Vocabulary, heard: Part) -> bool:
    """Whether the words hold one that names something, and not only those that stand in every sentence."""
    named = any(_is_place(each) for _, _, each in heard.named)
    return named or any(own.learnt.rarity.get(word, own.learnt.rarest) >= RARE for word in heard.core)


def _is_place(meaning: Meaning) -> bool:
    """Whether this leads somewhere, or to somebody; the names of other commands are common words."""
    return isinstance(meaning, Action) and (meaning.kind is not Kind.COMMAND or meaning == PERSON)


def _known(own: Vocabulary, core: list[str]) -> float:
    """How much of what was said is made of words that the line has learnt, from 0 to 1; rare words count more."""
    known = sum(own.learnt.rarity.get(word, 0.0) for word in core)
    strange = own.learnt.rarest * sum(word not in own.learnt.rarity for word in core)
    return known / (known + strange) if core else 0.0


def _doubtful(confidence: float | None) -> bool:
    return confidence is not None and 0 < confidence < DOUBT


def _cut(words: list[str]) -> list[str]:
    return words if len(words) <= LONGEST else [*words[: LONGEST // 3], *words[-2 * LONGEST // 3 :]]


def _guesses(own: Vocabulary, heard: Part, is_here: IsHere) -> list[Guess[Meaning]]:
    """What was learnt, with more weight on what staff's phrases among the words stand for."""
    traits, pieces = own.wording.traits(heard.plain, heard.core), own.wording.pieces(heard.plain)
    found = own.learnt.guesses(traits, pieces, _listed(own, heard))
    return _not_noise(own, heard, [each for each in found if is_here(each.meaning)])


def _not_noise(own: Vocabulary, heard: Part, found: list[Guess[Meaning]]) -> list[Guess[Meaning]]:
    """An answer to what was just asked wins over talk in the background that is hardly more likely."""
    noise = len(found) > 1 and found[0].meaning is Beyond.NOT_FOR_US and found[0].score - found[1].score < LEAD
    answer = noise and found[1].meaning in own.local.values() and found[1].meaning in _phrased(own, heard)
    return found[1:] if answer else found


def _listed(own: Vocabulary, heard: Part) -> dict[Meaning, float]:
    """How much the phrases add that stand among the words; single words of commands are too common to count."""
    added: dict[Meaning, float] = {}
    for at, end, named in heard.named:
        if end - at == 1 and isinstance(named, Action) and named.kind is Kind.COMMAND:
            continue
        meaning = own.learnt_as(named)
        added[meaning] = max(added.get(meaning, 0.0), PHRASE + WORD * (end - at - 1))
    return added


def _phrased(own: Vocabulary, heard: Part) -> set[Meaning]:
    """What the listed phrases of several words stand for that are found among the words."""
    text = " ".join(heard.plain)
    local: set[Meaning] = {meaning for phrase, meaning in own.local.items() if " " in phrase and contains(text, phrase)}
    return local | {own.learnt_as(named) for at, end, named in heard.named if end - at > 1}


def _banded(own: Vocabulary, heard: Part, found: list[Guess[Meaning]], *, doubt: bool, denied: bool) -> Guessed:
    best = found[0]
    lead = best.score - (found[1].score if len(found) > 1 else 0.0)
    known = _known(own, heard.core)
    sure = best.score >= ACT and lead >= LEAD and not doubt and known >= KNOWN
    return Guessed(
        own.by_name(best.meaning, heard.core),
        LIKE if best.likeness >= NEAR else "learnt words",
        best.nearest,
        likely=best.score >= ASK
        and lead >= LEAD_TO_ASK
        and (known >= LEAST_KNOWN or best.meaning in _phrased(own, heard) or _is_named(own, best.meaning, heard)),
        sure=sure,
        certain=sure and best.score >= CERTAIN and not denied,
        score=best.score,
        lead=lead,
    )


# --- questions to a list -------------------------------------------------------------------------


def _asked_of_list(own: Vocabulary, heard: Part, best: Guess[Meaning], is_here: IsHere) -> Guessed | None:
    """Does it help with this or that?  What the list does not know is not on it; never a yes (promise 13)."""
    questions = [(end, action) for at, end, action in standing(own.asked_with, heard.plain) if at <= LATEST]
    if not questions:
        return None
    end, unlisted = max(questions, key=lambda question: question[0])
    about = part(own, heard.plain[end:])
    if not _says_something(own, about):
        return None
    of_list = next((g for g in _guesses(own, about, is_here) if _is_of_list(g.meaning)), None)
    if of_list and (of_list.likeness >= NEAR or _is_named(own, of_list.meaning, about)):
        return Guessed(own.by_name(of_list.meaning, about.core), "question to the list", of_list.nearest)
    if _is_of_list(best.meaning) or best.likeness >= NEAR:
        return None
    return Guessed(unlisted, "question to the list")


def _is_named(own: Vocabulary, meaning: Meaning, about: Part) -> bool:
    """Whether a question to a list holds a word that defines this item of it, and no name that is not on it."""
    return _is_item(meaning) and own.defined(meaning.name, about.core) and not _unlisted(about)[0]


def _is_item(meaning: Meaning) -> TypeGuard[Action]:
    return isinstance(meaning, Action) and meaning.kind in (Kind.ITEM, Kind.CLOSEST)


def _is_of_list(meaning: Meaning) -> bool:
    return isinstance(meaning, Action) and meaning.kind in (Kind.ITEM, Kind.CLOSEST, Kind.UNLISTED)
