"""What stands in a file of YAML, each thing with its place: words, lists, and names with values.

For: the plain tree between the text of a file and what it means.  Every word stays as staff typed it, so
`no`, `on`, `0` or `973-940-3166` never turn into something else.
Not here: how the tree is made (`parse`), what it should hold (`shape` and the modules that use it).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ivr.script.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Text:
    """Words, with the lines of the file on which they stand (the first from their own column on).

    `remark` is where a remark begins behind them, on the line on which they end.
    """

    place: Place
    value: str
    lines: tuple[str, ...] = field(default=(), compare=False, repr=False)
    remark: Place | None = field(default=None, compare=False, repr=False)

    @property
    def words(self) -> str:
        """The words with each stretch of spaces and line ends as one space."""
        return " ".join(self.value.split())

    def at(self, piece: str) -> Place:
        """Where in the file a piece of these words stands; their own place if it is broken over two lines."""
        for number, line in enumerate(self.lines):
            start = line.find(piece)
            if start >= 0:
                column = start + (self.place.column if number == 0 else 1)
                return Place(self.place.file, self.place.line + number, column)
        return self.place


@dataclass(frozen=True, slots=True)
class Sequence:
    place: Place
    entries: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    key: Text
    value: Tree


@dataclass(frozen=True, slots=True)
class Mapping:
    """Names with values; `braces` if it is written in curly brackets.

    `again` are entries whose name stands there a second time; they count for nothing else.
    """

    place: Place
    entries: tuple[Entry, ...]
    braces: bool = False
    again: tuple[Entry, ...] = ()

    def get(self, name: str) -> Tree | None:
        return next((entry.value for entry in self.entries if entry.key.value == name), None)


Tree = Text | Sequence | Mapping


def places(tree: Tree, address: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Place]]:
    """The address and place of everything below: of names the place of the name, in lists that of the entry."""
    if isinstance(tree, Mapping):
        for entry in tree.entries:
            below = (*address, entry.key.value)
            yield below, entry.key.place
            yield from places(entry.value, below)
    elif isinstance(tree, Sequence):
        for index, value in enumerate(tree.entries):
            below = (*address, str(index))
            yield below, value.place
            yield from places(value, below)


def texts(tree: Tree, address: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Text]]:
    """The address of all words below, with the words."""
    if isinstance(tree, Text):
        yield address, tree
        return
    below = tree.entries if isinstance(tree, Sequence) else tuple(entry.value for entry in tree.entries)
    names = map(str, range(len(below))) if isinstance(tree, Sequence) else (e.key.value for e in tree.entries)
    for name, value in zip(names, below, strict=True):
        yield from texts(value, (*address, name))


def first_text(tree: Tree | None) -> Text | None:
    """The words by which something is known: its label if it has one, else the first words in it."""
    if isinstance(tree, Text):
        return tree if tree.words else None
    if isinstance(tree, Mapping):
        label = tree.get("label")
        values = [label] if label is not None else [entry.value for entry in tree.entries]
    else:
        values = list(tree.entries) if tree is not None else []
    return next(filter(None, map(first_text, values)), None)


def first_words(tree: Tree | None) -> str:
    text = first_text(tree)
    return text.words if text else ""


def last_line(tree: Tree) -> int:
    """The last line of the file on which something of this stands."""
    if isinstance(tree, Text):
        return tree.place.line + max(len(tree.lines) - 1, 0)
    below = tree.entries if isinstance(tree, Sequence) else tuple(entry.value for entry in tree.entries)
    return max((tree.place.line, *map(last_line, below)))


def find(tree: Tree | None, address: tuple[str, ...]) -> Tree | None:
    """What stands at an address below, if anything does."""
    for name in address:
        tree = tree.get(name) if isinstance(tree, Mapping) else None
    return tree
