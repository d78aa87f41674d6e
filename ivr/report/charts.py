"""Charts as SVG, drawn by pygal.

For: a bar chart of one column of a section, plain enough to be printed and read aloud by its table beside it.
Not here: which sections there are, the page around a chart.
"""

from __future__ import annotations

import re
from base64 import b64encode

import pygal
from pygal.style import Style

from ivr.report.sections import Section

INK, BAR, QUIET = "#1b1f24", "#0b5c8a", "#c9d1d9"
WIDTH, HEIGHT, BAR_HEIGHT, MARGIN = 640, 220, 30, 12
"""So narrow that its letters can still be read when a telephone shrinks it to half."""

EVERY = 6
"""So many labels of a time line are shown at most."""

LONGEST_NAME = 36

_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground=INK,
    foreground_strong=INK,
    foreground_subtle=QUIET,
    colors=(BAR,),
    opacity="1",
    opacity_hover="1",
    transition="0s",
    font_family="system-ui, sans-serif",
    label_font_size=17,
    major_label_font_size=17,
)
_PLAIN = {
    "style": _STYLE,
    "js": [],
    "show_legend": False,
    "margin": 6,
    "truncate_label": -1,
    "width": WIDTH,
}


def chart(section: Section) -> str:
    """The source of an image: columns for what follows in time, lying bars for everything else."""
    names, values = [str(row[0]) for row in section.rows], [int(row[section.charted]) for row in section.rows]
    if section.in_order:
        step = -(-len(names) // EVERY)
        drawn = pygal.Bar(
            height=HEIGHT, x_labels=names, x_labels_major=names[::step], show_minor_x_labels=False, **_PLAIN
        )
    else:
        labels = [f"{_short(name)}   {value}" for name, value in zip(names, values, strict=True)]
        values.reverse()
        height = MARGIN + BAR_HEIGHT * len(names)
        drawn = pygal.HorizontalBar(
            height=height, x_labels=labels[::-1], show_x_labels=False, show_x_guides=False, **_PLAIN
        )
    drawn.value_formatter = "{:g}".format
    drawn.add("", values)
    return "data:image/svg+xml;base64," + b64encode(_bare(drawn.render(is_unicode=True)).encode()).decode()


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _bare(svg: str) -> str:
    """Without scripts and other things that an image has no use for, and without what changes from one time to the next."""
    svg = re.sub(r"<script.*?</script>|<title>.*?</title>|<!--.*?-->|<desc.*?</desc>", "", svg, flags=re.DOTALL)
    return re.sub(r"chart-[0-9a-f-]{36}", "chart", svg)
