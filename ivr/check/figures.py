"""The line in figures: how long everything takes, and about what a call costs.

For: `figures(script, walk) -> Figures`, measured on the walked line, for people (`rows`) and programs (`as_json`).
A first-time caller hears each prompt to its end and then presses a key; an expert presses as soon as the line speaks.
Not here: whether a figure is good (`rules`), how a report looks.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from ivr.check.attempts import Way
from ivr.check.destinations import destinations_of
from ivr.check.judging import patience, plain, sentence
from ivr.check.personas import places_of
from ivr.check.texting import texted
from ivr.dialog.choices import Kind, Question, choices, command
from ivr.script.model import Menu

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.walked import Edge, Walk
    from ivr.script.model import Script

ANSWERS_AFTER = 2.0
"""Seconds in which a first-time caller finds the key, once a prompt is over."""

PRESSES_AFTER = 1.0
"""Seconds in which an expert presses the next key, with the line still speaking."""


@dataclass(frozen=True, slots=True)
class Prices:
    """In US dollars, before taxes and volume discounts.  A listening window costs the same however it is answered."""

    read_on: str
    minute: float
    listening: float
    hundred_characters: dict[str, float]
    source: str


PRICES = Prices(
    read_on="2026-08",
    minute=0.0085,
    listening=0.02,
    hundred_characters={"Neural": 0.0032, "Generative": 0.013, "": 0.0008},
    source="Twilio's text-to-speech prices; a third party's list for the minute; the price of listening is assumed, and only the bill shows it",
)


@dataclass(frozen=True, slots=True)
class Destination:
    """Seconds from the beginning of the call until this begins, for a first-time and for an expert caller."""

    name: str
    first_time: float
    expert: float


@dataclass(frozen=True, slots=True)
class TypicalCall:
    """The mean of the calls that hear one destination and hang up."""

    seconds: float
    characters: int
    listenings: float
    dollars: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """The figures of one language; seconds unless they say otherwise."""

    language: str
    destinations: tuple[Destination, ...]
    person_named: float | None
    longest_speech: float
    longest_at: str
    least_patience: int
    typical_call: TypicalCall


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a line.  parity: percent of the destinations that are reached in the poorest language; text_parity:
    of those that can be read in texts.
    least_distance: between two phrases that are understood together, from 0 to 1, where it was measured.
    """

    line: str
    version: str
    languages: tuple[Spoken, ...]
    most_options: int
    depth: int
    parity: float
    text_parity: float
    situations: int
    documents: int
    least_distance: float | None = None
    prices: Prices = field(default=PRICES)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def rows(self) -> Iterator[tuple[str, str]]:
        """A name and a figure at a time, for people to read."""
        yield "most choices at once", str(self.most_options)
        yield "menus below the first", str(self.depth)
        yield "the same in every language", f"{self.parity:.0f} %"
        yield "the same by text message", f"{self.text_parity:.0f} %"
        if self.least_distance is not None:
            yield "least distance between phrases", f"{self.least_distance:.2f}"
        yield "situations walked", f"{self.situations:,}, in {self.documents:,} different documents"
        for spoken in self.languages:
            yield from _rows(spoken)
        yield "prices", f"as of {self.prices.read_on}"


def _rows(spoken: Spoken) -> Iterator[tuple[str, str]]:
    tag, call = spoken.language, spoken.typical_call
    named = f"{spoken.person_named:.0f} s" if spoken.person_named is not None else "not in the opening"
    yield f"{tag}: until a person is named", named
    yield f"{tag}: longest speech", f'{spoken.longest_speech:.0f} s, at "{spoken.longest_at}"'
    yield f"{tag}: least time to answer", f"{spoken.least_patience} s"
    yield f"{tag}: a typical call", f"{call.seconds:.0f} s, {call.characters} characters, about ${call.dollars:.2f}"
    for place in spoken.destinations:
        yield f"{tag}: until {place.name}", f"{place.first_time:.0f} s, expert {place.expert:.0f} s"


# --- measuring -----------------------------------------------------------------------------------


def figures(script: Script, walk: Walk, least_distance: float | None = None) -> Figures:
    languages = tuple(_spoken(script, walk, tag) for tag in script.languages)
    wanted = sum(1 for _ in destinations_of(script, script.first_language))
    return Figures(
        line=script.name,
        version=script.version,
        languages=languages,
        most_options=max(
            (len(choices(script, spot.state)) for spot in walk.spots if not spot.state.question), default=0
        ),
        depth=_depth(script),
        parity=100 * min(len(spoken.destinations) for spoken in languages) / wanted,
        text_parity=texted(script).parity,
        situations=len(walk.spots),
        documents=walk.line.documents,
        least_distance=least_distance,
    )


def _spoken(script: Script, walk: Walk, tag: str) -> Spoken:
    first_time, expert = _calls(walk, tag, expert=False), _calls(walk, tag, expert=True)
    names = {place: name for place, name in destinations_of(script, tag) if place in first_time and place in expert}
    arrivals = [
        (spot, stretch) for edge in walk.edges for spot, stretch in walk.arrivals(edge) if spot.state.language == tag
    ]
    longest, at = max(((stretch.seconds, spot.state.node) for spot, stretch in arrivals), default=(0.0, ""))
    patient = [patience(walk, spot, stretch) for spot, stretch in arrivals if spot.asks and not spot.tries]
    return Spoken(
        language=tag,
        destinations=tuple(
            Destination(name, round(first_time[place].begins, 1), round(expert[place].begins, 1))
            for place, name in names.items()
        ),
        person_named=_person_named(walk, tag),
        longest_speech=round(longest, 1),
        longest_at=at,
        least_patience=min(patient, default=0),
        typical_call=_typical(script, tag, [first_time[place] for place in names]),
    )


@dataclass(frozen=True, slots=True)
class _Call:
    """A call as far as a destination: when that begins, when it has been heard, and what was spoken till then."""

    begins: float
    ends: float
    characters: int
    listenings: int


def _calls(walk: Walk, tag: str, *, expert: bool) -> dict[tuple[object, ...], _Call]:
    """The quickest call to each destination of a language, by the keys that are offered."""
    found: dict[tuple[object, ...], _Call] = {}
    heard = walk.opening.heard
    if heard is None or walk.opening.end < 0:
        return found
    waiting = [(0.0 if expert else heard.seconds, walk.opening.end, len(heard.text), 1, heard.window)]
    known: set[int] = set()
    while waiting:
        now, number, characters, listenings, window = heappop(waiting)
        spot = walk.spots[number]
        if number in known:
            continue
        known.add(number)
        for edge in walk.out[number]:
            if not _offered(walk, edge, tag, expert=expert) or edge.heard is None or edge.end in known:
                continue
            waits = window if edge.attempt.way is Way.SILENCE else PRESSES_AFTER if expert else ANSWERS_AFTER
            begins = now + waits
            ends = begins + (0.0 if expert and edge.attempt.way is not Way.SILENCE else edge.heard.seconds)
            call = _Call(begins, begins + edge.heard.seconds, characters + len(edge.text), listenings + 1)
            for place in places_of(walk.spots[edge.end]):
                if place not in found or begins < found[place].begins:
                    found[place] = call
            heappush(waiting, (ends, edge.end, call.characters, call.listenings, edge.heard.window))
        if number == walk.opening.end:
            for place in places_of(spot):
                found.setdefault(place, _Call(0.0, heard.seconds, len(heard.text), 1))
    return found


def _offered(walk: Walk, edge: Edge, tag: str, *, expert: bool) -> bool:
    """Whether a caller who follows what is offered would go this way: a choice, the language at first, a cue's end."""
    spot = walk.spots[edge.start]
    if edge.attempt.way is Way.SILENCE:
        return spot.then >= 0
    if edge.attempt.way is not Way.KEY or edge.attempt.means is None:
        return False
    means = edge.attempt.means
    if means == command("language"):
        return spot.state.language != tag and edge.start == walk.opening.end
    chosen = means.kind in (Kind.GO, Kind.ITEM) or means in (command("more"), command("person"))
    return chosen or (expert and spot.state.question == Question.CUE)


def _person_named(walk: Walk, tag: str) -> float | None:
    """Seconds until the opening names a person, in the language of the opening; in others, after the change."""
    first = walk.opening if tag == walk.script.first_language else _changed(walk, tag)
    if first is None or first.heard is None:
        return None
    offer, before = plain(sentence(walk.script, tag, "person offer")), 0.0
    for line in first.heard.lines:
        words, found, _ = plain(line.text).partition(offer)
        if found:
            return round(before + line.seconds * len(words.split()) / max(1, len(line.text.split())), 1)
        before += line.seconds
    return None


def _changed(walk: Walk, tag: str) -> Edge | None:
    edges = walk.out[walk.opening.end] if walk.opening.end >= 0 else ()
    return next((edge for edge in edges if edge.state and edge.state.language == tag and edge.attempt.is_key), None)


def _typical(script: Script, tag: str, calls: list[_Call]) -> TypicalCall:
    count = max(1, len(calls))
    seconds = sum(call.ends for call in calls) / count
    characters = round(sum(call.characters for call in calls) / count)
    listenings = sum(call.listenings for call in calls) / count
    voice = script.languages[tag].voice
    spoken = next(price for kind, price in PRICES.hundred_characters.items() if kind in voice)
    dollars = seconds / 60 * PRICES.minute + characters / 100 * spoken + listenings * PRICES.listening
    return TypicalCall(round(seconds, 1), characters, round(listenings, 1), round(dollars, 3))


def _depth(script: Script) -> int:
    """The most menus that lie below the first on the shortest way to anything."""
    depth, level, known = 0, [script.start], {script.start}
    while level:
        menus = [node for name in level if isinstance(node := script.nodes[name], Menu)]
        level = [option.target for menu in menus for option in menu.options if option.target not in known]
        known.update(level)
        depth += any(isinstance(script.nodes[name], Menu) for name in level)
    return depth
