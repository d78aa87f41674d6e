"""What callers will hear in other words when one script follows another.

For: every text of a words file as it sounds, with the place at which it is heard, compared sentence by sentence.
Not here: what callers can say (`sayings`); places, keys and numbers (`changes`, which also is the way in).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ivr.channels import plain
from ivr.dialog import prompts
from ivr.phone.sayings import Address, is_gone, quoted
from ivr.script.catalogue import KEY_SLOTS
from ivr.script.model import NodeWords, Prompt, Script, Words

_SENTENCES = re.compile(r"(?<=[.?!])\s+")


class Text(NamedTuple):
    """Something that is heard: where, in words before "callers will hear", and the words themselves; or that is read."""

    where: str
    heard: str
    how: str = "hear"


def reworded(old: Script, new: Script, tag: str) -> Iterator[str]:
    """Sentences about one language that both scripts have."""
    before, after = dict(_texts(old, tag)), dict(_texts(new, tag))
    for address in (*after, *(address for address in before if address not in after)):
        if not is_gone(new, address):
            yield from _heard(before.get(address), after.get(address))
    yield from _pronounced(old.words[tag], new.words[tag])


def _pronounced(old: Words, new: Words) -> Iterator[str]:
    for name in dict.fromkeys((*new.terms, *old.terms)):
        was, becomes = ((term.sounds_like if (term := words.terms.get(name)) else "") for words in (old, new))
        if was != becomes:
            how = f"will sound like {quoted(becomes)}" if becomes else "will sound as the voice says it by itself"
            yield f"The word {quoted(name)} {how}."


# --- what is heard -------------------------------------------------------------------------------


def _heard(before: Text | None, after: Text | None) -> Iterator[str]:
    was, becomes = _differing(before.heard if before else "", after.heard if after else "")
    text = after or before
    assert text is not None, "one of the two has it"
    if was and becomes:
        yield _ended(f"{text.where} callers will {text.how} {quoted(becomes)} instead of {quoted(was)}")
    elif becomes:
        yield _ended(f"{text.where} callers will also {text.how} {quoted(becomes)}")
    elif was:
        yield _ended(f"{text.where} callers will no longer {text.how} {quoted(was)}")


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


def _texts(script: Script, tag: str) -> Iterator[tuple[Address, Text]]:
    words = script.words[tag]
    for name, node in words.nodes.items():
        for rest, text in _node_texts(script, words, node):
            yield ("nodes", name, *rest), text
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


def _node_texts(script: Script, words: Words, node: NodeWords) -> Iterator[tuple[Address, Text]]:
    where = f"At {node.label}"
    yield ("label",), Text(where, node.label)
    for name, how, prompt in (("intro", "", node.intro), ("help", ", in the help,", node.help)):
        if prompt:
            yield (name,), Text(where + how, _sound(script, words, prompt))
    for name, prompt in node.parts.items():
        yield ("parts", name), Text(where, _sound(script, words, prompt))
    for name, prompt in {"": node.text, **node.texts}.items():
        if prompt:
            yield ("text", name), Text(f"{where}, in text messages,", _sound(script, words, prompt), "read")
    for table, items in (("items", node.items), ("mentioned", node.mentioned)):
        for name, item in items.items():
            yield (table, name, "label"), Text(where, item.label)
            if item.answer:
                answer = _sound(script, words, item.answer)
                yield (table, name, "answer"), Text(f"{where}, asked for {item.label},", answer)


def _sound(script: Script, words: Words, prompt: Prompt) -> str:
    """A prompt as it sounds; what depends on the caller is left open."""
    open_slots = [slot for slot in prompt.slots if slot not in KEY_SLOTS and slot not in script.numbers]
    given = {slot.replace(" ", "_"): "\u2026" for slot in open_slots}
    return plain.text(prompts.say(words.language, *prompts.fill(script, words, prompt, **given)))
