"""What a caller hears of an answer, by way of the document that Twilio would get.

For: `Rendered`, which asks the dialog, writes the TwiML, reads it back strictly, and cuts it into stretches: what is
heard until the phone waits for something.  The state of each wait comes from the address in the document, as it
would on a real call.  The same answer is written once, however many inputs lead to it; documents that differ in
nothing but that address are read once.
Not here: which states are asked (`walker`), what is right (`rules`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from ivr.channels import voice
from ivr.dialog.events import TransferFoundClosed
from ivr.dialog.inputs import Input
from ivr.dialog.reply import Step, Turn
from ivr.dialog.state import State, parse
from ivr.dialog.turn import turn
from ivr.phone import strict
from ivr.phone.heard import Doing
from ivr.phone.strict import Dial, Gather, Hangup, Pause, Redirect, Say, TwimlFault, Verb
from ivr.script.model import Script

if TYPE_CHECKING:
    from ivr.dialog.events import Event

Answerer = Callable[[Script, State | None, Input], Turn]
"""The shape of `ivr.dialog.turn.turn`."""

Writer = Callable[[Script, Turn], str]
"""The shape of `ivr.channels.voice.write`."""

ADDRESS = re.compile(r'voice\?([^"<#]*)')
FIRST_REST = re.compile(r'<(?:Say)[^>]*>(?:<prosody[^>]*>)?\s*<break time="([0-9]+)ms"/>')
FIRST_TURN = 1
"""A state is asked as if its turn were this one: the number of a turn changes nothing but its own count."""


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """What is heard until the phone waits, and for what.

    seconds: how long that takes; deaf: how much of it cannot be interrupted.  window, language: of the listening
    that follows.  rest: the silence before the first word.  document: the whole answer, with its addresses numbered.
    text: all that is heard; words: how many that are.
    """

    lines: tuple[Say, ...]
    seconds: float
    doing: Doing
    deaf: float = 0.0
    window: int = 0
    language: str = ""
    dialled: str = ""
    rest: float = 0.0
    document: str = field(default="", repr=False)
    text: str = field(init=False)
    words: int = field(init=False)

    def __post_init__(self) -> None:
        text = " ".join(line.text for line in self.lines)
        object.__setattr__(self, "text", text)  # asked for so often that it is put together once
        object.__setattr__(self, "words", len(text.split()))


@dataclass(frozen=True, slots=True, eq=False)
class Reply:
    """The answer to one input: its stretches, the state in which each waits, and what is wrong with the document."""

    stretches: tuple[Stretch, ...] = ()
    states: tuple[State | None, ...] = ()
    events: tuple[Event, ...] = ()
    fault: str = ""

    @property
    def closed(self) -> bool:
        """Whether it is the answer to a caller who is put through, and finds the number closed."""
        return any(isinstance(event, TransferFoundClosed) for event in self.events)


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """A document that was read: its stretches, and for each the number of the address that answers (-1: none does)."""

    stretches: tuple[Stretch, ...] = ()
    addresses: tuple[int, ...] = ()
    fault: str = ""


class Rendered:
    """The line as it is heard.  A test may hand in an `answer` or a `write` that misbehaves."""

    def __init__(self, script: Script, answer: Answerer = turn, write: Writer = voice.write) -> None:
        self.script = script
        self.asked = 0
        self._answer = answer
        self._write = write
        self._replies: dict[tuple[tuple[Step, ...], State], Reply] = {}
        self._pages: dict[str, _Page] = {}
        self._states: dict[str, State | None] = {}

    @property
    def documents(self) -> int:
        """How many different documents were read."""
        return len(self._pages)

    def ask(self, state: State | None, given: Input) -> Reply:
        """The answer to `given` in `state`.  A failure of the program is a fault of the answer, and not of the walk."""
        self.asked += 1
        try:
            answered = self._answer(self.script, state, given)
            told = (answered.steps, answered.state)
            known = self._replies.get(told)
            if known is None:
                known = self._replies[told] = self._read(self._write(self.script, answered))
        except Exception as error:  # noqa: BLE001 - whatever it is, a caller would hear "application error"
            return Reply(fault=f"the program fails with {type(error).__name__}: {error}")
        return Reply(known.stretches, known.states, answered.events, known.fault)

    def _read(self, document: str) -> Reply:
        """What is heard of a document, without the facts of its turn."""
        queries: list[str] = []
        page = self._page(ADDRESS.sub(lambda found: f"voice?n={_number(queries, found[1])}", document))
        states = tuple(self._state(queries[n]) if n >= 0 else None for n in page.addresses)
        lost = any(state is None and n >= 0 for state, n in zip(states, page.addresses, strict=True))
        fault = page.fault or ("an address in the document cannot be read back" if lost else "")
        return Reply(page.stretches, states, fault=fault)

    def _page(self, document: str) -> _Page:
        page = self._pages.get(document)
        if page is None:
            try:
                found = tuple(_stretches(strict.read(document), document))
                page = _Page(tuple(s for s, _ in found), tuple(n for _, n in found))
            except TwimlFault as fault:
                page = _Page(fault=str(fault))
            self._pages[document] = page
        return page

    def _state(self, query: str) -> State | None:
        if query not in self._states:
            state = parse(unescape(query))
            self._states[query] = state.but(turn=FIRST_TURN) if state else None
        return self._states[query]


def _number(queries: list[str], query: str) -> int:
    if query not in queries:
        queries.append(query)
    return queries.index(query)


def _address(action: str) -> int:
    found = ADDRESS.search(action)
    if found is None:
        raise TwimlFault(f"{action!r} is not an address of this line")
    return int(found[1].removeprefix("n="))


def _stretches(verbs: tuple[Verb, ...], document: str) -> Iterator[tuple[Stretch, int]]:
    """The stretches of a document, in the order in which a caller who keeps silent meets them."""
    rest = _rest(document)
    before: list[Say | Pause] = []
    for verb in verbs:
        deaf = sum(sound.seconds for sound in before)
        spoken = tuple(sound for sound in before if isinstance(sound, Say))
        match verb:
            case Say() | Pause():
                before.append(verb)
                continue
            case Gather():
                prompt = tuple(sound for sound in verb.prompt if isinstance(sound, Say))
                seconds = deaf + sum(sound.seconds for sound in verb.prompt)
                listening = Stretch(
                    spoken + prompt, seconds, Doing.LISTENING, deaf, verb.seconds, verb.language, "", rest, document
                )
                yield listening, _address(verb.action)
                if verb.answers_silence:
                    return
            case Dial():
                rings = Stretch(spoken, deaf, Doing.RINGING, deaf, 0, "", verb.number, rest, document)
                yield rings, _address(verb.action) if verb.action else -1
                if verb.action:
                    return
            case Hangup():
                yield Stretch(spoken, deaf, Doing.ENDED, deaf, rest=rest, document=document), -1
                return
            case Redirect():
                raise TwimlFault("a <Redirect> that follows no <Gather> sends the caller on without a word")
        before, rest = [], 0.0
    spoken = tuple(sound for sound in before if isinstance(sound, Say))
    yield Stretch(spoken, sum(sound.seconds for sound in before), Doing.ENDED, document=document), -1


def _rest(document: str) -> float:
    """Seconds of silence before the first word of a document."""
    start = document.find("<Say")
    found = FIRST_REST.match(document, start) if start >= 0 else None
    return int(found[1]) / 1000 if found else 0.0
