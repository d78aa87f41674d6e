"""Words of places and numbers that line.yaml does not vouch for: judged all the same.

For: telling what cannot be spoken although line.yaml is missing or spoilt, or does not know a place.
Not here: the words of what is wired (`words`), and whether a name stands where it belongs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.script import tree as trees
from ivr.script.speech import LONGEST_PHRASE, SLOT, Speech
from ivr.script.tree import Sequence, Text

if TYPE_CHECKING:
    from collections.abc import Container

    from ivr.script.shape import Field
    from ivr.script.wiring import Wiring

LABEL = "label"


def judge_unwired(file: Field, wiring: Wiring | None) -> None:
    """Judge the words under names that are not wired, taking every name and slot for right."""
    _judge_section(file, "nodes", wiring.nodes if wiring else ())
    _judge_section(file, "numbers", wiring.fields["numbers"].table() if wiring else ())


def _judge_section(file: Field, section: str, wired: Container[str]) -> None:
    if isinstance(trees.find(file.tree, (section,)), trees.Mapping):
        for name, value in file.table()[section].table().items():
            if name not in wired:
                _judge(value, Speech())


def _judge(value: Field, speech: Speech) -> None:
    """Judge all words below: a label, the phrases in a list, and sentences."""
    if isinstance(value.tree, trees.Mapping):
        for below in value.table().values():
            _judge(below, speech)
    elif isinstance(value.tree, Sequence) and value.tree.entries:
        for phrase in filter(_has_words, value.entries()):
            speech.plain(phrase, LONGEST_PHRASE)
    elif _has_words(value) and value.name == LABEL:
        speech.label(value)
    elif _has_words(value):
        speech.prompt(value, _slots(value.words()))


def _has_words(value: Field) -> bool:
    return isinstance(value.tree, Text) and bool(value.tree.words)


def _slots(words: str) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in SLOT.findall(words))
