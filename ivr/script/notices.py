"""Notices: what is said today beside the usual, until a moment at which it ends by itself.

For: what a notice may hold, the file `notice.yaml` in which staff can write one beside the line's files, and what
each language hears at a moment.  A notice is no part of a version: it comes and goes while the same script is spoken.
Not here: a clock, where notices are kept (`ivr.store`), who looks for them (`ivr.web`), how they are said (`ivr.dialog`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ivr.script.model import Place, Script
from ivr.script.parse import parse
from ivr.script.problems import Problem, shown
from ivr.script.shape import Book, Field
from ivr.script.source import LARGEST_FILE, from_bytes
from ivr.script.speech import DIGIT, Speech
from ivr.script.today import CLOSURE, NEWS, Told
from ivr.script.tree import Text

FILE = "notice.yaml"
LIKE_A_MOMENT = "Write the day and the time, like 2026-12-24T18:00."
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)", re.ASCII)

MOST_SECONDS = 20
WORDS_PER_SECOND = 2.5
"""A notice stands before all that a caller wants, so it is as short as a part of a text (OPT-18), and one sentence."""

PHONE = re.compile(r"\d(?:[ ().-]*\d){6}", re.ASCII)
"""Seven digits or more, however they are parted."""

SENTENCE_END = re.compile(r"[.?!](?=\s)")


@dataclass(frozen=True, slots=True)
class Notice:
    """What callers of a language hear until a moment.

    closed: it is about being closed, so that callers of the other languages hear a ready-made sentence about that.
    Without words it is the ready-made sentence in every language.
    """

    until: datetime
    language: str = ""
    words: str = ""
    closed: bool = False


def heard(script: Script, notices: Iterable[Notice], moment: datetime) -> tuple[Told, ...]:
    """What is said at a moment: one sentence for each language, in the order of the languages; or nothing."""
    lasting = [notice for notice in notices if moment < notice.until]
    if not lasting:
        return ()
    own = {notice.language: notice.words for notice in lasting if notice.words}
    ready = CLOSURE if any(notice.closed for notice in lasting) else NEWS
    return tuple(Told(tag, own[tag]) if tag in own else Told(tag, ready=ready) for tag in script.languages)


def moment_of(text: str, time_zone: str) -> datetime | None:
    """A day and a time by the clock of the line, such as 2026-12-24T18:00, in UTC; None if the text is not one."""
    found = MOMENT.fullmatch(text.strip())
    try:
        local = datetime.fromisoformat(f"{found[1]}T{found[2]}") if found else None
        return local.replace(tzinfo=ZoneInfo(time_zone)).astimezone(UTC) if local else None
    except (ValueError, OverflowError):  # no day of the calendar, or none of ours
        return None


# --- what a notice may hold ----------------------------------------------------------------------


def sentence_problems(language: str, words: str) -> list[Problem]:
    """What is wrong with a sentence that was not written in a file."""
    book = Book("notice")
    place = Place(book.file, 1)
    _sentence(Field(book, (language,), place, Text(place, words, (words,))))
    return book.problems


def _sentence(value: Field) -> str:
    """One short sentence, with every number in words."""
    before = len(value.book.problems)
    given = value.text()
    if given and PHONE.search(given.words):
        value.note("a notice holds no phone number", "Leave it out: whoever needs a person presses zero.", given.place)
        return ""
    words = Speech().plain(value)
    digit = DIGIT.search(words)
    if digit and len(value.book.problems) == before:
        value.note("a voice may read digits in any way", "Write times, days and numbers in words, as they are spoken.")
    if SENTENCE_END.search(words):
        value.note("a notice is one sentence, and this is more", "Say only what all callers must know today.")
    seconds = len(words.split()) / WORDS_PER_SECOND
    if seconds > MOST_SECONDS:
        what = f"this takes {seconds:.0f} seconds to say, and {MOST_SECONDS} is the most"
        value.note(what, "Say it in fewer words.")
    return words


# --- the file beside the line's files ------------------------------------------------------------


def in_folder(folder: Path, script: Script) -> tuple[tuple[Notice, ...], list[Problem]]:
    """The notices that staff have written beside a script, and what is wrong with them."""
    try:
        with (folder / FILE).open("rb") as stream:
            return read_notices(stream.read(LARGEST_FILE + 1), script)
    except OSError:
        return (), []


def read_notices(data: bytes, script: Script) -> tuple[tuple[Notice, ...], list[Problem]]:
    """The notices in the bytes of a file: all of them, or none and what is wrong."""
    source = from_bytes(FILE, data)
    if not source.problems and all(not line.strip() or line.lstrip().startswith("#") for line in source.lines):
        return (), []
    parsed = parse(source)
    book = Book(FILE, list(parsed.problems), parsed.doubtful, parsed.slipped)
    if parsed.tree is None:
        return (), book.problems
    fields = Field(book, (), Place(FILE, 1), parsed.tree).named(["until"], ["closed", *script.languages])
    until = _until(fields["until"], script.time_zone)
    closed = fields["closed"].choice(("yes", "no"), "no") == "yes"
    said = {tag: _sentence(fields[tag]) for tag in script.languages if fields[tag]}
    if not said and not closed and not book.problems:
        mend = f"Write {script.first_language}: and a sentence, or closed: yes for the ready-made one."
        book.note(Place(FILE, 1), "this notice says nothing", mend)
    if book.problems or until is None:
        return (), book.problems
    return tuple(Notice(until, tag, words, closed) for tag, words in said.items()) or (Notice(until, closed=True),), []


def _until(value: Field, time_zone: str) -> datetime | None:
    text = value.text()
    until = moment_of(text.words, time_zone) if text else None
    if text and until is None:
        value.note(f"'{shown(text.words)}' is no day and time", LIKE_A_MOMENT, text.place)
    return until
