"""The map as a page: the picture, which can be made larger, and the same in words.

For: `document(script, language, ...)`.  The picture is one image to a screen reader; all that it shows stands below it as
nested lists, made from the same flow.  Without JavaScript the picture has its own size, and scrolls.
Not here: the picture (`svg`), what leads where (`flow`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ivr.channels.map.flow import BEGIN, Box, Edge, Flow, Way, flow
from ivr.channels.map.svg import STYLE, svg, told
from ivr.channels.own import own_text
from ivr.channels.page import BASE, embedded, rendered
from ivr.script.model import Script

STYLES = (BASE, "chart.css", STYLE)
"""The last one stands in the picture."""

CODE = "chart.js"


@dataclass(frozen=True, slots=True)
class Told:
    """A box in words: the key that leads to it, what it is, and what comes after it.  `again`: it is told elsewhere."""

    key: str
    box: Box
    kind: str
    waits: str
    below: tuple[Told, ...] = ()
    leads: tuple[tuple[str, str, str], ...] = ()
    again: bool = False


def document(script: Script, language: str, links: Mapping[str, str], *, page: str = "") -> str:
    """The map as a page.  links: where the map is in other languages; page: where the readable page is, if anywhere."""
    made = flow(script, language)
    return rendered(
        "map.html",
        script,
        language,
        links,
        STYLES[:-1],
        flow=made,
        picture=Markup(svg(made)),  # noqa: S704 - escaped where it is made
        outline=tuple(outline(made)),
        page=page,
        code=Markup(embedded(CODE)),  # noqa: S704 - a file of ours
    )


def outline(flow: Flow) -> Iterator[Told]:
    """The flow in words: the call from its beginning, what happens anywhere, and how a transfer ends."""
    seen: set[str] = set()
    yield _told(flow, Edge("", BEGIN), seen)
    for ladder in flow.ladders:
        yield _ladder(flow, ladder, seen)
    for name in dict.fromkeys(edge.target for edge in flow.edges if edge.way is not Way.OPTION):
        if name not in seen:
            yield _told(flow, Edge("", name), seen)


def _told(flow: Flow, edge: Edge, seen: set[str]) -> Told:
    box = flow.boxes[edge.target]
    kind, waits = told(box, own_text(flow.language))
    if box.name in seen:
        return Told(edge.key, box, kind, waits, again=True)
    seen.add(box.name)
    ways = flow.leaving(box.name)
    below = tuple(_told(flow, way, seen) for way in ways if way.way is Way.OPTION)
    leads = tuple((way.key, way.target, _name(flow, way.target)) for way in ways if way.way is not Way.OPTION)
    return Told(edge.key, box, kind, waits, below, leads)


def _ladder(flow: Flow, names: tuple[str, ...], seen: set[str]) -> Told:
    """The first try, with those after it inside one another."""
    first = _told(flow, Edge("", names[0]), seen)
    if len(names) == 1:
        return first
    return Told("", first.box, first.kind, first.waits, (_ladder(flow, names[1:], seen),))


def _name(flow: Flow, name: str) -> str:
    box = flow.boxes[name]
    return box.label or told(box, own_text(flow.language))[0]
