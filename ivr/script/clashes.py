"""Phrases that would lead to two places at once.

For: the same words under two nodes, items or commands of a language, and under the names of two languages.
Not here: phrases that merely sound alike (the checker), which phrase wins in a call (`ivr.dialog`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.script import tree as trees
from ivr.script.problems import shown
from ivr.script.tree import Sequence, Text, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ivr.script.shape import Field

Owner = tuple[str, ...]


def judge_phrases(file: Field, start: str) -> None:
    """Note each phrase of a language file that stands under two owners.

    The first menu and the command that leads to it are one owner, as both lead to the same place.
    """
    same: dict[Owner, Owner] = {("nodes", start): ("commands", "main menu")}
    seen: dict[str, tuple[Owner, Text]] = {}
    for found, phrase in _phrases(file.tree):
        owner = same.get(found, found)
        first, before = seen.setdefault(phrase.words.casefold(), (owner, phrase))
        if first != owner:
            what = (
                f'"{shown(phrase.words)}" stands under {_spoken(first)} (line {before.place.line}) '
                f"and under {_spoken(owner)}, so it would lead to two places"
            )
            file.misfit(what, "Keep it where callers mean it, and delete the other.", phrase.place)


def judge_own_names(files: Mapping[str, Field]) -> None:
    """Note what would ask for two languages."""
    seen: dict[str, tuple[str, Text]] = {}
    for tag, file in files.items():
        language = trees.find(file.tree, ("language",))
        for phrase in (*_text(language, "name"), *_texts(language, "phrases")):
            first, before = seen.setdefault(phrase.words.casefold(), (tag, phrase))
            if first != tag:
                what = f'"{shown(phrase.words)}" asks for two languages: it also stands at {before.place}'
                file.misfit(what, "Delete one of them.", phrase.place)


def _phrases(tree: Tree | None) -> Iterator[tuple[Owner, Text]]:
    """Every phrase with what it leads to."""
    for phrase in (*_texts(_at(tree, "emergency"), "phrases"), *_texts(_at(tree, "emergency"), "crisis phrases")):
        yield ("emergency",), phrase
    for section in ("commands", "nodes"):
        for name, value in _named(_at(tree, section)):
            yield from (((section, name), phrase) for phrase in _called(value))
            for item, words in (*_named(_at(value, "items")), *_named(_at(value, "mentioned"))):
                found = (*_called(words), *_texts(words, "lay words"))
                yield from (((section, name, item), phrase) for phrase in found)
            yield from (((section, name, "not listed"), phrase) for phrase in _texts(value, "not listed"))


def _spoken(owner: Owner) -> str:
    """An owner as a message names it: '... of' for what stands inside something else."""
    return " of ".join(f"'{shown(name)}'" for name in reversed(owner[1:] or owner))


def _at(tree: Tree | None, name: str) -> Tree | None:
    return trees.find(tree, (name,))


def _named(tree: Tree | None) -> tuple[tuple[str, Tree], ...]:
    entries = tree.entries if isinstance(tree, trees.Mapping) else ()
    return tuple((entry.key.value, entry.value) for entry in entries)


def _called(tree: Tree | None) -> tuple[Text, ...]:
    return (*_text(tree, "label"), *_texts(tree, "phrases"))


def _text(tree: Tree | None, name: str) -> tuple[Text, ...]:
    found = _at(tree, name)
    return (found,) if isinstance(found, Text) and found.words else ()


def _texts(tree: Tree | None, name: str) -> tuple[Text, ...]:
    found = _at(tree, name)
    entries = found.entries if isinstance(found, Sequence) else ()
    return tuple(entry for entry in entries if isinstance(entry, Text) and entry.words)
