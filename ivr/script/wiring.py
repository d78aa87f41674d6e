"""line.yaml -> the wiring of the line: settings, languages, numbers, nodes.

For: what each entry of line.yaml may hold, and that every name in it leads somewhere.
Not here: words (`words`), whether a caller gets everywhere (`paths`), what makes a phone number (`telephone`) or a
voice (`voices`).
"""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ivr.script.catalogue import OPTION_KEYS
from ivr.script.model import (
    Announcement,
    Language,
    Listing,
    Menu,
    Node,
    NumberNode,
    Option,
    PhoneNumber,
    Transfer,
)
from ivr.script.problems import instead, listed, meant, shown
from ivr.script.telephone import phone_number
from ivr.script.tree import Mapping as Named
from ivr.script.tree import Text
from ivr.script.voices import read_language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ivr.script.shape import Field

SETTINGS = ("start", "person", "time zone", "waits", "languages", "numbers", "nodes")
OPTIONAL_SETTINGS = ("ring seconds", "staff language")

LONGEST_WINDOW = 55
"""Seconds.  The recogniser stops after sixty, and needs some of them for the words: no listening window may come near that."""

SHORTEST_RING, LONGEST_RING, USUAL_RING = 5, 600, 25
"""Seconds that Twilio lets a transfer ring (twilio.com/docs/voice/twiml/dial)."""

NAME = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*", re.ASCII)
LONGEST_NAME = 40
"""Characters.  Names travel in the address of every request."""

ZONE = re.compile(r"[A-Z][A-Za-z_+-]*(?:/[A-Z][A-Za-z0-9_+-]*)+", re.ASCII)

TO, REASON = "to", "reason"
"""An option of which more is said than its target."""

ON_REQUEST = "on request"

RESERVED = {
    "7": "text me this",
    "8": "the other language",
    "9": "help and settings",
    "0": "a person",
    "*": "back",
    "#": "again",
}


@dataclass(frozen=True, slots=True)
class Wiring:
    """What line.yaml holds.

    A node that could not be read is in `names` and not in `nodes`; one with a mistake is in `doubtful`, and
    its parts and items are not held against the words.
    """

    start: str
    person: str
    staff: str
    time_zone: str
    waits: tuple[int, int, int]
    ring_seconds: int
    languages: Mapping[str, Language]
    numbers: Mapping[str, PhoneNumber]
    nodes: Mapping[str, Node]
    names: Mapping[str, Field]
    doubtful: frozenset[str]
    fields: Mapping[str, Field]


def read_wiring(line: Field) -> Wiring:
    fields = line.named(SETTINGS, OPTIONAL_SETTINGS)
    languages = {tag: read_language(value) for tag, value in fields["languages"].table().items()}
    if not languages and isinstance(fields["languages"].tree, Named):
        fields["languages"].misfit("the line speaks no language", "Write at least one, such as en-US, with its voice.")
    numbers = _numbers(fields["numbers"])
    nodes = _Nodes(fields["nodes"], fields["numbers"], numbers)
    return Wiring(
        start=nodes.name(fields["start"]),
        person=nodes.name(fields["person"]),
        staff=fields["staff language"].choice(tuple(languages), ""),
        time_zone=_time_zone(fields["time zone"]),
        waits=_waits(fields["waits"]),
        ring_seconds=fields["ring seconds"].number(SHORTEST_RING, LONGEST_RING, USUAL_RING),
        languages=languages,
        numbers=numbers,
        nodes=nodes.read(),
        names=nodes.fields,
        doubtful=frozenset(nodes.doubtful),
        fields=fields,
    )


# --- settings --------------------------------------------------------------------------------------


def _time_zone(value: Field) -> str:
    text = value.text()
    if text is not None and not _zone_exists(text.words):
        close = meant(text.words, zoneinfo.available_timezones())
        mend = f"Did you mean '{close}'?" if close else "Write a continent and a city, like America/New_York."
        value.note(f"the time zone '{shown(text.words)}' does not exist", mend, text.place)
    return text.words if text else ""


def _zone_exists(name: str) -> bool:
    """Whether the machine knows a time zone; if it knows none at all, whether the name looks like one."""
    try:
        zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return not zoneinfo.available_timezones() and bool(ZONE.fullmatch(name))
    return True


def _waits(value: Field) -> tuple[int, int, int]:
    entries = value.entries()
    seconds = tuple(entry.number(1, LONGEST_WINDOW, 0) for entry in entries)
    usual = "Write three numbers of seconds, such as [10, 20, 30]."
    if entries and len(entries) != 3:  # noqa: PLR2004
        value.note(f"'waits' has {len(entries)} numbers, and it must have three", usual)
    elif entries and all(seconds) and list(seconds) != sorted(seconds):
        value.note("a later wait is shorter than the one before it", f"Let them grow or stay the same. {usual}")
    first, second, third = (*seconds, 0, 0, 0)[:3]
    return first, second, third


def _numbers(value: Field) -> dict[str, PhoneNumber]:
    numbers: dict[str, PhoneNumber] = {}
    for name, field in value.table().items():
        judge_name(field)
        number = phone_number(field)
        same = next((other for other in numbers.values() if number and other.e164 == number.e164), None)
        if same:
            field.misfit(
                f"'{shown(name)}' is the same number as '{same.name}'", "Keep one of them, and use its name everywhere."
            )
        if number:
            numbers[name] = number
    return numbers


def judge_name(value: Field, name: str | None = None) -> None:
    """A name that staff gave must be able to travel in an address."""
    name = value.name if name is None else name
    if not NAME.fullmatch(name):
        mend = "Use small letters from a to z, digits, and single spaces between words."
        value.misfit(f"'{shown(name)}' cannot be a name", mend)
    elif len(name) > LONGEST_NAME:
        value.note(f"the name '{shown(name)}' is too long", f"Use at most {LONGEST_NAME} letters.")


# --- nodes -----------------------------------------------------------------------------------------


class _Nodes:
    """Reads the nodes, each by its kind, knowing the names of all of them."""

    def __init__(self, nodes: Field, wired: Field, numbers: Mapping[str, PhoneNumber]) -> None:
        self.fields = nodes.table()
        self.wired = wired.table()
        self.numbers = numbers
        self.known = {kind for kind, names in (("node", nodes), ("number", wired)) if names and names.certain}
        self.doubtful: set[str] = set()

    def read(self) -> dict[str, Node]:
        nodes: dict[str, Node] = {}
        for name, value in self.fields.items():
            before = len(value.book.problems)
            node = self._node(value)
            if node is not None:
                nodes[name] = node
            if len(value.book.problems) > before:
                self.doubtful.add(name)
        return nodes

    def name(self, value: Field) -> str:
        """The name of a node, which must exist."""
        return self._existing(value, self.fields, "node")

    def _existing(self, value: Field, known: Mapping[str, Field], kind: str) -> str:
        text = value.text()
        if text is not None and text.words not in known and kind in self.known:
            mend = instead(text.words, known, "Look for a misspelt name; if it is gone on purpose, take it out here.")
            value.note(f"there is no {kind} '{shown(text.words)}'", mend, text.place)
        return text.words if text else ""

    def _node(self, value: Field) -> Node | None:
        judge_name(value)
        kinds = [kind for kind in KINDS if kind in value.table()]
        if len(kinds) == 1:
            kind, *siblings = KINDS[kinds[0]]
            return kind(self, value.named(kinds, siblings))
        strange = next((close for name in value.table() if (close := meant(name, KINDS))), None)
        what = f"'{shown(value.name)}' is of two kinds at once" if kinds else f"'{shown(value.name)}' has no kind"
        if isinstance(value.tree, Named):
            value.misfit(
                what,
                f"Did you mean '{strange}'?"
                if strange and not kinds
                else f"Below it must stand one of {listed(KINDS, 'or')}.",
            )
        return None

    def menu(self, fields: Mapping[str, Field]) -> Menu:
        value = fields["menu"]
        options = tuple(filter(None, (self._option(option) for option in value.table().values())))
        if isinstance(value.tree, Named) and not value.tree.entries:
            value.misfit("this menu has no options", "Write at least one: a key, a colon and the name of a node.")
        name = value.address[-2]
        seen: dict[str, str] = {}
        for option in options:
            if option.target == name:
                what = f"key {option.key} leads to the very menu in which it stands"
                value.table()[option.key].note(what, "Write the name of another node, or delete it.")
            if option.target in seen:
                what = f"keys {seen[option.target]} and {option.key} both lead to '{shown(option.target)}'"
                value.table()[option.key].misfit(what, "Delete one of them.")
            seen.setdefault(option.target, option.key)
        return Menu(name, options)

    def _option(self, value: Field) -> Option | None:
        key = value.name
        if key in RESERVED:
            what = f"key {key} means the same everywhere: {RESERVED[key]}"
            value.misfit(what, "Give this option one of the keys 1 to 6.")
        elif key not in OPTION_KEYS:
            value.misfit(
                f"'{shown(key)}' is no key of a menu", "Write one of the keys 1 to 6, a colon, and the name of a node."
            )
        if isinstance(value.tree, Text):
            return Option(key, self.name(value))
        fields = value.named([TO], [REASON])
        return Option(key, self.name(fields[TO]), fields[REASON].words())

    def announcement(self, fields: Mapping[str, Field]) -> Announcement:
        return Announcement(fields["announcement"].address[-2], _names(fields["announcement"]))

    def listing(self, fields: Mapping[str, Field]) -> Listing:
        items, mentioned = _names(fields["list"]), _names(fields["mentioned"])
        for name in sorted(set(items) & set(mentioned)):
            fields["mentioned"].misfit(
                f"'{shown(name)}' is on the list already", "Take it out of 'mentioned', or off the list."
            )
        return Listing(fields["list"].address[-2], items, mentioned)

    def number(self, fields: Mapping[str, Field]) -> NumberNode:
        connect = fields["connect"].choice((ON_REQUEST,), "") == ON_REQUEST
        value = fields["number"]
        return NumberNode(value.address[-2], self._number(value, "read", *(["dial"] if connect else [])), connect)

    def transfer(self, fields: Mapping[str, Field]) -> Transfer:
        value = fields["transfer"]
        name = self._number(value, "dial")
        if name in self.numbers and self.numbers[name].kind == "fax":
            mend = "Write 'number:' instead of 'transfer:', and 'connect: on request' below it."
            value.note(f"'{shown(name)}' is a fax, to which nobody can be transferred unwarned", mend)
        return Transfer(value.address[-2], name)

    def _number(self, value: Field, *uses: str) -> str:
        """The name of a number that may be used so."""
        name = self._existing(value, self.wired, "number")
        for use in uses:
            if name in self.numbers and use not in self.numbers[name].uses:
                what = f"the number '{shown(name)}' is not there to {use}"
                value.note(what, f"Add '{use}' to its uses, or take another number.")
        return name


def _names(value: Field) -> tuple[str, ...]:
    """Names of parts or items, each once."""
    names: list[str] = []
    for entry in value.entries():
        name = entry.words()
        if name in names:
            entry.misfit(f"'{shown(name)}' stands in this list twice", "Delete one of them.")
        elif name:
            judge_name(entry, name)
            names.append(name)
    return tuple(names)


KINDS: dict[str, tuple[Callable[..., Node], *tuple[str, ...]]] = {
    "menu": (_Nodes.menu,),
    "announcement": (_Nodes.announcement,),
    "list": (_Nodes.listing, "mentioned"),
    "number": (_Nodes.number, "connect"),
    "transfer": (_Nodes.transfer,),
}
"""The kinds of node: how each is read, and what may stand beside it."""
