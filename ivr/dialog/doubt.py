"""Whether words that no pattern of danger covers are like an emergency that somebody has told.

For: callers in danger say what nobody foresaw.  Where the line would else ask or not understand, it compares their words with
the emergencies and the harmless sentences of the words files, and in doubt says the emergency sentence first (promise 1).
Words and neighbours are weighed by how much more often they stand in emergencies than in all else that the line learns
from (naive Bayes, in one pass at load, as in `learnt`).
Not here: patterns of danger, and sentences word for word (`danger`), what is answered (`turn`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt

from ivr.dialog.normal import normalise
from ivr.dialog.vocabulary import vocabulary
from ivr.script.model import Script

DOUBT = 5.0
"""How much must speak for danger.  From 4 on, 1 of 1655 English and 909 Spanish ordinary utterances is feared for
nothing; below 4, three times as many.  Of emergencies told in strangers' own words that no pattern has, it finds every second."""

SURE = 4.0
"""How much more must speak for suicide than for other danger: who only tells of a family is not asked to call 988."""

FEWEST = 50
"""Emergencies from which something can be learnt; from fewer, any small word would tell of danger."""

SHORTEST = 6
"""Words; in fewer, one of them would decide: "I'm going home tomorrow"."""

_SMOOTH = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class _Scale:
    """By each word and each two neighbours: how much it speaks for the first kind of sentences, and not for the second."""

    weights: Mapping[str, float]

    def weigh(self, text: str) -> float:
        found = _traits(text)
        return sum(self.weights.get(trait, 0.0) for trait in found) / sqrt(len(found) or 1)


def doubtful(script: Script, language: str, text: str) -> bool:
    """Whether a normalised text is like an emergency."""
    scale = _danger(script, language)
    return scale is not None and text.count(" ") + 1 >= SHORTEST and scale.weigh(text) > DOUBT


def of_suicide(script: Script, language: str, text: str) -> bool:
    """Whether the words of an emergency are like those of suicide, and of nothing else."""
    return _crisis(script, language).weigh(text) > SURE


def prepare(script: Script, language: str) -> None:
    """Learn both scales now."""
    _danger(script, language)
    _crisis(script, language)


@lru_cache(maxsize=64)
def _danger(script: Script, language: str) -> _Scale | None:
    words = script.words[language].emergency
    told = _normal((*words.told, *words.crisis_told))
    if len(told) < FEWEST:
        return None
    return _scale(told, (*_normal(words.harmless), *vocabulary(script, language).said))


@lru_cache(maxsize=64)
def _crisis(script: Script, language: str) -> _Scale:
    words = script.words[language].emergency
    return _scale(_normal(words.crisis_told), _normal(words.told))


def _normal(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(normalise, sentences))


def _traits(text: str) -> set[str]:
    words = text.split()
    return {*words, *map(" ".join, pairwise(words))}


def _scale(these: tuple[str, ...], those: tuple[str, ...]) -> _Scale:
    here, there = (Counter(trait for text in texts for trait in _traits(text)) for texts in (these, those))
    every = log(len(these) + 2 * _SMOOTH) - log(len(those) + 2 * _SMOOTH)
    logs = [log(times + _SMOOTH) for times in range(max((*here.values(), *there.values()), default=0) + 1)]
    return _Scale({trait: logs[here[trait]] - logs[there[trait]] - every for trait in here.keys() | there.keys()})
