"""What is understood in a language: every phrase of a script, in the form in which it is compared.

For: learning, once for each script and language, which words mean what.
Not here: judging an utterance (`understand`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ivr.dialog.choices import Action, Kind, command, go, item
from ivr.dialog.normal import normalise
from ivr.script.catalogue import LOCAL_COMMANDS
from ivr.script.model import Script, Words


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """`phrases` lead to what they mean anywhere; `local` ones only where the line offers their command."""

    phrases: Mapping[str, Action]
    local: Mapping[str, Action]
    keys: Mapping[str, str]
    press_words: frozenset[str]
    fillers: frozenset[str]
    emergency: frozenset[str]
    crisis: frozenset[str]
    no_emergency: frozenset[str]


@lru_cache(maxsize=64)
def vocabulary(script: Script, language: str) -> Vocabulary:
    words = script.words[language]
    urgent = words.emergency
    return Vocabulary(
        phrases=dict(_phrases(script, words)),
        local={p: command(name) for name in LOCAL_COMMANDS for p in _said(words.commands[name].phrases)},
        keys={said: key for key, spoken in words.keys.items() for said in _said(spoken)},
        press_words=_said(words.press_words),
        fillers=_said(words.fillers),
        emergency=_said(urgent.phrases),
        crisis=_said(urgent.crisis_phrases),
        no_emergency=_said(urgent.not_phrases),
    )


def _said(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(normalise(phrase) for phrase in phrases)


def _phrases(script: Script, words: Words) -> Iterable[tuple[str, Action]]:
    """Weakest claim first, because a later one takes its place: list items, nodes, commands, languages."""
    for name, node in words.nodes.items():
        yield from ((p, Action(Kind.UNLISTED, name)) for p in _said(node.not_listed))
    for node in words.nodes.values():
        for table in (node.items, node.mentioned):
            for key, found in table.items():
                yield from ((p, Action(Kind.CLOSEST, key)) for p in _said(found.lay_words))
                yield from ((p, item(key)) for p in _said((found.label, *found.phrases)))
    for name, node in words.nodes.items():
        yield from ((p, go(name)) for p in _said((node.label, *node.phrases)))
    for name, spoken in words.commands.items():
        if name not in LOCAL_COMMANDS:
            yield from ((p, command(name)) for p in _said((spoken.label, *spoken.phrases)))
    for tag in script.languages:
        other = script.words[tag]
        yield from ((p, Action(Kind.LANGUAGE, tag)) for p in _said((other.own_name, *other.own_phrases)))
