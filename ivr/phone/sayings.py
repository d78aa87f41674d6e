"""What callers can say in other words, and what the line learns from, when one script follows another.

For: every phrase of a words file, with what it is said for, in the words of those who read the change.
Not here: what callers hear (`rewording`), places, keys and numbers (`changes`, which also is the way in).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ivr.script.model import EmergencyWords, ItemWords, NodeWords, Script, Words

Address = tuple[str, ...]


class Phrases(NamedTuple):
    """What callers can say, and for what, in words that follow what is said."""

    what_for: str
    said: tuple[str, ...]
    learnt: bool = False
    """Whether these are sentences from which the line learns what else is said for it."""


def said_otherwise(old: Script, new: Script, tag: str) -> Iterator[str]:
    """Sentences on what callers can say, in one language that both scripts have."""
    could, can = dict(_phrases(old.words[tag])), dict(_phrases(new.words[tag]))
    for address in (*can, *(address for address in could if address not in can)):
        if not is_gone(new, address):
            yield from _understood(could.get(address), can.get(address))


def is_gone(new: Script, address: Address) -> bool:
    """Whether it belongs to a place that is no more, which is told elsewhere in one sentence."""
    return address[0] == "nodes" and address[1] not in new.nodes


def quoted(words: str) -> str:
    return f"\u201c{words}\u201d"


def _understood(could: Phrases | None, can: Phrases | None) -> Iterator[str]:
    before, after = could.said if could else (), can.said if can else ()
    phrases = can or could
    assert phrases is not None, "one of the two has it"
    if new := [phrase for phrase in after if phrase not in before]:
        yield _told(phrases, new, "Callers can now also say", "The line now also learns from")
    if gone := [phrase for phrase in before if phrase not in after]:
        yield _told(phrases, gone, "Callers can no longer say", "The line no longer learns from")


def _told(phrases: Phrases, said: Iterable[str], callers: str, line: str) -> str:
    listed = ", ".join(map(quoted, said))
    return f"{line} {listed}, said {phrases.what_for}." if phrases.learnt else f"{callers} {listed} {phrases.what_for}."


def _phrases(words: Words) -> Iterator[tuple[Address, Phrases]]:
    for name, node in words.nodes.items():
        for rest, phrases in _node_phrases(node):
            yield ("nodes", name, *rest), phrases
    for name, command in words.commands.items():
        what_for = f'for the command "{name}"'
        yield ("commands", name), Phrases(what_for, command.phrases)
        yield ("commands", name, "also said"), Phrases(what_for, command.also_said, learnt=True)
    for key, (_, *others) in words.keys.items():
        yield ("keys", key), Phrases(f"for the key {key}", tuple(others))
    for name, same in words.same_words.items():
        yield ("same words", name), Phrases(f"in the place of {quoted(name)}", same)
    for phrases in (*_emergencies(words.emergency), *_of_the_line(words)):
        yield ("line", phrases.what_for, "learnt" if phrases.learnt else ""), phrases


def _node_phrases(node: NodeWords) -> Iterator[tuple[Address, Phrases]]:
    yield ("phrases",), Phrases(f"for {node.label}", node.phrases)
    yield ("also said",), Phrases(f"for {node.label}", node.also_said, learnt=True)
    yield ("asked with",), Phrases(f"to ask whether something is on the list {node.label}", node.asked_with)
    yield ("not listed",), Phrases(f"and hear that it is not on the list {node.label}", node.not_listed)
    for table, items in (("items", node.items), ("mentioned", node.mentioned)):
        yield from (((table, *rest), phrases) for rest, phrases in _item_phrases(items))


def _item_phrases(items: Mapping[str, ItemWords]) -> Iterator[tuple[Address, Phrases]]:
    for name, item in items.items():
        yield (name, "phrases"), Phrases(f"for {item.label}", item.phrases)
        yield (name, "also said"), Phrases(f"for {item.label}", item.also_said, learnt=True)
        yield (name, "lay words"), Phrases(f"as words that come close to {item.label}", item.lay_words)


def _emergencies(emergency: EmergencyWords) -> Iterator[Phrases]:
    danger, suicide = "to hear the emergency sentence", "to hear the sentence on suicide"
    harmless = "without hearing the emergency sentence"
    yield Phrases(danger, emergency.phrases)
    yield Phrases(danger, emergency.told, learnt=True)
    yield Phrases(suicide, emergency.crisis_phrases)
    yield Phrases(suicide, emergency.crisis_told, learnt=True)
    yield Phrases(harmless, emergency.not_phrases)
    yield Phrases(harmless, emergency.harmless, learnt=True)


def _of_the_line(words: Words) -> Iterator[Phrases]:
    yield Phrases("to get this language", words.own_phrases)
    yield Phrases("to get this language", words.own_said, learnt=True)
    yield Phrases("before a key", words.press_words)
    yield Phrases("without it meaning anything", words.fillers)
    yield Phrases("before what they do not mean", words.denials)
    yield Phrases("to put right what they said", words.corrections)
    yield Phrases("to begin a new part of a story", words.clauses)
    yield Phrases("as words from which alone the line guesses nothing", words.frames)
    yield Phrases("out of politeness, asking for nothing", words.polite, learnt=True)
    yield Phrases("to ask when somebody is there", words.about_hours, learnt=True)
    yield Phrases("to ask whether they talk to a machine", words.about_line, learnt=True)
    yield Phrases("to ask for what only a person can answer", words.for_a_person, learnt=True)
    yield Phrases("without speaking to the line", words.not_for_us, learnt=True)
