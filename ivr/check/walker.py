"""The walk: every situation that a call can come to, and what each thing that a caller may do leads to.

For: `walk(script) -> Walk`.  The real line is called: each answer is written as TwiML, judged by the strict reader, and
read back.  Situations are told apart by what can change an answer; what cannot is left out of their key: the number of
the turn, and the way back, of which one example is kept and any other is followed by one step back (`Edge.returns`).
Pace and loudness change how words sound and not where they lead, so they are walked apart, place by place.  So the
number of situations grows with the number of places, and not with their combinations.
Not here: what is tried (`attempts`), who calls (`personas`), what is right (`rules`).
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from ivr.channels import voice
from ivr.check.attempts import (
    OUTCOME_ATTEMPTS,
    SILENT,
    Attempt,
    Way,
    attempts,
    destinations,
)
from ivr.check.rendered import Answerer, Rendered, Reply, Stretch, Writer
from ivr.check.walked import Edge, Spot, Walk
from ivr.dialog.choices import Question, choices, command
from ivr.dialog.events import NodeEntered
from ivr.dialog.inputs import Key, Said
from ivr.dialog.state import FASTEST, LOUDEST, SLOWEST, State
from ivr.dialog.turn import turn
from ivr.dialog.understand import Understood, place_of, transfers, understand
from ivr.phone.engine import arriving
from ivr.phone.heard import Doing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.script.model import Script

PACES = tuple((pace, 0) for pace in range(SLOWEST, FASTEST + 1) if pace) + tuple((0, n) for n in range(1, LOUDEST + 1))
"""The settings other than the usual one, each by itself."""


AGAIN = Attempt(Key("#"), Way.KEY, command("again"))


def walk(script: Script, answer: Answerer | None = None, write: Writer = voice.write, moment: str = "") -> Walk:
    """Walk the whole line.  `answer` and `write` may be handed in to see that a line which misbehaves is caught;
    `moment` to find numbers closed.
    """
    return _Walker(script, Rendered(script, answer or remembering(), write), moment).walk()


def remembering() -> Answerer:
    """The line itself, which remembers what words meant at a place: a walk says the same there at every try."""
    known: dict[tuple[State, Said], Understood] = {}

    def hear(script: Script, state: State, said: Said) -> Understood:
        key = (place_of(state), said)
        if key not in known:
            known[key] = understand(script, state, said)
        return known[key]

    return lambda script, state, given: turn(script, state, given, hear=hear)


class _Walker:
    """The walk while it is going on: first come, first explored, so that each spot is come to on a shortest way."""

    def __init__(self, script: Script, line: Rendered, moment: str = "") -> None:
        self.script = script
        self.moment = moment
        self.line = line
        self.spots: list[Spot] = []
        self.out: list[tuple[Edge, ...]] = []
        self._known: dict[tuple[object, ...], int] = {}
        self._ends: dict[tuple[tuple[State | None, ...], tuple[Stretch, ...]], int] = {}
        self._waiting: deque[int] = deque()
        self._ways: dict[tuple[object, ...], str] = {}
        self._names = destinations(script)

    def walk(self) -> Walk:
        arrived = arriving(self.script, self.moment)
        opening = self._edge(-1, Attempt(arrived, Way.ARRIVAL), self.line.ask(None, arrived))
        while self._waiting:
            number = self._waiting.popleft()
            self.out[number] = tuple(self._explored(self.spots[number]))
        paced = tuple(self._paced())
        given = tuple((spot, edge) for spot, edges in zip(self.spots, self.out, strict=True) for edge in edges)
        return Walk(self.script, self.line, tuple(self.spots), tuple(self.out), opening, paced, given, self.moment)

    def _explored(self, spot: Spot) -> Iterator[Edge]:
        if spot.doing is Doing.ENDED:
            return
        if spot.then >= 0:
            yield Edge(spot.number, SILENT, Reply(spot.after), spot.then)
        if spot.doing is Doing.RINGING:
            tried = OUTCOME_ATTEMPTS if spot.then < 0 else ()
        else:
            tried = attempts(self.script, spot.state, spot.number, self._names)
        for attempt in tried:
            if attempt is not SILENT or spot.then < 0:
                yield self._edge(spot.number, attempt, self.line.ask(spot.state, attempt.given))

    def _edge(self, start: int, attempt: Attempt, reply: Reply) -> Edge:
        """The edge of an answer, with new spots noted."""
        asked = (
            self.spots[start].state
            if start >= 0
            else State(self.script.version, self.script.first_language, self.script.start)
        )
        known = len(self.spots)
        end = self._end(reply, asked)
        first = reply.states[0] if reply.states else None
        moved = start >= 0 and any(isinstance(event, NodeEntered) for event in reply.events)
        elsewhere = first and moved and end >= 0 and self.spots[end].state.way != first.way
        returns = self._returns(first) if first and elsewhere else ""
        pace, volume = (first.pace, first.volume) if first else (0, 0)
        edge = Edge(start, attempt, reply, end, returns, pace, volume)
        self.spots[known:] = [spot._replace(came=edge) for spot in self.spots[known:]]
        return edge

    def _end(self, reply: Reply, asked: State) -> int:
        """The spot to which a reply leads; those of one document are known from the last to the first."""
        heard = (reply.states, reply.stretches)
        end = self._ends.get(heard)
        if end is None:
            end = -1
            for place in range(len(reply.stretches) - 1, -1, -1):
                state = reply.states[place] or next(filter(None, reply.states[:place][::-1]), asked)
                end = self._spot(state, reply.stretches[place], end, reply.stretches[place + 1 :])
            if reply.states[:1] != (None,):
                self._ends[heard] = end
        return end

    def _spot(self, state: State, stretch: Stretch, then: int, after: tuple[Stretch, ...]) -> int:
        state = self._example(state)
        doing, dialled = stretch.doing, stretch.dialled
        key = (doing, state.language) if doing is Doing.ENDED else (*_key(state), doing, dialled, then)
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = len(self.spots)
            self.spots.append(Spot(number, state, doing, dialled, then, after if then >= 0 else ()))
            self.out.append(())
            self._waiting.append(number)
        return number

    def _example(self, state: State) -> State:
        """The state without what cannot matter: the usual pace; the key that led here only where it would ring."""
        led = state.led if state.led and self._rings(state, state.led) else ""
        if (led, 0, 0) == (state.led, state.pace, state.volume):
            return state
        return state.but(led=led, pace=0, volume=0)

    def _rings(self, state: State, key: str) -> bool:
        action = next((choice.action for choice in choices(self.script, state) if choice.key == key), None)
        return action is not None and (str(action) == "command.yes" or transfers(self.script, action))

    def _returns(self, state: State) -> str:
        key = (*_key(state), state.way)
        if key not in self._ways:
            reply = self.line.ask(state.but(led="", star=False), Key("*"))
            self._ways[key] = reply.states[0].node if reply.states and reply.states[0] else ""
        return self._ways[key]

    def _paced(self) -> Iterator[tuple[Edge, tuple[int, int]]]:
        """At every place that is at rest: what is heard at each pace and loudness, and that it lasts."""
        for spot in list(self.spots):
            state = spot.state
            if spot.doing is not Doing.LISTENING or spot.tries or state.star or state.led or state.question:
                continue
            for pace, volume in PACES:
                changed = state.but(pace=pace, volume=volume)
                reply = self.line.ask(changed, AGAIN.given)
                first = reply.states[0] if reply.states else None
                after = (first.pace, first.volume) if first else (0, 0)
                yield Edge(spot.number, AGAIN, reply, spot.number, "", *after), (pace, volume)


OVER_A_PLACE = frozenset({Question.HELP, Question.CONFIRM, Question.WAIT, Question.GOODBYE})


def _key(state: State) -> tuple[object, ...]:
    """What tells situations apart.

    A question that lies over a place is one situation for the whole node, whichever part or item lies under it; and
    while tries are counted, it is one whatever item or question they are about.
    """
    over = state.question in OVER_A_PLACE
    tries = state.silences or state.misses
    return (
        state.language,
        state.node,
        0 if over or (tries and state.answer) else state.position,
        "" if over or tries else state.item,
        "" if over else state.answer,
        state.question,
        "" if tries else state.about,
        state.silences,
        state.misses,
        state.led,
        state.star,
        state.touched,
        state.rescued,
    )
