"""The report as one page that needs nothing else, and as JSON.

For: a file to keep, to send and to print; the numbers of the charts stand in tables beside them.
Not here: what is told (`sections`), how charts are drawn (`charts`).
"""

from __future__ import annotations

import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from ivr.report.figures import Figures
from ivr.report.sections import Section, summary

PAGES = Path(__file__).parent / "pages"


def as_page(figures: Figures, told: list[Section]) -> str:
    from ivr.report.charts import chart  # noqa: PLC0415 - only a page has charts, and pygal takes its time to load

    environment = Environment(loader=FileSystemLoader(PAGES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("report.html").render(
        figures=figures, period=figures.period, summary=summary(figures), sections=told, chart=chart
    )


def as_json(figures: Figures, told: list[Section]) -> str:
    """Every table under its key, a mapping for each row."""
    period = figures.period
    content = {
        "line": figures.line,
        "since": str(period.first),
        "until": str(period.last),
        "time zone": period.zone.key,
        "summary": dict(summary(figures)),
        **{section.key: [dict(zip(section.columns, row, strict=True)) for row in section.rows] for section in told},
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
