"""What a walk has found: the situations, what each attempt in them leads to, and the calls that lead there.

For: `Spot`, `Edge` and `Walk`, values that rules, personas and figures ask.
Not here: walking (`walker`), what is tried (`attempts`), what is right (`rules`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ivr.check.attempts import SILENT, Attempt, Way
from ivr.dialog.choices import Question
from ivr.dialog.state import State
from ivr.phone.heard import Doing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.rendered import Rendered, Reply, Stretch
    from ivr.script.model import Script

LONGEST_CHAIN = 12
"""So often the same thing is done in a row before it counts as a loop."""

LONGEST_SILENCE = 6
"""So many windows are added up of a line that listens for ever."""

ASKING = frozenset(
    {Question.NONE, Question.HELP, Question.CONFIRM, Question.FAX, Question.AFTER, Question.CLOSED, Question.ELSE}
)


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
        return self.doing is Doing.LISTENING and self.then < 0 and self.state.question in ASKING


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
    loudness, which stand beside them; `given` every attempt that was made, with the spot at which it was made.
    `moment` is when the calls were made, if that matters (`arriving`).
    """

    script: Script
    line: Rendered
    spots: tuple[Spot, ...]
    out: tuple[tuple[Edge, ...], ...]
    opening: Edge
    paced: tuple[tuple[Edge, tuple[int, int]], ...]
    given: tuple[tuple[Spot, Edge], ...]
    moment: str = ""
    _arrivals: dict[Edge, tuple[tuple[Spot, Stretch], ...]] = field(default_factory=dict, repr=False)
    _silences: dict[State, tuple[int, State | None]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        asked = ((spot, edge) for spot, edge in self.given if edge.attempt is SILENT and spot.then < 0)
        self._silences.update({_unled(spot.state): _followed(edge.reply) for spot, edge in asked})

    @property
    def edges(self) -> Iterator[Edge]:
        yield self.opening
        for edges in self.out:
            yield from edges

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

    def arrivals(self, edge: Edge) -> tuple[tuple[Spot, Stretch], ...]:
        """The spots that a caller comes to by an edge and then by keeping silent in the same document."""
        known = self._arrivals.get(edge)
        if known is None:
            known = self._arrivals[edge] = tuple(self._arrived(edge))
        return known

    def _arrived(self, edge: Edge) -> Iterator[tuple[Spot, Stretch]]:
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

    def silence(self, state: State) -> int:
        """Seconds for which the line listens to a caller who goes on being silent from here, until a telephone rings
        or the call ends.
        """
        seconds = 0
        for _ in range(LONGEST_SILENCE):
            window, ahead = self._silence(state)
            seconds += window
            if ahead is None:
                break
            state = ahead
        return seconds

    def _silence(self, state: State) -> tuple[int, State | None]:
        """The window that follows a silence, and the state in it; none if silence leads to more than a window."""
        here = _unled(state)
        if here not in self._silences:
            self._silences[here] = _followed(self.line.ask(here, SILENT.given))
        return self._silences[here]

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


def _unled(state: State) -> State:
    """The state without what plays no part in a silence: the way back, the last key, and how the line sounds."""
    return state.but(way=(), led="", star=False, pace=0, volume=0)


def _followed(reply: Reply) -> tuple[int, State | None]:
    """The window and the state that a silence leads to."""
    ahead = reply.states[0] if len(reply.stretches) == 1 else None
    return (reply.stretches[0].window, ahead) if ahead else (0, None)
