"""Phrases that allow for the ways in which people say a thing: "chest ... hurt*/tight".

For: the words of an emergency, where a list of whole sentences would never be long enough.  In a pattern, `...`
stands for up to six words, `/` parts words of which any will do, `*` is any ending, and `+` joins up to three parts that
may come in any order with up to six words between them.
Not here: which patterns there are (staff's, in the words files), what follows from one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from ivr.dialog.normal import normalise

GAP = 6
"""How many words may stand where a pattern has three dots."""

SHORTEST_WITH_S = 5
"""Letters; shorter words, such as "has" and "its", are words of their own."""

MOST_ORDERED = 3
"""Parts that may come in any order; there are six orders of three, and twenty-four of four."""

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class _Step:
    """What may stand at one position: any of `words`, or one with any of `beginnings`; `gap` words before it at most."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    gap: int

    def may_fit(self, said: set[str]) -> bool:
        """Whether any of the words that were said may stand here."""
        return bool(self.beginnings) or not self.words.isdisjoint(said)

    def fits(self, word: str) -> bool:
        return word in self.words or word.startswith(self.beginnings)


@dataclass(frozen=True, slots=True)
class Patterns:
    """Several patterns: what staff wrote with its steps, by the words with which it may begin.

    Only patterns of which the first word was said are looked for, as there are hundreds.
    """

    each: tuple[tuple[str, tuple[_Step, ...]], ...]
    by_word: Mapping[str, tuple[int, ...]]
    by_beginning: tuple[tuple[str, int], ...]
    beginnings: tuple[str, ...]

    def found(self, text: str) -> str:
        """The pattern, as staff wrote it, that stands in a normalised text; else nothing."""
        words = text.split()
        begun = self._begun(words)
        return next((self.each[n][0] for n in sorted(begun) if any(self._ends(n, words, begun[n]))), "")

    def covered(self, words: list[str]) -> set[int]:
        """Where the words stand that any of the patterns covers, each looked for in all of them."""
        begun = self._begun(words)
        ends = (
            (at, end)
            for n, starts in begun.items()
            for at, end in zip(starts, self._ends(n, words, starts), strict=True)
        )
        return {place for at, end in ends for place in range(at, end)}

    def without(self, text: str) -> str:
        """A normalised text without the words that the patterns cover."""
        words = text.split()
        for number in sorted(self._begun(words)):
            words = self._left(number, words)
        return " ".join(words)

    def _begun(self, words: list[str]) -> dict[int, list[int]]:
        """The patterns of which the last word was said too, each with the places of its first word."""
        begun: dict[int, list[int]] = {}
        for at, word in enumerate(words):
            for number in self.by_word.get(word, ()):
                begun.setdefault(number, []).append(at)
            for beginning, number in self.by_beginning if word.startswith(self.beginnings) else ():
                if word.startswith(beginning):
                    begun.setdefault(number, []).append(at)
        said = set(words)
        return {number: places for number, places in begun.items() if self.each[number][1][-1].may_fit(said)}

    def _ends(self, number: int, words: list[str], starts: Iterable[int]) -> Iterator[int]:
        """Where the pattern ends that begins at each of the places, 0 if it does not stand there."""
        steps = self.each[number][1]
        return (max(_end(steps, words, 1, at + 1), 0) for at in starts)

    def _left(self, number: int, words: list[str]) -> list[str]:
        steps = self.each[number][1]
        left: list[str] = []
        at = 0
        while at < len(words):
            end = _end(steps, words, 1, at + 1) if steps[0].fits(words[at]) else NOWHERE
            left += words[at : at + 1] if end == NOWHERE else []
            at = at + 1 if end == NOWHERE else end
        return left


def _end(steps: tuple[_Step, ...], words: list[str], number: int, at: int) -> int:
    """Where the steps from `number` on end, of which the first stands at word `at` or as many later as it may."""
    if number == len(steps):
        return at
    step = steps[number]
    for place in range(at, min(at + step.gap + 1, len(words))):
        if step.fits(words[place]) and (end := _end(steps, words, number + 1, place + 1)) != NOWHERE:
            return end
    return NOWHERE


def patterns(written: Iterable[str]) -> Patterns:
    """Patterns as staff write them, made ready."""
    ordered = ((phrase, _steps(order)) for phrase in dict.fromkeys(written) for order in _orders(phrase))
    each = tuple((phrase, steps) for phrase, steps in ordered if steps)
    by_word: dict[str, tuple[int, ...]] = {}
    for number, (_, steps) in enumerate(each):
        for first in steps[0].words:
            by_word[first] = (*by_word.get(first, ()), number)
    begin = tuple((first, number) for number, (_, steps) in enumerate(each) for first in steps[0].beginnings)
    return Patterns(each, by_word, begin, tuple({first for first, _ in begin}))


def _orders(phrase: str) -> list[str]:
    """A pattern in every order in which its parts may come."""
    return [" ... ".join(order) for order in permutations(phrase.split(" + ", MOST_ORDERED - 1))]


def _steps(phrase: str) -> tuple[_Step, ...]:
    """What stands at each position of a pattern; dots at either end count for nothing."""
    written = phrase.replace("\u2026", " ... ").split()
    said = [part for part, before in zip(written, ["", *written], strict=False) if part != before]  # see `normalise`
    steps: list[_Step] = []
    gap = 0
    for part in said:
        if part == "...":
            gap = GAP if steps else 0
        elif step := _step(part, gap):
            steps.append(step)
            gap = 0
    return tuple(steps)


@lru_cache(maxsize=4096)  # a part stands in each order of its pattern, and often in many
def _step(part: str, gap: int) -> _Step | None:
    """The words of which any will do, in the form in which they are compared; None when there are none."""
    plain = {written: normalise(written).split() for written in part.split("/")}
    bare = [said[0] for written, said in plain.items() if said and not written.endswith("*")]
    with_s = (f"{word}s" for word in bare if len(word) + 1 >= SHORTEST_WITH_S)  # "my heart's", its apostrophe gone
    words = frozenset((*bare, *with_s))
    beginnings = tuple(said[0] for written, said in plain.items() if said and written.endswith("*"))
    return _Step(words, beginnings, gap) if words or beginnings else None
