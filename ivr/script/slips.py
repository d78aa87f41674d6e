"""Slips of people who never wrote YAML: recognised on the line itself, said plainly, mended in memory.

For: turning the point at which a parser gave up into one sentence for staff, and giving the lines back as
they were probably meant, so that the parser can go on and find the next slip.
Not here: PyYAML (only `parse` knows it), files, and what a script should hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ivr.script import lines as text
from ivr.script.problems import shown

QUOTE_IT = 'Put the whole sentence in straight quotes ("), one at each end.'
OPEN_QUOTES, ALSO_AT_THE_END = "the quotes that begin here have no end", "Write {} also at the end of the words."
ON_NEXT_LINE = (
    'Put the whole sentence in straight quotes ("), '
    "or write > after the name and the sentence below it, further to the right."
)
CURLY_QUOTES = (
    "these are curly quotes, which would be read as part of the words",
    'Use straight quotes ("), or none at all.',
)

REMARK = (
    "what follows # is a remark, and callers never hear it",
    'Put the whole sentence in straight quotes ("), or the remark on a line of its own.',
)

GLUED = re.compile(r" *(?:- +)*(?P<key>[A-Za-z][A-Za-z ]*?):(?=[^\s:/])")
"""A name and a colon without a space after it."""

PAIRS = {"[": "]", "{": "}"}
NEVER_FIRST = "*&!%@`?]},"
"""Signs with which bare words cannot begin."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a parser gave up, counted from 0: the trouble, where what it was reading began, and its own words."""

    line: int
    column: int
    since: tuple[int, int] | None
    words: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip, counted from 0, and the lines as they were probably meant.

    `sure` is false if what follows from the mended lines may not be what staff meant.
    """

    line: int
    column: int
    what: str
    mend: str
    lines: list[str]
    sure: bool = True


def recognise(lines: list[str], stop: Stop) -> Slip:
    """The slip behind a parser's stop.  Its lines always differ from those given, so that the parser gets on."""
    here = stop if stop.line < len(lines) and lines[stop.line].strip() else _before(lines, stop)
    slips = (guess(lines, here) for guess in GUESSES)
    return next((slip for slip in slips if slip is not None and slip.lines != lines), None) or _unknown(lines, here)


def _before(lines: list[str], stop: Stop) -> Stop:
    """The same stop at the end of the last words before it."""
    filled = [number for number, line in enumerate(lines[: stop.line + 1]) if line.strip()]
    last = filled[-1] if filled else 0
    since = stop.since if stop.since and stop.since[0] < len(lines) else None
    return Stop(last, len(lines[last]), since, stop.words)


def quiet(value: str, lines: list[str]) -> Slip | None:
    """A slip in bare words that YAML allows, and that would be spoken: curly quotes, a dash out of line."""
    for number, line in enumerate(lines[1:], 1):
        if line.lstrip().startswith("- "):
            what = "this dash does not stand under the dash above it, so the two entries are read as one"
            mend = "Begin it exactly as far to the right as the entry above."
            return Slip(number, text.indent(line), what, mend, [value])
    if not value.startswith(tuple(text.CURLY)):
        return None
    ends = value.endswith((*text.CURLY, *text.QUOTES)) or not set(value[1:]) & set(text.CURLY)
    bare = value.strip(text.CURLY + text.QUOTES)
    return Slip(0, 0, *CURLY_QUOTES, [bare]) if ends and bare else None


# --- one function a slip: each looks at the line where the parser stopped ---------------------------


def _backslash(lines: list[str], stop: Stop) -> Slip | None:
    if "escape" not in stop.words:
        return None
    line = lines[stop.line]
    column = line.find("\\", max(0, stop.column - 1))
    what = "a backslash (\\) inside double quotes has a meaning of its own"
    mended = text.replaced(lines, stop.line, line.replace("\\", " "))
    return Slip(stop.line, max(column, 0), what, "Leave it out.", mended)


def _open_quote(lines: list[str], stop: Stop) -> Slip | None:
    """Quotes that begin, and end nowhere or in another line's words."""
    start = stop.since if "quoted scalar" in stop.words else _runaway_quote(lines, stop.line)
    if start is None:
        return None
    line, column = start
    mark = lines[line][column]
    return Slip(line, column, OPEN_QUOTES, ALSO_AT_THE_END.format(mark), text.plain(lines, line, column))


def _runaway_quote(lines: list[str], last: int) -> tuple[int, int] | None:
    """Quotes before a line that swallow what was plainly meant as a line of its own."""
    for number in range(last - 1, -1, -1):
        value = text.value_of(lines[number])
        mark = value[:1]
        if mark and mark in text.QUOTES and value.count(mark) == 1:
            swallowed = lines[number + 1 : last + 1]
            meant = any(text.indent(line) <= text.indent(lines[number]) for line in swallowed)
            return (number, text.value_column(lines[number])) if meant else None
        if set(value) & set(text.QUOTES):
            return None
    return None


def _early_end(lines: list[str], stop: Stop) -> Slip | None:
    """Words after closing quotes: an apostrophe inside ' ', or a sentence that merely begins with quotes."""
    line = lines[stop.line]
    column = text.value_column(line)
    mark = line[column : column + 1]
    if not mark or mark not in text.QUOTES or mark not in line[column + 1 : stop.column + 1]:
        return None
    what = "the quotes end in the middle of the words"
    mend = 'Put straight double quotes (") at both ends of the whole sentence, and none inside it.'
    return Slip(stop.line, column, what, mend, text.plain(lines, stop.line, column))


def _beside_arrow(lines: list[str], stop: Stop) -> Slip | None:
    if "block scalar" not in stop.words or stop.since is None:
        return None
    line, column = stop.since
    sign = lines[line][column : column + 1]
    what = f"words stand on the same line as the sign {sign}"
    mend = f"Begin them on the next line, a little further to the right, or leave out the {sign}."
    return Slip(line, column, what, mend, text.replaced(lines, line, lines[line][: column + 1]))


def _strange_beginning(lines: list[str], stop: Stop) -> Slip | None:
    """Words, or a name, that begin with a sign which means something in YAML: {key}, *, &, !, %, @."""
    line = lines[stop.line]
    if text.key_of(line) == "*":
        mended = text.replaced(lines, stop.line, line.replace("*", '"*"', 1))
        what, mend = "a name cannot begin with a bare star", 'Write it in straight quotes: "*":.'
        return Slip(stop.line, text.indent(line), what, mend, mended)
    column = text.value_column(line)
    sign = line[column : column + 1]
    closed = sign in PAIRS and PAIRS[sign] in line[column : stop.column + 1] and "flow" not in stop.words
    if not sign or not (closed or sign in NEVER_FIRST):
        return None
    return Slip(
        stop.line, column, f"words cannot begin with the sign {sign}", QUOTE_IT, text.plain(lines, stop.line, column)
    )


def _bracket(lines: list[str], stop: Stop) -> Slip | None:
    """A list in brackets that has no end, or has nothing between two commas."""
    began = stop.since or _open_bracket(lines, stop.line)
    if "flow" not in stop.words or began is None:
        return None
    number, column = began
    sign = lines[number][column : column + 1]
    if sign not in PAIRS:
        mended = text.plain(lines, stop.line, text.value_column(lines[stop.line]))
        return Slip(
            stop.line, stop.column, "nothing stands between two signs", "Write words before it, or delete it.", mended
        )
    mended, end = text.plain(lines, number, column), PAIRS[sign]
    if end in lines[number][column:]:
        mend = "Write its entries below one another, and put one that has a colon or a bracket in straight quotes."
        return Slip(number, column, "this list in brackets cannot be read", mend, mended, sure=False)
    mend = f"Write {end} after its last entry."
    sure = text.ends_itself(lines, number)
    return Slip(number, column, f"the bracket {sign} that begins here has no end", mend, mended, sure=sure)


def _open_bracket(lines: list[str], last: int) -> tuple[int, int] | None:
    """The nearest words above that begin with a bracket and do not close it on their line."""
    for number in range(last, -1, -1):
        value = text.value_of(lines[number])
        if value[:1] in PAIRS and PAIRS[value[0]] not in value:
            return number, text.value_column(lines[number])
    return None


def _colon(lines: list[str], stop: Stop) -> Slip | None:
    """A second colon where words were being read."""
    if "mapping values are not allowed" not in stop.words:
        return None
    line = lines[stop.line]
    column = text.value_column(line)
    if text.key_of(line) and stop.column < column:
        return _name_as_words(lines, stop) or _cut_in_two(lines, stop)
    if not text.key_of(line) and text.name_end(line) is not None:
        return _no_colon(lines, stop.line)
    if line[column : column + 1] in tuple(text.CURLY):
        return Slip(stop.line, column, *CURLY_QUOTES, text.plain(lines, stop.line, column))
    return _cut_in_two(lines, stop)


def _cut_in_two(lines: list[str], stop: Stop) -> Slip:
    what = "a colon with a space after it cuts this sentence in two"
    return Slip(stop.line, stop.column, what, ON_NEXT_LINE, text.without_colons(lines, stop.line, stop.column))


def _name_as_words(lines: list[str], stop: Stop) -> Slip | None:
    """A line with a name that is read as words of the line above: that one lacks its colon, or this is too far right."""
    number = stop.line
    above = text.above(lines, number)
    glued = _glued(lines, above)
    if glued:
        return glued
    if text.name_above(lines, number) is not None:
        return _no_colon(lines, number)
    opener = text.opener(lines, number)
    if opener is None or not text.value_of(lines[opener]):
        return _no_colon(lines, above)
    by_one = text.indent(lines[number]) - text.indent(lines[opener]) == 1
    return _out_of_step(lines, number, opener) if by_one or text.name_elsewhere(lines, number) else None


def _missing_colon(lines: list[str], stop: Stop) -> Slip | None:
    if "could not find expected ':'" not in stop.words:
        return None
    number = stop.since[0] if stop.since else stop.line
    return _glued(lines, number) or _no_colon(lines, number)


def _dash(lines: list[str], stop: Stop) -> Slip | None:
    if "sequence entries are not allowed" not in stop.words:
        return None
    what = "a list with dashes begins on the same line as its name"
    mend = "Begin the first dash on the next line, a little further to the right."
    return Slip(stop.line, stop.column, what, mend, text.plain(lines, stop.line, stop.column), sure=False)


def _misplaced(lines: list[str], stop: Stop) -> Slip | None:
    """A line that begins neither under its neighbour above nor under anything else that is open."""
    here = text.indent(lines[stop.line])
    levels = text.levels(lines, stop.line)
    if not levels or here in levels or stop.column > here:
        return None
    if text.name_above(lines, stop.line) is not None:
        return _no_colon(lines, stop.line)
    if not text.key_of(lines[stop.line]) and not text.has_dash(lines[stop.line]):
        return _no_colon(lines, stop.line)
    return _out_of_step(lines, stop.line, levels[min(levels, key=lambda level: (abs(level - here), -level))])


def _stray_dash(lines: list[str], stop: Stop) -> Slip | None:
    """An entry of a list among names, or a name among the entries of a list."""
    neighbour = text.levels(lines, stop.line).get(text.indent(lines[stop.line]))
    if neighbour is None or text.has_dash(lines[stop.line]) == text.has_dash(lines[neighbour]):
        return None
    number = stop.line if text.has_dash(lines[stop.line]) else neighbour
    opener = text.opener(lines, neighbour)
    if number == neighbour and not text.key_of(lines[number]) and opener is not None:
        return _out_of_step(lines, stop.line, opener)
    mended = text.replaced(lines, number, lines[number].replace("- ", "", 1))
    what = "the dash before this line makes it an entry of a list, and here is no list"
    mend = "Delete the dash, or begin the line below the name of its list."
    return Slip(number, text.indent(lines[number]), what, mend, mended, sure=False)


def _glued(lines: list[str], number: int) -> Slip | None:
    found = GLUED.match(lines[number])
    if not found:
        return None
    what = f"there is no space after the colon of '{shown(found['key'])}'"
    mended = text.replaced(lines, number, f"{found[0]} {lines[number][found.end() :]}")
    return Slip(number, found.end() - 1, what, "Write a space after the colon.", mended)


def _no_colon(lines: list[str], number: int) -> Slip:
    """A line, or the name above it, without a colon; unless a remark has cut the sentence off before it."""
    nameless = text.name_above(lines, number)
    number = number if nameless is None else nameless
    above = text.above(lines, number)
    remark = text.remark_column(lines[above]) if above < number else None
    if remark is not None and text.indent(lines[above]) < text.indent(lines[number]):
        mended = text.replaced(lines, above, f"{lines[above][:remark]} {lines[above][remark + 1 :]}")
        return Slip(above, remark, *REMARK, mended)
    what = "this line is neither a name with a colon nor part of the sentence above it"
    mend = "Write a colon and a space after its name, or begin it as far to the right as the sentence."
    column = text.indent(lines[number]) % text.NO_INDENT
    return Slip(number, column, what, mend, text.named(lines, number), sure=False)


def _out_of_step(lines: list[str], number: int, neighbour: int) -> Slip:
    """Two lines that belong together, of which one does not begin where it should.

    Steps are two spaces wide, so of an odd and an even line the odd one is to blame.
    """
    if text.indent(lines[neighbour]) % 2 and not text.indent(lines[number]) % 2:
        number, neighbour = neighbour, number
    name = shown(text.key_of(lines[neighbour]) or "-")
    what = (
        f"this line has {text.spoken_indent(lines[number])} before it, "
        f"but '{name}' of line {neighbour + 1} has {text.spoken_indent(lines[neighbour])}"
    )
    mended = text.moved(lines, number, text.indent(lines[neighbour]))
    return Slip(number, text.indent(lines[number]), what, f"Begin it exactly as far to the right as '{name}'.", mended)


def _unknown(lines: list[str], stop: Stop) -> Slip:
    """The last resort: the line is named, and then passed over."""
    glued = _glued(lines, stop.line)
    if glued:
        return glued
    what = "this line does not fit the lines above it"
    mend = (
        "Look in it and just above for a missing colon, quote or bracket, "
        "and begin it as far to the right as other lines of its kind."
    )
    column = min(stop.column, len(lines[stop.line]))
    full = next((n for n in range(stop.line, -1, -1) if lines[n].strip()), stop.line)
    return Slip(stop.line, column, what, mend, text.emptied(lines, full), sure=False)


Guess = Callable[[list[str], Stop], Slip | None]
GUESSES: tuple[Guess, ...] = (
    _backslash,
    _open_quote,
    _beside_arrow,
    _early_end,
    _strange_beginning,
    _bracket,
    _colon,
    _missing_colon,
    _dash,
    _misplaced,
    _stray_dash,
)
