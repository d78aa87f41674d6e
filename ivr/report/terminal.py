"""The report for a terminal: tables with small bars.

For: text of at most a hundred columns, in any alphabet.
Not here: what is told (`sections`), colours.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivr.report.figures import Figures
from ivr.report.sections import Section, summary

WIDTH = 100
WIDEST_NAME = 44
LONGEST_BAR = 30
PARTS = " ▏▎▍▌▋▊▉█"


def show(figures: Figures, told: list[Section]) -> str:
    """The whole report."""
    return "\n".join(_lines(figures, told)) + "\n"


def _lines(figures: Figures, told: list[Section]) -> Iterator[str]:
    period = figures.period
    yield f"{figures.line}, {period.first:%d %b %Y} to {period.last:%d %b %Y} ({period.zone.key})"
    yield ""
    if not figures.calls and not figures.texts:
        yield "No calls and no texts in this time. See what there will be to see: ivr report --demo"
        return
    for what, figure in summary(figures):
        yield f"  {figure:>14}  {what}"
    for section in told:
        yield ""
        yield section.title
        if section.told:
            yield f"  {section.told}"
        yield from _table(section)


def _table(section: Section) -> Iterator[str]:
    first = min(WIDEST_NAME, max(len(str(row[0])) for row in (section.columns, *section.rows)))
    others = list(zip(*(row[1:] for row in (section.columns, *section.rows)), strict=True))
    widths = [max(len(str(cell)) for cell in column) for column in others]
    bar = max(0, min(LONGEST_BAR, WIDTH - first - sum(widths) - 2 * len(widths) - 6))
    greatest = max((int(row[section.charted]) for row in section.rows), default=0)
    if len(section.columns) > 2:  # noqa: PLR2004 - with one column of counts, the title says what they are
        yield "  " + "  ".join(f"{name:{place}}" for name, place in _placed(section.columns, first, widths))
    for row in section.rows:
        shown = "  ".join(f"{_fitting(cell, first)!s:{place}}" for cell, place in _placed(row, first, widths))
        drawn = _bar(int(row[section.charted]), greatest, bar) if bar > 4 else ""  # noqa: PLR2004 - a bar to see
        yield f"  {shown}  {drawn}".rstrip()


def _placed(row: tuple[str | int, ...], first: int, widths: list[int]) -> Iterator[tuple[str | int, str]]:
    yield row[0], f"<{first}"
    yield from ((cell, f">{width}") for cell, width in zip(row[1:], widths, strict=True))


def _fitting(cell: str | int, width: int) -> str | int:
    return cell[: width - 1] + "…" if isinstance(cell, str) and len(cell) > width else cell


def _bar(value: int, greatest: int, length: int) -> str:
    eighths = round(8 * length * value / greatest) if greatest else 0
    whole, part = divmod(max(eighths, 1) if value else 0, 8)
    return PARTS[8] * whole + PARTS[part].strip()
