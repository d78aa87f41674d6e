"""What a line has learnt from the sentences in its words files: which words speak for which meaning.

For: guessing what an utterance means that nobody wrote down.  Two simple judges are added up.  One weighs each trait by
how much more often it stands in the sentences of one meaning than in all others (a naive Bayes classifier); the
other finds the nearest single sentence (cosine, rare traits count more).  Both are learnt in one pass, at load, without
chance or iteration, so the same files always give the same line.
Not here: traits (`wording`), what is done with a guess (`guessing`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from math import log, sqrt
from operator import itemgetter
from typing import Generic, TypeVar

from ivr.dialog.wording import pieces_of

Meaning = TypeVar("Meaning", bound=Hashable)

_SMOOTH = 0.3
"""How often every trait is taken to have been met with every meaning beforehand."""

_SMOOTH_TOTAL = 20 * _SMOOTH
_LEVEL = 3.0
"""Brings the first judge's sum to the size of a similarity."""

_NEAREST = 2.0
"""How much the second judge counts beside the first."""

_MOST_PLACES = 60
"""A trait that stands in more sentences than this tells none of them apart, and would cost the most time."""

_MOST_NEAR = 40
"""How many of the nearest sentences are looked at; what is further away decides nothing."""

_MOST_PIECES = 16_384
"""Of how many pieces of words the evidence is remembered: callers may say any, and a process lives for months."""

_MOST_GUESSES = 12
_FAR = (0.0, "")

Traits = Mapping[str, float]
Evidence = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Guess(Generic[Meaning]):
    """A meaning, how much speaks for it, how alike (0 to 1) the nearest sentence is, and that sentence."""

    meaning: Meaning
    score: float
    likeness: float
    nearest: str


@dataclass(frozen=True, slots=True, eq=False)
class Learnt(Generic[Meaning]):
    """`evidence` of a trait, and of a piece of a word: how much it speaks for which meaning.  `places`: in which sentences it stands, and
    how much of each it is.  `rarity` of a trait; meanings and sentences are numbered.
    """

    meanings: tuple[Meaning, ...]
    sentences: tuple[tuple[str, int], ...]
    evidence: Callable[[str], Evidence]
    evidence_of_piece: Callable[[str], Evidence]
    places: Mapping[str, Sequence[tuple[int, float]]]
    rarity: Mapping[str, float]
    rarest: float
    numbers: Mapping[Meaning, int]

    def guesses(self, traits: Traits, pieces: Traits, more: Mapping[Meaning, float]) -> list[Guess[Meaning]]:
        """The meanings for which most speaks, the best one first; `more` is what speaks for them besides."""
        near = self._nearest(traits)
        scores = self._weighed(traits, pieces)
        for number, (likeness, _) in near.items():
            scores[number] += _NEAREST * likeness
        for meaning in self.numbers.keys() & more.keys():
            scores[self.numbers[meaning]] += more[meaning]
        best = sorted(zip(scores, range(len(scores)), strict=True), reverse=True)[:_MOST_GUESSES]
        return [Guess(self.meanings[number], score, *near.get(number, _FAR)) for score, number in best if score > 0]

    def _weighed(self, traits: Traits, pieces: Traits) -> list[float]:
        sums = [0.0] * len(self.meanings)
        for trait, weight in traits.items():
            for number, evidence in self.evidence(trait) if trait in self.rarity else ():
                sums[number] += evidence * weight
        for piece, weight in pieces.items():
            for number, evidence in self.evidence_of_piece(piece):
                sums[number] += evidence * weight
        level = _LEVEL * _length((*traits.values(), *pieces.values()))
        return [total / level for total in sums]

    def _nearest(self, traits: Traits) -> dict[int, tuple[float, str]]:
        """For each meaning its most similar sentence."""
        shares: defaultdict[int, float] = defaultdict(float)
        weights = [weight * self.rarity.get(trait, self.rarest) for trait, weight in traits.items()]
        for trait, weight in zip(traits, weights, strict=True):
            found = self.places.get(trait, ())
            for index, share in found if len(found) <= _MOST_PLACES else ():
                shares[index] += weight * share
        length = _length(weights)
        best: dict[int, tuple[float, str]] = {}
        for index, share in sorted(shares.items(), key=itemgetter(1), reverse=True)[:_MOST_NEAR]:
            sentence, number = self.sentences[index]
            best.setdefault(number, (share / length, sentence))
        return best


def learn(examples: Iterable[tuple[str, list[str], Traits, Meaning]]) -> Learnt[Meaning]:
    """What can be learnt from sentences with their words, traits and meanings."""
    known = list(examples)
    total = Counter(meaning for _, _, _, meaning in known)
    numbers = {meaning: number for number, meaning in enumerate(total)}
    means = [numbers[meaning] for _, _, _, meaning in known]
    every = Counter(chain.from_iterable(traits for _, _, traits, _ in known))
    logarithms = {times: log(len(known) / times) + 0.1 for times in set(every.values())}
    rarity = {trait: logarithms[times] for trait, times in every.items()}
    places = _places([traits for _, _, traits, _ in known], rarity)
    spelt = _by_piece(words for _, words, _, _ in known)
    weigh = _judge(list(total.values()))
    return Learnt(
        meanings=tuple(numbers),
        sentences=tuple(zip((sentence for sentence, _, _, _ in known), means, strict=True)),
        evidence=cache(lambda trait: weigh(Counter(means[index] for index, _ in places[trait]))),
        evidence_of_piece=lru_cache(_MOST_PIECES)(lambda piece: weigh(Counter(means[n] for n in spelt(piece)))),
        places=places,
        rarity=rarity,
        rarest=log(len(known)) if known else 0.0,
        numbers=numbers,
    )


def _judge(total: Sequence[int]) -> Callable[[Mapping[int, int]], Evidence]:
    """The first judge: how much a trait that was met so often with each meaning speaks for which, given their `total`.

    A known trait is weighed when it is first met in a call, as most of them never are.
    """
    sentences = sum(total)

    def weigh(counts: Mapping[int, int]) -> Evidence:
        every = sum(counts.values())
        found = []
        for number, met in counts.items():
            inside = (met + _SMOOTH) / (total[number] + _SMOOTH_TOTAL)
            outside = (every - met + _SMOOTH) / (sentences - total[number] + _SMOOTH_TOTAL)
            if inside > outside:  # what speaks against is left out
                found.append((number, log(inside / outside)))
        return tuple(found)

    return weigh


def _by_piece(sentences: Iterable[list[str]]) -> Callable[[str], set[int]]:
    """The function that tells in which sentences a piece of a word stands."""
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for index, words in enumerate(sentences):
        for word in words:
            by_word[word].append(index)
    by_piece: defaultdict[str, list[str]] = defaultdict(list)
    for word in by_word:
        for piece in pieces_of(word):
            by_piece[piece].append(word)
    return lambda piece: {index for word in by_piece.get(piece, ()) for index in by_word[word]}


def _places(known: list[Traits], rarity: Mapping[str, float]) -> Mapping[str, Sequence[tuple[int, float]]]:
    """In which sentences each trait stands, and how much of each it is."""
    places: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for index, traits in enumerate(known):
        shares = [weight * rarity[trait] for trait, weight in traits.items()]
        length = _length(shares)
        for trait, share in zip(traits, shares, strict=True):
            places[trait].append((index, share / length))
    return places


def _length(values: Iterable[float]) -> float:
    return sqrt(sum([value * value for value in values])) or 1.0
