"""What a line has learnt from the sentences in its words files: which words speak for which meaning.

For: guessing what an utterance means that nobody wrote down.  Two simple judges are added up.  One weighs each trait by
how much more often it stands in the sentences of one meaning than in all others (a naive Bayes classifier); the
other finds the nearest single sentence (cosine, rare traits count more).  Both are learnt in one pass, at load, without
chance or iteration, so the same files always give the same line.
Not here: traits (`wording`), what is done with a guess (`understand`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning", bound=Hashable)

_SMOOTH = 0.3
"""How often every trait is taken to have been met with every meaning beforehand."""

_SMOOTH_TOTAL = 20 * _SMOOTH
_LEVEL = 3.0
"""Brings the first judge's sum to the size of a similarity."""

_NEAREST = 3.0
"""How much the second judge counts beside the first."""

Traits = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Guess(Generic[Meaning]):
    """A meaning, how much speaks for it, how alike (0 to 1) the nearest sentence is, and that sentence."""

    meaning: Meaning
    score: float
    likeness: float
    nearest: str


@dataclass(frozen=True, slots=True, eq=False)
class Learnt(Generic[Meaning]):
    """`weights`: for each trait, how much it speaks for a meaning.  `places`: in which sentences it stands."""

    weights: Mapping[str, tuple[tuple[Meaning, float], ...]]
    places: Mapping[str, tuple[tuple[int, float], ...]]
    rarity: Mapping[str, float]
    rarest: float
    sentences: tuple[tuple[str, Meaning], ...]

    def guesses(self, traits: Traits) -> list[Guess[Meaning]]:
        """Every meaning for which something speaks, the best one first."""
        sums = self._weighed(traits)
        near = self._nearest(_whole(traits))
        found = [
            Guess(meaning, sums.get(meaning, 0.0) + _NEAREST * near.get(meaning, (0.0, 0))[0], *self._named(near, meaning))
            for meaning in dict.fromkeys((*sums, *near))
        ]
        return sorted(found, key=lambda guess: -guess.score)

    def _named(self, near: Mapping[Meaning, tuple[float, int]], meaning: Meaning) -> tuple[float, str]:
        if meaning not in near:
            return 0.0, ""
        likeness, index = near[meaning]
        return likeness, self.sentences[index][0]

    def _weighed(self, traits: Traits) -> dict[Meaning, float]:
        sums: defaultdict[Meaning, float] = defaultdict(float)
        for trait, weight in traits.items():
            for meaning, evidence in self.weights.get(trait, ()):
                sums[meaning] += evidence * weight
        level = _LEVEL * sqrt(sum(weight * weight for weight in traits.values()) or 1.0)
        return {meaning: total / level for meaning, total in sums.items()}

    def _nearest(self, traits: Traits) -> dict[Meaning, tuple[float, int]]:
        """For each meaning its most similar sentence."""
        shares: defaultdict[int, float] = defaultdict(float)
        for trait, weight in traits.items():
            rarity = self.rarity.get(trait, self.rarest) * weight
            for index, share in self.places.get(trait, ()):
                shares[index] += rarity * share
        length = sqrt(sum((w * self.rarity.get(t, self.rarest)) ** 2 for t, w in traits.items())) or 1.0
        best: dict[Meaning, tuple[float, int]] = {}
        for index, share in shares.items():
            meaning = self.sentences[index][1]
            if share / length > best.get(meaning, (0.0, 0))[0]:
                best[meaning] = (share / length, index)
        return best


def learn(examples: Iterable[tuple[str, Traits, Meaning]]) -> Learnt[Meaning]:
    """What can be learnt from sentences with their traits and meanings."""
    known = list(examples)
    total = Counter(meaning for _, _, meaning in known)
    counts: defaultdict[str, Counter[Meaning]] = defaultdict(Counter)
    for _, traits, meaning in known:
        for trait in traits:
            counts[trait][meaning] += 1
    rarity = {trait: log(len(known) / sum(count.values())) + 0.1 for trait, count in counts.items()}
    return Learnt(
        weights={trait: _evidence(count, total) for trait, count in counts.items()},
        places=_places(known, rarity),
        rarity=rarity,
        rarest=log(len(known)) if known else 0.0,
        sentences=tuple((sentence, meaning) for sentence, _, meaning in known),
    )


def _whole(traits: Traits) -> Traits:
    """Traits but for pieces of words, which are too many to look up every sentence that holds them."""
    return {trait: weight for trait, weight in traits.items() if not trait.startswith("#")}


def _evidence(count: Counter[Meaning], total: Counter[Meaning]) -> tuple[tuple[Meaning, float], ...]:
    """How much a trait speaks for each meaning with which it was met; what speaks against is left out."""
    every, sentences = sum(count.values()), sum(total.values())
    found = []
    for meaning, met in count.items():
        inside = (met + _SMOOTH) / (total[meaning] + _SMOOTH_TOTAL)
        outside = (every - met + _SMOOTH) / (sentences - total[meaning] + _SMOOTH_TOTAL)
        if inside > outside:
            found.append((meaning, log(inside / outside)))
    return tuple(found)


def _places(
    known: list[tuple[str, Traits, Meaning]], rarity: Mapping[str, float]
) -> dict[str, tuple[tuple[int, float], ...]]:
    places: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for index, (_, traits, _) in enumerate(known):
        shares = {trait: weight * rarity[trait] for trait, weight in _whole(traits).items()}
        length = sqrt(sum(share * share for share in shares.values())) or 1.0
        for trait, share in shares.items():
            places[trait].append((index, share / length))
    return {trait: tuple(found) for trait, found in places.items()}
