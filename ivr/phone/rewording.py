"""What callers will hear in other words, and what they can say in other words, when one script follows another.

For: every text of a words file as it sounds, with the place at which it is heard, compared sentence by sentence.
Not here: places, keys and numbers (`changes`, which also is the way in).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ivr.channels import plain
from ivr.dialog import prompts
from ivr.script.catalogue import KEY_SLOTS
from ivr.script.model import ItemWords, NodeWords, Prompt, Script, Words

Address = tuple[str, ...]

_SENTENCES = re.compile(r"(?<=[.?!])\s+")


class Text(NamedTuple):
    """Something that is heard: where, in words that follow "callers will hear", and the words themselves."""

    where: str
    heard: str


class Phrases(NamedTuple):
    """What callers can say, and for what."""

    what_for: str
    said: tuple[str, ...]


def reworded(old: Script, new: Script, tag: str) -> Iterator[str]:
    """Sentences about one language that both scripts have."""
    before, after = dict(_texts(old, tag)), dict(_texts(new, tag))
    for address in (*after, *(address for address in before if address not in after)):
        if not _is_gone(new, address):
            yield from _heard(before.get(address), after.get(address))
    could, can = dict(_phrases(old.words[tag])), dict(_phrases(new.words[tag]))
    for address in (*can, *(address for address in could if address not in can)):
        if not _is_gone(new, address):
            yield from _understood(could.get(address), can.get(address))
    yield from _pronounced(old.words[tag], new.words[tag])


def _is_gone(new: Script, address: Address) -> bool:
    """Whether it belongs to a place that is no more, which is told elsewhere in one sentence."""
    return address[0] == "nodes" and address[1] not in new.nodes


# --- what is heard -------------------------------------------------------------------------------


def _heard(before: Text | None, after: Text | None) -> Iterator[str]:
    was, becomes = _differing(before.heard if before else "", after.heard if after else "")
    text = after or before
    assert text is not None, "one of the two has it"
    if was and becomes:
        yield _ended(f"{text.where} callers will hear {_quoted(becomes)} instead of {_quoted(was)}")
    elif becomes:
        yield _ended(f"{text.where} callers will also hear {_quoted(becomes)}")
    elif was:
        yield _ended(f"{text.where} callers will no longer hear {_quoted(was)}")


def _ended(sentence: str) -> str:
    """With a full stop, unless the words at its end bring their own."""
    return sentence if sentence[-2] in ".?!" else f"{sentence}."


def _differing(before: str, after: str) -> tuple[str, str]:
    """The sentences in which two texts differ, without those at the beginning and the end that they share."""
    old, new = _SENTENCES.split(before), _SENTENCES.split(after)
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return " ".join(old), " ".join(new)


def _quoted(words: str) -> str:
    return f"\u201c{words}\u201d"


def _texts(script: Script, tag: str) -> Iterator[tuple[Address, Text]]:
    words = script.words[tag]
    for name, node in words.nodes.items():
        for rest, where, heard in _node_texts(script, words, node):
            yield ("nodes", name, *rest), Text(where, heard)
    for address, where, prompt in _line_prompts(words):
        yield address, Text(where, _sound(script, words, prompt))
    for name, command in words.commands.items():
        yield ("commands", name), Text(f'For the command "{name}"', command.label)
    for key, (spoken, *_) in words.keys.items():
        yield ("keys", key), Text(f"For the key {key}", spoken)
    for name, who in words.numbers.items():
        yield ("numbers", name), Text(f'For the number "{name}"', who)
    for section, said in (("days", words.days), ("times", words.times)):
        for name, spoken in said.items():
            yield (section, name), Text(f"For an opening {name if section == 'days' else f'at {name}'}", spoken)
    for name, usual in words.hours.items():
        yield ("hours", name), Text(f"On the hours of {words.numbers.get(name, name)}", usual)
    yield ("language",), Text("As the name of the language", words.own_name)


def _line_prompts(words: Words) -> Iterator[tuple[Address, str, Prompt]]:
    emergency = words.emergency
    yield ("emergency", "say"), "At the beginning of every call", emergency.say
    yield ("emergency", "crisis"), "After words of suicide", emergency.crisis
    yield ("emergency", "still here"), "After words of an emergency", emergency.still_here
    for name, versions in words.sentences.items():
        for number, prompt in enumerate(versions):
            try_ = f", try {number + 1}," if len(versions) > 1 else ""
            yield ("sentences", name, str(number)), f'In the sentence "{name}"{try_}', prompt


def _node_texts(script: Script, words: Words, node: NodeWords) -> Iterator[tuple[Address, str, str]]:
    where = f"At {node.label}"
    yield ("label",), where, node.label
    for name, prompt in (("intro", node.intro), ("help", node.help), ("text", node.text)):
        if prompt:
            yield (name,), f"{where}, in the help," if name == "help" else where, _sound(script, words, prompt)
    for name, prompt in node.parts.items():
        yield ("parts", name), where, _sound(script, words, prompt)
    for table, items in (("items", node.items), ("mentioned", node.mentioned)):
        for name, item in items.items():
            yield (table, name, "label"), where, item.label
            if item.answer:
                answer = _sound(script, words, item.answer)
                yield (table, name, "answer"), f"{where}, asked for {item.label},", answer


def _sound(script: Script, words: Words, prompt: Prompt) -> str:
    """A prompt as it sounds; what depends on the caller is left open."""
    open_slots = [slot for slot in prompt.slots if slot not in KEY_SLOTS and slot not in script.numbers]
    given = {slot.replace(" ", "_"): "\u2026" for slot in open_slots}
    return plain.text(prompts.say(words.language, *prompts.fill(script, words, prompt, **given)))


# --- what is understood --------------------------------------------------------------------------


def _understood(could: Phrases | None, can: Phrases | None) -> Iterator[str]:
    before, after = could.said if could else (), can.said if can else ()
    phrases = can or could
    assert phrases is not None, "one of the two has it"
    if new := [phrase for phrase in after if phrase not in before]:
        yield f"Callers can now also say {_listed(new)} {phrases.what_for}."
    if gone := [phrase for phrase in before if phrase not in after]:
        yield f"Callers can no longer say {_listed(gone)} {phrases.what_for}."


def _listed(phrases: Iterable[str]) -> str:
    return ", ".join(map(_quoted, phrases))


def _phrases(words: Words) -> Iterator[tuple[Address, Phrases]]:
    for name, node in words.nodes.items():
        for rest, phrases in _node_phrases(node):
            yield ("nodes", name, *rest), phrases
    for name, command in words.commands.items():
        yield ("commands", name), Phrases(f'for the command "{name}"', command.phrases)
    for key, (_, *others) in words.keys.items():
        yield ("keys", key), Phrases(f"for the key {key}", tuple(others))
    emergency = words.emergency
    yield ("emergency", "phrases"), Phrases("to hear the emergency sentence", emergency.phrases)
    yield ("emergency", "crisis"), Phrases("to hear the sentence on suicide", emergency.crisis_phrases)
    yield ("emergency", "not"), Phrases("without hearing the emergency sentence", emergency.not_phrases)
    yield ("language",), Phrases("to get this language", words.own_phrases)
    yield ("press words",), Phrases("before a key", words.press_words)
    yield ("fillers",), Phrases("without it meaning anything", words.fillers)


def _node_phrases(node: NodeWords) -> Iterator[tuple[Address, Phrases]]:
    yield ("phrases",), Phrases(f"for {node.label}", node.phrases)
    yield ("not listed",), Phrases(f"and hear that it is not on the list {node.label}", node.not_listed)
    for table, items in (("items", node.items), ("mentioned", node.mentioned)):
        yield from (((table, *rest), phrases) for rest, phrases in _item_phrases(items))


def _item_phrases(items: Mapping[str, ItemWords]) -> Iterator[tuple[Address, Phrases]]:
    for name, item in items.items():
        yield (name, "phrases"), Phrases(f"for {item.label}", item.phrases)
        yield (name, "lay words"), Phrases(f"as words that come close to {item.label}", item.lay_words)


def _pronounced(old: Words, new: Words) -> Iterator[str]:
    for name in dict.fromkeys((*new.terms, *old.terms)):
        was, becomes = ((term.sounds_like if (term := words.terms.get(name)) else "") for words in (old, new))
        if was != becomes:
            how = f"will sound like {_quoted(becomes)}" if becomes else "will sound as the voice says it by itself"
            yield f"The word {_quoted(name)} {how}."
