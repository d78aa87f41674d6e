"""The picture of a flow as SVG, for a page and as a file of its own.

For: `svg(flow)`.  It is told by shape and words, not by colour alone, and honours dark and forced colours.
Not here: where things stand (`layout`), the page around it (`document`).
"""

from __future__ import annotations

from markupsafe import Markup

from ivr.channels.map.flow import Box, Flow
from ivr.channels.map.layout import layout
from ivr.channels.own import own_text
from ivr.channels.page import embedded, environment

STYLE = "map.css"


def svg(flow: Flow) -> str:
    """The picture, as a document."""
    words = own_text(flow.language)
    return (
        environment()
        .get_template("map.svg")
        .render(
            flow=flow,
            picture=layout(flow, lambda box: told(box, words)),
            own=words,
            style=Markup(embedded(STYLE)),  # noqa: S704 - a file of ours
        )
    )


def told(box: Box, words: dict[str, str]) -> tuple[str, str]:
    """What kind of box it is and how much it holds; and how long the line then waits."""
    held = words[f"{box.kind} holds"].format(box.count) if box.count > 1 else words[box.kind]
    return held, words["seconds"].format(box.seconds) if box.seconds else ""
