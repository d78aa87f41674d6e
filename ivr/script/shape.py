"""What a file should hold, asked of its tree: names, words, lists, whole numbers, one of several.

For: `Field`, a value together with its name and address.  A wrong or missing value is reported once and
reads as empty, so that whoever asks can carry on without a look at what came back.
Not here: what the names mean, and how words are judged (`speech`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from ivr.script import tree as trees
from ivr.script.problems import CLOSE_ENOUGH, SURELY, Problem, instead, listed, meant, shown
from ivr.script.slips import ON_NEXT_LINE, QUOTE_IT
from ivr.script.tree import Entry, Sequence, Text, Tree, first_text, first_words, last_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ivr.script.model import Place, Waiver

Answer = TypeVar("Answer")

WHOLE_NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)
ELSEWHERE = "If it belongs somewhere else, begin it as far to the right as its neighbours there."
NEED_STRAIGHT_QUOTES = ("*", "#")
"""Names that YAML would take for something else."""


@dataclass(frozen=True, slots=True)
class Original:
    """The file from which a translation is made, to tell staff what the missing words are.

    Words on lines with a slip are not repeated, as they were mended.
    """

    language: str
    tree: Tree
    slipped: frozenset[int] = frozenset()

    def words(self, address: tuple[str, ...]) -> str:
        text = first_text(trees.find(self.tree, address))
        lines = range(text.place.line, last_line(text) + 1) if text else ()
        return shown(text.words) if text and not self.slipped.intersection(lines) else ""


@dataclass(frozen=True, slots=True)
class Book:
    """One file while it is read, with its problems so far.

    Around lines that had to be guessed all are `doubtful`: nothing is said about what is missing or misplaced there.
    Of the lines in `slipped` enough has been said.  The `waivers` have been taken out of what its fields hold.
    """

    file: str
    problems: list[Problem] = field(default_factory=list)
    doubtful: frozenset[int] = frozenset()
    slipped: frozenset[int] = frozenset()
    original: Original | None = None
    content: str = ""
    waivers: tuple[Waiver, ...] = ()

    def note(self, place: Place, what: str, mend: str) -> None:
        if place.line not in self.slipped:
            self.problems.append(Problem(place, what, mend))


@dataclass(frozen=True, slots=True)
class Field:
    """A value of the file with its name and address.  `tree` is None if it is missing or was of the wrong kind."""

    book: Book
    address: tuple[str, ...]
    place: Place
    tree: Tree | None

    def __bool__(self) -> bool:
        return self.tree is not None

    @property
    def name(self) -> str:
        return self.address[-1] if self.address else self.book.file

    def note(self, what: str, mend: str, place: Place | None = None) -> None:
        """Report what is wrong with this value itself."""
        self.book.note(place or self.place, what, mend)

    def misfit(self, what: str, mend: str, place: Place | None = None) -> None:
        """Report what is wrong with where something stands; not if that had to be guessed."""
        if self.certain:
            self.note(what, mend, place)

    @property
    def certain(self) -> bool:
        """Whether all of this stands where staff wrote it, and nothing of it elsewhere."""
        if not self.book.doubtful:
            return True
        end = last_line(self.tree) if self.tree else self.place.line
        return not self.book.doubtful.intersection(range(self.place.line, end + 1))

    # --- names with values ---

    def table(self) -> dict[str, Field]:
        """Every name with its value, in the order of the file."""
        if self.tree is None:
            return {}
        if not isinstance(self.tree, trees.Mapping):
            self._no_table(self.tree)
            return {}
        return {entry.key.value: self._below(entry) for entry in self.tree.entries}

    def named(self, needed: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Field]:
        """The values of exactly these names; one that is missing reads as empty."""
        needed = tuple(needed)
        known = (*needed, *optional)
        table = self.table()
        free = [name for name in known if name not in table]
        strange = [name for name in table if name not in known]
        likeness = CLOSE_ENOUGH if self.certain else SURELY
        misspelt = {name: meant(name, free, likeness) for name in strange}
        for name, close in misspelt.items():
            self._strange(table[name], close, likeness)
        for name in needed if isinstance(self.tree, trees.Mapping) else ():
            if name not in table and name not in misspelt.values():
                self._missing(name)
        return {name: table.get(name) or self.nothing(name) for name in known}

    def each(self, needed: Iterable[str], read: Callable[[Field], Answer]) -> dict[str, Answer]:
        """What `read` makes of each of exactly these names."""
        return {name: read(value) for name, value in self.named(needed).items()}

    def nothing(self, name: str) -> Field:
        """A value that is not there, of which enough has been said."""
        return Field(self.book, (*self.address, name), self.place, None)

    def _below(self, entry: Entry) -> Field:
        return Field(self.book, (*self.address, entry.key.value), entry.key.place, entry.value)

    def _no_table(self, tree: Tree) -> None:
        empty = isinstance(tree, Text) and not tree.words
        what = f"nothing stands under '{shown(self.name)}'"
        mend = "Below it stand names, each with a colon and its words, two spaces further to the right."
        self.misfit(what if empty else f"'{shown(self.name)}' must hold names with values", mend)

    def _strange(self, value: Field, close: str | None, likeness: int) -> None:
        """Report a name that has no meaning here; among guesses, only if it cannot but be another."""
        if isinstance(self.tree, trees.Mapping) and self.tree.braces and not first_words(value.tree):
            value.misfit(f"a comma cuts these words in two before '{shown(value.name)}'", QUOTE_IT)
            return
        where = f"under '{shown(self.name)}'" if self.address else "at the beginning of a line"
        if not close and likeness == SURELY:
            return
        mend = f"Did you mean '{close}'?" if close else f"Delete it. {ELSEWHERE}"
        value.misfit(f"'{shown(value.name)}' has no meaning {where}", mend)

    def _missing(self, name: str) -> None:
        original = self.book.original
        words = original.words((*self.address, name)) if original else ""
        where = f"under '{shown(self.name)}'" if self.address else "at the beginning of a line"
        if original and words:
            what = f"missing '{name}'; in {original.language} it is \"{words}\""
            self.misfit(what, f"Translate it, and write it {where}.")
            return
        key = f'"{name}":' if name in NEED_STRAIGHT_QUOTES else f"{name}:"
        self.misfit(f"missing '{name}'", f"Write {key} {where}, and what belongs to it after the colon.")

    # --- words ---

    def text(self) -> Text | None:
        """Words that are not empty."""
        if isinstance(self.tree, Text) and self.tree.words:
            return self.tree
        if isinstance(self.tree, Text):
            self._no_words(self.tree)
        elif self.tree is not None:
            self._no_text(self.tree)
        return None

    def words(self) -> str:
        text = self.text()
        return text.words if text else ""

    def entries(self) -> tuple[Field, ...]:
        """The entries of a list that is not empty."""
        if self.tree is None:
            return ()
        if not isinstance(self.tree, Sequence) or not self.tree.entries:
            example = shown(self.tree.words) if isinstance(self.tree, Text) else ""
            mend = f"Write it in square brackets: [{example or 'one, two'}], or one below the other, each after a dash."
            self.misfit(f"'{shown(self.name)}' must be a list of at least one", mend)
            return ()
        return tuple(
            Field(self.book, (*self.address, str(index)), entry.place, entry)
            for index, entry in enumerate(self.tree.entries)
        )

    def one_or_more(self) -> tuple[Field, ...]:
        """The entries of a list, or the one text that stands here instead of a list."""
        return self.entries() if isinstance(self.tree, Sequence) else (self,) if self else ()

    def _no_words(self, tree: Text) -> None:
        remark = any(line.lstrip().startswith("#") for line in tree.lines[:1])
        mend = f"What follows # is a remark. {QUOTE_IT}" if remark else "Write the words."
        self.misfit(f"nothing stands {self._where('after')}", mend)

    def _no_text(self, tree: Tree) -> None:
        if isinstance(tree, trees.Mapping) and tree.braces:
            self.misfit(f"the words {self._where('after')} begin with a curly bracket", QUOTE_IT, tree.place)
        elif isinstance(tree, trees.Mapping) and len(tree.entries) == 1:
            key = tree.entries[0].key
            what = f"a colon with a space after it cuts this sentence in two, after '{shown(key.value)}'"
            self.misfit(what, ON_NEXT_LINE, key.place)
        else:
            kind = "names with values" if isinstance(tree, trees.Mapping) else "a list"
            mend = "Write one sentence, without square brackets and dashes."
            self.misfit(f"words must stand {self._where('after')}, not {kind}", mend)

    def _where(self, word: str) -> str:
        entry = self.tree is not None and self.place == self.tree.place
        return "in this entry of the list" if entry else f"{word} '{shown(self.name)}'"

    # --- numbers and choices ---

    def number(self, low: int, high: int, default: int) -> int:
        text = self.text()
        if text is None:
            return default
        if not WHOLE_NUMBER.fullmatch(text.words) or not low <= int(text.words) <= high:
            what = f"'{shown(text.words)}' is not a whole number from {low} to {high}"
            self.note(what, "Write it in digits, without a unit.", text.place)
            return default
        return int(text.words)

    def choice(self, names: Iterable[str], default: str) -> str:
        text = self.text()
        known = tuple(names)
        if text is None or text.words in known:
            return text.words if text else default
        what = f"'{shown(text.words)}' cannot stand {self._where('after')}, only {listed(known, 'or')}"
        self.note(what, instead(text.words, known), text.place)
        return default
