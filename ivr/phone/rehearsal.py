"""Rehearsals: calls that are written down, and replayed to see that they still go as they went.

For: reading a transcript, playing it on any phone, comparing what is heard, writing it anew.  The format is
what a person would jot down:

    # What this call shows.
    language: es-US
    moment: 2026-12-24T18:30
    caller: (calls)
    line:   If this is an emergency ...
    caller: 2

An indented line goes on with the one above it.  `caller:` is a key, words, `(silence)` or what became of a transfer,
such as `(busy)`; `language:` and `at:` begin the call elsewhere than at its beginning; with a
`moment:`, by the clock of the line, numbers are closed that have hours; without one nothing is closed.  After
`channel: text` it is a conversation by text message: `caller:` is a text, perhaps after `(20 minutes later)`.
Not here: the phones, files and folders of a line, printing.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ivr.channels import plain
from ivr.phone.heard import Doing, Heard, NotNowError, Phone, words_of
from ivr.phone.texts import Texter, UnknownPauseError
from ivr.script.model import Place
from ivr.script.notices import LIKE_A_MOMENT, moment_of
from ivr.script.problems import Problem, ScriptError

WIDTH = 110
_INDENT = " " * 8
TEXT = "text"
"""The channel of a conversation by text message; a call has none."""

_ENTRY = re.compile(r"(channel|language|at|moment|caller|line):\s*(.*)")


@dataclass(slots=True)
class Exchange:
    """One input and what the line answered, with the line of the file on which the input stands, and the remarks
    above it.
    """

    caller: str
    heard: str
    at: int
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class Rehearsal:
    """A written call; `remarks` are those below its last exchange."""

    name: str
    language: str = ""
    node: str = ""
    moment: str = ""
    channel: str = ""
    exchanges: list[Exchange] = field(default_factory=list)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What was written, and what is heard now."""

    at: Place
    caller: str
    written: str
    heard: str


def decode(name: str, content: bytes) -> Rehearsal:
    """The rehearsal in the bytes of a file; raises ScriptError with the line that cannot be read."""
    try:
        return parse(name, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        place = Place(name, content[: error.start].count(b"\n") + 1)
        raise ScriptError([Problem(place, "this is not UTF-8", "Save the file as UTF-8.")]) from None


def parse(name: str, text: str) -> Rehearsal:
    """The rehearsal of a file; raises ScriptError with the line that cannot be read."""
    rehearsal = Rehearsal(name)
    last, remarks = "", []
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if raw.startswith("#"):
            remarks.append(raw.removeprefix("#").strip())
        elif raw[:1].isspace() and raw.strip() and last == "line":
            rehearsal.exchanges[-1].heard += f" {raw.strip()}"
        elif raw.strip():
            last = _entry(rehearsal, number, raw)
            if last == "caller":
                rehearsal.exchanges[-1].remarks, remarks = tuple(remarks), []
    rehearsal.remarks = tuple(remarks)
    return rehearsal


def _entry(rehearsal: Rehearsal, number: int, raw: str) -> str:
    found = _ENTRY.fullmatch(raw.rstrip())
    if found is None:
        raise _unreadable(rehearsal, number, f'"{raw.strip()[:40]}" is not part of a rehearsal')
    name, rest = found.groups()
    match name:
        case "channel" if rest != TEXT:
            raise _unreadable(
                rehearsal, number, f'"{rest[:40]}" is no channel', f'Write "channel: {TEXT}", or nothing.'
            )
        case "channel":
            rehearsal.channel = rest
        case "language":
            rehearsal.language = rest
        case "at":
            rehearsal.node = rest
        case "moment":
            if moment_of(rest, "UTC") is None:
                raise _unreadable(rehearsal, number, f'"{rest[:40]}" is no day and time', LIKE_A_MOMENT)
            rehearsal.moment = rest
        case "caller":
            rehearsal.exchanges.append(Exchange(rest, "", number))
        case _ if not rehearsal.exchanges:
            raise _unreadable(rehearsal, number, "the line speaks before anybody has called")
        case _:
            rehearsal.exchanges[-1].heard = f"{rehearsal.exchanges[-1].heard} {rest}".strip()
    return name


BEGIN_SO = 'Begin each line with "caller:" or "line:", and the first one with "caller: (calls)".'


def _unreadable(rehearsal: Rehearsal, number: int, what: str, mend: str = BEGIN_SO) -> ScriptError:
    return ScriptError([Problem(Place(rehearsal.name, number), what, mend)])


def written(rehearsal: Rehearsal) -> str:
    """The rehearsal as a file."""
    given = (
        ("channel", rehearsal.channel),
        ("language", rehearsal.language),
        ("at", rehearsal.node),
        ("moment", rehearsal.moment),
    )
    heads = [f"{name}: {value}" for name, value in given if value]
    body = (line for exchange in rehearsal.exchanges for line in _lines(exchange))
    return "\n".join([*heads, *body, *_remarked(rehearsal.remarks)]) + "\n"


def _lines(exchange: Exchange) -> Iterator[str]:
    yield from _remarked(exchange.remarks)
    yield f"caller: {exchange.caller}".rstrip()
    for number, line in enumerate(exchange.heard.splitlines()):
        first = _INDENT if number else "line:   "
        yield textwrap.fill(line, WIDTH, initial_indent=first, subsequent_indent=_INDENT, break_on_hyphens=False)


def _remarked(remarks: tuple[str, ...]) -> Iterator[str]:
    return (f"# {remark}".rstrip() for remark in remarks)


def show(heard: Heard) -> str:
    """What was heard, as it is written down."""
    tail = {Doing.RINGING: f"(calls {heard.dialled})", Doing.ENDED: "(hangs up)"}.get(heard.doing, "")
    return f"{heard.text} {tail}".strip()


def replay(rehearsal: Rehearsal, phone: Phone | Texter) -> Iterator[tuple[Exchange, Heard]]:
    """Play the caller's side; what is heard comes with each exchange.  A call that ended early stops."""
    for number, exchange in enumerate(rehearsal.exchanges):
        try:
            heard = _played(exchange.caller, phone, first=number == 0)
        except NotNowError as error:
            what = f'"{exchange.caller}" cannot happen here: {error}'
            mend = "Write (busy), (no answer) or (answered) while the phone rings, and only then."
            raise ScriptError([Problem(Place(rehearsal.name, exchange.at), what, mend)]) from None
        except UnknownPauseError as error:
            what, _, mend = str(error).partition(". ")
            raise ScriptError([Problem(Place(rehearsal.name, exchange.at), what, mend)]) from None
        yield exchange, heard
        if heard.doing is Doing.ENDED:
            return


def _played(caller: str, phone: Phone | Texter, *, first: bool) -> Heard:
    if isinstance(phone, Texter):
        return phone.send(caller)
    return phone.begin() if first else phone.give(plain.read(caller))


def differences(rehearsal: Rehearsal, phone: Phone | Texter) -> list[Difference]:
    """Where the line now says other words than were written; empty when the rehearsal holds."""
    spoken = [(exchange, show(heard)) for exchange, heard in replay(rehearsal, phone)]
    unheard = [(exchange, "(the call is over)") for exchange in rehearsal.exchanges[len(spoken) :]]
    return [
        Difference(Place(rehearsal.name, exchange.at), exchange.caller, exchange.heard, now)
        for exchange, now in (*spoken, *unheard)
        if words_of(exchange.heard) != words_of(now)
    ]


def updated(rehearsal: Rehearsal, phone: Phone | Texter) -> Rehearsal:
    """The same caller's side, with what the line answers now; where the call ends early, all remarks stay."""
    exchanges = [Exchange(e.caller, show(heard), e.at, e.remarks) for e, heard in replay(rehearsal, phone)]
    unheard = (remark for exchange in rehearsal.exchanges[len(exchanges) :] for remark in exchange.remarks)
    return replace(rehearsal, exchanges=exchanges, remarks=(*unheard, *rehearsal.remarks))
