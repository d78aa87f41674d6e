"""Where everything of a flow stands in the picture: columns from left to right, one row for each end of a way.

For: `layout(flow, say)`.  From the first menu a flow is a tree, since what all places share stands in it once; so each
place gets a row of its own height, and each menu the middle of what is below it.  Below the tree stands what holds
everywhere, and to the right how a transfer ends.  A general layouter was weighed and left out: the one on PyPI that
knows the size of a box has had no release since 2023, all others need a program beside Python, and none lays out a tree
so that a row can be read.
Not here: what leads where (`flow`), colours and letters (`svg`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from textwrap import wrap

from ivr.channels.map.flow import BEGIN, Box, Edge, Flow, Way

WIDTH = 236
GAP = 92
BETWEEN = 14
MARGIN = 28
PADDING = 14
"""Pixels."""

LABEL_LETTERS, LINE_LETTERS = 21, 28
"""Letters to a line: so many of a wide typeface fit into a box."""

KIND_LINE, LABEL_LINE, TEXT_LINE, CHOICE_LINE, ABOVE_LINES = 16, 20, 17, 24, 4
"""Heights of lines, in pixels."""

KEY_AT = 24
"""Pixels between a key and the box to which it leads, or which it leaves."""

APART = 7
"""Pixels between the two ways that leave what rings."""

Say = Callable[[Box], tuple[str, str]]
"""From a box to what kind it is, and what stands below its words, in the words of the map."""


@dataclass(slots=True)
class Placed:
    """A box with its lines as they are broken, and where it stands.  `again`: it only points to where it stands."""

    box: Box
    kind: str
    label: list[str]
    lines: list[str]
    again: bool = False
    x: float = 0
    y: float = 0
    below: list[tuple[Edge, Placed]] = field(default_factory=list)

    @property
    def height(self) -> float:
        lines = LABEL_LINE * len(self.label) + TEXT_LINE * len(self.lines) + CHOICE_LINE * len(self.box.choices)
        return 2 * PADDING + KIND_LINE + lines + (ABOVE_LINES if self.lines and self.label else 0)

    @property
    def used(self) -> float:
        """The height of all that is below it."""
        return sum(target.room + BETWEEN for _, target in self.below) - (BETWEEN if self.below else 0)

    @property
    def room(self) -> float:
        return max(self.used, self.height)

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        return self.x + WIDTH


@dataclass(frozen=True, slots=True)
class Line:
    """A way between two boxes: the points of its curve, and its key with where that stands."""

    way: Way
    path: str
    key: str
    x: float
    y: float


@dataclass(slots=True)
class Picture:
    """All that is drawn.  `keys` is where the keys stand that mean the same everywhere, with their height."""

    placed: list[Placed] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    keys_x: float = 0
    keys_y: float = 0
    keys_height: float = 0
    width: float = 0
    height: float = 0


def layout(flow: Flow, say: Say) -> Picture:
    """The picture of a flow."""
    return _Layout(flow, say).picture()


class _Layout:
    """Places boxes one by one, and remembers where each stands."""

    def __init__(self, flow: Flow, say: Say) -> None:
        self.flow = flow
        self.say = say
        self.at: dict[str, Placed] = {}
        self.made = Picture()
        self.columns = 0

    def picture(self) -> Picture:
        bottom = MARGIN + self._stand(self._tree(BEGIN, 0), MARGIN)
        bottom = max(self._everywhere(bottom + 2 * BETWEEN + GAP / 2), bottom)
        bottom = max(self._ends(), bottom)
        self.made.lines += list(self._shared())
        self.made.width = max(placed.right for placed in self.made.placed) + MARGIN
        self.made.height = bottom + MARGIN
        return self.made

    # --- the tree ---

    def _tree(self, name: str, column: int) -> Placed:
        """A box with all below it, each in its column."""
        placed = self._place(name, column)
        if not placed.again:
            ways = (edge for edge in self.flow.leaving(name) if edge.way is Way.OPTION)
            placed.below = [(edge, self._tree(edge.target, column + 1)) for edge in ways]
        return placed

    def _stand(self, placed: Placed, top: float) -> float:
        """Give a box and all below it their rows, from a line on; how much room that took."""
        row = top + (placed.room - placed.used) / 2
        for _, target in placed.below:
            row += self._stand(target, row) + BETWEEN
        ends = [target.middle for _, target in placed.below] or [top + placed.room / 2]
        middle = (ends[0] + ends[-1]) / 2 - placed.height / 2
        placed.y = min(max(middle, top), top + placed.room - placed.height)
        self.made.lines += [_line(edge, placed, target) for edge, target in placed.below]
        return placed.room

    def _place(self, name: str, column: int) -> Placed:
        box = self.flow.boxes[name]
        again = name in self.at
        label = wrap(f"→ {box.label}" if again else box.label, LABEL_LETTERS)
        kind, below = self.say(box)
        said = () if again else filter(None, (*box.lines, below))
        lines = [line for text in said for line in wrap(text, LINE_LETTERS)]
        placed = Placed(box, kind, label, lines, again, x=MARGIN + column * (WIDTH + GAP))
        self.at.setdefault(name, placed)
        self.made.placed.append(placed)
        self.columns = max(self.columns, column)
        return placed

    # --- what holds everywhere ---

    def _everywhere(self, top: float) -> float:
        """The keys in the first column, the ladders beside them, and the person to whom they lead."""
        self.made.keys_x, self.made.keys_y = MARGIN, top
        self.made.keys_height = 2 * PADDING + KIND_LINE + CHOICE_LINE * len(self.flow.keys)
        row, rows = top, []
        for ladder in self.flow.ladders:
            steps = [self._place(name, column) for column, name in enumerate(ladder, 1)]
            height = max((step.height for step in steps), default=0)
            for step in steps:
                step.y = row + (height - step.height) / 2
            rows.append(steps)
            row += height + BETWEEN
        longest = max(map(len, self.flow.ladders), default=0)
        if self.flow.person not in self.at:
            person = self._place(self.flow.person, longest + 1)
            person.y = (top + row - BETWEEN - person.height) / 2
        return max(row - BETWEEN, top + self.made.keys_height)

    # --- how a transfer ends ---

    def _ends(self) -> float:
        """To the right of all else, in the middle of what leads there."""
        ends = [edge for edge in self.flow.edges if edge.way in (Way.ENDED, Way.FAILED)]
        names = list(dict.fromkeys(edge.target for edge in ends))
        column = self.columns + 1
        placed = [self._place(name, column) for name in names]
        height = sum(one.height for one in placed) + 2 * BETWEEN * max(len(placed) - 1, 0)
        middles = [self.at[edge.source].middle for edge in ends] or [0]
        row = max(MARGIN, (min(middles) + max(middles) - height) / 2)
        for one in placed:
            one.y = row
            row += one.height + 2 * BETWEEN
        return row

    def _shared(self) -> Iterator[Line]:
        for edge in self.flow.edges:
            if edge.way is not Way.OPTION:
                yield _line(edge, self.at[edge.source], self.at[edge.target])


def _line(edge: Edge, source: Placed, target: Placed) -> Line:
    """From the right side of a box to the left side of another; level within the row, and bent before the target."""
    apart = {Way.ENDED: -APART, Way.FAILED: APART}.get(edge.way, 0)
    x, y, to_x, to_y = source.right, source.middle + apart, target.x, target.middle
    turn = max(to_x - GAP, x)
    bend = (turn + to_x) / 2
    path = f"M{x:.0f} {y:.1f}H{turn:.0f}C{bend:.0f} {y:.1f} {bend:.0f} {to_y:.1f} {to_x:.0f} {to_y:.1f}"
    at = (to_x - KEY_AT, to_y) if edge.way is Way.OPTION else (x + KEY_AT, source.middle)
    return Line(edge.way, path, edge.key, *at)
