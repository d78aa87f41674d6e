"""Words that the recogniser should expect at a place.

For: hints that follow the node and the caller's language (ASR-06), short enough for Twilio.
Not here: what words mean (`understand`), how hints are spelt in an answer (`ivr.channels`).
"""

from __future__ import annotations

from functools import lru_cache

from ivr.dialog import prompts
from ivr.dialog.choices import Action, Kind, choices
from ivr.dialog.state import State
from ivr.script.model import Script

MOST_HINTS = 150
"""Twilio takes 500; the more there are, the less each of them helps, and the longer is every answer."""

LONGEST_HINT = 100
"""Characters; Twilio refuses longer ones (error 13330)."""


def hints(script: Script, state: State) -> tuple[str, ...]:
    """The words of the place first, then languages, every node and item by name, what works everywhere, and the keys."""
    return _hints(script, state.language, tuple(choice.action for choice in choices(script, state)))


@lru_cache(maxsize=1024)
def _hints(script: Script, language: str, offered: tuple[Action, ...]) -> tuple[str, ...]:
    words = script.words[language]
    own = [phrase for action in offered for phrase in _of(script, language, action)]
    languages = [phrase for other in script.words.values() for phrase in (other.own_name, *other.own_phrases[:3])]
    nodes = [phrase for node in words.nodes.values() for phrase in (node.label, *node.phrases[:2])]
    items = [item.label for node in words.nodes.values() for item in (*node.items.values(), *node.mentioned.values())]
    everywhere = [phrase for spoken in words.commands.values() for phrase in spoken.phrases[:3]]
    keys = [spoken[0] for spoken in words.keys.values()]
    every = (hint.replace(",", " ") for hint in (*own, *languages, *nodes, *items, *everywhere, *keys))
    return tuple(dict.fromkeys(hint for hint in every if len(hint) <= LONGEST_HINT))[:MOST_HINTS]


def _of(script: Script, language: str, action: Action) -> tuple[str, ...]:
    """The label of a choice and all its phrases."""
    words = script.words[language]
    label = prompts.label(script, language, action)
    if action.kind is Kind.GO:
        return (label, *words.nodes[action.name].phrases)
    if action.kind is Kind.ITEM:
        found = prompts.item_words(words, action.name)
        return (label, *found.phrases, *found.lay_words)
    return (label, *words.commands[action.name].phrases)
