"""Phrases that would lead to two places at once.

For: the same words under two nodes, items or commands of a language, under a node and a key, and under the names of
two languages.  They are compared as in a call, without case, accents and punctuation.
Not here: phrases that merely sound alike (the checker), which phrase wins in a call (`ivr.dialog`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.script import tree as trees
from ivr.script.plain import plain
from ivr.script.problems import shown
from ivr.script.tree import Sequence, Text, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ivr.script.shape import Field

Owner = tuple[str, ...]

MAIN_MENU: Owner = ("commands", "main menu")


def judge_phrases(file: Field, start: str) -> None:
    """Note each phrase of a language file that stands under two owners, or is said for a key."""
    seen: dict[str, tuple[Owner, Text]] = {}
    keys = {plain(word.words): key for key, word in _key_words(file.tree)}
    for owner, phrase in _phrases(file.tree):
        words = plain(phrase.words)
        if not words or phrase.place.line in file.book.doubtful:
            continue
        first, before = seen.setdefault(words, (owner, phrase))
        if not _is_one_place(first, owner, start):
            what = (
                f'"{shown(phrase.words)}" stands under {_spoken(first)} (line {before.place.line}) '
                f"and under {_spoken(owner)}"
            )
            file.note(what, "Keep it where callers mean it, and delete the other.", phrase.place)
        if words in keys and owner[0] == "nodes":
            what = (
                f'"{shown(phrase.words)}" is said for key {shown(keys[words])}, so it never leads to {_spoken(owner)}'
            )
            file.note(what, "Delete it, or say it in more words.", phrase.place)


def _is_one_place(first: Owner, second: Owner, start: str) -> bool:
    """Whether two owners lead to the same place, as the first menu and its command do.

    If nobody knows which menu is the first, any may be.
    """
    if first == second:
        return True
    place = second if first == MAIN_MENU else first
    is_menu = place[0] == "nodes" and len(place) == len(MAIN_MENU) and place[1] == (start or place[1])
    return MAIN_MENU in (first, second) and is_menu


def judge_own_names(files: Mapping[str, Field]) -> None:
    """Note what would ask for two languages."""
    seen: dict[str, tuple[str, Text]] = {}
    for tag, file in files.items():
        language = trees.find(file.tree, ("language",))
        for phrase in (*_text(language, "name"), *_texts(language, "phrases")):
            words = plain(phrase.words)
            first, before = seen.setdefault(words, (tag, phrase))
            if words and first != tag and phrase.place.line not in file.book.doubtful:
                what = f'"{shown(phrase.words)}" asks for two languages: it also stands at {before.place}'
                file.note(what, "Delete one of them.", phrase.place)


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


def _key_words(tree: Tree | None) -> Iterator[tuple[str, Text]]:
    """Everything that is said for a key, with the key."""
    keys = _at(tree, "keys")
    for key, _ in _named(keys):
        yield from ((key, word) for word in _texts(keys, key))


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
