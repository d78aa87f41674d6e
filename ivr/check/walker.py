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
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ivr.channels import voice
from ivr.check.attempts import (
    OUTCOME_ATTEMPTS,
    SILENT,
    Attempt,
    Way,
    attempts,
    destinations,
)
from ivr.check.rendered import Answerer, Rendered, Reply, Stretch, Writer, but
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


LONGEST_CHAIN = 12
"""So often the same thing is done in a row before it counts as a loop."""

ASKING = frozenset(
    {Question.NONE, Question.HELP, Question.CONFIRM, Question.FAX, Question.AFTER, Question.CLOSED, Question.ELSE}
)


AGAIN = Attempt(Key("#"), Way.KEY, command("again"))


class Spot(NamedTuple):
    """A situation in which the phone waits.

    state: in which an input is answered, or the call has ended.  then: the spot that silence leads to without asking
    the line, as after the cue of a number; -1 where silence is asked about.  after: what is heard on the way there.
    came: the edge by which the walk first got here, on a shortest way.
    """

    number: int
    state: State
    doing: Doing
    dialled: str = ""
    then: int = -1
    after: tuple[Stretch, ...] = ()
    came: Edge | None = None

    @property
    def tries(self) -> int:
        return self.state.silences + self.state.misses

    @property
    def asks(self) -> bool:
        """Whether the line waits for an answer here, and not only leaves a moment before it goes on."""
        return self.doing is Doing.LISTENING and self.state.question in ASKING


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """What one attempt at a spot leads to.

    start, end: spots by their number; start is -1 for the arrival of the call, end is -1 where there was no answer.
    stretches: what is heard, and what follows without another input.  returns: the node that a step back leads to
    right afterwards, where the caller's way back is another than that of the spot `end`.  pace, volume: afterwards.
    """

    start: int
    attempt: Attempt
    reply: Reply = field(repr=False)
    end: int = -1
    returns: str = ""
    pace: int = 0
    volume: int = 0

    @property
    def state(self) -> State | None:
        """Where the caller really is now; the spot `end` may stand for other ways of coming here."""
        return self.reply.states[0] if self.reply.states else None

    @property
    def heard(self) -> Stretch | None:
        return self.reply.stretches[0] if self.reply.stretches else None

    @property
    def text(self) -> str:
        """The words heard until the phone waits."""
        return self.heard.text if self.heard else ""


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """All that was found on the way.  `out` holds the edges of each spot; `paced` those with another pace and
    loudness, which stand beside them.  `moment` is when the calls were made, if that matters (`arriving`).
    """

    script: Script
    line: Rendered
    spots: tuple[Spot, ...]
    out: tuple[tuple[Edge, ...], ...]
    opening: Edge
    paced: tuple[tuple[Edge, tuple[int, int]], ...]
    moment: str = ""

    @property
    def edges(self) -> Iterator[Edge]:
        yield self.opening
        for edges in self.out:
            yield from edges

    @property
    def given(self) -> Iterator[tuple[Spot, Edge]]:
        """Every attempt that was made, with the spot at which it was made."""
        for spot, edges in zip(self.spots, self.out, strict=True):
            for edge in edges:
                yield spot, edge

    def start(self, edge: Edge) -> State:
        """Where the caller was before."""
        if edge.start >= 0:
            return self.spots[edge.start].state
        return State(self.script.version, self.script.first_language, self.script.start)

    def end(self, edge: Edge) -> Spot | None:
        return self.spots[edge.end] if edge.end >= 0 else None

    def on(self, spot: Spot, way: Way) -> Edge | None:
        """The first edge of a caller who goes about it in this way, if anybody did so here."""
        return next((edge for edge in self.out[spot.number] if edge.attempt.way is way), None)

    def arrivals(self, edge: Edge) -> Iterator[tuple[Spot, Stretch]]:
        """The spots that a caller comes to by an edge and then by keeping silent in the same document."""
        spot = self.end(edge)
        for stretch in edge.reply.stretches:
            if spot is None:
                return
            yield spot, stretch
            spot = self.spots[spot.then] if spot.then >= 0 else None

    def rings(self, edge: Edge | None) -> str:
        """The number that rings when the caller keeps silent after this; nothing if the line waits for an answer."""
        if edge is None:
            return ""
        return next((spot.dialled for spot, _ in self.arrivals(edge) if spot.dialled), "")

    def chain(self, spot: Spot, way: Way) -> Iterator[Edge]:
        """The edges of a caller who does the same again and again, until a telephone rings, is closed, or the call ends."""
        for _ in range(LONGEST_CHAIN):
            edge = self.on(spot, way)
            if edge is None:
                return
            yield edge
            end = self.end(edge)
            if end is None or not end.asks or edge.reply.closed:
                return
            spot = end

    def path(self, edge: Edge) -> list[Edge]:
        """A shortest call that ends with this edge."""
        found = [edge]
        while found[-1].start >= 0:
            spot = self.spots[found[-1].start]
            assert spot.came is not None, "every spot was come to"
            found += [*self._through(spot.came, spot)[::-1], spot.came]
        return found[::-1]

    def _through(self, edge: Edge, spot: Spot) -> list[Edge]:
        """The silences by which a caller comes to a later spot of the same document."""
        silences: list[Edge] = []
        number = edge.end
        while number not in (spot.number, -1):
            silences.append(self.out[number][0])
            number = self.spots[number].then
        return silences


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
        return Walk(self.script, self.line, tuple(self.spots), tuple(self.out), opening, paced, self.moment)

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
        """The edge of an answer, with new spots noted.  Spots of one document are known from the last to the first."""
        asked = (
            self.spots[start].state
            if start >= 0
            else State(self.script.version, self.script.first_language, self.script.start)
        )
        edge = Edge(start, attempt, reply)
        end = -1
        for place in range(len(reply.stretches) - 1, -1, -1):
            state = reply.states[place] or next(filter(None, reply.states[:place][::-1]), asked)
            end = self._spot(state, reply.stretches[place], end, reply.stretches[place + 1 :], edge)
        first = reply.states[0] if reply.states else None
        moved = start >= 0 and any(isinstance(event, NodeEntered) for event in reply.events)
        elsewhere = first and moved and end >= 0 and self.spots[end].state.way != first.way
        returns = self._returns(first) if first and elsewhere else ""
        pace, volume = (first.pace, first.volume) if first else (0, 0)
        made = Edge(start, attempt, reply, end, returns, pace, volume)
        for number in range(len(self.spots) - 1, -1, -1):  # new spots were come to by the edge as it is now known
            if self.spots[number].came is not edge:
                break
            self.spots[number] = self.spots[number]._replace(came=made)
        return made

    def _spot(self, state: State, stretch: Stretch, then: int, after: tuple[Stretch, ...], came: Edge) -> int:
        state = self._example(state)
        doing, dialled = stretch.doing, stretch.dialled
        key = (doing, state.language) if doing is Doing.ENDED else (*_key(state), doing, dialled, then)
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = len(self.spots)
            self.spots.append(Spot(number, state, doing, dialled, then, after if then >= 0 else (), came))
            self.out.append(())
            self._waiting.append(number)
        return number

    def _example(self, state: State) -> State:
        """The state without what cannot matter: the usual pace; the key that led here only where it would ring."""
        led = state.led if state.led and self._rings(state, state.led) else ""
        if (led, 0, 0) == (state.led, state.pace, state.volume):
            return state
        return but(state, led=led, pace=0, volume=0)

    def _rings(self, state: State, key: str) -> bool:
        action = next((choice.action for choice in choices(self.script, state) if choice.key == key), None)
        return action is not None and (str(action) == "command.yes" or transfers(self.script, action))

    def _returns(self, state: State) -> str:
        key = (*_key(state), state.way)
        if key not in self._ways:
            reply = self.line.ask(but(state, led="", star=False), Key("*"))
            self._ways[key] = reply.states[0].node if reply.states and reply.states[0] else ""
        return self._ways[key]

    def _paced(self) -> Iterator[tuple[Edge, tuple[int, int]]]:
        """At every place that is at rest: what is heard at each pace and loudness, and that it lasts."""
        for spot in list(self.spots):
            state = spot.state
            if spot.doing is not Doing.LISTENING or spot.tries or state.star or state.led or state.question:
                continue
            for pace, volume in PACES:
                changed = but(state, pace=pace, volume=volume)
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
