"""What is wrong in staff's files, said so that staff can mend it.

For: one problem as a value, the error that carries all of them, and the small ways of speaking that every
message shares: how a word of the file is quoted, what was probably meant.
Not here: what counts as a problem (the modules that read), how problems are printed (the command line).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ivr.script.model import Place

CLOSE_ENOUGH = 55
"""Likeness (0 to 100) from which a name is offered as what was meant."""

SURELY = 75
"""Likeness from which a name cannot but be meant."""

MOST_NAMES = 1000
"""Names among which the one that was meant is looked for, so that a file of nonsense is refused before long."""

SHOWN = 40
"""Characters of staff's own words that a message repeats."""

FEW = 12
"""Names that a message still lists all."""

MOST_LISTED = 100
"""Characters of such a list."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: where, what, and what to write instead.

    `what` is a sentence without its full stop; `mend` is one or two whole sentences.
    """

    place: Place
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}. {self.mend}"


class ScriptError(Exception):
    """A script that cannot be used, with all that is wrong in it, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def shown(words: str) -> str:
    """Staff's own words inside a message: on one line, printable, and not too long."""
    line = "".join(character if character.isprintable() else " " for character in " ".join(words.split()))
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1].rstrip()}\u2026"


def listed(names: Iterable[str], join: str = "and") -> str:
    """Names as a message lists them: 'a', 'b' and 'c'."""
    quoted = [f"'{shown(name)}'" for name in names]
    return f" {join} ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))


def meant(word: str, names: Iterable[str], likeness: int = CLOSE_ENOUGH) -> str | None:
    """The one of the names that was probably meant; capitals decide only between such as are equally like it."""
    few = tuple(islice(names, MOST_NAMES))
    found = process.extract(word, few, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=likeness, limit=FEW)
    return max(found, key=lambda each: (each[1], fuzz.ratio(word, each[0])))[0] if found else None


def instead(word: str, names: Iterable[str], otherwise: str = "Look for a misspelt name.") -> str:
    """What to write instead of a word that is none of the names; `otherwise`, where these are many and unlike it."""
    known = tuple(names)
    close = meant(word, known)
    if close is not None:
        return f"Did you mean '{close}'?"
    names = listed(known, "or") if len(known) <= FEW else ""
    return f"Write {names}." if 0 < len(names) <= MOST_LISTED else otherwise
