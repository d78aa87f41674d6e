"""Lines of YAML as staff type them: their parts, their neighbours, and how one is put right in memory.

For: reading a line without a parser, after the parser has given up on it.
Not here: which slip a line shows and what staff are told (`slips`).
"""

from __future__ import annotations

import re
from collections.abc import Collection

OPENING = "\u201c\u201e\u201f\u2018\u201a\u201b"
CLOSING = "\u201d\u2019"
CURLY = OPENING + CLOSING
QUOTES = "\"'"

NO_INDENT = 999
"""The indentation of an empty line: as it never ends anything, it counts as far to the right."""

LINE = re.compile(
    r"""(?P<start>\ *(?:-\ +)*)                                    # spaces, and the dashes of a list
        (?:(?P<key>"[^"]*"\ *|'[^']*'\ *|[^\s"'\[{#:-][^:\[{]*):(?=\s|$))?  # a name and its colon
        \s*(?P<value>.*)""",
    re.VERBOSE,
)
BRACKET = re.compile(r"(?<=\S)\s+(?=[\[{])")
ARROWS = (" >", " |")

REMARK = re.compile(r"(?<=\s)#")
STEP = 2
"""Spaces before the name of a place or of a sentence, under which everything about it stands."""

NO_DOUBT = -1
"""Further to the left than any line begins."""

SIGNS = re.compile(r"[:#\[\]{}\"'`&*!|>%@?,]|^-(?= )")
"""Signs that mean something in YAML."""


def key_of(line: str) -> str:
    """The name before the colon, if the line begins with one."""
    found = LINE.match(line)
    return (found["key"] or "").strip().strip(QUOTES) if found else ""


def swallows_names(lines: list[str]) -> bool:
    """Whether words that begin in the first line go on over the names of other things: a quote was left open."""
    first = len(lines[0]) - len(lines[0].lstrip())
    return any(key_of(line) and len(line) - len(line.lstrip()) <= first for line in lines[1:])


def has_dash(line: str) -> bool:
    return line.lstrip().startswith("- ")


def value_of(line: str) -> str:
    return line[value_column(line) :].rstrip()


def value_column(line: str) -> int:
    """Where the words after the name, or after the dash, begin."""
    found = LINE.match(line)
    return found.start("value") if found else 0


def indent(line: str) -> int:
    return len(line) - len(line.lstrip()) if line.strip() else NO_INDENT


def spoken_indent(line: str) -> str:
    count = indent(line)
    return f"{count} space" if count == 1 else f"{count} spaces" if count else "no space"


def above(lines: list[str], number: int) -> int:
    """The line before, empty ones passed over."""
    return next((n for n in range(number - 1, -1, -1) if lines[n].strip()), 0)


def opener(lines: list[str], number: int) -> int | None:
    """The nearest line above that begins with a name further to the left."""
    here = indent(lines[number])
    return next((n for n in range(number - 1, -1, -1) if key_of(lines[n]) and indent(lines[n]) < here), None)


def levels(lines: list[str], number: int) -> dict[int, int]:
    """How far to the right the names and dashes begin that are still open at a line, each with its line."""
    found: dict[int, int] = {}
    for n in range(number - 1, -1, -1):
        begins = key_of(lines[n]) or has_dash(lines[n])
        if begins and not lines[n].lstrip().startswith("#") and indent(lines[n]) < min(found, default=NO_INDENT):
            found[indent(lines[n])] = n
    return found


def around(lines: list[str], guessed: Collection[int]) -> set[int]:
    """The lines that may be misread if some had to be guessed: the places to which those belong, or whole sections."""
    found: set[int] = set()
    block, until = 0, NO_DOUBT
    last = max(guessed, default=-1)
    for number, line in enumerate(lines):
        begins = NO_INDENT if line.lstrip().startswith("#") else indent(line)
        if begins <= until:
            until = NO_DOUBT
        if number > last and until == NO_DOUBT:
            break
        if number in guessed:
            step = _step(lines, number)
            found.update(range(block, number) if until == NO_DOUBT else ())
            until = step if until == NO_DOUBT else min(until, step)
        if until != NO_DOUBT:
            found.add(number)
        if begins <= STEP:
            block = number
    return found


def _step(lines: list[str], number: int) -> int:
    """Where a line begins: a place, or a section if all places seem to stand under it."""
    after = next((n for n in range(number + 1, len(lines)) if lines[n].strip()), number)
    opens = lines[number].rstrip().endswith(":") and after != number and indent(lines[after]) <= STEP
    return 0 if opens else min(indent(lines[number]), STEP)


def remark_column(line: str) -> int | None:
    """Where a remark cuts off bare words, if one does."""
    words = value_of(line)
    found = REMARK.search(words) if words and words[0] not in "\"'[{>|#" else None
    return value_column(line) + found.start() if found else None


def name_elsewhere(lines: list[str], number: int) -> bool:
    """Whether the name of a line also begins another line of the file."""
    return any(key_of(line) == key_of(lines[number]) for n, line in enumerate(lines) if n != number)


def ends_itself(lines: list[str], number: int) -> bool:
    """Whether the line after begins with a name of its own, so that nothing of this one is left over."""
    after = next((line for line in lines[number + 1 :] if line.strip()), "end:")
    return bool(key_of(after)) and indent(after) <= indent(lines[number])


def replaced(lines: list[str], number: int, line: str) -> list[str]:
    return [*lines[:number], line, *lines[number + 1 :]]


def name_above(lines: list[str], number: int) -> int | None:
    """The line above, if it begins where a name should begin, and has no colon."""
    before = above(lines, number)
    bare = before < number and not key_of(lines[before]) and not has_dash(lines[before])
    if not bare or indent(lines[before]) >= indent(lines[number]) or lines[before].lstrip().startswith("#"):
        return None
    first = above(lines, before)
    opens = bool(key_of(lines[first])) and not value_of(lines[first]) and indent(lines[first]) < indent(lines[before])
    return before if opens or indent(lines[before]) in levels(lines, before) else None


def emptied(lines: list[str], number: int) -> list[str]:
    return replaced(lines, number, "")


def plain(lines: list[str], number: int, column: int) -> list[str]:
    """The lines, with no sign left in the words of one of them, from a column on; no column moves."""
    words = SIGNS.sub(" ", lines[number][column:])
    return replaced(lines, number, lines[number][:column] + (words if words.strip() else "x"))


def name_end(line: str) -> int | None:
    """Where a name ends that is followed, without a colon, by brackets or by the sign for a sentence below."""
    line = line.rstrip()
    if line.endswith(ARROWS):
        return len(line) - len(ARROWS[0])
    found = BRACKET.search(line) if line.endswith(("]", "}", ",")) else None
    return found.start() if found else None


def named(lines: list[str], number: int) -> list[str]:
    """The lines, with a colon in one of them if something stands below it or in brackets; without that line if not."""
    after = next((line for line in lines[number + 1 :] if line.strip()), "")
    opens = bool(after) and indent(after) > indent(lines[number])
    line = lines[number].rstrip()
    behind = name_end(line)
    mended = f"{line[:behind]}: {line[behind:].lstrip()}" if behind else f"{line}:" if opens else ""
    return replaced(lines, number, mended if key_of(mended) and not key_of(lines[number]) else "")


def without_colons(lines: list[str], number: int, column: int) -> list[str]:
    line = lines[number]
    return replaced(lines, number, line[:column] + re.sub(r":(?=\s|$)", ";", line[column:]))


def moved(lines: list[str], number: int, target: int) -> list[str]:
    """The lines, with one of them and what belongs to it beginning at another column."""
    start = indent(lines[number])
    mended = list(lines)
    for n in range(number, len(lines)):
        here = indent(lines[n])
        if here == NO_INDENT:
            continue
        if here < start or (start < target and (here - start) % 2):
            break
        mended[n] = " " * (target + here - start) + lines[n].lstrip()
    return mended
