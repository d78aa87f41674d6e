"""The flow of a call as a graph: what leads where, by which key, and what happens when something goes wrong.

For: `flow(script, language)`.  What every place has in common stands in it once: the keys that work everywhere, the
ways of silence and of what is not understood, and the ends of a transfer.  They are found by asking the dialog.
Not here: where a box stands in the picture (`layout`), how it looks (`svg`), the same in words (`document`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from ivr.channels.plain import OUTCOMES
from ivr.channels.readable import plain, written
from ivr.channels.sheet import Key, everywhere, title
from ivr.dialog import recovery, transfers
from ivr.dialog.call import Call
from ivr.dialog.choices import Question, choices, command
from ivr.dialog.events import TransferEnded
from ivr.dialog.prompts import label
from ivr.dialog.reply import Listen, Turn
from ivr.dialog.state import State
from ivr.script.model import Announcement, Listing, Menu, Node, NumberNode, Prompt, Script, Slot, Transfer

BEGIN = "begin:"
ENDED = "ended:"
"""Beginnings of the names of boxes that are no nodes; the name of a node has no colon."""


ANY_KEY = Slot("key")


class Kind(StrEnum):
    """What a box is; its own word for that stands in `pages/en.yaml` and the like."""

    BEGIN = "begin"
    MENU = "menu"
    TEXT = "announcement"
    LIST = "list"
    NUMBER = "number"
    TRANSFER = "transfer"
    FAILED = "failed"
    TALKED = "talked"
    SILENCE = "silence"
    NO_MATCH = "no match"
    NO_CHOICE = "no choice"


@dataclass(frozen=True, slots=True)
class Box:
    """A place, or a moment of the call, which has no label of its own.  `count` is of parts or names, `lines` are what
    is said there, `choices` are offered there by key; `seconds` is how long the line then waits.
    """

    name: str
    kind: Kind
    label: str
    lines: tuple[str, ...] = ()
    count: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    seconds: int = 0


class Way(StrEnum):
    """How a caller comes from one box to another."""

    OPTION = "option"  # chosen
    ENDED = "ended"  # a transfer is over: they talked, or it came to nothing
    FAILED = "failed"
    NEXT = "next"  # another try


@dataclass(frozen=True, slots=True)
class Edge:
    source: str
    target: str
    key: str = ""
    way: Way = Way.OPTION


@dataclass(frozen=True, slots=True)
class Flow:
    """`ladders` are what happens anywhere on silence and the like: their boxes in order, each ending with a person."""

    language: str
    title: str
    start: str
    person: str
    boxes: dict[str, Box]
    edges: tuple[Edge, ...]
    ladders: tuple[tuple[str, ...], ...]
    keys: tuple[Key, ...]

    def leaving(self, name: str) -> tuple[Edge, ...]:
        return tuple(edge for edge in self.edges if edge.source == name)


def flow(script: Script, language: str) -> Flow:
    """The call from its beginning to every end, in the words of a language."""
    boxes = [_begin(script, language), *(_place(script, language, node) for node in script.nodes.values())]
    edges = [Edge(BEGIN, script.start), *_options(script)]
    ringing = [name for name, node in script.nodes.items() if _rings(node)]
    if ringing:
        boxes += _ends(script, language, ringing[0])
        edges += [edge for name in ringing for edge in _ended(script, name)]
    ladders = [list(ladder) for ladder in _ladders(script, language)]
    boxes += [box for ladder in ladders for box in ladder]
    for ladder in ladders:
        names = [*(box.name for box in ladder), script.person]
        edges += [Edge(one, other, way=Way.NEXT) for one, other in pairwise(names)]
    return Flow(
        language=language,
        title=title(script, language),
        start=script.start,
        person=script.person,
        boxes={box.name: box for box in boxes},
        edges=tuple(edges),
        ladders=tuple(tuple(box.name for box in ladder) for ladder in ladders),
        keys=tuple(everywhere(script, language)),
    )


# --- places --------------------------------------------------------------------------------------


def _begin(script: Script, language: str) -> Box:
    said = plain(written(script, language, script.words[language].emergency.say))
    return Box(BEGIN, Kind.BEGIN, title(script, language), (said,))


def _place(script: Script, language: str, node: Node) -> Box:
    words = script.words[language].nodes[node.name]
    match node:
        case Menu():
            return Box(node.name, Kind.MENU, words.label)
        case Announcement(parts=parts):
            return Box(node.name, Kind.TEXT, words.label, count=len(parts))
        case Listing(items=items):
            return Box(node.name, Kind.LIST, words.label, tuple(words.items[item].label for item in items), len(items))
        case NumberNode() | Transfer():
            number = script.numbers[node.number]
            who = script.words[language].numbers[number.name]
            kind = Kind.TRANSFER if isinstance(node, Transfer) else Kind.NUMBER
            return Box(node.name, kind, words.label, (who, number.written))


def _options(script: Script) -> Iterator[Edge]:
    for name, node in script.nodes.items():
        for option in node.options if isinstance(node, Menu) else ():
            yield Edge(name, option.target, option.key)


# --- how a transfer ends ---------------------------------------------------------------------------


def _rings(node: Node) -> bool:
    return isinstance(node, Transfer) or (isinstance(node, NumberNode) and node.connect)


def _ended(script: Script, name: str) -> Iterator[Edge]:
    """From what rings to how that ends; at a number, behind the key that asks for it."""
    resting = choices(script, State(script.version, script.first_language, name))
    key = next((choice.key for choice in resting if choice.action == command("connect")), "")
    yield Edge(name, f"{ENDED}{Kind.TALKED}", key, Way.ENDED)
    yield Edge(name, f"{ENDED}{Kind.FAILED}", key, Way.FAILED)


def _ends(script: Script, language: str, name: str) -> Iterator[Box]:
    """The two ends of every transfer: they talked, or it came to nothing for one of several reasons."""
    state = State(script.version, language, name, question=Question.DIALLING)
    found: dict[str, list[str]] = {}
    left: dict[str, State] = {}
    for dialled in OUTCOMES.values():
        turn = transfers.ended(Call(script, state), dialled)
        outcome = next(event.outcome for event in turn.events if isinstance(event, TransferEnded))
        kind = Kind.TALKED if outcome == Kind.TALKED else Kind.FAILED
        said = _said(script, language, "anything else" if kind is Kind.TALKED else outcome)
        if said not in found.setdefault(kind, []):
            found[kind].append(said)
        left[kind] = turn.state
    for end, told in sorted(found.items(), reverse=True):
        offered = tuple((c.key, label(script, language, c.action)) for c in choices(script, left[end]))
        yield Box(f"{ENDED}{end}", Kind(end), "", tuple(told), choices=offered)


def _said(script: Script, language: str, name: str, version: int = 0) -> str:
    """A stock sentence on a try; the key that it names may be any."""
    prompt = script.words[language].sentences[name][version]
    pieces = tuple("…" if piece == ANY_KEY else piece for piece in prompt.pieces)
    return " ".join(plain(written(script, language, Prompt(pieces))).split())


# --- silence, and what is not understood -----------------------------------------------------------


def _ladders(script: Script, language: str) -> Iterator[Iterator[Box]]:
    yield _ladder(script, language, Kind.SILENCE, "silence", recovery.silence)
    yield _ladder(
        script, language, Kind.NO_MATCH, "not understood", lambda call: recovery.not_understood(call, "speech")
    )
    yield _ladder(
        script,
        language,
        Kind.NO_CHOICE,
        "key without a choice",
        lambda call: recovery.not_understood(call, "keypad", "7"),
    )


def _ladder(script: Script, language: str, kind: Kind, sentence: str, answer: Callable[[Call], Turn]) -> Iterator[Box]:
    """What the line says on each try, until it puts the caller through to a person."""
    state = State(script.version, language, script.start, touched=True)
    for number in range(len(script.words[language].sentences[sentence])):
        turn = answer(Call(script, state))
        if turn.state.node == script.person:
            return
        waits = [step.seconds for step in turn.steps if isinstance(step, Listen)]
        yield Box(f"{kind}:{number + 1}", kind, "", (_said(script, language, sentence, number),), seconds=waits[-1])
        state = turn.state
