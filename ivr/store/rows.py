"""From the events of a turn to rows of the journal.

For: which columns a fact fills, alike for every kind, so that a new kind of event needs no line here.
A row holds names of the script (nodes, commands, items of a list), how sure the line was and what kind of evidence
decided; never digits, and never anything that a caller said (but see `Heard`).
Not here: SQL (`journal`), when something is told (`ivr.web`).
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any, NamedTuple, get_args

from ivr.dialog.events import Event

DAY = 24 * 60 * 60 * 1000
"""Milliseconds."""


class Visit(NamedTuple):
    """Somebody called on a day (UTC, counted from 1970); `caller` is a keyed hash.  It names no call."""

    day: int
    caller: str


class Heard(NamedTuple):
    """Something was said on a day (UTC, counted from 1970) that was not understood; `words` are redacted.  It names
    neither call nor caller.
    """

    day: int
    language: str
    node: str
    words: str


class Told(NamedTuple):
    """What happened in one turn.  `call` is a hash of what the network calls it, `at` milliseconds since 1970 (UTC),
    `channel` voice or text; `language` and `node` are where the turn left the caller.  What the network tells
    when the call is over belongs to turn 0.
    """

    call: str
    at: int
    channel: str
    version: str
    turn: int
    language: str
    node: str
    events: tuple[Event, ...]


class Row(NamedTuple):
    """One fact.  `ordinal` counts facts of one kind in a turn.  `node` is where it happened, `place` where its turn left
    the caller.

    `meaning` is what was understood, asked, or (of a transfer) which number it was; how sure the line was is the kind:
    `input_matched` acted, `input_asked` asked back.  `outcome` and `seconds` are of a transfer or a call;
    `bridged` is 1 or 0 where the network told whether two people were joined.
    """

    call: str
    turn: int
    kind: str
    ordinal: int
    at: int
    version: str
    channel: str
    language: str
    place: str
    node: str
    meaning: str = ""
    mode: str = ""
    evidence: str = ""
    outcome: str = ""
    tries: int | None = None
    seconds: int | None = None
    bridged: int | None = None
    pace: int | None = None
    volume: int | None = None


COLUMNS = Row._fields
WIDTHS = {
    "version": 64, "channel": 12, "language": 40, "place": 40, "node": 40, "meaning": 60, "mode": 12, "evidence": 40,
    "outcome": 24, "words": 400,
}  # fmt: skip
"""Characters that a column holds; more would make PostgreSQL refuse the whole batch."""

_AT = {column: number for number, column in enumerate(COLUMNS)}
_WIDTHS = tuple(WIDTHS.get(column, 0) for column in COLUMNS)
_OWN = tuple(Row._field_defaults[column] for column in COLUMNS[_AT["meaning"] :])
_NAMED_OTHERWISE = {"number": "meaning", "keyword": "meaning"}


def rows(told: Told) -> list[Row]:
    """The rows of a turn.  Every turn pays for this, so it is plain rather than pretty."""
    found: list[Row] = []
    ordinals: dict[str, int] = {}
    language, node = _fit(_AT["language"], told.language), _fit(_AT["node"], told.node)
    common = _fit(_AT["version"], told.version), _fit(_AT["channel"], told.channel), language, node, node
    for event in told.events:
        kind, filled = _KINDS[type(event)]
        ordinal = ordinals[kind] = ordinals.get(kind, -1) + 1
        values: list[Any] = [told.call, told.turn, kind, ordinal, told.at, *common, *_OWN]
        for name, column in filled:
            values[column] = _fit(column, getattr(event, name))
        found.append(Row._make(values))
    return found


def _kind(event: Any) -> tuple[str, tuple[tuple[str, int], ...]]:
    """`InputMatched` is `input_matched`; its fields fill the columns of the same name."""
    kind = re.sub(r"(?<!^)(?=[A-Z])", "_", event.__name__).lower()
    return kind, tuple((field.name, _AT[_NAMED_OTHERWISE.get(field.name, field.name)]) for field in fields(event))


_KINDS = {event: _kind(event) for event in get_args(Event)}


def _fit(column: int, value: Any) -> Any:
    """What the column takes."""
    if isinstance(value, str):
        return value.replace("\0", "")[: _WIDTHS[column]] if len(value) > _WIDTHS[column] or "\0" in value else value
    return value if value is None else int(value)
