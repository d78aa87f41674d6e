"""Where a call stands, and how it travels in the callback URL.

For: `State`, its query string, and the way back.  The two functions are inverse to each other:
`parse(query(state)) == state`.  Everything is short ASCII with the names in A-Z order, because Twilio signs the
URL, has been seen to sort it (issue 790 of twilio-php), and logs it.
Not here: a caller's number or words (they may never stand in a URL), what a state leads to.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from ivr.script.today import DAYS, Closed

FORMAT = "1"
"""Changes when a state of an older program could no longer be read."""

MOST_BACK = 6
MOST_TURNS = 400
"""A call of this many turns is put through to a person and left there, so that nothing loops for ever."""

SLOWEST, FASTEST, LOUDEST = -2, 2, 2


class State(NamedTuple):
    """Where a call stands.  A named tuple, because a turn makes several and they must cost next to nothing.

    version: of the script on which the call began.
    node: where the caller is; position: the part or page there.
    item: what was asked of a list; answer: how the list answered (see `prompts.Answer`).
    question: what is being asked or waited for instead of the node's own choices (see `choices`); about: its subject.
    pace, volume: steps from the line's own; they last for the call (TIME-11).
    silences, misses: how often in a row nothing was heard, or nothing was understood.
    led: the key that led here, as long as it was the last input: a doubled key is tremor, not a choice.
    star: the last key was a star.  touched: the caller has pressed or said something in this call.
    rescued: since the last input, silence has already led to a person.
    closed: the numbers that nobody answered when the call began, and when they open.
    texting: this caller can be sent text messages; settled when the call begins.
    way: the nodes behind the caller, oldest first.  turn: number of the turn that is to come.
    """

    version: str
    language: str
    node: str
    position: int = 0
    item: str = ""
    answer: str = ""
    question: str = ""
    about: str = ""
    pace: int = 0
    volume: int = 0
    silences: int = 0
    misses: int = 0
    led: str = ""
    star: bool = False
    touched: bool = False
    rescued: bool = False
    closed: tuple[Closed, ...] = ()
    texting: bool = False
    way: tuple[str, ...] = ()
    turn: int = 0

    def but(self, **changes: Any) -> State:
        """The same state with some of it changed."""
        return self._replace(**changes)

    def moved(self, node: str, **changes: Any) -> State:
        """The state on arrival at `node`: nothing asked, nothing counted, the old place behind the caller.

        Going where the way already leads shortens the way instead of lengthening it, so a caller who walks
        in a circle is never more than a few steps from where they began.
        """
        if node in self.way:
            way = self.way[: self.way.index(node)]
        elif node == self.node:
            way = self.way
        else:
            way = (*self.way, self.node)[-MOST_BACK:]
        return self.at_rest(node=node, position=0, item="", answer="", way=way, **changes)

    def at_rest(self, **changes: Any) -> State:
        """The same place with nothing asked and no tries counted (ERR-10)."""
        return self._replace(**{"question": "", "about": "", "silences": 0, "misses": 0, **changes})


# --- the query string ----------------------------------------------------------------------------

_KEY_NAMES = {"*": "s", "#": "p"}
_KEYS_BY_NAME = {name: key for key, name in _KEY_NAMES.items()}


def _way(text: str) -> tuple[str, ...]:
    return tuple(name.replace("_", " ") for name in text.split("."))


def _words(text: str) -> str:
    return text.replace("_", " ")


def _closed(text: str) -> tuple[Closed, ...]:
    parts = (entry.split(".") for entry in text.split("-"))
    return tuple(Closed(_words(name), day, int(minute), int(weeks)) for name, day, minute, weeks in parts)


def _spell_closed(closed: tuple[Closed, ...]) -> str:
    return "-".join(f"{name}.{day}.{minute}.{weeks}" for name, day, minute, weeks in closed).replace(" ", "_")


_ONE = r"1"
_COUNT = r"[1-9]\d{0,3}"
_NAME = r"[a-z0-9_]{1,40}"
_SHUT = rf"{_NAME}\.(?:{'|'.join(DAYS)})?\.(?:0|[1-9]\d{{0,3}})\.[01]"

_FIELDS: tuple[tuple[str, str, str, Callable[[str], Any], Callable[[Any], str]], ...] = (
    # letter, field, what a value must look like, how it is read, how it is written
    ("a", "about", r"[A-Za-z0-9_.-]{1,60}", _words, lambda v: v.replace(" ", "_")),
    ("b", "position", _COUNT, int, str),
    ("c", "star", _ONE, bool, lambda _: "1"),
    ("d", "led", r"[0-9sp]", lambda v: _KEYS_BY_NAME.get(v, v), lambda v: _KEY_NAMES.get(v, v)),
    ("e", "answer", r"[a-z]{1,12}", str, str),
    ("h", "closed", rf"{_SHUT}(?:-{_SHUT})*", _closed, _spell_closed),
    ("i", "item", _NAME, _words, lambda v: v.replace(" ", "_")),
    ("l", "language", r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", str, str),
    ("m", "misses", _COUNT, int, str),
    ("n", "node", _NAME, _words, lambda v: v.replace(" ", "_")),
    ("o", "volume", rf"[0-{LOUDEST}]", int, str),
    ("p", "pace", rf"-?[0-{FASTEST}]", int, str),
    ("q", "question", r"[a-z]{1,12}", str, str),
    ("r", "rescued", _ONE, bool, lambda _: "1"),
    ("s", "silences", _COUNT, int, str),
    ("t", "turn", _COUNT, int, str),
    ("u", "touched", _ONE, bool, lambda _: "1"),
    ("v", "version", rf"{FORMAT}\.[a-z0-9]{{1,64}}", lambda v: v[len(FORMAT) + 1 :], lambda v: f"{FORMAT}.{v}"),
    ("w", "way", rf"{_NAME}(?:\.{_NAME}){{0,{MOST_BACK - 1}}}", _way, lambda v: ".".join(v).replace(" ", "_")),
    ("x", "texting", _ONE, bool, lambda _: "1"),
)
_READERS = {letter: (name, re.compile(pattern), read) for letter, name, pattern, read, _ in _FIELDS}
_WRITERS = tuple((f"{letter}=", name, write) for letter, name, _, _, write in _FIELDS)


def query(state: State) -> str:
    """The state as a query string; what has its usual value is left out."""
    return "&".join(prefix + write(value) for prefix, name, write in _WRITERS if (value := getattr(state, name)))


def parse(text: str) -> State | None:
    """The state of a query string, or None where it is not one that `query` could have made."""
    values: dict[str, Any] = {}
    for pair in text.split("&"):
        letter, _, value = pair.partition("=")
        known = _READERS.get(letter)
        if known is None or known[0] in values or not known[1].fullmatch(value):
            return None
        values[known[0]] = known[2](value)
    return State(**values) if values.keys() >= {"version", "language", "node"} else None
