"""YAML -> the plain tree, with every problem of spelling that stands in the way.

For: the one place that knows PyYAML.  It takes events only, so nothing is ever built from a tag, an alias
is refused before it can multiply, and words are never turned into numbers, dates or true and false.  A
slip stops the parser; `slips` says it in plain words and mends it in memory, and the parser starts again,
so that one reading finds them all.
Not here: what the file should hold (`shape`), how a slip is recognised (`slips`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import yaml

from ivr.script import slips
from ivr.script.lines import around, swallows_names
from ivr.script.model import Place
from ivr.script.problems import Problem, shown
from ivr.script.tree import Entry, Mapping, Sequence, Text, Tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ivr.script.source import Source

FAST_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML was built with it: twenty times as fast, with the same marks."""

MOST_SLIPS = 30
"""Slips of spelling that one reading looks for in a file."""

DEEPEST = 12
"""Lists and names inside one another; the format needs six."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file says; no tree if nothing can be made of it.

    `doubtful` are the lines around those that had to be guessed: what seems to be missing or misplaced there may
    well be right.  `slipped` are the lines with a slip of spelling; what else they seem to lack follows from that.
    """

    tree: Tree | None
    problems: tuple[Problem, ...]
    doubtful: frozenset[int] = frozenset()
    slipped: frozenset[int] = frozenset()


class TooDeepError(Exception):
    """Lists and names are nested without end; the problem itself is already noted."""


class OpenQuoteError(Exception):
    """A quote was left open, so that the words go on until the next one, over the names of other things."""

    def __init__(self, problem: Problem, quote: str) -> None:
        self.problem, self.quote = problem, quote
        super().__init__(str(problem))


@lru_cache(maxsize=8)  # the files of a line and what they were before: of a folder being edited, one is read anew
def parse(source: Source, loader: Any = FAST_LOADER) -> Parsed:
    lines, problems = list(source.lines), list(source.problems)
    doubtful = around(lines, source.guessed)
    for _ in range(MOST_SLIPS if lines else 0):
        builder = _Builder(source.file, lines, frozenset(number + 1 for number in doubtful))
        try:
            tree = builder.build(yaml.parse("\n".join(lines), Loader=loader))
        except TooDeepError:
            return Parsed(None, (*problems, *builder.problems))
        except OpenQuoteError as found:
            at = found.problem.place.line
            problems = [*(problem for problem in problems if problem.place.line < at), found.problem]
            lines = [*lines[: at - 1], lines[at - 1].rstrip() + found.quote, *source.lines[at:]]
        except yaml.YAMLError as error:
            slip = slips.recognise(lines, _stop(error))
            place = Place(source.file, slip.line + 1, slip.column + 1)
            problems.append(Problem(place, slip.what, slip.mend))
            doubtful |= set() if slip.sure else around(lines, {slip.line})
            lines = slip.lines
        else:
            slipped = frozenset(problem.place.line for problem in problems)
            quiet = [problem for problem in builder.problems if problem.place.line not in slipped]
            return Parsed(tree, (*problems, *quiet), builder.doubtful, slipped)
    return Parsed(None, tuple(problems))


def _stop(error: yaml.YAMLError) -> slips.Stop:
    """Where the parser gave up, without PyYAML's classes."""
    since, mark = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    words = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or error}"
    mark = mark or since
    began = (since.line, since.column) if since else None
    return slips.Stop(mark.line, mark.column, began, words) if mark else slips.Stop(0, 0, began, words)


@dataclass(slots=True)
class _Open:
    """A list or a mapping whose end has not come yet; in a mapping, names and values take turns."""

    place: Place
    named: bool
    braces: bool = False
    values: list[Tree] = field(default_factory=list)


class _Builder:
    """Events -> tree, noting what YAML allows and a script does not."""

    def __init__(self, file: str, lines: list[str], doubtful: frozenset[int]) -> None:
        self.file = file
        self.lines = lines
        self.doubtful = doubtful
        self.problems: list[Problem] = []
        self.open: list[_Open] = []

    def build(self, events: Iterable[Any]) -> Tree | None:
        root: Tree | None = None
        for event in events:
            done = self._take(event)
            if done is not None and self.open:
                self.open[-1].values.append(done)
            elif done is not None:
                root = done
        if root is None:
            what = "this file is empty" if not any(map(str.strip, self.lines)) else "this file holds only remarks"
            self.problems.append(Problem(Place(self.file, 1), what, "Put back the file that was here before."))
        return root

    def _take(self, event: Any) -> Tree | None:
        """What is complete with this event, if anything is."""
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event)
            return self._text(event)
        if isinstance(event, yaml.AliasEvent):
            self._note(event, f"words cannot begin with the sign * (*{shown(event.anchor or '')})", slips.QUOTE_IT)
            return Text(self._place(event), f"*{event.anchor}")
        if isinstance(event, yaml.CollectionStartEvent):
            self._refuse_marks(event)
            self._descend(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            return self._close(self.open.pop())
        return None

    def _descend(self, event: Any) -> None:
        if len(self.open) >= DEEPEST:
            what = f"here are more than {DEEPEST} brackets or steps inside one another"
            self._note(event, what, "Begin each line as far to the right as other lines of its kind.")
            raise TooDeepError
        mark = event.start_mark
        braces = self.lines[mark.line][mark.column : mark.column + 1] == "{"
        self.open.append(_Open(self._place(event), isinstance(event, yaml.MappingStartEvent), braces))

    def _close(self, done: _Open) -> Tree:
        if not done.named:
            return Sequence(done.place, tuple(done.values))
        seen: dict[str, Entry] = {}
        again: list[Entry] = []
        for key, value in zip(done.values[::2], done.values[1::2], strict=True):
            if not isinstance(key, Text):
                what = "here stands a bracket where a name should stand"
                self.problems.append(Problem(key.place, what, "Begin with a name and a colon."))
            elif key.value in seen:
                again.append(Entry(key, value))
                self._note_again(key, seen[key.value].key)
            else:
                seen[key.value] = Entry(key, value)
        return Mapping(done.place, tuple(seen.values()), done.braces, tuple(again))

    def _note_again(self, key: Text, first: Text) -> None:
        if key.place.line not in self.doubtful:
            what = f"'{shown(key.value)}' stands here a second time; the first is in line {first.place.line}"
            self.problems.append(Problem(key.place, what, "Delete one of them, or give it another name."))

    def _text(self, event: Any) -> Text:
        first, last = event.start_mark, event.end_mark
        lines = [
            line[first.column :] if n == 0 else line for n, line in enumerate(self.lines[first.line : last.line + 1])
        ]
        text = Text(self._place(event), event.value, tuple(lines), None if event.style else self._remark(last))
        slip = slips.quiet(text.value, lines) if not event.style else None
        if event.style in ("'", '"') and swallows_names(self.lines[first.line : last.line + 1]):
            mend = slips.ALSO_AT_THE_END.format(event.style)
            raise OpenQuoteError(Problem(text.place, slips.OPEN_QUOTES, mend), event.style)
        if slip is None:
            return text
        place = Place(self.file, text.place.line + slip.line, slip.column + (1 if slip.line else text.place.column))
        self.problems.append(Problem(place, slip.what, slip.mend))
        return Text(text.place, slip.lines[0], text.lines, text.remark)

    def _remark(self, end: Any) -> Place | None:
        """Where a remark begins behind words that end here, if one does."""
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        words = rest.lstrip()
        remark = words.startswith("#") and len(words) < len(rest)
        return Place(self.file, end.line + 1, len(self.lines[end.line]) - len(words) + 1) if remark else None

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor is not None:
            self._note(event, f"words cannot begin with the sign & (&{shown(event.anchor)})", slips.QUOTE_IT)
        if event.tag is not None:
            self._note(event, "words cannot begin with the sign !", slips.QUOTE_IT)

    def _note(self, event: Any, what: str, mend: str) -> None:
        self.problems.append(Problem(self._place(event), what, mend))

    def _place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
