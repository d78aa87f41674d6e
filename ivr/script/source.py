"""The text of a file that staff saved: bytes -> lines, with everything mended that a parser would trip over.

For: the size limit, UTF-8, byte-order marks and line ends, characters that cannot be seen, tabs.  What is
harmless (a byte-order mark, CRLF, a tab between words) is silently read.
Not here: YAML (`parse`), the meaning of the words.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ivr.script.lines import key_of
from ivr.script.model import Place
from ivr.script.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST_FILE = 1024 * 1024
"""Bytes.  The sample's English words are about 200 kB, nearly all of them what callers have said; an office that collects
more for years stays far below, and the worst file of this size is still refused within seconds."""

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
DOCUMENTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF")
"""How a file of Word, of LibreOffice, in rich text or PDF begins."""

AS_UTF8 = "In your editor, choose Save As and the encoding UTF-8."

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\ufeff\ufff0-\ufffb\ufffe\uffff]"
)
"""Control characters, and characters without width that are pasted along from web pages and word processors."""

PICTURE = re.compile(
    "[\u20e3\u2190-\u21ff\u231a-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u303d\U0001f000-\U0001faff]"
)
"""Smileys, arrows and other small pictures."""

OF_A_PICTURE = re.compile(f"(?<={PICTURE.pattern})[\u200d\ufe0f]+|\ufe0f(?=\u20e3)")
"""What cannot be seen, and is part of a picture: no fault of its own."""

INDENTATION = re.compile(r"[^\S\n]*(?:-[^\S\n]+)*")
DIVIDER = re.compile(r"(?:---|\.\.\.)(?:\s|$)")
"""Lines with which YAML parts several files inside one."""

STEP = 2
"""Spaces by which what belongs to a line begins further to the right."""

FURTHEST = 40
"""Spaces, far more than a script needs: tabs beyond are taken for no deeper step."""


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of a file, mended where they had to be, and the problems that this brought to light.

    `guessed` are the lines, counted from 0, of which the mending was a guess, so that what follows from it may be
    wrong.  `content` is the text as it was saved, but for a byte-order mark and the ends of lines.
    """

    file: str
    content: str
    lines: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    guessed: frozenset[int] = frozenset()


def load(path: Path) -> Source:
    """The lines of a file; none if it cannot be read as text at all."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        why = error.strerror or type(error).__name__
        return _refused(path.name, f"this file cannot be opened ({why})", "Check that it is a file and may be read.")
    return from_bytes(path.name, data)


@lru_cache(maxsize=8)  # as `parse` remembers: what was not saved anew is not read anew
def from_bytes(file: str, data: bytes) -> Source:
    """The lines in the bytes of a file.

    A byte that is not UTF-8 is reported once, as saving the file anew mends them all.
    """
    if data.startswith(DOCUMENTS):
        what = "this file is a document of a word processor or an archive, and not plain text"
        return _refused(file, what, "Save its words as plain text (UTF-8), or put back the file that was here before.")
    if data.startswith(UTF16) or b"\x00" in data[:4]:
        return _refused(file, "this file is not saved as UTF-8 but as UTF-16 or the like", AS_UTF8)
    if len(data) > LARGEST_FILE:
        what = f"this file is larger than {LARGEST_FILE // 1024} kilobytes, which no script needs"
        return _refused(file, what, "Put back the file that was here before, or take out what is no script.")
    try:
        return from_text(file, normal(data.decode()))
    except UnicodeDecodeError as error:
        before = normal(data[: error.start].decode(errors="replace")).split("\n")
        place = Place(file, len(before), len(before[-1]) + 1)
        problem = Problem(place, "this character is not saved as UTF-8", AS_UTF8)
        rest = from_text(file, normal(data.decode("cp1252", errors="replace")))
        return Source(file, rest.content, rest.lines, (problem, *rest.problems), rest.guessed)


def normal(text: str) -> str:
    """The text without a byte-order mark, every line ending in a line feed."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def from_text(file: str, text: str) -> Source:
    lines = text.split("\n")
    problems = [*_unseen(file, lines), *_tabs(file, lines), *_dividers(file, lines)]
    mended = _indent([UNSEEN.sub(" ", line) for line in lines])
    for number in _parting(lines):
        mended[number] = ""
    guessed = frozenset(number for number, line in enumerate(lines) if line.strip() and "\t" in indentation(line))
    return Source(file, text, tuple(mended), tuple(problems), guessed)


def indentation(line: str) -> str:
    """The space before the first word of a line, with the dashes of a list."""
    found = INDENTATION.match(line)
    return found[0] if found else ""


def _refused(file: str, what: str, mend: str) -> Source:
    return Source(file, "", (), (Problem(Place(file, 1), what, mend),))


def _unseen(file: str, lines: list[str]) -> Iterator[Problem]:
    for number, line in enumerate(lines, 1):
        found = UNSEEN.search(OF_A_PICTURE.sub(lambda part: "." * len(part[0]), line))
        if found:
            name = unicodedata.name(found[0], f"character {ord(found[0])}").lower()
            what = f"here is a character that cannot be seen ({name})"
            yield Problem(
                Place(file, number, found.start() + 1), what, "Delete it, and type the word before and after it again."
            )


def _tabs(file: str, lines: list[str]) -> Iterator[Problem]:
    for number, line in enumerate(lines, 1):
        space = indentation(line)
        strange = next((at for at, character in enumerate(space, 1) if character not in " -"), None)
        if strange and line.strip():
            what = "this line begins with the Tab key" if "\t" in space else "this line begins with a special space"
            yield Problem(Place(file, number, strange), what, "Use the space bar only, as in the lines around it.")


def _dividers(file: str, lines: list[str]) -> Iterator[Problem]:
    for number in _parting(lines):
        what = f"the line {lines[number][:3]} begins a second file inside this one"
        yield Problem(Place(file, number + 1), what, "Delete that line.")


def _parting(lines: list[str]) -> list[int]:
    """The lines that part one file from another; three dashes before all else do not."""
    filled = [number for number, line in enumerate(lines) if line.strip() and not line.startswith("#")]
    return [number for number in filled[1:] if DIVIDER.match(lines[number])]


def _indent(lines: list[str]) -> list[str]:
    """The lines with spaces for tabs: inside a line one, before it as many as the line above suggests.

    A name goes by the name before it, not by the sentence between them.
    """
    mended: list[str] = []
    above = named = ""
    for line in lines:
        space, words = indentation(line), line[len(indentation(line)) :].replace("\t", " ")
        if "\t" in space:
            opens = above.endswith((":", ">", "|"))
            like = named if key_of(words) and not key_of(above) else above
            start = min(len(like) - len(like.lstrip(" ")), FURTHEST)
            space = " " * (start + (STEP if opens else 0)) + space.strip()
            space += " " if space.endswith("-") else ""
        mended.append(re.sub(r"[^ -]", " ", space) + words)
        above = mended[-1].rstrip() if words.strip() else above
        named = above if key_of(above) else named
    return mended
