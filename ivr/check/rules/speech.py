"""Rules about what callers say: enough phrases, and none that the recogniser would take for another.

Two phrases are heard together if the line listens for both at one place: those of the choices of a menu or the names
of a list, and the commands that work everywhere.
Not here: what the line says (`wording`, `options`), how an utterance is understood (`ivr.dialog.understand`).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from ivr.check import heard
from ivr.check.found import error, warning
from ivr.check.phonetics import apart, syllables
from ivr.check.readability import words as words_of
from ivr.check.texts import phrases
from ivr.check.wordlists import flat, wordlist
from ivr.dialog.inputs import Said
from ivr.dialog.normal import contains, normalise
from ivr.dialog.understand import understand
from ivr.script.catalogue import LOCAL_COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.finding import Finding
    from ivr.check.texts import Address
    from ivr.script.model import Script

FEWEST = 3
LEAST_APART = 2
LEAST_SHARE = 0.4


class Phrase(NamedTuple):
    """A phrase or a label: as it is written, as it is compared, and its words but for the little ones."""

    address: Address
    words: str
    plain: str
    telling: tuple[str, ...]

    @property
    def owner(self) -> str:
        """What it leads to."""
        return self.address[-3] if self.address[-2] == "phrases" else self.address[-2]


def asr_01(script: Script) -> Iterator[Finding]:
    """Several ways to say each choice

    Level: should. Kind: static.
    What: Each place and each name on a list has at least 3 phrases in each language, besides its label.
    Why: Callers name a thing by their own word for it, which is seldom ours.
    Source: W3C NAUR 18a; W3C COGA, "words I would use"; ISO 9241-154.
    Bad: phrases: [billing]
    Good: phrases: [my bill, a payment, insurance claim]
    """
    for tag in script.languages:
        for name in script.nodes:
            if name != script.start:
                yield from _few(script, (tag, "nodes", name))
        for node in heard.lists(script):
            yield from (f for item in node.items for f in _few(script, (tag, "nodes", node.name, "items", item)))


def _few(script: Script, owner: Address) -> Iterator[Finding]:
    count = len(phrases(script, *owner, "phrases"))
    if count < FEWEST:
        what = f"'{owner[-1]}' has {count} phrases, and {FEWEST} is the least"
        yield warning(script, (*owner, "phrases"), what, "Add what else callers say for it.")


def asr_02(script: Script) -> Iterator[Finding]:
    """Phrases that do not sound alike

    Level: must. Kind: static.
    What: Phrases that are listened for together differ, in the words that only one of them has, by at least 2 sounds
        and by 40 percent of the longer. Little words ("the", "my") set no phrases apart.
    Why: A telephone carries half of the sounds; the recogniser takes what it expects.
    Source: ISO 9241-154; ACIxD (amount and account); the numbers are derived.
    Bad: billing: {phrases: [billing]}, records: {phrases: [filing]}
    Good: billing: {phrases: [billing]}, records: {phrases: [my records]}
    """
    for one, other in _pairs(script):
        sounds, share = _apart(one, other)
        if sounds < LEAST_APART or share < LEAST_SHARE:
            what = f"'{one.words}' sounds like '{other.words}' of '{other.owner}'"
            figure = (
                f"they are {sounds} sounds or {share:.0%} apart, and {LEAST_APART} and {LEAST_SHARE:.0%} are the least"
            )
            mend = "Delete the phrase that fewer callers use, or make it longer."
            yield warning(script, one.address, f"{what}: {figure}", mend)


def _apart(one: Phrase, other: Phrase) -> tuple[int, float]:
    """How far apart two phrases are in the words that they do not share; not at all, if they differ in little words.

    Far, if one has nothing that the other has not: that is for ASR-03 to judge.
    """
    if one.telling == other.telling:
        return 0, 0.0
    first, second = one.plain.split(), other.plain.split()
    left = " ".join(word for word in first if word not in second)
    right = " ".join(word for word in second if word not in first)
    return apart(left, right, one.address[0]) if left and right else (LEAST_APART, 1.0)


def asr_03(script: Script) -> Iterator[Finding]:
    """No phrase inside another

    Level: must. Kind: static.
    What: No phrase of a choice stands, whole, inside a phrase of another choice or of a command.
    Why: When a recogniser loses one word of the longer phrase, the shorter one is left, and does something else.
    Source: ACIxD, phonological considerations.
    Bad: billing: {phrases: [number]}, fax: {phrases: [fax number]}
    Good: billing: {phrases: [my bill]}, fax: {phrases: [fax number]}
    """
    for one, other in _pairs(script):
        if contains(one.plain, other.plain) or contains(other.plain, one.plain):
            short, long = sorted((one, other), key=lambda phrase: len(phrase.plain))
            what = f"'{short.words}' of '{short.owner}' is part of '{long.words}' of '{long.owner}'"
            yield warning(script, one.address, what, "Say one of them otherwise, or delete it.")


def asr_04(script: Script) -> Iterator[Finding]:
    """Rather long phrases than short ones

    Level: should. Kind: static.
    What: At least half of the phrases of a place have 2 syllables or more.
    Why: There is more to hear in a long phrase, so that fewer are mistaken.
    Source: ACIxD, how to pick synonyms.
    Bad: phrases: [fax, send]
    Good: phrases: [fax, the fax, your fax number]
    """
    for tag in script.languages:
        for name in script.nodes:
            found = [script.words[tag].nodes[name].label, *phrases(script, tag, "nodes", name, "phrases").values()]
            short = [p for p in found if sum(syllables(word, tag) for word in words_of(p)) < LEAST_SYLLABLES]
            if 2 * len(short) > len(found):
                what = f"{len(short)} of the {len(found)} phrases of '{name}' have one syllable"
                yield warning(script, (tag, "nodes", name, "phrases"), f"{what}, and half is the most", _LONGER)


LEAST_SYLLABLES = 2
_LONGER = "Add phrases of two words or more."


def asr_05(script: Script) -> Iterator[Finding]:
    """No spelling aloud

    Level: must. Kind: static.
    What: No phrase holds single letters that callers would have to spell.
    Why: B, C, D, E, G, P, T, V and Z sound the same on a telephone.
    Source: ACIxD.
    Bad: phrases: [a r t]
    Good: phrases: [active release]
    """
    for tag in script.languages:
        for name in script.nodes:
            for address, phrase in phrases(script, tag, "nodes", name, "phrases").items():
                letters = [word for word in words_of(phrase) if len(word) == 1]
                if len(letters) > 1:
                    what = f"'{phrase}' is spelt aloud, in {len(letters)} letters, and none is best"
                    yield warning(script, address, what, "Write the words that the letters stand for.")


def asr_06() -> None:
    """The recogniser expects what can be said here

    Level: should. Kind: construction.
    What: Its language is that of the call, and its hints begin with the phrases of the place.
    Why: Recognisers guess; told what is likely, they guess well.
    Source: ISO 9241-154; Twilio, Gather.
    Bad: a Spanish menu that listens for English
    Good: language es-US, and the Spanish phrases of the menu as hints
    Held by: tests/channels/test_voice.py::test_the_recogniser_is_that_of_the_language_in_which_the_answer_is_read
    """


def asr_07() -> None:
    """In doubt the line asks

    Level: should. Kind: construction.
    What: What is not exactly a phrase leads to "did you want", not to an action.
    Why: A wrong guess costs a caller more than a question does.
    Source: W3C NAUR 13a and 13b.
    Bad: "my billing thing" rings the billing office
    Good: Did you want Billing? Press one or say yes.
    Held by: tests/check/test_construction.py::test_what_is_only_nearly_a_phrase_is_asked_about
    """


def asr_08(script: Script) -> Iterator[Finding]:
    """Stutters, fillers and politeness do no harm

    Level: must. Kind: static.
    What: A label with a filler before it, a word said twice or a polite word after it is still understood.
    Why: So do people speak, most of all those who find speaking hard.
    Source: W3C COGA.
    Bad: fillers: [a word that is also the beginning of a label]
    Good: fillers: [um, uh, please]
    """
    for tag in script.languages:
        fillers = script.words[tag].fillers
        for menu in heard.menus(script):
            state = heard.at(script, tag, menu.name)
            for option in menu.options:
                label = script.words[tag].nodes[option.target].label
                first, *rest = label.split()
                said = (f"{fillers[0]} {label}", " ".join([first, first, *rest]), f"{label} {fillers[-1]}")
                plain = understand(script, state, Said(label))
                if lost := next((s for s in said if understand(script, state, Said(s)) != plain), ""):
                    what = f"'{label}' is understood, and '{lost}' is not"
                    mend = "Look among the fillers for a word that is part of the label."
                    yield warning(script, (tag, "nodes", option.target, "label"), what, mend)


def asr_09(script: Script) -> Iterator[Finding]:
    """Choices first

    Level: must. Kind: static.
    What: The line begins with a menu, and its prompts never ask an open question without choices.
    Why: "How can I help you?" leaves callers who cannot find words alone.
    Source: W3C COGA, spontaneous speech.
    Bad: a first menu without choices
    Good: Press a key or say a choice. Five choices.
    """
    for menu in heard.menus(script):
        if not menu.options:
            what = f"'{menu.name}' has no choices, and 1 is the least"
            yield error(script, ("line", "nodes", menu.name), what, "Give it a choice, or delete it.")


def least_distance(script: Script) -> float:
    """The least share of sounds in which two phrases differ that are listened for together."""
    return min((_apart(one, other)[1] for one, other in _pairs(script)), default=1.0)


# --- what is listened for together ---------------------------------------------------------------


@lru_cache(maxsize=4)
def _pairs(script: Script) -> tuple[tuple[Phrase, Phrase], ...]:
    """Every two phrases of different things that are listened for together, each pair once."""
    pairs: dict[frozenset[Address], tuple[Phrase, Phrase]] = {}
    for tag in script.languages:
        commands = _commands(script, tag)
        groups = [*combinations(commands, 2)]
        for offered in _offered(script, tag):
            groups += [*combinations(offered, 2), *product(offered, commands)]
        for one, other in groups:
            for first, second in product(one, other):
                pairs.setdefault(frozenset((first.address, second.address)), (first, second))
    return tuple(pairs.values())


def _offered(script: Script, tag: str) -> Iterator[list[list[Phrase]]]:
    """The phrases of each choice of each menu, and of each name of each list."""
    for menu in heard.menus(script):
        yield [_phrases(script, (tag, "nodes", option.target)) for option in menu.options]
    for node in heard.lists(script):
        yield [_phrases(script, (tag, "nodes", node.name, "items", item)) for item in node.items]


def _commands(script: Script, tag: str) -> list[list[Phrase]]:
    """The phrases of the commands that work everywhere."""
    names = [name for name in script.words[tag].commands if name not in LOCAL_COMMANDS]
    return [_phrases(script, (tag, "commands", name)) for name in names]


def _phrases(script: Script, owner: Address) -> list[Phrase]:
    label = (*owner, "label")
    said = {label: script.texts[label].words, **phrases(script, *owner, "phrases")}
    little = {flat(word) for word in wordlist(owner[0], "little words")}
    found = {}
    for address, words in said.items():
        plain = normalise(words)
        telling = tuple(word for word in plain.split() if word not in little) or tuple(plain.split())
        found[plain] = Phrase(address, words, plain, telling)
    return list(found.values())
