"""Words of danger to life.

For: `danger(script, ...)`: whether an utterance tells of an emergency, in any language of the line, and which words said so.
A person in danger does not keep to the menu, nor to the language that was chosen (promise 1).
Not here: the words (staff's), the patterns in which they are written (`pattern`), what is answered (`turn`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ivr.dialog.pattern import Patterns, patterns
from ivr.script.model import Script


@dataclass(frozen=True, slots=True)
class Danger:
    """`language` in which it was said, whether it is of suicide, and the `phrase` of the words file that was found."""

    language: str
    crisis: bool
    phrase: str


def danger(script: Script, language: str, spelt: dict[str, str]) -> Danger | None:
    """Whether words tell of danger; `spelt` holds them as each language spells them, the caller's is asked first."""
    rests = {text: _without_harmless(script, text) for text in {*spelt.values()}}  # one, unless it holds digits
    for tag in (language, *(tag for tag in script.languages if tag != language)):
        urgent, crisis, _ = _known(script, tag)
        for known in (crisis, urgent):
            if phrase := known.found(rests[spelt[tag]]):
                return Danger(tag, known is crisis, phrase)
    return None


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
