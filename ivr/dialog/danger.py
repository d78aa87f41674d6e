"""Words of danger to life.

For: `danger(script, ...)`: whether an utterance tells of an emergency, in any language of the line, and which words said so.
What staff wrote as a whole sentence is taken at their word; a harmless one is never an emergency.
A person in danger does not keep to the menu, nor to the language that was chosen (promise 1).
Not here: the words (staff's), the patterns in which they are written (`pattern`), what is only like them (`doubt`), what is
answered (`turn`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ivr.dialog.normal import normalise
from ivr.dialog.pattern import Patterns, patterns
from ivr.script.model import Script


@dataclass(frozen=True, slots=True)
class Danger:
    """`language` in which it was said, whether it is of suicide, the `phrase` of the words file that was found, and the
    `rest` of what was said, which no pattern of danger covers.
    """

    language: str
    crisis: bool
    phrase: str
    rest: str = ""


def danger(script: Script, language: str, spelt: dict[str, str]) -> Danger | None:
    """Whether words tell of danger; `spelt` holds them as each language spells them, the caller's is asked first."""
    if harmless(script, spelt):
        return None
    rests = {text: _without_harmless(script, text) for text in {*spelt.values()}}  # one, unless it holds digits
    for tag in (language, *(tag for tag in script.languages if tag != language)):
        urgent, crisis, _ = _known(script, tag)
        for known in (crisis, urgent):
            if phrase := known.found(rests[spelt[tag]]):
                return Danger(tag, known is crisis, phrase, _outside(script, rests[spelt[tag]]))
        _, suicide, told = _told(script, tag)
        if spelt[tag] in told:
            return Danger(tag, spelt[tag] in suicide, spelt[tag])
    return None


def _outside(script: Script, text: str) -> str:
    """The words of a normalised text that no pattern of danger covers, in any language."""
    words = text.split()
    covered = {at for tag in script.languages for known in _known(script, tag)[:2] for at in known.covered(words)}
    return " ".join(word for at, word in enumerate(words) if at not in covered)


def harmless(script: Script, spelt: dict[str, str]) -> bool:
    """Whether staff wrote this very sentence as one that only sounds like an emergency."""
    return any(text in _told(script, tag)[0] for tag, text in spelt.items())


MOST_BESIDE = 3
"""Words that may stand beside a denial of danger: "no, it is not an emergency"."""


def denied(script: Script, text: str) -> bool:
    """Whether words say that there is no danger, and hardly anything else."""
    rest = _without_harmless(script, text)
    return rest != text and len(rest.split()) <= MOST_BESIDE


def _without_harmless(script: Script, text: str) -> str:
    """A text without what is no danger in any language: "suicid*" is of both, "I'm not suicidal" of one."""
    for tag in script.languages:
        text = _known(script, tag)[2].without(text)
    return text


@lru_cache(maxsize=64)
def _known(script: Script, language: str) -> tuple[Patterns, Patterns, Patterns]:
    words = script.words[language].emergency
    return patterns(words.phrases), patterns(words.crisis_phrases), patterns(words.not_phrases)


@lru_cache(maxsize=64)
def _told(script: Script, language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The sentences that staff wrote: which are harmless, which of suicide, and which of any danger."""
    words = script.words[language].emergency
    harmless, suicide, urgent = (frozenset(map(normalise, s)) for s in (words.harmless, words.crisis_told, words.told))
    return harmless, suicide, suicide | urgent
