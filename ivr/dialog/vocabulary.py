"""What is understood in a language: every phrase of a script, in the form in which it is compared, and what is learnt.

For: learning, once for each script and language, which words mean what.  Phrases that staff list count for themselves;
sentences to learn from count for what is like them.
Not here: judging an utterance (`understand`), how it is learnt (`learnt`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from ivr.dialog.choices import Action, Kind, command, go, item
from ivr.dialog.denial import Denials
from ivr.dialog.learnt import Learnt, learn
from ivr.dialog.mishearing import SHORTEST_SOUND, Hearing, spellings
from ivr.dialog.normal import normalise
from ivr.dialog.sounds import sounds_of
from ivr.dialog.texts import every_text
from ivr.dialog.wording import Table, Wording, core_table, standing, table
from ivr.script.catalogue import LOCAL_COMMANDS
from ivr.script.model import ItemWords, NodeWords, Script, Words

_LONGEST_TERM = 3
"""Words: what is longer than this is not misheard as a whole."""

_SHORTEST_TERM = 4


_LONG_SENTENCE = 3
"""Words."""


class Beyond(StrEnum):
    """What callers say that the line itself has no answer to."""

    POLITE = "polite words"
    HOURS = "about hours"
    AUTOMATED = "about this line"
    PERSON = "for a person"
    NOT_FOR_US = "not for us"


Meaning = Action | Beyond

_AS_WRITTEN = (Beyond.POLITE, Beyond.AUTOMATED)
"""What is understood as it is written, and not learnt from: what comes with a request says nothing of it, and "is this a" begins
too many questions.
"""


class _Sentence(NamedTuple):
    """A sentence to learn from: as staff wrote it, as it is compared, its words without fillers, and their core."""

    written: str
    text: str
    meaning: Meaning
    words: list[str]
    core: list[str]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """`phrases` lead to what they mean anywhere, `local` ones only where the line offers their command, and `said` are whole
    sentences with their meaning.  `named` are the core words of what is asked for by name; `asked_with` those of a
    question to a list, with the list.  `common` are all words of the language that the line knows; `ours` those of them that
    do not stand in talk alone that is not for it, where people call each other by name; `alone` are those that say something
    by themselves.  `asking_for_a_person` are the phrases and sentences of that command, and no others that lead to one;
    `about_line` are questions whether it is automated, each with its number of words.
    """

    phrases: Mapping[str, Action]
    local: Mapping[str, Action]
    said: Mapping[str, Meaning]
    named: Table[Meaning]
    asked_with: Table[Action]
    keys: Mapping[str, str]
    digits: Mapping[str, str]
    press_words: frozenset[str]
    fillers: frozenset[str]
    common: frozenset[str]
    ours: frozenset[str]
    wording: Wording
    denials: Denials
    hearing: Hearing
    learnt: Learnt[Meaning]
    same_place: Mapping[Action, Action]
    mentioned: frozenset[str]
    clauses: Table[str]
    frames: frozenset[str]
    defining: Mapping[str, frozenset[str]]
    pains: frozenset[str]
    own_words: Mapping[Action, frozenset[str]]
    alone: frozenset[str]
    asking_for_a_person: frozenset[str]
    about_line: tuple[tuple[str, int], ...]

    def learnt_as(self, meaning: Meaning) -> Meaning:
        """The meaning under which sentences were learnt: a place has one, whatever it is called."""
        if isinstance(meaning, Beyond):
            return meaning
        if meaning.kind is Kind.CLOSEST:
            return item(meaning.name)
        return self.same_place.get(meaning, meaning)

    def by_name(self, meaning: Meaning, core: list[str]) -> Meaning:
        """An item is on the list if the core words hold its name; what is only like it comes close to it (promise 13)."""
        if not isinstance(meaning, Action) or meaning.kind is not Kind.ITEM:
            return meaning
        named = any(each == meaning for _, _, each in standing(self.named, core))
        return meaning if named or meaning.name in self.mentioned else Action(Kind.CLOSEST, meaning.name)

    def defined(self, key: str, words: list[str]) -> bool:
        """Whether core words that define an item of a list were said, and not only those around them (promise 13)."""
        return not self.defining[key].isdisjoint(words)

    def names(self, meaning: Meaning, text: str) -> bool:
        """Whether a listed phrase for this stands in a normalised text."""
        return any(each == meaning for _, _, each in standing(self.named, self.wording.core(self.wording.plain(text))))

    def tells(self, core: list[str]) -> bool:
        """Whether core words hold more than those that stand around every request."""
        return any(word not in self.frames for word in core)


@lru_cache(maxsize=64)
def vocabulary(script: Script, language: str) -> Vocabulary:
    words = script.words[language]
    phrases = dict(_phrases(script, words))
    wording = Wording(
        language.partition("-")[0],
        table((filler, "") for filler in words.fillers),
        table((each, _joined(name)) for name, same in words.same_words.items() for each in (name, *same)),
    )
    sentences = [_sentence(wording, text, meaning) for text, meaning in _sentences(script, words)]
    learnt = (each.text for each in sentences if not _of_language(each.meaning))
    texts = [*map(normalise, every_text(words))]
    common = frozenset(word for text in (*learnt, *texts) for word in text.split())
    for_us = (each.text for each in sentences if each.meaning is not Beyond.NOT_FOR_US)
    return Vocabulary(
        phrases=phrases,
        local={normalise(p): command(name) for name in LOCAL_COMMANDS for p in words.commands[name].phrases},
        said={each.text: each.meaning for each in reversed(sentences)},
        named=core_table(wording, [*phrases.items(), *_long((each.text, each.meaning) for each in sentences)]),
        asked_with=table(_asked_with(words)),
        keys={said: key for key, spoken in words.keys.items() for said in _said(spoken)},
        digits={key: normalise(spoken[0]) for key, spoken in words.keys.items() if key.isdigit() and spoken},
        press_words=_said(words.press_words),
        fillers=_said(words.fillers),
        common=common,
        ours=common & {word for text in (*for_us, *texts) for word in text.split()},
        wording=wording,
        denials=_denials(words, phrases, [each.text for each in sentences]),
        hearing=_hearing(language, phrases, common),
        learnt=learn(
            (s.written, s.words, wording.traits(s.words, s.core), s.meaning)
            for s in sentences
            if s.meaning not in _AS_WRITTEN
        ),
        same_place=_same_place(script),
        mentioned=frozenset(key for node in words.nodes.values() for key in node.mentioned),
        clauses=table((each, "") for each in words.clauses),
        frames=_cores(wording, (*words.frames, *words.fillers)),
        defining=_defining(words, wording, sentences),
        pains=_pains(words, wording),
        own_words=_own_words(words, wording),
        alone=_alone(words, wording, phrases),
        about_line=tuple(
            (s.text, s.text.count(" ") + 1)
            for s in sentences
            if s.meaning is Beyond.AUTOMATED and s.text.count(" ") + 1 >= _LONG_SENTENCE
        ),
        asking_for_a_person=_said((*words.commands["person"].phrases, *words.commands["person"].also_said)),
    )


def _sentence(wording: Wording, written: str, meaning: Meaning) -> _Sentence:
    text = normalise(written)
    words = wording.plain(text)
    return _Sentence(written, text, meaning, words, wording.core(words))


def _cores(wording: Wording, phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(core for phrase in phrases for core in wording.core(normalise(phrase).split()))


def _pains(words: Words, wording: Wording) -> frozenset[str]:
    """What the labels of several conditions have in common: the word for pain."""
    met = Counter(core for _, found in _items(words) for core in _cores(wording, (found.label,)))
    return frozenset(core for core, times in met.items() if times > 1 and core not in _cores(wording, words.frames))


def _own_words(words: Words, wording: Wording) -> dict[Action, frozenset[str]]:
    """The words of which the phrases of each command are made, but for those that stand in every sentence."""
    frames = _cores(wording, (*words.frames, *words.fillers))
    return {command(name): _cores(wording, spoken.phrases) - frames for name, spoken in words.commands.items()}


def _alone(words: Words, wording: Wording, phrases: Iterable[str]) -> frozenset[str]:
    """Keys, fillers, and the word of a phrase of which all others tell nothing: "cita" of "una cita"."""
    frames = _cores(wording, (*words.frames, *words.fillers))
    telling = ([word for word in phrase.split() if wording.stem(word) not in frames] for phrase in phrases)
    spoken = _said((*words.fillers, *(said for names in words.keys.values() for said in names)))
    return spoken | {each[0] for each in telling if len(each) == 1}


def _defining(words: Words, wording: Wording, sentences: list[_Sentence]) -> dict[str, frozenset[str]]:
    """For each item of a list the words that stand in its label alone, or in its sentences and hardly elsewhere."""
    of_item: defaultdict[str, Counter[str]] = defaultdict(Counter)
    every: Counter[str] = Counter()
    for each in sentences:
        cores = set(each.core)
        every.update(cores)
        if isinstance(each.meaning, Action) and each.meaning.kind is Kind.ITEM:
            of_item[each.meaning.name].update(cores)
    labels = {key: _cores(wording, (found.label,)) for key, found in _items(words)}
    in_labels = Counter(core for cores in labels.values() for core in cores)
    names = (normalise(name) for node in words.nodes.values() for name in node.not_listed)
    others = _cores(wording, (*words.frames, *words.fillers, *(name for name in names if " " not in name)))
    return {
        key: frozenset(
            core
            for core, count in of_item[key].items()
            if core not in others and (2 * count > every[core] or (core in label and in_labels[core] == 1))
        )
        for key, label in labels.items()
    }


def _same_place(script: Script) -> dict[Action, Action]:
    """Two names for one place are one meaning."""
    return {go(script.person): command("person"), go(script.start): command("main menu")}


def _joined(name: str) -> str:
    return "=" + "_".join(normalise(name).split())


def _said(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(normalise(phrase) for phrase in phrases)


# --- phrases and sentences -----------------------------------------------------------------------


def _phrases(script: Script, words: Words) -> Iterator[tuple[str, Action]]:
    """Weakest claim first, because a later one takes its place: list items, nodes, commands, languages."""
    for name, node in words.nodes.items():
        yield from ((normalise(p), Action(Kind.UNLISTED, name)) for p in node.not_listed)
    for key, found in _items(words):
        yield from ((normalise(p), Action(Kind.CLOSEST, key)) for p in found.lay_words)
        yield from ((normalise(p), item(key)) for p in (found.label, *found.phrases))
    for name, node in words.nodes.items():
        yield from ((normalise(p), go(name)) for p in (node.label, *node.phrases))
    for name, spoken in words.commands.items():
        if name not in LOCAL_COMMANDS:
            yield from ((normalise(p), command(name)) for p in (spoken.label, *spoken.phrases))
    for tag in script.languages:
        other = script.words[tag]
        yield from ((normalise(p), Action(Kind.LANGUAGE, tag)) for p in (other.own_name, *other.own_phrases))


def _items(words: Words) -> Iterator[tuple[str, ItemWords]]:
    for node in words.nodes.values():
        yield from node.items.items()
        yield from node.mentioned.items()


def _sentences(script: Script, words: Words) -> Iterator[tuple[str, Meaning]]:
    """All that is learnt from, with what it means."""
    for name, node in words.nodes.items():
        yield from _of_node(script, name, node)
    for key, found in _items(words):
        yield from ((s, item(key)) for s in (found.label, *found.phrases, *found.lay_words, *found.also_said))
    for name, spoken in words.commands.items():
        yield from ((s, command(name)) for s in (spoken.label, *spoken.phrases, *spoken.also_said))
    for tag in script.languages:
        other = script.words[tag]
        learnt = (other.own_name, *other.own_phrases, *other.own_said)
        yield from ((s, Action(Kind.LANGUAGE, tag)) for s in learnt)
    yield from ((s, Beyond.POLITE) for s in words.polite)
    yield from ((s, Beyond.HOURS) for s in words.about_hours)
    yield from ((s, Beyond.AUTOMATED) for s in words.about_line)
    yield from ((s, Beyond.PERSON) for s in words.for_a_person)
    noises = (filler for filler in words.fillers if " " not in filler)
    yield from ((s, Beyond.NOT_FOR_US) for s in (*words.not_for_us, *noises))


def _of_node(script: Script, name: str, node: NodeWords) -> Iterator[tuple[str, Meaning]]:
    meaning = _same_place(script).get(go(name), go(name))
    yield from ((s, meaning) for s in (node.label, *node.phrases, *node.also_said))
    yield from ((s, Action(Kind.UNLISTED, name)) for s in node.not_listed)


def _long(sentences: Iterable[tuple[str, Meaning]]) -> Iterator[tuple[str, Meaning]]:
    """Sentences about what is beyond the line, long enough to tell when they stand among other words."""
    for sentence, meaning in sentences:
        if isinstance(meaning, Beyond) and sentence.count(" ") + 1 >= _LONG_SENTENCE:
            yield sentence, meaning


def _asked_with(words: Words) -> Iterator[tuple[str, Action]]:
    for name, node in words.nodes.items():
        yield from ((phrase, Action(Kind.UNLISTED, name)) for phrase in node.asked_with)


# --- words ---------------------------------------------------------------------------------------


def _of_language(meaning: Meaning) -> bool:
    """Sentences that ask for a language stand in any language."""
    return isinstance(meaning, Action) and meaning.kind is Kind.LANGUAGE


def _denials(words: Words, phrases: Mapping[str, Action], sentences: list[str]) -> Denials:
    denials = table((denial, "") for denial in words.denials)
    whole = (sentence for sentence in sentences if sentence.count(" ") + 1 >= _LONG_SENTENCE)
    names = (p for p, action in phrases.items() if action not in (command("again"), command("more")))
    return Denials(
        denials,
        table((correction, "") for correction in words.corrections),
        table((name, "") for name in names),
        table((each, "") for each in whole if any(standing(denials, each.split()))),
    )


def _hearing(language: str, phrases: Mapping[str, Action], common: frozenset[str]) -> Hearing:
    """Terms can be misheard, and so can each of their longer words."""
    sound = sounds_of(language)
    whole = [p for p in phrases if len(p.split()) <= _LONGEST_TERM and len(p) >= _SHORTEST_TERM]
    single = [word for p in phrases for word in p.split() if len(word) > _SHORTEST_TERM]
    bare = Hearing(sound, common, {}, spellings(()), frozenset())
    keyed = ((bare.key(term.split()), term) for term in (*reversed(single), *reversed(whole)))
    terms = {key: term for key, term in keyed if len(key) >= SHORTEST_SOUND}
    commands = frozenset(w for p, action in phrases.items() if action.kind is Kind.COMMAND for w in (p, *p.split()))
    return Hearing(sound, common, terms, spellings(w for w in common if len(w) > _SHORTEST_TERM), commands)
