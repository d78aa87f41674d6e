"""Lines of YAML as staff type them: their parts, their neighbours, and how one is put right in memory.

For: reading a line without a parser, after the parser has given up on it.
Not here: which slip a line shows and what staff are told (`slips`).
"""

from __future__ import annotations

import re

OPENING = "\u201c\u201e\u201f\u2018\u201a\u201b"
CLOSING = "\u201d\u2019"
CURLY = OPENING + CLOSING
QUOTES = "\"'"

NO_INDENT = 999
"""The indentation of an empty line: as it never ends anything, it counts as far to the right."""

LINE = re.compile(
    r"""(?P<start>\ *(?:-\ +)*)                                    # spaces, and the dashes of a list
        (?:(?P<key>"[^"]*"\ *|'[^']*'\ *|[^\s"'\[{#:-][^:]*):(?=\s|$))?  # a name and its colon
        \s*(?P<value>.*)""",
    re.VERBOSE,
)
SIGNS = re.compile(r"[:#\[\]{}\"'`&*!|>%@?,]|^-(?= )")
"""Signs that mean something in YAML."""


def key_of(line: str) -> str:
    """The name before the colon, if the line begins with one."""
    found = LINE.match(line)
    return (found["key"] or "").strip().strip(QUOTES) if found else ""


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


def name_elsewhere(lines: list[str], number: int) -> bool:
    """Whether the name of a line also begins another line of the file."""
    return any(key_of(line) == key_of(lines[number]) for n, line in enumerate(lines) if n != number)


def ends_itself(lines: list[str], number: int) -> bool:
    """Whether the line after begins with a name of its own, so that nothing of this one is left over."""
    after = next((line for line in lines[number + 1 :] if line.strip()), "end:")
    return bool(key_of(after)) and indent(after) <= indent(lines[number])


def replaced(lines: list[str], number: int, line: str) -> list[str]:
    return [*lines[:number], line, *lines[number + 1 :]]


def emptied(lines: list[str], number: int) -> list[str]:
    return replaced(lines, number, "")


def plain(lines: list[str], number: int, column: int) -> list[str]:
    """The lines, with no sign left in the words of one of them, from a column on; no column moves."""
    words = SIGNS.sub(" ", lines[number][column:])
    return replaced(lines, number, lines[number][:column] + (words if words.strip() else "x"))


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
