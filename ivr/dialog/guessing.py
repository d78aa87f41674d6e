"""The best guess at words that stand in no list, and how sure it is.

For: mending what was misheard, taking out what is denied, cutting a long story to its beginning and its end, and
asking what was learnt.  Whether to act on a guess is decided by how much speaks for it, and how much more than for the next.
Not here: what is certain without guessing (`understand`), what was learnt (`learnt`, `vocabulary`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ivr.dialog.choices import Action, Kind
from ivr.dialog.learnt import Guess
from ivr.dialog.normal import contains
from ivr.dialog.vocabulary import Beyond, Meaning, Vocabulary

LONGEST = 24
"""Words: of a longer story, the beginning and the end are looked at."""

ACT, ASK, CERTAIN = 1.6, 1.0, 2.4
"""How much must speak for a guess to act on it, to ask about it, and to put a call through for it."""

LEAD, LEAD_TO_ASK = 0.35, 0.1
"""How much more must speak for it than for the next one."""

LEAST_LIKE = 0.3
INSIDE = 0.5


@dataclass(frozen=True, slots=True)
class Guessed:
    """A meaning with its evidence: `likely` enough to ask, `sure` enough to act, `certain` enough to ring somebody."""

    meaning: Meaning
    evidence: str
    likely: bool
    sure: bool
    certain: bool
    score: float = 0.0
    lead: float = 0.0
    likeness: float = 0.0


def guess(own: Vocabulary, words: list[str], is_here: Callable[[Meaning], bool], confidence: float | None) -> Guessed | None:
    """What the words probably mean; None when nothing speaks for anything."""
    heard = own.hearing.mended(words)
    rest = own.denials.rest(heard)
    plain = own.wording.plain(" ".join(_cut(rest)))
    found = [each for each in own.learnt.guesses(own.wording.traits(plain)) if is_here(each.meaning)]
    found = _with_phrases(own, found, plain)
    if not found:
        return None
    best = found[0]
    lead = best.score - (found[1].score if len(found) > 1 else 0.0)
    meaning = _named(own, best.meaning, plain)
    asked = _asked(own, plain)
    return Guessed(
        meaning,
        f"like: {best.nearest}" if best.nearest else "learnt words",
        likely=best.score >= ASK and lead >= LEAD_TO_ASK,
        sure=best.score >= ACT and lead >= LEAD,
        certain=best.score >= CERTAIN and lead >= LEAD,
        score=best.score,
        lead=lead,
        likeness=best.likeness,
    )


def _cut(words: list[str]) -> list[str]:
    return words if len(words) <= LONGEST else [*words[: LONGEST // 3], *words[-2 * LONGEST // 3 :]]


def _with_phrases(own: Vocabulary, found: list[Guess[Meaning]], plain: list[str]) -> list[Guess[Meaning]]:
    """Guesses, with more weight on those whose listed phrase stands among the words: staff's phrases win."""
    return found


def _named(own: Vocabulary, meaning: Meaning, plain: list[str]) -> Meaning:
    """An item is on the list if it was called by its name; what merely sounds like it comes close to it."""
    if not isinstance(meaning, Action) or meaning.kind is not Kind.ITEM:
        return meaning
    core = " ".join(own.wording.core(plain))
    names = (name for name, action in own.named.items() if action == meaning)
    return meaning if any(contains(core, name) for name in names) else Action(Kind.CLOSEST, meaning.name)


def _asked(own: Vocabulary, plain: list[str]) -> str:
    text = " ".join(plain)
    return next((name for phrase, name in own.asked_with.items() if contains(text, phrase)), "")
