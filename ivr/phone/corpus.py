"""How well the line understands utterances whose meaning is known.

For: scoring a corpus (`Record`s with an intent) against a script, given which actions are right for each intent; with or
without the sentences that stand in the corpus and, nearly, in the words files, as these prove nothing about new callers.
Not here: files and the table that a person reads (`ivr.cli.understand`), how words are understood (`ivr.dialog`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rapidfuzz import fuzz, process

from ivr.dialog.choices import command
from ivr.dialog.inputs import Said
from ivr.dialog.normal import normalise
from ivr.dialog.state import State
from ivr.dialog.understand import Ask, Emergency, Match, NoMatch, Understood, transfers, understand
from ivr.script.model import CommandWords, EmergencyWords, ItemWords, NodeWords, Script, Words

OUT_OF_SCOPE, EMERGENCY, NOTHING = "out_of_scope", "emergency", "none"
"""Intents and a meaning with rules of their own: nothing the line knows; danger to life; rightly no action."""

PAIN = "condition"
"""How the intents of ordinary pain begin; none of it may be taken for an emergency."""

TOO_SHORT = 2
"""Utterances of so few words are the names of things; leaving them out would leave out what the line is about."""

NEARLY = 80.0
"""How alike, out of 100, a sentence of the script and an utterance are that prove nothing by being understood."""


class Verdict(StrEnum):
    AT_ONCE = "right at once"
    ASKED = "asked rightly"
    WRONG = "wrong"
    ASKED_WRONG = "asked wrongly"
    MISSED = "not understood"
    ACTED = "acted on"
    LEFT = "left alone"
    CAUGHT = "caught"
    FALSE_ALARM = "false alarm"


RIGHT = {Verdict.AT_ONCE, Verdict.ASKED}


@dataclass(frozen=True, slots=True)
class Record:
    """An utterance in a language, what its caller wanted, and what else would serve; `ordinary` pain is none to fear."""

    language: str
    text: str
    intent: str
    also: tuple[str, ...] = ()
    ordinary: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    record: Record
    verdict: Verdict
    meaning: str
    wrong_transfer: bool


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float:
        return 100 * self.part / self.whole if self.whole else 0.0

    def __str__(self) -> str:
        return f"{self.percent:.1f} % ({self.part} of {self.whole})"


@dataclass(frozen=True, slots=True)
class Score:
    """What came of a corpus, in one language or all."""

    judged: tuple[Judged, ...] = field(repr=False)

    def of(self, language: str) -> Score:
        return Score(tuple(each for each in self.judged if each.record.language == language))

    def at_once(self) -> Share:
        return self._share(self._in_scope(), {Verdict.AT_ONCE})

    def understood(self) -> Share:
        """At once, or after one question."""
        return self._share(self._in_scope(), RIGHT)

    def acted(self) -> Share:
        return self._share(self._beyond(), {Verdict.ACTED})

    def asked(self) -> Share:
        """Asked about what would not serve; the offer of a person to whom a person would serve is not counted."""
        return self._share(self._beyond(), {Verdict.ASKED_WRONG})

    def wrong_transfers(self) -> Share:
        return Share(sum(each.wrong_transfer for each in self.judged), len(self.judged))

    def emergencies(self) -> Share:
        return self._share([j for j in self.judged if j.record.intent == EMERGENCY], {Verdict.CAUGHT})

    def false_alarms(self) -> Share:
        pain = [j for j in self.judged if j.record.ordinary or j.record.intent.startswith(PAIN)]
        return self._share(pain, {Verdict.FALSE_ALARM})

    def by_intent(self) -> dict[str, Counter[Verdict]]:
        table: dict[str, Counter[Verdict]] = {}
        for each in self.judged:
            table.setdefault(each.record.intent, Counter())[each.verdict] += 1
        return table

    def confusions(self) -> list[tuple[str, str, int]]:
        """What was wanted, what was understood instead, and how often; the most frequent first."""
        bad = {Verdict.WRONG, Verdict.ASKED_WRONG, Verdict.ACTED, Verdict.FALSE_ALARM}
        pairs = Counter((j.record.intent, j.meaning) for j in self.judged if j.verdict in bad)
        return [(wanted, meaning, count) for (wanted, meaning), count in pairs.most_common()]

    def _in_scope(self) -> list[Judged]:
        return [j for j in self.judged if j.record.intent not in (OUT_OF_SCOPE, EMERGENCY)]

    def _beyond(self) -> list[Judged]:
        return [j for j in self.judged if j.record.intent == OUT_OF_SCOPE]

    @staticmethod
    def _share(judged: Iterable[Judged], verdicts: set[Verdict]) -> Share:
        every = list(judged)
        return Share(sum(each.verdict in verdicts for each in every), len(every))


def score(script: Script, records: Iterable[Record], mapping: Mapping[str, Iterable[str]]) -> Score:
    """Judge every record as if it were said at the start of a call."""
    return Score(tuple(_judge(script, record, mapping) for record in records))


def _judge(script: Script, record: Record, mapping: Mapping[str, Iterable[str]]) -> Judged:
    state = State(script.version, record.language, script.start)
    found = understand(script, state, Said(record.text))
    right = {meaning for intent in (record.intent, *record.also) for meaning in mapping[intent]}
    action = found.action if isinstance(found, Match | Ask) else None
    wrong = isinstance(found, Match) and transfers(script, found.action) and str(action) not in right
    return Judged(record, _verdict(record, found, right), meaning(found), wrong)


def meaning(found: Understood) -> str:
    """What was understood, as the mapping names it."""
    match found:
        case Match(action=action) | Ask(action=action):
            return str(action)
        case Emergency():
            return EMERGENCY
        case NoMatch(a_person=True):
            return str(command("person"))
    return NOTHING


def _verdict(record: Record, found: Understood, right: set[str]) -> Verdict:
    if record.intent == EMERGENCY:
        return Verdict.CAUGHT if isinstance(found, Emergency) else Verdict.MISSED
    if isinstance(found, Emergency):
        return Verdict.AT_ONCE if EMERGENCY in right else Verdict.FALSE_ALARM
    if record.intent == OUT_OF_SCOPE:
        return _beyond(found, right)
    asked = isinstance(found, Ask) or (isinstance(found, NoMatch) and found.a_person)
    if meaning(found) in right:
        return Verdict.ASKED if asked else Verdict.AT_ONCE
    if isinstance(found, Match):
        return Verdict.WRONG
    return Verdict.ASKED_WRONG if isinstance(found, Ask) else Verdict.MISSED


def _beyond(found: Understood, right: set[str]) -> Verdict:
    """Of what the line knows nothing about, the best it can do is nothing, or the offer of what would serve."""
    match found:
        case Match(action=action):
            return Verdict.AT_ONCE if str(action) in right else Verdict.ACTED
        case Ask(action=action):
            return Verdict.ASKED if str(action) in right else Verdict.ASKED_WRONG
    return Verdict.LEFT


# --- leaving out what the corpus and the words files have in common ------------------------------


def without_listed(script: Script, records: Iterable[Record]) -> tuple[Script, int]:
    """The script without sentences that stand in a corpus, or nearly, and how many these were."""
    said = [text for text in {normalise(record.text) for record in records} if text.count(" ") >= TOO_SHORT]
    listed = {normalise(sentence) for each in script.words.values() for sentence in _listed(each)}
    told = {sentence for sentence in listed if _stands(sentence, said)}
    words = {tag: _left_words(each, told) for tag, each in script.words.items()}
    before, after = (sum(1 for each in w.values() for _ in _listed(each)) for w in (script.words, words))
    return replace(script, words=words), before - after


def _stands(sentence: str, said: Sequence[str]) -> bool:
    """Whether one of the utterances is nearly this sentence."""
    long = sentence.count(" ") >= TOO_SHORT
    return long and process.extractOne(sentence, said, scorer=fuzz.ratio, score_cutoff=NEARLY) is not None


def _left(phrases: tuple[str, ...], told: set[str]) -> tuple[str, ...]:
    return tuple(phrase for phrase in phrases if normalise(phrase) not in told)


def _left_words(words: Words, told: set[str]) -> Words:
    return replace(
        words,
        own_phrases=_left(words.own_phrases, told),
        own_said=_left(words.own_said, told),
        polite=_left(words.polite, told),
        about_hours=_left(words.about_hours, told),
        about_line=_left(words.about_line, told),
        for_a_person=_left(words.for_a_person, told),
        not_for_us=_left(words.not_for_us, told),
        emergency=_left_emergency(words.emergency, told),
        nodes={name: _left_node(node, told) for name, node in words.nodes.items()},
        commands={name: _left_called(each, told) for name, each in words.commands.items()},
    )


def _left_emergency(words: EmergencyWords, told: set[str]) -> EmergencyWords:
    urgent, crisis, harmless = (_left(p, told) for p in (words.told, words.crisis_told, words.harmless))
    return replace(words, told=urgent, crisis_told=crisis, harmless=harmless)


def _left_node(node: NodeWords, told: set[str]) -> NodeWords:
    return replace(
        node,
        phrases=_left(node.phrases, told),
        also_said=_left(node.also_said, told),
        not_listed=_left(node.not_listed, told),
        items={name: _left_item(each, told) for name, each in node.items.items()},
        mentioned={name: _left_item(each, told) for name, each in node.mentioned.items()},
    )


def _left_item(item: ItemWords, told: set[str]) -> ItemWords:
    phrases, lay_words, also_said = (_left(p, told) for p in (item.phrases, item.lay_words, item.also_said))
    return replace(item, phrases=phrases, lay_words=lay_words, also_said=also_said)


def _left_called(spoken: CommandWords, told: set[str]) -> CommandWords:
    return replace(spoken, phrases=_left(spoken.phrases, told), also_said=_left(spoken.also_said, told))


def _listed(words: Words) -> Iterator[str]:
    yield from (*words.own_phrases, *words.own_said, *words.polite, *words.about_hours, *words.about_line)
    yield from (*words.for_a_person, *words.not_for_us)
    yield from (*words.emergency.told, *words.emergency.crisis_told, *words.emergency.harmless)
    for spoken in words.commands.values():
        yield from (*spoken.phrases, *spoken.also_said)
    for node in words.nodes.values():
        yield from (*node.phrases, *node.also_said, *node.not_listed)
        for item in (*node.items.values(), *node.mentioned.values()):
            yield from (*item.phrases, *item.lay_words, *item.also_said)
